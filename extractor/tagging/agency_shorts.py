"""Bodies under the short form that the text gives them: "Ban Quản lý dự án (BQLDA) … BQLDA chủ trì"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from extractor.language.view import View
from extractor.plan import Abbreviation, Agency
from extractor.tagging.agency_names import key, unknown_codes

_REACH: Final = 60
"""Code points between a body's name and the short form that stands for it: "(sau đây gọi tắt là "."""
_MOST: Final = 60
"""Definitions of such short forms that one document has."""


@dataclass(frozen=True, slots=True)
class Definition:
    """A short form, to where it holds, and the body that it stands for."""

    abbreviation: Abbreviation
    end: int
    body: Agency

    @property
    def long(self) -> str:
        """The name that it stands for, with the head that the body may share with others."""
        long = self.abbreviation.long
        return self.body.name if key(self.body.name).endswith(f" {key(long)}") else long


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
    meant: dict[str, list[Definition]] = {}
    bodies = 0
    for definitions in defined.values():
        ends = [*(later.start for later in definitions[1:]), len(view.plain)]
        for abbreviation, end in zip(definitions, ends, strict=True):
            index = bisect_left(starts, abbreviation.start) - 1
            if index >= 0 and bodies < _MOST and _is_meant(agencies[index], abbreviation):
                bodies += 1
                definition = Definition(abbreviation, end, agencies[index])
                meant.setdefault(abbreviation.short, []).append(definition)
                found += (again for again in _again(view, definition) if not _heads(view, again, agencies, starts))
    found += [agency for agency in agencies if _settled(agency, meant.get(_words(agency), ()))]
    return sorted(found, key=lambda agency: agency.start)


def _settled(agency: Agency, definitions: Sequence[Definition]) -> bool:
    """Whether an agency stays one; one under a short form gets the name that holds at its place (``definitions``)."""
    for definition in definitions:
        if agency.start == definition.abbreviation.start:
            return False
        if definition.abbreviation.end <= agency.start < definition.end and unknown_codes(agency.name):
            agency.settle(name=definition.long)
    return True


def _heads(view: View, short: Agency, agencies: Sequence[Agency], starts: Sequence[int]) -> bool:
    """Whether a short form is only the head of a list, "UBND các tỉnh: A, B"."""
    index = bisect_left(starts, short.end)
    if index == len(agencies) or starts[index] - short.end > _REACH:
        return False
    between = view.plain[short.end : starts[index]]
    first = key(agencies[index].name)
    return ":" in between and "\n" not in between and first.startswith(f"{key(short.name)} ")


def _words(agency: Agency) -> str:
    """The words of an agency as a short form has them."""
    return " ".join((agency.text or "").split())


def _again(view: View, definition: Definition) -> Iterator[Agency]:
    """A body under its short form, from its definition to where another one begins to hold."""
    abbreviation, body = definition.abbreviation, definition.body
    named = bool(unknown_codes(abbreviation.short))
    short = re.compile(rf"(?<!\w){re.escape(abbreviation.short)}(?!\w)")
    for match in short.finditer(view.plain, abbreviation.end, definition.end):
        yield Agency(
            start=match.start(),
            end=match.end(),
            text=view.composed[match.start() : match.end()],
            rule=body.rule,
            confidence=0.9,
            name=definition.long if named else abbreviation.short,
            generic=None if named else True,
            canonical=None if named else body.name,
            level=body.level,
        )


def _is_meant(agency: Agency, abbreviation: Abbreviation) -> bool:
    """Whether an agency is what a short form right behind it stands for."""
    near = agency.start < abbreviation.start and abbreviation.start - agency.end < _REACH
    long = key(abbreviation.long)
    return near and not agency.generic and (key(agency.name).startswith(long) or key(_words(agency)) == long)
