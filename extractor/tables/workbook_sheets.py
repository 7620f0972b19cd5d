"""One table of the workbook: its rows in as many lines and sheets as Excel's limits make of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from itertools import zip_longest
from typing import Any, Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.url import Url
from xlsxwriter.worksheet import Worksheet

from extractor.language.numbers import write_figure
from extractor.tables.workbook_words import DESIGN, word

LONGEST_CELL = 32_766
"""UTF-16 code units that we put into a cell: Excel's limit, less the blank that ``_writable`` may add."""
MOST_LINES = 1_048_576
"""Lines of a sheet, its header among them."""
MOST_LINKS = 65_530
"""Links of a sheet."""
LONGEST_LINK: Final = 2_079
_DIGITS: Final = 15
"""Digits of a number that Excel keeps."""

Cell = str | int | float | date | None
Formats = Callable[..., Format]
"""``formats("link", bg_color="#DCE9F9")``: a style and what is added to it; each is made once."""

_NUMBER_WIDTH: Final = 7
_HEADER_HEIGHT: Final = 32
_LINE_HEIGHT: Final = 15
_TALLEST: Final = 14
"""Lines of text that a row shows at most; the rest is in the cell."""
_STYLES: Final[dict[str, dict[str, Any]]] = {
    "text": {},
    "whole": {"num_format": "#,##0"},
    "decimal": {"num_format": "#,##0.0##########"},
    "date": {"num_format": "dd/mm/yyyy", "align": "left"},
    "link": {"font_color": "#0563C1", "underline": 1},
    "heading": {"bold": True, "font_color": "#FFFFFF", "bg_color": "#1F4E78", "valign": "vcenter", "border": 1},
    "title": {"bold": True, "font_size": 16},
}
_LINK_SIGNS: Final = {ord(sign): f"%{ord(sign):02x}" for sign in '%" <>[]^`{}#'}
_NO_XML: Final = re.compile("[\ud800-\udfff\ufffe\uffff]")
_MARKUP: Final = re.compile("<r>.*</r>", re.DOTALL)


def make_formats(book: Workbook) -> Formats:
    """The formats of a workbook, by style and what is added to it."""

    @cache
    def formats(style: str, **more: Any) -> Format:
        return book.add_format({"valign": "top", "text_wrap": True} | _STYLES[style] | more)

    return formats


