"""What the model of roles sees of each agency of a line: the words round it, its place, its section."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from extractor.language.view import View
from extractor.linking.places import Places
from extractor.plan import Agency
from extractor.tagging.context import Context

_WORD: Final = re.compile(r"\w++|[^\w\s]")
_BEFORE: Final = 160
"""Code points before an agency that are read."""
_BEHIND: Final = 80
_GAP: Final = 14
"""Words of the stretch since the agency before that are seen, whatever their order."""
_FEW: Final = 4
"""So many words between two agencies are seen as they stand: "," "và" "phối hợp với"."""
_AFTER: Final = 10


class RoleFeatures:
    """Reads the features of agencies of one document (offsets of the view)."""

    def __init__(self, view: View, context: Context) -> None:
        self._lower = view.lower
        self._places = Places(view, context)
        self._headings = context.outline.headings
        self._section_at = context.outline.section_at
        self._doc_type = context.header.doc_type

    def lines(self, agencies: Sequence[Agency]) -> Iterator[list[Agency]]:
        """The agencies of each line that holds any, in text order."""
        line: list[Agency] = []
        for agency in agencies:
            if line and self._lower.find("\n", line[-1].end, agency.start) >= 0:
                yield line
                line = []
            line.append(agency)
        if line:
            yield line

    def of_line(self, agencies: Sequence[Agency], hints: bool) -> list[list[str]]:
        """The features of each agency of one line; ``hints``: the roles that the rules gave are seen."""
        begin = self._lower.rfind("\n", 0, agencies[0].start) + 1
        end = self._lower.find("\n", agencies[-1].end)
        end = len(self._lower) if end < 0 else end
        features = []
        for number, agency in enumerate(agencies):
            found = self._of_words(agency, begin, end, agencies[number - 1].end if number else None)
            found += self._of_place(agency, begin)
            found.append(f"number {min(number, 3)}")
            if hints:
                before = agencies[number - 1].role if number else ""
                after = agencies[number + 1].role if number + 1 < len(agencies) else ""
                found += (f"r0 {agency.role}", f"r-1 {before} {agency.role}", f"r+1 {agency.role} {after}")
            features.append(found)
        return features

    def _of_words(self, agency: Agency, begin: int, end: int, last: int | None) -> list[str]:
        """The words before, behind, and since the agency before."""
        before = _WORD.findall(self._lower, max(begin, agency.start - _BEFORE), agency.start)
        after = _WORD.findall(self._lower, agency.end, min(end, agency.end + _BEHIND))
        start = begin if last is None else last
        gap = _WORD.findall(self._lower, max(start, agency.start - _BEFORE), agency.start)
        found = [f"-{place} {word}" for place, word in enumerate(reversed(before[-4:]), 1)]
        found += (f"-2-1 {' '.join(before[-2:])}", f"-3-1 {' '.join(before[-3:])}", f"bare {not before}")
        found += (f"+{place} {word}" for place, word in enumerate(after[:3], 1))
        found += (f"+1+2 {' '.join(after[:2])}", f"+1+3 {' '.join(after[:3])}", f"last {not after}")
        if last is not None and len(gap) <= _FEW:
            found.append(f"between {' '.join(gap)}")
        found += (f"gap {word}" for word in gap[-_GAP:])
        found += (f"gap {one} {other}" for one, other in pairwise(gap[-_GAP:]))
        found += (f"after {word}" for word in after[:_AFTER])
        found += (f"after {one} {other}" for one, other in pairwise(after[:_AFTER]))
        return found

    def _of_place(self, agency: Agency, begin: int) -> list[str]:
        """Zone, column, section and clause; and what kind of body it is."""
        places, start = self._places, agency.start
        opened = self._lower[places.clause_start(start) : start]
        found = [
            f"zone {places.role_of(start)}",
            f"column {places.column_at(start)}",
            f"preamble {places.in_preamble(start)}",
            f"opens clause {not any(map(str.isalnum, opened))}",
            f"opens line {not any(map(str.isalpha, self._lower[max(begin, start - _BEFORE) : start]))}",
            f"heading {places.heading_at(start) is not None}",
            f"duties {places.has_duties(start)}",
            f"issuer {places.is_issuer(agency)}",
            f"document {self._doc_type}",
            f"group {bool(agency.generic)}",
            f"head {' '.join(agency.name.lower().split()[:2])}",
        ]
        section = self._section_at(start)
        if section is not None:
            heading = self._headings[section]
            title = (heading.title or "").lower().split()[:4]
            found += (f"title {' '.join(title)}", *(f"title {word}" for word in title))
            if heading.parent is not None:
                parent = (self._headings[heading.parent].title or "").lower().split()[:3]
                found.append(f"above {' '.join(parent)}")
        return found
