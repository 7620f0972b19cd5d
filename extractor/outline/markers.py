"""Markers of the outline where they stand: at the beginning of a line (grammars/outline.yaml)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from extractor.grammar import Grammar
from extractor.language.view import LOWER, View

_SIGNS: Final = " .)/:-\\"
_LETTERS: Final = "abcdđefghijklmnopqrstuvwxyz"
_BEFORE: Final = r"\n[ \t_>]*+(?=[^\s.)/:\\-]{1,6}+ ?[.)/:\\-]|\w{3,6}+ (?:[0-9IVXA-H]|\w{3} ))"
"""The beginning of a line, and what all markers have in common: a sign, or a word and a number, soon."""
_SMALL_WORD: Final = re.compile(rf"\s*+[{LOWER}]{{1,12}}[ ,;]")
_CLOSING: Final = frozenset(".;:!?…/|)\"'][=-")
_LONG_LINE: Final = 30
"""A line of fewer code points is no line of a wrapped paragraph that goes on below."""


@dataclass(frozen=True, slots=True)
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
        start, end = match.start(kind) - 1, match.end() - 1
        written = view.composed[start:end]
        bare = " ".join(written.rstrip(_SIGNS).replace("\\", "").split())
        found.append(
            Marker(
                kind=kind,
                text=bare,
                sign=written.rstrip()[-1:] if written.rstrip()[-1:] in _SIGNS else "",
                ordinals=_ordinals(kind, bare),
                start=start,
                end=end,
                strong=bool(view.composed[match.start() : start].strip()),
                doubtful=_is_doubtful(view, match.start() - 1, end),
            )
        )
    return found


@cache
def _pattern(grammar: Grammar) -> re.Pattern[str]:
    """The rules of the grammar as one pattern; the name of the group that matched last is the kind."""
    kinds = "|".join(f"(?P<{rule.form}>{rule.pattern.pattern})" for rule in grammar.rules["section"])
    return re.compile(_BEFORE + f"(?:{kinds})")


def _is_table_row(text: str, end: int) -> bool:
    """Whether the line goes on in columns: two tabs or pipes behind the marker."""
    line_end = text.find("\n", end)
    rest = text[end : line_end if line_end >= 0 else len(text)]
    return rest.count("\t") >= 2 or rest.count("|") >= 2


def _is_doubtful(view: View, line_feed: int, end: int) -> bool:
    """Whether the line above runs on in a hard-wrapped text, or the words behind the marker begin small."""
    if _SMALL_WORD.match(view.folded, end):
        return True
    if not view.wrapped or line_feed <= 0:
        return False
    above = view.folded[view.folded.rfind("\n", 0, line_feed) + 1 : line_feed]
    return len(above) > _LONG_LINE and above.rstrip(" _")[-1:] not in _CLOSING and not above.isupper()


def _ordinals(kind: str, bare: str) -> tuple[int, ...]:
    """The numbers that a marker says, outermost first."""
    last = bare.split()[-1]
    if kind == "letter_figures":
        return _letter(last[0]), int(last[1:].lstrip("."))
    if kind == "article":
        return (int(re.match(r"[0-9]+", last)[0]),)  # type: ignore[index]
    return tuple(_ordinal(kind, piece) for piece in last.split("."))


def _ordinal(kind: str, piece: str) -> int:
    if piece.isdigit():
        return int(piece)
    if kind in ("letter", "capital"):
        return _letter(piece)
    return _romans().get(piece, 0)  # 0: "Phần thứ nhất", whose words matter to nobody


def _letter(letter: str) -> int:
    return _LETTERS.find(letter.lower()) + 1


@cache
def _romans() -> dict[str, int]:
    """The Roman numbers to 39."""
    tens, ones = ("", "X", "XX", "XXX"), ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
    return {ten + one: 10 * tens.index(ten) + ones.index(one) for ten in tens for one in ones if ten + one}


def follows(earlier: Sequence[int], later: Sequence[int], kind: str) -> bool:
    """Whether ``later`` is the next number of a list in which ``earlier`` stands (letters may skip f, j, w, z)."""
    return 0 < later[-1] - earlier[-1] <= (3 if kind == "letter" else 1)
