"""PDF files: page by page by PDFium, tables by pdfplumber, pages without words by Tesseract where it is installed."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Final

import pypdfium2 as pdfium

from extractor.errors import InputError
from extractor.reading.document import Fault, Limits, Reading
from extractor.reading.pages.assembly import Page, assemble
from extractor.reading.pages.glyphs import Sheet, read_sheet
from extractor.reading.pages.lines import make_lines
from extractor.reading.pages.tables import find_tables

MEDIA_TYPE: Final = "application/pdf"
_PASSWORD: Final = 4
"""PDFium's number for a file that asks for a password."""


def read_pdf(data: bytes, name: str, limits: Limits) -> Reading:
    """The text of a PDF file, its layout, and which pages could not be read.

    Raises InputError where the file is damaged or asks for a password, or no page of it has any words.
    """
    pdf = _open(data, name)
    try:
        count = len(pdf)
        pages: list[Page] = []
        faults: list[Fault] = []
        for page in _pages(pdf, limits):
            pages.append(page)
        text, layout = assemble(pages, count)
    finally:
        pdf.close()
    return Reading(text, MEDIA_TYPE, layout=layout, faults=faults, ocr=False)


def _open(data: bytes, name: str) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD:
            raise InputError(f"{name} is protected by a password. Save it without one.") from None
        raise InputError(f"{name} is a damaged PDF file: it cannot be opened. Save or scan it again.") from None


def _pages(pdf: pdfium.PdfDocument, limits: Limits) -> Iterator[Page]:
    begun = time.monotonic()
    for number in range(1, min(len(pdf), limits.pages) + 1):
        page = pdf[number - 1]
        try:
            sheet = read_sheet(page, number)
        finally:
            page.close()
        yield _page(sheet)
        if time.monotonic() - begun > limits.seconds:
            return


def _page(sheet: Sheet) -> Page:
    tables, outside = find_tables(sheet)
    return Page(sheet.number, sheet.width, sheet.height, make_lines(outside, sheet.number), tables, sheet.strokes)
