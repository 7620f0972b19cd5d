"""Markers of the outline where they stand: at the beginning of a line (grammars/outline.yaml)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from extractor.grammar import Grammar
from extractor.language.numbers import write_roman
from extractor.language.view import LOWER, View

_SIGNS: Final = " .)/:-\\"
LETTERS: Final = "abcdđefghijklmnopqrstuvwxyz"
"""Those of a list, in their order."""
_BEFORE: Final = r"\n[ \t_>]*+(?=[0-9A-Za-zđ]\w{0,5}+ *+[.)/:\\-]|[A-ZĐ]\w{2,5}+ (?:[0-9IVXA-H]|\w{3} ))"
"""The beginning of a line, and what all markers have in common: a sign, or a word and a number, soon."""
_SMALL_WORD: Final = re.compile(rf"\s*+[{LOWER}]{{1,12}}[ ,;]")
_CLOSING: Final = frozenset(".;:!?…/|)\"'][=-")
_LONG_LINE: Final = 30
_LONG_SHARE: Final = 0.75
"""A line of fewer code points, or of a smaller share of a usual line, is no part of a wrapped paragraph."""


@dataclass(slots=True)
class Marker:
    """One marker: "2.1." of kind "figures" is ``text`` "2.1", ``ordinals`` (2, 1), ``sign`` "."."""

    kind: str
    text: str
    sign: str
    ordinals: tuple[int, ...]
    start: int
    end: int
    strong: bool
    """Whether its line begins with a Markdown sign (bold, heading)."""
    doubtful: bool
    """Whether it may be a wrapped line that happens to begin so."""


def find_markers(view: View, grammar: Grammar) -> list[Marker]:
    """Every marker of a document in text order, tables and lists of recipients included."""
    text = "\n" + view.folded
    found = []
    for match in _pattern(grammar).finditer(text):
        kind = match.lastgroup
        if kind is None or _is_table_row(text, match.end()):
            continue
        line_start, start, end = match.start(), match.start(kind) - 1, match.end() - 1
        strong = start > line_start and not view.composed[line_start:start].isspace()
        written = view.folded[start:end].rstrip()  # dashes made one, Markdown signs blank
        bare = written.rstrip(_SIGNS)
        if not bare.isalnum():
            bare = " ".join(bare.replace("\\", "").split())
        sign = written[-1] if written[-1] in _SIGNS else ""
        ordinals = _ordinals(kind, bare)
        doubtful = not strong and _is_doubtful(view, line_start - 1, end, first=ordinals[-1] == 1)
        found.append(Marker(kind, bare, sign, ordinals, start, end, strong, doubtful))
    return found


@cache
def _pattern(grammar: Grammar) -> re.Pattern[str]:
    """The rules of the grammar as one pattern; the name of the group that matched last is the kind."""
    kinds = "|".join(f"(?P<{rule.form}>{rule.pattern.pattern})" for rule in grammar.rules["section"])
    return re.compile(_BEFORE + f"(?:{kinds})")


def _is_table_row(text: str, end: int) -> bool:
    """Whether the line goes on in columns: two tabs or pipes behind the marker."""
    line_end = text.find("\n", end)
    line_end = line_end if line_end >= 0 else len(text)
    return text.count("\t", end, line_end) >= 2 or text.count("|", end, line_end) >= 2


def _is_doubtful(view: View, line_feed: int, end: int, *, first: bool) -> bool:
    """Whether the line above runs on in a hard-wrapped text, or the words behind the marker begin small.

    ``first``: the marker begins a list, which small letters may do below an empty line or a colon.
    """
    small = _SMALL_WORD.match(view.folded, end)
    if not small and not view.wrapped:
        return False
    above_start = view.folded.rfind("\n", 0, max(line_feed, 0)) + 1
    above = view.folded[above_start : max(line_feed, 0)].rstrip(" _")
    if small:
        return not (first and above[-1:] in ("", ":"))
    if view.composed[above_start : above_start + 2] in ("**", "##"):
        return False
    return len(above) > max(_LONG_LINE, _LONG_SHARE * view.width) and above[-1] not in _CLOSING and not above.isupper()


def _ordinals(kind: str, bare: str) -> tuple[int, ...]:
    """The numbers that a marker says, outermost first."""
    if kind in ("figure", "bracket"):
        return (int(bare),)
    if kind in ("letter", "capital"):
        return (_letter(bare),)
    last = bare.split()[-1]
    if kind == "letter_figures":
        return _letter(last[0]), int(last[1:].lstrip("."))
    if kind == "article":
        return (int(re.match(r"[0-9]+", last)[0]),)  # type: ignore[index]
    return tuple(_ordinal(piece) for piece in last.split("."))


def _ordinal(piece: str) -> int:
    if piece.isdigit():
        return int(piece)
    return roman_number(piece)  # 0: "Phần thứ nhất", whose words matter to nobody


def _letter(letter: str) -> int:
    return LETTERS.find(letter.lower()) + 1


def roman_number(piece: str) -> int:
    """The number that capitals say ("IV": 4), to 39; 0 for none."""
    return _romans().get(piece, 0)


@cache
def _romans() -> dict[str, int]:
    """The Roman numbers to 39."""
    return {write_roman(number): number for number in range(1, 40)}


def follows(earlier: Sequence[int], later: Sequence[int], kind: str) -> bool:
    """Whether ``later`` is the next number of a list in which ``earlier`` stands (letters may skip f, j, w, z)."""
    return 0 < later[-1] - earlier[-1] <= (3 if kind == "letter" else 1)
