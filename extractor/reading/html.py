"""Web pages: the words of a page line by line, without what its site puts round it; lists and tables kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lxml import html
from lxml.etree import ParserError

from extractor.errors import InputError
from extractor.reading.cells import table_lines
from extractor.reading.numbering import number_in_form

MEDIA_TYPE: Final = "text/html"

_OPENING: Final = re.compile(
    r"(?:\s|<!--.*?-->|<\?xml[^>]*>)*<(?:!doctype html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_LEFT_OUT: Final = frozenset(
    ("script", "style", "nav", "aside", "footer", "form", "button", "noscript", "svg", "iframe", "template", "head",
     "select", "textarea", "menu", "object", "canvas", "video", "audio")
)  # fmt: skip
_BLOCKS: Final = frozenset(
    ("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "dt", "dd", "blockquote", "section", "article",
     "main", "header", "pre", "figure", "center", "address", "hr", "body", "html", "tbody")
)  # fmt: skip
_LIST_FORMS: Final = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}


def is_html(text: str) -> bool:
    """Whether a text is a web page: it begins as one, whatever its file is called."""
    return _OPENING.match(text[:5000]) is not None


def read_html(text: str, name: str) -> str:
    """The text of a web page. Raises InputError when it holds none."""
    try:
        root = html.document_fromstring(text.encode("utf-8"), parser=html.HTMLParser(encoding="utf-8", no_network=True))
    except ParserError:
        raise InputError(f"{name} is a web page without any text. Save the page again, or copy its text.") from None
    lines = [line for line in _blocks(root) if line]
    if not lines:
        raise InputError(f"{name} is a web page without any text. Save the page again, or copy its text.")
    return "\n".join(lines) + "\n"


def _blocks(element: html.HtmlElement) -> Iterator[str]:
    """The lines of an element: running words up to the next block, then that block's lines."""
    words: list[str] = []
    for line in _flow(element):
        if line is None:
            yield from _lines(words)
            words = []
        elif isinstance(line, str):
            words.append(line)
        else:
            yield from _lines(words)
            words = []
            yield from line
    yield from _lines(words)


def _flow(element: html.HtmlElement) -> Iterator[str | Iterator[str] | None]:
    """Running words, ``None`` for an end of line, and the lines of tables and items as they come."""
    if element.text:
        yield element.text
    items = 0
    for child in element:
        tag = child.tag if isinstance(child.tag, str) else ""
        if tag == "br":
            yield None
        elif tag == "table":
            yield _table(child)
        elif tag == "li":
            yield _item(child, items)
            items += 1
        elif tag in _BLOCKS:
            yield _blocks(child)
        elif tag and tag not in _LEFT_OUT:
            yield from _flow(child)
        if child.tail:
            yield child.tail


def _lines(words: list[str]) -> Iterator[str]:
    line = " ".join("".join(words).split())
    if line:
        yield line


def _item(item: html.HtmlElement, before: int) -> Iterator[str]:
    """The lines of a list item with ``before`` others before it, its number or a dash before the first."""
    marker = "- "
    parent = item.getparent()
    if parent is not None and parent.tag == "ol":
        start = parent.get("start", "1")
        count = before + (int(start) if start.isdigit() else 1)
        kind = parent.get("type", "1")
        marker = number_in_form(count, _LIST_FORMS.get(kind, "decimal")) + (") " if kind == "a" else ". ")
    for number, line in enumerate(_blocks(item)):
        yield marker + line if number == 0 else line


def _table(table: html.HtmlElement) -> Iterator[str]:
    rows = []
    for row in table.iter("tr"):
        if next(row.iterancestors("table")) is table:
            cells = [cell for cell in row if cell.tag in ("td", "th")]
            rows.append([lines for cell in cells for lines in _spanned(cell)])
    yield from table_lines(_filled(table, rows))


def _spanned(cell: html.HtmlElement) -> Iterator[list[str]]:
    """The lines of a cell, and an empty one for each further column that it spans."""
    yield list(_blocks(cell))
    span = cell.get("colspan", "1")
    for _ in range(1, min(int(span), 64) if span.isdigit() else 1):
        yield []


def _filled(table: html.HtmlElement, rows: list[list[list[str]]]) -> list[list[list[str]]]:
    """The rows with an empty cell wherever one of a row above reaches down (rowspan)."""
    reach: dict[int, int] = {}
    filled = []
    own = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
    for row, cells in zip(own, rows, strict=True):
        line: list[list[str]] = []
        waiting = list(cells)
        spans = [cell.get("rowspan", "1") for cell in row if cell.tag in ("td", "th")]
        widths = [cell.get("colspan", "1") for cell in row if cell.tag in ("td", "th")]
        starts = {sum(int(w) if w.isdigit() else 1 for w in widths[:at]): span for at, span in enumerate(spans)}
        taken = 0
        while waiting or reach.get(len(line), 0):
            column = len(line)
            if reach.get(column, 0):
                reach[column] -= 1
                line.append([])
                continue
            span = starts.get(taken, "1")
            if span.isdigit() and int(span) > 1:
                reach[column] = min(int(span), 500) - 1
            line.append(waiting.pop(0))
            taken += 1
        filled.append(line)
    return filled
