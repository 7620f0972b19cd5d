"""Pages into one text, with the place of every character kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, groupby
from statistics import median

from extractor.language.legacy import Encoding
from extractor.reading.cells import cell_words, table_lines
from extractor.reading.document import Layout, Run
from extractor.reading.pages.columns import Block, in_reading_order
from extractor.reading.pages.furniture import (
    bracket_marks,
    bracket_opening,
    note_numbers,
    part_footnotes,
    without_furniture,
)
from extractor.reading.pages.lines import Line
from extractor.reading.pages.paragraphs import (
    Measure,
    ends_in_hyphen,
    goes_on,
    in_one_block,
    item_goes_on,
    joined,
    measure,
    opens_item,
)
from extractor.reading.pages.rules import Stroke
from extractor.reading.pages.tables import Grid, Table, continued, grid_of


@dataclass(slots=True)
class Page:
    """What was found on a page, in any order."""

    number: int
    width: float
    height: float
    lines: list[Line]
    tables: list[Table] = field(default_factory=list)
    rules: list[Stroke] = field(default_factory=list)
    """Ruled lines that may part footnotes from the text."""
    confidence: float | None = None
    """How sure the words are, if they were recognised from a picture."""
    unread: str = ""
    """Why the page was not read: what goes behind "page 3 …"."""
    old_fonts: dict[str, Encoding] = field(default_factory=dict)
    """Fonts in old encodings, by their names: their words were turned into Unicode."""

    def all_lines(self) -> Iterator[Line]:
        """The lines of the page, and those in its tables."""
        yield from self.lines
        for table in self.tables:
            for row in table.rows:
                yield from chain.from_iterable(row)

    @property
    def size(self) -> tuple[int, int]:
        """Pages of one size share their margins."""
        return round(self.width), round(self.height)


@dataclass(slots=True)
class _Text:
    """A text in the making."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    runs: list[Run] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)

    def add(self, words: str) -> None:
        self.pieces.append(words)
        self.length += len(words)

    def add_line(self, line: Line) -> None:
        self.place(line, self.length)
        self.add(line.text)

    def place(self, line: Line, start: int) -> None:
        self.reach(line.page, start)
        self.runs.append(Run(start, line.page, line.top, line.bottom, line.edges, line.confidence))

    def reach(self, page: int, start: int) -> None:
        """From ``start`` on, the text stands on this page (or a later one)."""
        self.starts += [start] * (page - len(self.starts))

    def go_on(self, before: Line) -> None:
        """What is added next stands in one paragraph with the line ``before``."""
        if not ends_in_hyphen(before.text):
            self.add(" ")

    def end_line(self, *, empty: bool = False) -> None:
        last = self.pieces[-1] if self.pieces else "\n\n"
        if not last.endswith("\n"):
            self.add("\n\n" if empty else "\n")
        elif empty and last != "\n\n" and not last.endswith("\n\n"):
            self.add("\n")


def assemble(pages: Sequence[Page], count: int) -> tuple[str, Layout]:
    """The text of ``pages`` in reading order and where it stands; ``count`` is how many pages the file has."""
    kept = without_furniture([(page.lines, page.height) for page in pages])
    heights = [line.height for lines in kept for line in lines]
    usual = median(heights) if heights else 0.0
    notes: list[Line] = []
    blocks: list[Block | Table] = []
    for page, lines in zip(pages, kept, strict=True):
        lines, below = part_footnotes(lines, page.rules, usual)
        notes += [line for block in in_reading_order(below) for line in block.lines]
        marks = {str(number) for number in note_numbers(below)}
        blocks += _in_order([bracket_marks(line, marks) for line in lines], page.tables)
    measures = _measures(pages, blocks)
    text = _Text()
    before: Line | None = None
    for block in _tables_joined(blocks):
        if isinstance(block, Block):
            before = _add_block(text, block, before, measures)
        else:
            _add_table(text, block)
            before = None
    _add_notes(text, notes)
    words = "".join(text.pieces).rstrip("\n") + "\n" if text.pieces else ""
    text.reach(max((page.number for page in pages), default=0), len(words))
    return words, Layout(count, text.starts, text.runs)