class Sheet:
    """A table of the workbook, which goes on in "Hoạt động (2)" when a sheet is full."""

    def __init__(self, book: Workbook, formats: Formats, design: Mapping[str, Any]) -> None:
        self.name: str = design["name"]
        self.about: str = design["about"]
        self.rows = 0
        self._columns: list[dict[str, Any]] = design["columns"]
        self._book = book
        self._formats = formats
        self._sheets = 0
        self._open()

    def add(self, row: Mapping[str, Any], link: str | None = None, colour: str | None = None) -> None:
        """Writes a row; its first column, the file, leads to ``link``. What no cell holds goes on in lines beneath."""
        self.rows += 1
        pieces = [list(_pieces(_cell(row, column))) for column in self._columns]
        pieces[0] *= max(map(len, pieces))  # the file in each line, so that a filter keeps them together
        more = {"bg_color": colour} if colour else {}
        for number, cells in enumerate(zip_longest(*pieces)):
            if self._line == MOST_LINES:
                self.finish()
                self._open()
            count = DESIGN["continued"].format(self.rows) if number else self.rows
            self._sheet.set_row(self._line, self._height(cells))
            for place, (cell, column) in enumerate(zip((count, *cells), ({}, *self._columns), strict=True)):
                self._write(place, cell, link if place == 1 else None, more | column.get("format", {}))
            self._forget(self._line - 1)
            self._line += 1

    def finish(self) -> None:
        """Sets the filter over all lines; to be called when no row follows."""
        self._sheet.autofilter(0, 0, self._line - 1, len(self._columns))

    def _open(self) -> None:
        """Begins a sheet with the names of the columns, which stay in sight and on every printed page."""
        self._sheets += 1
        name = DESIGN["further"].format(self.name, self._sheets) if self._sheets > 1 else self.name
        self._sheet: Worksheet = self._book.add_worksheet(name)
        self._sheet.set_row(0, _HEADER_HEIGHT)
        names = [(DESIGN["number"], _NUMBER_WIDTH), *((column["name"], column["width"]) for column in self._columns)]
        for place, (title, width) in enumerate(names):
            self._sheet.set_column(place, place, width)
            self._sheet.write_string(0, place, title, self._formats("heading"))
        self._sheet.freeze_panes(1, 2)
        self._sheet.repeat_rows(0)
        lay_out(self._sheet)
        self._sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        self._line = 1
        self._links = 0

    def _height(self, cells: Sequence[Cell]) -> float:
        """The height that shows the longest text of a line: not every program works it out when it opens a file."""
        lines = (
            sum(1 + len(part) // column["width"] for part in cell.split("\n"))
            for cell, column in zip(cells, self._columns, strict=True)
            if isinstance(cell, str) and "format" not in column
        )
        return _LINE_HEIGHT * min(max(lines, default=1), _TALLEST)

    def _forget(self, line: int) -> None:
        """Drops what XlsxWriter keeps of a line that it has written: memory must not grow with the rows."""
        self._sheet.row_info.pop(line, None)
        self._sheet.row_sizes.pop(line, None)

    def _write(self, place: int, cell: Cell, link: str | None, more: Mapping[str, Any]) -> None:
        if link and isinstance(cell, str) and self._links < MOST_LINKS and (target := _link(link, cell)):
            self._links += 1
            self._sheet.write_url(self._line, place, target, self._formats("link", **more))
        else:
            put(self._sheet, self._line, place, cell, self._formats, **more)


def lay_out(sheet: Worksheet) -> None:
    """Sets a sheet for printing: A4, landscape, all columns on a page."""
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def put(
    sheet: Worksheet, line: int, place: int, cell: Cell, formats: Formats, style: str = "text", **more: Any
) -> None:
    """Writes a cell as what it is: a text never becomes a number, a formula or a link."""
    if isinstance(cell, str):
        sheet.write_string(line, place, _writable(cell), formats(style, **more))
    elif isinstance(cell, date):
        sheet.write_datetime(line, place, cell, formats("date", **more))
    elif cell is not None:
        style = "whole" if cell == int(cell) else "decimal"
        sheet.write_number(line, place, cell, formats(style, **more))
    elif more:
        sheet.write_blank(line, place, None, formats(style, **more))


def _cell(row: Mapping[str, Any], column: Mapping[str, Any]) -> Cell:
    """What a column shows of a row."""
    value = row.get(column["field"])
    if "words" in column:
        value = word(column["words"], value)
    if isinstance(value, list):
        return "; ".join(value)
    if isinstance(value, int | float) and not _exact(value):
        return write_figure(value) if isinstance(value, int) else str(value)
    return value


def _exact(number: int | float) -> bool:
    """Whether Excel keeps every digit of a number."""
    decimal = Decimal(str(number))
    return decimal.is_finite() and len(decimal.normalize().as_tuple().digits) <= _DIGITS


def _pieces(cell: Cell) -> Iterator[Cell]:
    """A cell, a text that no cell holds in several; nothing for an empty one."""
    if not isinstance(cell, str):
        yield cell
        return
    rest = cell
    while rest:
        piece = rest[:LONGEST_CELL]
        while (excess := len(piece.encode("utf-16-le", "surrogatepass")) // 2 - LONGEST_CELL) > 0:
            piece = piece[: -((excess + 1) // 2)]
        yield piece
        rest = rest[len(piece) :]


def _writable(text: str) -> str:
    """A text without what no XML holds; Excel's own escape keeps other control signs, though nobody keeps a NUL."""
    text = _NO_XML.sub("\N{REPLACEMENT CHARACTER}", text).replace("\0", "\N{SYMBOL FOR NULL}")
    return f" {text}" if _MARKUP.fullmatch(text) else text  # XlsxWriter takes it for its own markup


@lru_cache(64)
def _link(path: str, words: str) -> Url | None:
    """A link to a file, one for all lines of a document: XlsxWriter keeps them all. None where Excel can say none."""
    escaped = path.translate(_LINK_SIGNS)
    if _NO_XML.search(path) or len(escaped) > LONGEST_LINK:
        return None
    link = Url(f"external:./{escaped}" if len(escaped) == 1 else f"external:{escaped}")
    link.text = _writable(words)
    return link
