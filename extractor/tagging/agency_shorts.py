"""Bodies under the short form that the text gives them: "Ban Quản lý dự án (BQLDA) … BQLDA chủ trì"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final

from extractor.language.view import View
from extractor.plan import Abbreviation, Agency
from extractor.tagging.agency_names import key, unknown_codes

_REACH: Final = 60
"""Code points between a body's name and the short form that stands for it: "(sau đây gọi tắt là "."""
_MOST: Final = 60
"""Definitions of such short forms that one document has."""


def tag_short_forms(view: View, agencies: Sequence[Agency], abbreviations: Sequence[Abbreviation]) -> list[Agency]:
    """The agencies and, under the short forms that stand for one of them, those that nothing else has found.

    ``view`` hides all that is taken. A short form of letters ("BQLDA") is a name, another ("Liên minh") refers back to
    one and is generic (ANNOTATION.md, settled cases). What the tagger took for a body under such a short form gets
    the name that it stands for, and is none where it is defined. All in text order.
    """
    starts = [agency.start for agency in agencies]
    defined: dict[str, list[Abbreviation]] = {}
    for abbreviation in abbreviations:
        defined.setdefault(abbreviation.short, []).append(abbreviation)
    found: list[Agency] = []
    meant: dict[str, list[tuple[Abbreviation, int]]] = {}
    bodies = 0
    for definitions in defined.values():
        ends = [*(later.start for later in definitions[1:]), len(view.plain)]
        for abbreviation, end in zip(definitions, ends, strict=True):
            index = bisect_left(starts, abbreviation.start) - 1
            if index >= 0 and bodies < _MOST and _is_meant(agencies[index], abbreviation):
                bodies += 1
                meant.setdefault(abbreviation.short, []).append((abbreviation, end))
                found += _again(view, abbreviation, end, agencies[index])
    found += [agency for agency in agencies if _settled(agency, meant.get(_words(agency), ()))]
    return sorted(found, key=lambda agency: agency.start)


def _settled(agency: Agency, definitions: Sequence[tuple[Abbreviation, int]]) -> bool:
    """Whether an agency stays one; one under a short form gets the name that holds at its place (``definitions``)."""
    for abbreviation, end in definitions:
        if agency.start == abbreviation.start:
            return False
        if abbreviation.end <= agency.start < end and unknown_codes(agency.name):
            agency.settle(name=abbreviation.long)
    return True


def _words(agency: Agency) -> str:
    """The words of an agency as a short form has them."""
    return " ".join((agency.text or "").split())


def _again(view: View, abbreviation: Abbreviation, end: int, body: Agency) -> Iterator[Agency]:
    """A body under its short form, from its definition to where another one begins to hold."""
    named = bool(unknown_codes(abbreviation.short))
    short = re.compile(rf"(?<!\w){re.escape(abbreviation.short)}(?!\w)")
    for match in short.finditer(view.plain, abbreviation.end, end):
        yield Agency(
            start=match.start(),
            end=match.end(),
            text=view.composed[match.start() : match.end()],
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
