"""Bodies under the short form that the text gives them: "Ban Quản lý dự án (BQLDA) … BQLDA chủ trì"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final

from extractor.language.view import View
from extractor.plan import Abbreviation, Agency
from extractor.tagging.agency_names import key

_REACH: Final = 60
"""Code points between a body's name and the short form that stands for it: "(sau đây gọi tắt là "."""
_MOST: Final = 60
"""Short forms of bodies that one document has."""


def tag_short_forms(view: View, agencies: Sequence[Agency], abbreviations: Sequence[Abbreviation]) -> list[Agency]:
    """The agencies and, under the short forms that stand for one of them, those that nothing else has found.

    ``view`` hides all that is taken. A short form of letters ("BQLDA") is a name, another ("Liên minh") refers back to
    one and is generic (ANNOTATION.md, settled cases); all in text order.
    """
    starts = [agency.start for agency in agencies]
    bodies: dict[str, tuple[Abbreviation, Agency]] = {}
    for abbreviation in abbreviations:
        index = bisect_left(starts, abbreviation.start) - 1
        if index >= 0 and len(bodies) < _MOST and _is_meant(agencies[index], abbreviation):
            bodies.setdefault(abbreviation.short, (abbreviation, agencies[index]))
    found = [again for abbreviation, body in bodies.values() for again in _again(view, abbreviation, body)]
    return sorted([*agencies, *found], key=lambda agency: agency.start) if found else list(agencies)


def _again(view: View, abbreviation: Abbreviation, body: Agency) -> Iterator[Agency]:
    """A body under its short form, wherever that stands behind its definition."""
    named = abbreviation.short.isupper()
    for match in re.finditer(rf"(?<!\w){re.escape(abbreviation.short)}(?!\w)", view.plain[abbreviation.end :]):
        start, end = (abbreviation.end + place for place in match.span())
        yield Agency(
            start=start,
            end=end,
            text=view.composed[start:end],
            rule=body.rule,
            confidence=0.9,
            name=abbreviation.long if named else abbreviation.short,
            generic=None if named else True,
            canonical=None if named else body.name,
            level=body.level,
        )


def _is_meant(agency: Agency, abbreviation: Abbreviation) -> bool:
    """Whether an agency is what a short form right behind it stands for."""
    near = agency.start < abbreviation.start and abbreviation.start - agency.end < _REACH
    return near and not agency.generic and key(agency.name).startswith(key(abbreviation.long))