def _in_order(lines: list[Line], tables: Sequence[Table]) -> Iterator[Block | Table]:
    """The blocks of a page from above: what stands over a table, the table, what stands below."""
    for table in sorted(tables, key=lambda table: table.top):
        over = [line for line in lines if line.top < table.top]
        lines = [line for line in lines if line.top >= table.top]
        yield from in_reading_order(over)
        yield table
    yield from in_reading_order(lines)


def _measures(pages: Sequence[Page], blocks: Iterable[Block | Table]) -> dict[int, Measure]:
    """The measure of each page, shared by those of its size."""
    sizes = {page.number: page.size for page in pages}
    flowing = [line for block in blocks if isinstance(block, Block) and not block.column for line in block.lines]
    flowing.sort(key=lambda line: (sizes[line.page], line.page))
    by_size = {
        size: measure(list(lines), size[0]) for size, lines in groupby(flowing, key=lambda line: sizes[line.page])
    }
    return {number: by_size[size] for number, size in sizes.items() if size in by_size}


def _tables_joined(blocks: Iterable[Block | Table]) -> Iterator[Block | Grid]:
    """The blocks, with tables that go on over pages as one."""
    grid: Grid | None = None
    last: Table | None = None
    for block in blocks:
        if isinstance(block, Table) and grid is not None and last is not None and continued(last, block):
            grid.go_on(grid_of(block))
        else:
            if grid is not None:
                yield grid
            grid = grid_of(block) if isinstance(block, Table) else None
            if isinstance(block, Block):
                yield block
        last = block if isinstance(block, Table) else None
    if grid is not None:
        yield grid


def _add_block(text: _Text, block: Block, before: Line | None, measures: dict[int, Measure]) -> Line | None:
    """Adds lines, those of a paragraph as one; gives the last one if a paragraph may go on with the next block."""
    if block.column:
        _add_column(text, block.lines)
        return None
    for line in block.lines:
        if before is None:
            text.end_line(empty=True)
        elif goes_on(before, line, measures[before.page], measures[line.page]):
            text.go_on(before)
        else:
            text.end_line(empty=not in_one_block(before, line, measures[line.page]))
        text.add_line(line)
        before = line
    return before


def _add_column(text: _Text, lines: Sequence[Line]) -> None:
    """Adds one side of a letterhead or a signature block: its lines as they are, but items of a list whole."""
    right = max(line.x1 for line in lines)
    in_item = False
    for number, line in enumerate(lines):
        if in_item and item_goes_on(lines[number - 1], line, right):
            text.go_on(lines[number - 1])
        else:
            in_item = opens_item(line)
            text.end_line(empty=number == 0)
        text.add_line(line)


def _add_table(text: _Text, grid: Grid) -> None:
    """Adds a table as rows of Markdown, and finds each of its lines there again."""
    text.end_line(empty=True)
    start = text.length
    cells = [[joined(line.text for line in lines) for lines in row] for row in grid.rows]
    words = "\n".join(table_lines([[[cell] if cell else [] for cell in row] for row in cells]))
    text.add(words)
    text.end_line(empty=True)
    done = 0
    for row in grid.rows:
        for lines in row:
            for line in lines:
                found = words.find(line.text, done)
                if found < 0:
                    found = words.find(cell_words(line.text), done)
                if found >= 0:
                    text.place(line, start + found)
                    done = found + len(line.text)


def _add_notes(text: _Text, notes: Sequence[Line]) -> None:
    """Adds footnotes behind the text, one a line, as "[1] …"."""
    numbers = note_numbers(notes)
    for line in notes:
        opens = note_numbers([line])
        if opens and numbers and opens[0] == numbers[0]:
            numbers.pop(0)
            text.end_line()
            line = bracket_opening(line)
        elif text.pieces and not text.pieces[-1].endswith("\n"):
            text.add(" ")
        text.add_line(line)
