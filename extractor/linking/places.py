"""What the place of an agency says: recipients, a table's column, the preamble, an item of duties."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache, cached_property, lru_cache
from typing import Final

from extractor.grammar import Grammar
from extractor.language.folding import fold_tones
from extractor.language.view import View
from extractor.linking.role_words import Words, role_words
from extractor.outline.structure import Cell, ColumnKind, Heading, Stretches
from extractor.plan import Agency, Role
from extractor.tagging.context import Context

_CLAUSE_ENDS: Final = (". ", "; ", ": ", "! ", "? ", "\n", "\t", "|")
_ADDRESSED: Final = re.compile(r"[^\n]{0,400}(?:\n[\s|]{0,12}[-+•][^\n]{1,400})*+")
"""Those to whom a letter or a telegram goes: the rest of a line, and the bulleted lines below it."""
_THROUGH: Final = re.compile(r"\( ?qua ?\Z")
_BULLETS: Final = ("-", "+", "•", "*")
_LONGEST_OPENING: Final = 200
"""Code points that may stand in a clause before its subject."""
_COLUMN_ROLES: Final[dict[ColumnKind, Role]] = {"lead": "lead", "coordinate": "coordinate"}


class Places:
    """The zones, cells and headings of a document, for looking up places of the view."""

    def __init__(self, view: View, context: Context) -> None:
        self._lower = view.lower
        self._plain = view.plain
        self._outline = context.outline
        self._header = context.header
        self._past = _past(context.grammar)
        self._duties = _duties(context.grammar)
        self._grammar = context.grammar
        self._about_past: dict[int, bool] = {}
        self._issuer = _folded(context.header.issuer or "")
        self._recipients = Stretches(context.outline.zones_of("recipients"))
        self._preamble = Stretches(context.outline.zones_of("preamble", "title"))
        self._addressed = Stretches(self._find_addressed(role_words(context.grammar)))

    @cached_property
    def _cells(self) -> list[tuple[int, Cell, ColumnKind]]:
        """The data cells of all tables in text order, with what their column holds."""
        found = [
            (cell.start, cell, grid.columns[cell.column] if cell.column < len(grid.columns) else "other")
            for grid in self._outline.tables
            for cell in grid.cells
            if cell.row >= grid.header_rows
        ]
        return sorted(found, key=lambda entry: entry[0])

    @cached_property
    def _labels(self) -> list[tuple[int, bool]]:
        """Where a label of a cell stands ("Chủ trì:", "Phối hợp:"), and whether behind it stand those who help."""
        found = _labels(self._grammar).finditer(self._lower)
        return [(match.start(), match["coordinate"] is not None) for match in found]

    @cached_property
    def _cell_starts(self) -> list[int]:
        return [start for start, _, _ in self._cells]

    def role_of(self, place: int) -> Role | None:
        """The role that a place gives by itself."""
        if place in self._recipients:
            return None if is_way(self._lower, place) else "recipient"
        if place in self._addressed:
            return "report_to"
        found = self._cell_at(place)
        if found is None or found[2] not in _COLUMN_ROLES:
            return None
        index = bisect_right(self._labels, place, key=lambda label: label[0]) - 1
        said = self._labels[index] if index >= 0 and self._labels[index][0] >= found[1].start else None
        return "coordinate" if said is not None and said[1] else _COLUMN_ROLES[found[2]]

    @cached_property
    def is_telegram(self) -> bool:
        """Whether the plan is sent as a telegram (công điện): "THỦ TƯỚNG CHÍNH PHỦ điện:"."""
        return self._header.doc_type == "Công điện"

    def _find_addressed(self, words: Words) -> list[tuple[int, int]]:
        """The stretches behind "Kính gửi:", one body or a list of them (Decree 30/2020, Phụ lục I, box 9a)."""
        found = [match.end() for match in words.addresses.finditer(self._lower)]
        if self.is_telegram:
            sent = words.telegraphs.finditer(self._lower)
            found += [match.end() for match in sent if self.in_preamble(match.start())]
        return sorted(match.span() for place in found if (match := _ADDRESSED.match(self._lower, place)))

    def opens_shared_cell(self, place: int) -> bool:
        """Whether a body opens a cell of those who lead and those who help: with nothing more said, it leads."""
        found = self._cell_at(place)
        if found is None or found[2] != "lead_coordinate":
            return False
        return not self._lower[found[1].start : place].strip(" \n-+•*")

    def column_at(self, place: int) -> ColumnKind | None:
        """What the column of the table cell at a place holds; ``None`` outside of tables."""
        found = self._cell_at(place)
        return found[2] if found else None

    def _cell_at(self, place: int) -> tuple[int, Cell, ColumnKind] | None:
        if not self._outline.tables:
            return None
        index = bisect_right(self._cell_starts, place) - 1
        return self._cells[index] if index >= 0 and place < self._cells[index][1].end else None

    def in_preamble(self, place: int) -> bool:
        """Whether a place stands between the title and the first section."""
        return place in self._preamble

    def stands_alone_in_capitals(self, start: int, end: int) -> bool:
        """Whether a place is a paragraph of its own in capitals: the body that decides, above its "Căn cứ"."""
        line_start = self._plain.rfind("\n", 0, start) + 1
        line_end = self._plain.find("\n", end)
        line = self._plain[line_start : line_end if line_end >= 0 else len(self._plain)]
        return line.isupper() and len(line.strip()) <= end - start + 2

    def is_issuer(self, agency: Agency) -> bool:
        """Whether an agency is the body that issues the plan."""
        return bool(self._issuer) and self._issuer.startswith(_folded(agency.name))

    def is_anothers(self, agency: Agency) -> bool:
        """Whether the plan is known to be issued by another body: an office announces what its head concluded."""
        return bool(self._issuer) and not self.is_issuer(agency)

    def has_duties(self, place: int) -> bool:
        """Whether a place is among the plan's tasks: in a section or a cell; in a report, in one of tasks to come."""
        if self.in_preamble(place):
            return False
        report = self._header.doc_type == "Báo cáo"
        index = self._outline.section_at(place)
        if index is None:
            return not report and self.column_at(place) is not None
        return not self._tells_what_was(index) and (not report or self._gives_duties(place))

    def tells_what_was(self, place: int) -> bool:
        """Whether a place is in a section about the past, or about what others should do."""
        return self._tells_what_was(self._outline.section_at(place))

    def _gives_duties(self, place: int) -> bool:
        """Whether the title of a section round a place says that it gives out tasks: "Phương hướng, nhiệm vụ"."""
        titles = (self._outline.headings[index].title for index in self.sections_round(place))
        return any(title is not None and self._duties.match(_folded(title)) for title in titles)

    def _tells_what_was(self, index: int | None) -> bool:
        """Whether a section, or one that holds it, is about the past, or about what others should do."""
        if index is None:
            return False
        if index not in self._about_past:
            heading = self._outline.headings[index]
            told = heading.title is not None and self._past.match(_folded(heading.title)) is not None
            self._about_past[index] = told or self._tells_what_was(heading.parent)
        return self._about_past[index]

    def heading_at(self, place: int) -> Heading | None:
        """The section whose title (not a paragraph) holds a place."""
        index = self._outline.section_at(place)
        if index is None:
            return None
        heading = self._outline.headings[index]
        return heading if heading.title is not None and heading.title_start <= place < heading.title_end else None

    def item_start(self, place: int) -> int | None:
        """Where the words of the item that holds a line begin: behind its marker, or at its bullet, if it has one."""
        nearest = max(0, place - _LONGEST_OPENING)
        line = max(self._lower.rfind("\n", nearest, place) + 1, nearest)
        index = self._outline.section_at(place)
        if index is not None and line <= self._outline.headings[index].start <= place:
            return self._outline.headings[index].end
        return line if self._lower[line : place + 12].lstrip(" ").startswith(_BULLETS) else None

    def opens_line(self, place: int) -> bool:
        """Whether a place is the begin of a line or of a cell."""
        return place == 0 or self._lower[place - 1] in "\n\t|"

    def sections_round(self, place: int) -> Iterator[int]:
        """The sections that hold a place, innermost first."""
        index = self._outline.section_at(place)
        while index is not None:
            yield index
            index = self._outline.headings[index].parent

    def opens_section(self, index: int, place: int) -> bool:
        """Whether a place stands in the line that opens a section."""
        start = self._outline.headings[index].start
        return self._lower.find("\n", start, place) < 0

    def clause_start(self, place: int) -> int:
        """Where the clause that holds a place begins: after a sign that ends one, a marker, a line."""
        start = max(0, place - _LONGEST_OPENING)
        ends = max(self._lower.rfind(sign, start, place) for sign in _CLAUSE_ENDS)
        start = max(start, ends + 1)
        index = self._outline.section_at(place)
        if index is not None:
            marker_end = self._outline.headings[index].end
            if start < marker_end <= place:
                start = marker_end
        return start


@lru_cache(maxsize=4096)
def _folded(words: str) -> str:
    """Words as the lexicon compares them."""
    return fold_tones(words.lower())


@cache
def _past(grammar: Grammar) -> re.Pattern[str]:
    return grammar.compile(r"{sections_without_duties}(?!\w)")


@cache
def _duties(grammar: Grammar) -> re.Pattern[str]:
    return grammar.compile(r"(?:{before_titles} )?{sections_of_duties}(?!\w)(?!.{0,200}(?<!\w)đã )")


@cache
def _labels(grammar: Grammar) -> re.Pattern[str]:
    """The words within a cell "- Chủ trì: … - Phối hợp: …" that part those who lead from those who help."""
    return grammar.compile(r"(?<!\w)(?:(?P<coordinate>{coordinate_labels})|{lead_labels})(?!\w)")


def is_way(lower: str, place: int) -> bool:
    """Whether a paper only goes through the body at a place: "(qua Sở Nội vụ)"."""
    return _THROUGH.search(lower, max(0, place - 12), place) is not None
