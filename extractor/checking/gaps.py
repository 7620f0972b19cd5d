"""Numbers that an outline leaves out or gives twice: I, II, IV."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from extractor.language.view import View
from extractor.outline.markers import LETTERS
from extractor.outline.structure import Heading
from extractor.plan import Warning
from extractor.tagging.context import Context

CODE: Final = "outline-gap"

_OPENING_KINDS: Final = ("roman", "capital", "article")
"""A document that begins with "II." has lost its "I."; one that begins with "2." may be an excerpt."""
_LETTERED: Final = ("letter", "capital")
_LEFT_OUT: Final = frozenset("đfjwz")
_LONGEST_QUOTATION: Final = 1500
_WORDED: Final = (0,)
"""The number of "Phần thứ nhất", which nobody reads."""


def check_outline(view: View, mentions: Mapping[str, Any], context: Context) -> Iterator[Warning]:
    """Sections whose number is not the next one after their sibling's: one is left out, or one stands twice."""
    last: dict[tuple[int | None, str, tuple[int, ...]], int] = {}
    headings = context.outline.headings
    twice: set[int] = set()
    for index, heading in enumerate(headings):
        if _is_quoted(view, heading.start):
            continue
        place = heading.parent, heading.kind, heading.ordinals[:-1]
        before = last.get(place)
        last[place] = index
        if before is None:
            if index == 0 and heading.kind in _OPENING_KINDS and heading.ordinals[-1] == 2:
                yield _warning(f"the first is {heading.marker}", heading, [index])
        elif heading.ordinals == headings[before].ordinals != _WORDED:
            twice.add(index)
            yield _warning(f"{heading.marker} stands twice", heading, [before, index])
        elif heading.ordinals[-1] > headings[before].ordinals[-1] + 1 and not _is_next(
            headings[before], heading, before in twice
        ):
            yield _warning(f"{headings[before].marker} is followed by {heading.marker}", heading, [before, index])


def _is_next(before: Heading, heading: Heading, misprinted: bool) -> bool:
    """Whether a section has the number after its sibling's, or after the one that it should have had (I, II, II, IV).

    Letters may leave out those that many lists do without (đ, f, j, w, z).
    """
    last, this = before.ordinals[-1] + misprinted, heading.ordinals[-1]
    if heading.kind in _LETTERED:
        return set(LETTERS[last : this - 1]) <= _LEFT_OUT
    return this - last <= 1


def _is_quoted(view: View, place: int) -> bool:
    """Whether a place stands inside quotation marks: an amendment quotes the numbers of another document."""
    reach = max(0, place - _LONGEST_QUOTATION)
    return view.composed.rfind("“", reach, place) > view.composed.rfind("”", reach, place)


def _warning(fault: str, heading: Heading, sections: list[int]) -> Warning:
    return Warning(
        code=CODE,
        message=fault,
        refs=[f"s{index + 1}" for index in sections],
        start=heading.start,
        end=heading.end,
    )
