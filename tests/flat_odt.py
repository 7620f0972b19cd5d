"""Flat ODT as text: paragraphs and tables in the styles of an office, on pages upright and across (Decree 30/2020)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

PORTRAIT: Final = 16.5
LANDSCAPE: Final = 25.7
"""Widths of the text, cm."""
FONT: Final = "Tinos"
"""Times New Roman's measures, all letters of Vietnamese: what offices write in, as far as a PDF tells."""
COVERED: Final = "<table:covered-table-cell/>"


def paragraph(style: str, words: str) -> str:
    """A paragraph; ``words`` are XML already."""
    return f'<text:p text:style-name="{style}">{words}</text:p>'


def paragraphs(style: str, lines: Sequence[str]) -> str:
    """Paragraphs of one style, an empty one where there is none."""
    return "".join(paragraph(style, line) for line in lines or [""])


def cell(style: str, content: str, spans: str = "") -> str:
    """A cell of a table."""
    return f'<table:table-cell table:style-name="{style}"{spans}>{content}</table:table-cell>'


def spans(columns: int = 1, rows: int = 1) -> str:
    """What says that a cell spans others; in their places stands ``COVERED``."""
    return f' table:number-columns-spanned="{columns}" table:number-rows-spanned="{rows}"'


def columns(widths: Sequence[float]) -> str:
    """The columns of a table, cm in quarters."""
    return "".join(f'<table:table-column table:style-name="w{round(width * 4)}"/>' for width in widths)


def side_by_side(rows: Sequence[Sequence[Sequence[str]]], width: float) -> str:
    """A table without borders that lays out two columns, the left one so wide (cm)."""
    lines = ["".join(cell("bare", "".join(said) or paragraph("emblem", "")) for said in row) for row in rows]
    body = "".join(f'<table:table-row table:style-name="whole">{line}</table:table-row>' for line in lines)
    return f'<table:table table:style-name="portrait">{columns([width, PORTRAIT - width])}{body}</table:table>'


def _with_pages(blocks: Iterable[tuple[str, str]]) -> Iterator[str]:
    """The blocks; where the page turns, the first style of the block says so."""
    now = ""
    for page, block in blocks:
        if page != now:
            turned = page if now else "first"
            if page == "landscape" and not now:
                turned = "landscape"
            block = re.sub(r'style-name="(\w+)"', rf'style-name="\1.{turned}"', block, count=1)
        now = page
        yield block


_BASES: Final = {
    "body": ("justify", "text-indent='1.27cm'", "14pt"),
    "heading": ("justify", "text-indent='1.27cm' bold", "14pt"),
    "title": ("center", "bold", "14pt"),
    "caption": ("center", "italic", "14pt"),
    "emblem": ("center", "bold tight", "13pt"),
    "number": ("center", "tight", "13pt"),
    "date": ("center", "italic tight", "13pt"),
    "recipient": ("start", "tight", "11pt"),
    "signer": ("center", "bold tight", "14pt"),
    "cell": ("start", "tight", "12pt"),
    "cellmid": ("center", "tight", "12pt"),
    "cellhead": ("center", "bold tight", "12pt"),
}
"""Styles of paragraphs: how they are justified, what else they are, the size of their letters."""


def document(blocks: Iterable[tuple[str, str]]) -> str:
    """The flat ODT of these blocks: the page on which each stands, and its XML."""
    return _TEMPLATE.replace("@STYLES@", _styles()).replace("@BODY@", "\n".join(_with_pages(blocks)))


def _styles() -> str:
    pages = ("", "first", "portrait", "landscape")
    styles = [_paragraph_style(name, page) for name in _BASES for page in pages]
    styles += [_table_style(name, page) for name in ("portrait", "landscape") for page in pages]
    styles += [
        f'<style:style style:name="w{quarter}" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{quarter / 4}cm"/></style:style>'
        for quarter in range(1, 110)
    ]
    return "".join(styles)


