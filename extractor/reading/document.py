"""What readers give: the text of a file, where its characters stand on pages, and what was not read."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

MAX_BYTES = 64 * 1024 * 1024
MAX_PAGES = 2000
MAX_SECONDS = 300.0
MAX_MEMORY = 2048 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one document may take; of pages, what was read before a limit was reached is kept.

    ``memory`` (bytes) holds for a reader in a process of its own only (``extractor.reading.child``).
    """

    bytes: int = MAX_BYTES
    pages: int = MAX_PAGES
    seconds: float = MAX_SECONDS
    memory: int = MAX_MEMORY


@dataclass(frozen=True, slots=True)
class Fault:
    """Something of the file that was not read, or not surely: a warning of the plan, with its code and its place."""

    code: str
    message: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of the text side by side on one line of a page.

    The i-th, at code point ``start + i`` of the text, stands between ``edges[i]`` and ``edges[i + 1]``. Points (1/72
    inch) from the upper left corner of the page; pages count from 1.
    """

    start: int
    page: int
    top: float
    bottom: float
    edges: array[float]
    confidence: float = 1.0
    """How sure it is that these are the words, if they were recognised from a picture."""

    @property
    def box(self) -> tuple[int, float, float, float, float]:
        """page, x0, top, x1, bottom; to a tenth of a point."""
        place = (self.edges[0], self.top, self.edges[-1], self.bottom)
        return self.page, *(round(number, 1) for number in place)  # type: ignore[return-value]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the text stands on pages. ``starts[i]`` is the code point with which page i + 1 begins."""

    pages: int | None = None
    """How many pages the file has."""
    starts: Sequence[int] = ()
    runs: Sequence[Run] = ()
    """In the order of the text; empty where a format tells pages but no places."""

    def page_at(self, offset: int) -> int | None:
        """The page (from 1) on which a code point of the text stands; ``None`` when the format has no pages."""
        if self.runs:
            index = bisect_right(self.runs, offset, key=lambda run: run.start)
            return self.runs[max(index - 1, 0)].page
        return max(bisect_right(self.starts, offset), 1) if self.starts else None

    def runs_at(self, start: int, end: int) -> Iterator[Run]:
        """The runs in which code points ``start`` to ``end`` stand, cut to them: one for each line."""
        first = bisect_right(self.runs, start, key=lambda run: run.start) - 1
        for index in range(max(first, 0), len(self.runs)):
            run = self.runs[index]
            if run.start >= end:
                return
            left, right = max(start - run.start, 0), min(end - run.start, len(run.edges) - 1)
            if left < right:
                yield replace(run, start=run.start + left, edges=run.edges[left : right + 1])

    def confidence(self, start: int, end: int) -> float:
        """How sure recognition is of code points ``start`` to ``end``, 0 to 1; 1 where nothing was recognised."""
        return min((run.confidence for run in self.runs_at(start, end)), default=1.0)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader of one format gives."""

    text: str
    media_type: str
    encoding: str = "utf-8"
    layout: Layout = field(default_factory=Layout)
    faults: Sequence[Fault] = ()
    ocr: bool | None = None
    """Whether pages were recognised from their image; ``None`` when the format has no images of pages."""


@dataclass(frozen=True, slots=True)
class Document:
    """One file: what was read of it, and which file it was. The text keeps ``\\r\\n`` and drops a byte order mark."""

    text: str
    name: str | None
    sha256: str
    media_type: str
    bytes: int
    encoding: str
    layout: Layout = field(default_factory=Layout)
    faults: Sequence[Fault] = ()
    ocr: bool | None = None
