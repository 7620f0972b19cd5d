"""Repairs that the order of an outline proves: between "II." and "IV." stands "III.", behind "d)" comes "đ)"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from extractor.language.numbers import write_roman
from extractor.language.view import UPPER
from extractor.repairing.edits import Edit, Finding
from extractor.repairing.letters import plain

_ROMAN_HEADING: Final = re.compile(rf"^([IVXLHvxl1|]{{1,6}})[.\-/][ ]++(?=[{UPPER}]{{2}})", re.MULTILINE)
_LETTER_ITEM: Final = re.compile(r"^([a-zđ])\)[ ]", re.MULTILINE)
_LETTERS: Final = "abcdđeghiklmnopqrstuvxy"
"""The order of items (Decree 30/2020, Phụ lục I)."""
_ROMANS: Final = {write_roman(number): number for number in range(1, 50)}


def find_markers(text: str) -> Iterator[Finding]:
    """Markers at the beginning of lines that the ones around them prove to be others than were read."""
    yield from _romans(text)
    yield from _letters(text)


def _romans(text: str) -> Iterator[Finding]:
    matches = list(_ROMAN_HEADING.finditer(text))
    values = [_ROMANS.get(match[1]) for match in matches]
    for index, match in enumerate(matches):
        before = values[index - 1] if index else None
        after = values[index + 1] if index + 1 < len(values) else None
        if before is not None:
            meant = before + 1
            proven = after == meant + 1 or (after is None and values[index] in (None, before))
        else:
            meant = (after or 1) - 1
            proven = values[index] is None and meant > 0
        if proven and values[index] != meant and _strokes_aside(match[1]) == _strokes_aside(write_roman(meant)):
            values[index] = meant
            yield _finding(match, write_roman(meant), "outline.roman")


def _strokes_aside(numeral: str) -> str:
    """A numeral without what is a mere stroke: Tesseract drops these, and takes them for each other ("H" for "II")."""
    return re.sub("[IHl1|]", "", numeral).upper()


def _letters(text: str) -> Iterator[Finding]:
    matches: Sequence[re.Match[str]] = list(_LETTER_ITEM.finditer(text))
    read = [match[1] for match in matches]
    for index, (before, letter) in enumerate(pairwise(read), 1):
        place = _LETTERS.find(before) + 1
        meant = _LETTERS[place] if 0 < place < len(_LETTERS) else letter
        if letter not in (meant, "a") and plain(letter) == plain(meant):
            read[index] = meant
            yield _finding(matches[index], meant, "outline.letter")


def _finding(match: re.Match[str], meant: str, rule: str) -> Finding:
    start, end = match.span(1)
    return Finding(start, end, rule, (Edit(start, end, meant),))
