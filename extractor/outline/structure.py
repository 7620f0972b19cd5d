"""What the outline stage hands on: sections, zones, tables. All offsets are the view's."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

ZoneKind = Literal["furniture", "letterhead", "title", "preamble", "recipients", "signature"]
ColumnKind = Literal[
    "marker", "action", "content", "output", "lead", "coordinate", "lead_coordinate",
    "time", "start_time", "end_time", "budget", "quantity", "note", "other",
]  # fmt: skip


class Stretches:
    """Stretches (start, end) of a text; ``place in stretches`` takes no longer when there are many."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(spans):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._starts.append(start)
                self._ends.append(end)

    def __contains__(self, place: int) -> bool:
        index = bisect_right(self._starts, place) - 1
        return index >= 0 and place < self._ends[index]


class Zone(NamedTuple):
    """A stretch of the document with a duty of its own (Decree 30/2020 Điều 8).

    "furniture": what a web site put round the document; "letterhead": issuer, motto, number, place and date;
    "title": doc type and trích yếu; "preamble": from the title to the first section (Căn cứ …); "recipients": from
    "Nơi nhận" on; "signature": authority, position, name.
    """

    kind: ZoneKind
    start: int
    end: int


@dataclass(slots=True)
class Close:
    """The close of a document: where the parts of its list of recipients and its signature block stand."""

    start: int
    end: int
    recipients: list[tuple[int, int]] = field(default_factory=list)
    """One for each item of the list, bullet and all."""
    authority: list[tuple[int, int]] = field(default_factory=list)
    position: tuple[int, int] | None = None
    signer: tuple[int, int] | None = None
    zones: list[Zone] = field(default_factory=list)


@dataclass(slots=True)
class Heading:
    """A section: its marker ("II."), its title if it is a heading, and all that it holds."""

    marker: str
    """Bare: "II", "a", "3.1", "Điều 3"."""
    kind: str
    """Of its marker: "roman", "figure", "letter", "article" …"""
    ordinals: tuple[int, ...]
    """The numbers that its marker says, outermost first."""
    level: int
    start: int
    end: int
    title: str | None
    title_start: int
    title_end: int
    """The place of the title, or of the item's first line when it has none."""
    body_end: int = 0
    parent: int | None = None
    """Index of the section that holds it."""
    path: str = ""


class Cell(NamedTuple):
    """One cell of a table, without the blanks round it."""

    start: int
    end: int
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its cells in text order and what each column holds."""

    start: int
    end: int
    header_rows: int
    columns: tuple[ColumnKind, ...]
    titles: tuple[str, ...]
    cells: tuple[Cell, ...]
    two_storeys: bool = False
    """Whether headings of the first row stand over several of the second."""
    money_unit: str | None = None
    """ "triệu đồng" of a caption "ĐVT: triệu đồng"."""


@dataclass(frozen=True, slots=True)
class Outline:
    """The form of one document."""

    headings: tuple[Heading, ...] = ()
    zones: tuple[Zone, ...] = ()
    tables: tuple[Grid, ...] = ()
    close: Close | None = None
    """The close of the first document that has one."""
    _starts: tuple[int, ...] = field(default=())

    def section_at(self, place: int) -> int | None:
        """Index of the innermost section that holds a place of the view, or ``None``."""
        index = bisect_right(self._starts, place) - 1
        while index >= 0:
            heading = self.headings[index]
            if place < heading.body_end:
                return index
            if heading.parent is None:
                return None
            index = heading.parent
        return None

    def zones_of(self, *kinds: ZoneKind) -> list[tuple[int, int]]:
        """The places (start, end) of the zones of these kinds."""
        return [(zone.start, zone.end) for zone in self.zones if zone.kind in kinds]