def _turning(name: str, page: str) -> str:
    return f'style:name="{name}.{page}" style:master-page-name="{page}"' if page else f'style:name="{name}"'


def _paragraph_style(name: str, page: str) -> str:
    adjust, said, size = _BASES[name]
    indent = "fo:text-indent='1.27cm'" if "indent" in said else ""
    space = "0cm" if "tight" in said else "0.212cm"
    bold = 'fo:font-weight="bold"' if "bold" in said else ""
    italic = 'fo:font-style="italic"' if "italic" in said else ""
    return (
        f'<style:style {_turning(name, page)} style:family="paragraph" style:parent-style-name="Standard">'
        f'<style:paragraph-properties fo:text-align="{adjust}" {indent} fo:margin-top="0cm" fo:margin-bottom="{space}"/>'
        f'<style:text-properties fo:font-size="{size}" {bold} {italic}/></style:style>'
    )


def _table_style(name: str, page: str) -> str:
    width = LANDSCAPE if name == "landscape" else PORTRAIT
    return (
        f'<style:style {_turning(name, page)} style:family="table"><style:table-properties style:width="{width}cm" '
        'table:align="center" fo:margin-bottom="0.3cm"/></style:style>'
    )


_NAMES: Final = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{where}:1.0"'
    for name, where in (
        ("office", "office"), ("style", "style"), ("text", "text"), ("table", "table"),
        ("fo", "xsl-fo-compatible"), ("svg", "svg-compatible"),
    )
)  # fmt: skip
_HEADER: Final = (
    '<style:header><text:p text:style-name="Header"><text:page-number text:select-page="current">2'
    "</text:page-number></text:p></style:header>"
)
_TEMPLATE: Final = f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document {_NAMES} office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">
<office:font-face-decls><style:font-face style:name="{FONT}" svg:font-family="{FONT}"
 style:font-family-generic="roman"/></office:font-face-decls>
<office:styles><style:default-style style:family="paragraph"><style:text-properties
 style:font-name="{FONT}" fo:font-size="14pt" fo:language="vi" fo:country="VN"/></style:default-style>
<style:style style:name="Standard" style:family="paragraph"/>
<style:style style:name="Header" style:family="paragraph" style:parent-style-name="Standard">
<style:paragraph-properties fo:text-align="center"/></style:style></office:styles>
<office:automatic-styles>@STYLES@
<style:style style:name="whole" style:family="table-row"><style:table-row-properties fo:keep-together="always"/>
</style:style><style:style style:name="bare" style:family="table-cell"><style:table-cell-properties fo:border="none"/></style:style>
<style:style style:name="boxed" style:family="table-cell"><style:table-cell-properties fo:border="0.5pt solid #000000"
 fo:padding="0.15cm"/></style:style>
<style:page-layout style:name="upright"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm"
 style:print-orientation="portrait" fo:margin-top="2cm" fo:margin-bottom="2cm" fo:margin-left="3cm"
 fo:margin-right="1.5cm"/><style:header-style><style:header-footer-properties fo:min-height="0.8cm"
 fo:margin-bottom="0.2cm"/></style:header-style></style:page-layout>
<style:page-layout style:name="across"><style:page-layout-properties fo:page-width="29.7cm" fo:page-height="21cm"
 style:print-orientation="landscape" fo:margin-top="2cm" fo:margin-bottom="2cm" fo:margin-left="2cm"
 fo:margin-right="2cm"/><style:header-style><style:header-footer-properties fo:min-height="0.8cm"
 fo:margin-bottom="0.2cm"/></style:header-style></style:page-layout>
</office:automatic-styles>
<office:master-styles>
<style:master-page style:name="first" style:page-layout-name="upright" style:next-style-name="portrait"/>
<style:master-page style:name="portrait" style:page-layout-name="upright">{_HEADER}</style:master-page>
<style:master-page style:name="landscape" style:page-layout-name="across">{_HEADER}</style:master-page>
</office:master-styles>
<office:body><office:text>
@BODY@
</office:text></office:body></office:document>
"""
