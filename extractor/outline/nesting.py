"""From markers to the tree of sections: who holds whom is told by the kind of marker and its number.

Numbering is followed as it stands (I, II, II, IV), never corrected: a marker goes beside the nearest open section of
its kind, else below the innermost open section of a larger kind.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

from extractor.grammar import Grammar
from extractor.language.view import View
from extractor.outline.markers import Marker, follows
from extractor.outline.structure import Heading
from extractor.outline.titles import read_title

_RANKS: Final = {
    "part": 0, "chapter": 1, "group": 2, "capital": 3, "roman": 3, "article": 4, "roman_figures": 5, "figure": 5,
    "figures": 6, "letter": 7, "bracket": 7, "letter_figures": 8,
}  # fmt: skip
"""Larger kinds first (Decree 30/2020, Phụ lục I), but what an article promulgates may begin below it at "I."."""
_LISTS_UNDER: Final = {"figures": "figure", "letter_figures": "letter", "roman_figures": "roman"}


def nest(view: View, grammar: Grammar, markers: Sequence[Marker], breaks: Sequence[int]) -> tuple[Heading, ...]:
    """The sections in text order. ``breaks``: places at which no section goes on (a new title, the recipients)."""
    headings: list[Heading] = []
    above: list[Marker] = []
    indices: list[int] = []  # of the open sections, whose markers are above
    length = len(view.composed)
    last_break = -1
    for marker in markers:
        passed = bisect_right(breaks, marker.start)
        if passed != last_break:
            above, indices = [], []
            last_break = passed
        keep = _depth(marker, above)
        if keep is None:
            continue
        for index in indices[keep:]:
            headings[index].body_end = marker.start
        above[keep:] = [marker]
        indices[keep:] = [len(headings)]
        parent = indices[-2] if keep else None
        path = f"{headings[parent].path}/{marker.text}" if parent is not None else marker.text
        body_end = breaks[passed] if passed < len(breaks) else length
        place = read_title(view, grammar, marker)
        headings.append(
            Heading(
                marker.text,
                marker.kind,
                marker.ordinals,
                keep + 1,
                marker.start,
                marker.end,
                *place,
                body_end,
                parent,
                path,
            )
        )
    return tuple(headings)


def _depth(marker: Marker, above: Sequence[Marker]) -> int | None:
    """How many of the open sections ``above`` hold the marker; ``None`` when it is none after all."""
    beside = _beside(marker, above)
    if marker.doubtful and not (beside is not None and follows(above[beside].ordinals, marker.ordinals, marker.kind)):
        return None
    if marker.kind == "letter_figures" and not any(
        section.kind == "letter" and section.ordinals == marker.ordinals[:1] for section in above
    ):
        return None
    if beside is not None:
        return beside
    if marker.kind in _LISTS_UNDER:
        below = _below(marker, above)
        if below is not None:
            return below
    return _below_larger(marker, above)


def _beside(marker: Marker, above: Sequence[Marker]) -> int | None:
    """The open section of the marker's own kind: written alike, or the one whose number it goes on from."""
    kind, length = marker.kind, len(marker.ordinals)
    same = [index for index, section in enumerate(above) if section.kind == kind and len(section.ordinals) == length]
    if not same:
        return None
    alike = [index for index in same if above[index].sign == marker.sign or length > 1]
    if not alike:
        alike = [index for index in same if follows(above[index].ordinals, marker.ordinals, kind)]
    equally_strong = [index for index in alike if above[index].strong == marker.strong]
    if alike and not equally_strong and marker.ordinals[-1] == 1 and above[alike[-1]].strong:
        return None  # "1." in plain letters under a bold "1."
    return equally_strong[-1] if equally_strong else alike[-1] if alike else None


def _below(marker: Marker, above: Sequence[Marker]) -> int | None:
    """The open section whose number the marker repeats ("2." for "2.1."), as the number of sections that hold it."""
    outer = marker.ordinals[:-1]
    for depth in range(len(above), 0, -1):
        section = above[depth - 1]
        if section.kind in (marker.kind, _LISTS_UNDER[marker.kind]) and len(section.ordinals) == len(outer):
            return depth
    for depth in range(len(above), 0, -1):
        if above[depth - 1].ordinals == outer:
            return depth
    return None


def _below_larger(marker: Marker, above: Sequence[Marker]) -> int:
    """How many open sections are larger than the marker, from the outermost in."""
    depth = len(above)
    rank = _RANKS[marker.kind]
    while depth and _RANKS[above[depth - 1].kind] > rank:
        if above[depth - 1].kind == "article" and marker.kind in ("roman", "capital"):
            break
        depth -= 1
    return depth
