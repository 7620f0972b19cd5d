"""Web pages: the words of a page line by line, without what its site puts round it; lists and tables kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import Final

from lxml import html
from lxml.etree import ParserError

from extractor.errors import InputError
from extractor.reading.cells import table_lines
from extractor.reading.document import Reading
from extractor.reading.fonts import Piece, Turning, as_old, turn_pieces
from extractor.reading.numbering import number_in_form
from extractor.reading.paragraph_ends import PARAGRAPH_END, set_apart

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
_NOT_XML: Final = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_FONT: Final = re.compile(r"(?:^|;)\s*font-family\s*:([^;,]+)", re.IGNORECASE)

_MAIN_PARTS: Final = (".//main", ".//*[@role='main']", ".//article")
_FURNITURE: Final = re.compile(
    r"(?<![\w-])(?:footer|nav(?:bar|igation)?|menu|sidebar|breadcrumbs?|pagination|toolbar|share|social|comments?"
    r"|related|login|banner|contentinfo|complementary)(?![\w-])",
    re.IGNORECASE,
)
"""Names that sites give to what stands round a text; a "header" may hold the letterhead."""
_RUNNING_HEADS: Final = ("header", "footer")
"""Titles that LibreOffice gives to the heads and feet of its pages."""
_LONGEST_SPAN: Final = 500


def is_html(text: str) -> bool:
    """Whether a text is a web page: it begins as one, whatever its file is called."""
    return _OPENING.match(text[:5000]) is not None


def read_html(text: str, name: str, encoding: str) -> Reading:
    """The text of a web page. Raises InputError when it holds none.

    ``encoding`` may be an old font encoding, in which the words are that stand in no font, or in a common one.
    """
    try:
        root = html.document_fromstring(text.encode("utf-8"), parser=html.HTMLParser(encoding="utf-8", no_network=True))
    except ParserError:
        raise InputError(f"{name} is a web page without any text. Save the page again, or copy its text.") from None
    turning = _turn_old_fonts(root, encoding)
    lines = set_apart(line for line in _blocks(_main_part(root)) if line)
    if not lines:
        raise InputError(f"{name} is a web page without any text. Save the page again, or copy its text.")
    page = "\n".join(lines) + "\n"
    return Reading(page, MEDIA_TYPE, turning.encoding or encoding, faults=turning.faults(page))


def _main_part(root: html.HtmlElement) -> html.HtmlElement:
    """What the page itself calls its main part, if that holds most of its words."""
    words = len(root.text_content())
    for path in _MAIN_PARTS:
        found = root.findall(path)
        if len(found) == 1 and len(found[0].text_content()) > words / 2:
            return found[0]
    return root


def _is_furniture(element: html.HtmlElement) -> bool:
    """Whether an element says of itself that it is none of the text, and does not hold most of the page's words."""
    said = f"{element.get('id', '')} {element.get('class', '')} {element.get('role', '')}"
    if element.get("title") not in _RUNNING_HEADS and not _FURNITURE.search(said):
        return False
    page = element.getroottree().getroot()
    return len(element.text_content()) < len(page.text_content()) / 2


def _turn_old_fonts(root: html.HtmlElement, encoding: str) -> Turning:
    """Turns what stands in old font encodings into Unicode, by the fonts that elements name or by its words."""
    fonts: dict[html.HtmlElement | None, str] = {None: ""}
    places: list[tuple[html.HtmlElement, str, Piece]] = []
    for element in root.iter():
        around = fonts[element.getparent()]
        fonts[element] = _font(element) or around
        if isinstance(element.tag, str) and element.text:
            places.append((element, "text", Piece(element.text, fonts[element], len(places))))
        if element.tail:
            places.append((element, "tail", Piece(element.tail, around, len(places))))
    turning = turn_pieces([piece for *_, piece in places], as_old(encoding))
    for element, part, piece in places:
        if getattr(element, part) != piece.words:
            setattr(element, part, _NOT_XML.sub(" ", piece.words))
    return turning


def _font(element: html.HtmlElement) -> str:
    """The font that an element names, "" where it names none."""
    if not isinstance(element.tag, str):
        return ""
    styled = _FONT.search(element.get("style", ""))
    families = styled[1] if styled else element.get("face", "").split(",")[0]
    return families.strip().strip("\"'").replace("\\", "")


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
        elif _is_furniture(child):
            yield None  # it ends the line all the same
        elif tag in _BLOCKS:
            yield chain(_blocks(child), (PARAGRAPH_END,))
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
    """The lines of a table; where a cell spans rows or columns, the places that it takes are empty."""
    rows: list[list[list[str]]] = []
    reach: dict[int, int] = {}
    for row in table.iter("tr"):
        if next(row.iterancestors("table")) is not table:
            continue  # of a table within a cell
        line: list[list[str]] = []
        for cell in row:
            if cell.tag in ("td", "th"):
                _skip_spanned(line, reach)
                down = _span(cell, "rowspan") - 1
                for column in range(_span(cell, "colspan")):
                    reach[len(line)] = down
                    line.append([] if column else list(_blocks(cell)))
        _skip_spanned(line, reach)
        rows.append(line)
    yield from table_lines(rows)


def _skip_spanned(line: list[list[str]], reach: dict[int, int]) -> None:
    """Adds an empty cell wherever one of a row above reaches down; ``reach``: how many rows more, by column."""
    while reach.get(len(line), 0):
        reach[len(line)] -= 1
        line.append([])


def _span(cell: html.HtmlElement, way: str) -> int:
    said = cell.get(way, "1")
    return min(max(int(said), 1), _LONGEST_SPAN) if said.isdigit() else 1
