"""Word files (DOCX): the text in reading order, as one would see it with all changes accepted.

Paragraphs are lines; automatic numbers stand before them; a table of data is rows of Markdown cells, a table that only
lays out (a letterhead in two columns) gives its cells one after the other; footnotes stand at the end.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate, pairwise
from typing import Final

from lxml import etree

from extractor.errors import InputError
from extractor.reading.archive import Archive
from extractor.reading.cells import table_lines
from extractor.reading.document import Layout, Reading
from extractor.reading.numbering import Lists, W, read_lists
from extractor.reading.paragraph_ends import PARAGRAPH_END, set_apart
from extractor.reading.word_fonts import turn_old_fonts

MAIN_PART: Final = "word/document.xml"
MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_LEFT_OUT: Final = frozenset(
    f"{W}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "instrText", "delText", "tblPr", "sectPr", "sdtPr")
)
_PAGE: Final = "\0"
"""Stands in a text in the making where a page begins: no XML can hold it, and joining lines leaves it in place."""
_SIGNS: Final = {
    f"{W}lastRenderedPageBreak": _PAGE,
    f"{W}tab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
    f"{W}ptab": "\t",
}


def read_docx(data: bytes, name: str) -> Reading:
    """The text of a DOCX file. Raises InputError where it is none, is damaged or protected."""
    archive = Archive(data, name)
    root = archive.xml(MAIN_PART)
    body = root.find(f"{W}body") if root is not None else None
    if body is None:
        raise InputError(f"{name} is a ZIP container but no Word file. Give the document itself.", "other-format")
    numbering, styles, footnotes = (archive.xml(f"word/{part}.xml") for part in ("numbering", "styles", "footnotes"))
    turning = turn_old_fonts([body] if footnotes is None else [body, footnotes], numbering, styles)
    lists = read_lists(numbering, styles)
    lines = set_apart([*_blocks(body, lists), *_footnotes(footnotes, lists)])
    text, layout = _with_pages("\n".join(lines) + "\n")
    return Reading(text, MEDIA_TYPE, turning.encoding or "utf-8", layout, turning.faults(text))


def _with_pages(marked: str) -> tuple[str, Layout]:
    """The text without the marks of pages, and where pages begin: where Word last broke them, if it has shown any."""
    pages = marked.split(_PAGE)
    starts = list(accumulate(map(len, pages[:-1]), initial=0))
    return "".join(pages), Layout(len(pages), starts) if len(pages) > 1 else Layout()


def _blocks(container: etree._Element, lists: Lists) -> Iterator[str]:
    """The lines of paragraphs and tables, in order."""
    for child in container:
        if child.tag == f"{W}p":
            yield from _paragraph(child, lists)
        elif child.tag == f"{W}tbl":
            yield from _table(child, lists)
        elif child.tag not in _LEFT_OUT and isinstance(child.tag, str):
            yield from _blocks(child, lists)  # content controls, accepted insertions


def _paragraph(paragraph: etree._Element, lists: Lists) -> Iterator[str]:
    """The lines of a paragraph, its number before them, and those of the text boxes that hang on it."""
    boxes: list[etree._Element] = []
    words = "".join(_words(paragraph, boxes))
    marker = lists.marker(paragraph) if words.strip() else ""
    yield from (marker + words).split("\n")
    yield PARAGRAPH_END
    for box in boxes:
        yield from _blocks(box, lists)


def _words(element: etree._Element, boxes: list[etree._Element]) -> Iterator[str]:
    for child in element:
        tag = child.tag
        if tag == f"{W}t":
            yield child.text or ""
        elif tag in _SIGNS:
            yield _SIGNS[tag]
        elif tag == f"{W}footnoteReference":
            yield f"[{child.get(f'{W}id')}]"
        elif tag == f"{W}txbxContent":
            boxes.append(child)
        elif tag == f"{_MC}AlternateContent":
            choice = child.find(f"{_MC}Choice")
            yield from _words(choice if choice is not None else child, boxes)
        elif tag not in _LEFT_OUT and isinstance(tag, str):
            yield from _words(child, boxes)


def _table(table: etree._Element, lists: Lists) -> Iterator[str]:
    yield from table_lines([list(_cells(row, lists)) for row in table.iterfind(f"{W}tr")])


def _cells(row: etree._Element, lists: Lists) -> Iterator[list[str]]:
    """The lines of each cell of a row: empty for those that go on with the cell above, or are spanned."""
    for cell in row.iter(f"{W}tc"):
        if next(cell.iterancestors(f"{W}tr")) is not row:
            continue  # of a table within a cell
        merged = cell.find(f"{W}tcPr/{W}vMerge")
        goes_on = merged is not None and merged.get(f"{W}val", "continue") == "continue"
        yield [] if goes_on else [line for line in _blocks(cell, lists) if line.strip()]
        span = cell.find(f"{W}tcPr/{W}gridSpan")
        count = span.get(f"{W}val", "1") if span is not None else "1"
        for _ in pairwise(range(min(int(count), 64) if count.isdigit() else 1)):
            yield []


def _footnotes(footnotes: etree._Element | None, lists: Lists) -> Iterator[str]:
    """The footnotes as lines "[1] …"; the separators that Word keeps among them are none."""
    if footnotes is None:
        return
    for note in footnotes.iterfind(f"{W}footnote"):
        if note.get(f"{W}type") is None:
            words = " ".join(line.strip() for line in _blocks(note, lists) if line.strip())
            yield f"[{note.get(f'{W}id')}] {words}"
