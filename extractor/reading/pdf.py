"""PDF files: page by page by PDFium, tables by pdfplumber, pictures of pages by Tesseract where it is installed."""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from functools import cached_property
from itertools import groupby
from typing import Final

import pypdfium2 as pdfium

from extractor.errors import InputError
from extractor.language.legacy import Encoding, guess_encoding
from extractor.reading.document import Fault, Limits, Reading
from extractor.reading.fonts import SAMPLE, legacy_fault
from extractor.reading.pages import recognition
from extractor.reading.pages.assembly import Page, assemble
from extractor.reading.pages.furniture import rules_over_notes
from extractor.reading.pages.glyphs import Sheet, read_sheet
from extractor.reading.pages.lines import make_lines
from extractor.reading.pages.recognition import Recognised
from extractor.reading.pages.tables import find_tables

MEDIA_TYPE: Final = "application/pdf"
SURE: Final = 0.8
"""Pages that Tesseract is less sure of raise a warning."""
_PASSWORD: Final = 4
"""PDFium's number for a file that asks for a password."""


def read_pdf(data: bytes, name: str, limits: Limits) -> Reading:
    """The text of a PDF file and its layout, with a fault for each stretch of pages that was not read, or not surely.

    Raises InputError where the file is damaged or asks for a password.
    """
    count = 0
    pages: list[Page] = []
    for found in read_pages(data, name, limits):
        if isinstance(found, int):
            count = found
        else:
            pages.append(found)
    return reading_of(pages, count, name, limits)


def read_pages(data: bytes, name: str, limits: Limits) -> Iterator[int | Page]:
    """How many pages a PDF file has, then each page that can be read within the limits, in order.

    Raises InputError where the file is damaged or asks for a password.
    """
    end = time.monotonic() + limits.seconds
    pdf = _open(data, name)
    try:
        yield len(pdf)
        yield from _pages(pdf, min(len(pdf), limits.pages), end)
    finally:
        pdf.close()


def reading_of(pages: Sequence[Page], count: int, name: str, limits: Limits, reason: str = "") -> Reading:
    """The text of the pages that were read, of ``count`` in all; ``reason`` says why there are no more."""
    faults = list(_turned(pages))
    text, layout = assemble(pages, count)
    starts = [*layout.starts, len(text)]
    faults += [*_unread(pages, starts), *_unsure(pages, starts)]
    if len(pages) < count:
        limit = (
            f"{limits.pages} pages (--page-limit)"
            if len(pages) == limits.pages
            else f"{limits.seconds:g} s (--time-limit)"
        )
        message = f"{name}: reading stopped behind page {len(pages)} of {count}, what follows is missing: "
        faults.append(Fault("truncated", message + (reason or f"the limit is {limit}") + ".", len(text), len(text)))
    recognised = any(page.confidence is not None for page in pages)
    return Reading(text, MEDIA_TYPE, layout=layout, faults=faults, ocr=recognised)


def _turned(pages: Sequence[Page]) -> Iterator[Fault]:
    """Says which old fonts the pages name; where no font says so but the words do, turns them."""
    fonts: dict[Encoding, list[str]] = {}
    for page in pages:
        for font, encoding in page.old_fonts.items():
            fonts.setdefault(encoding, []).append(font)
    for encoding, named in sorted(fonts.items()):
        yield legacy_fault(encoding, sorted(set(named)))
    if fonts:
        return
    lines = [line for page in pages for line in page.all_lines()]
    guessed = guess_encoding(" ".join(line.text for line in lines)[:SAMPLE])
    if guessed:
        for line in lines:
            line.turn(guessed)
        yield legacy_fault(guessed)


def _open(data: bytes, name: str) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD:
            raise InputError(f"{name} is protected by a password. Save it without one.", "protected") from None
        raise InputError(f"{name} is a damaged PDF file: it cannot be opened. Save or scan it again.") from None


def _pages(pdf: pdfium.PdfDocument, last: int, end: float) -> Iterator[Page]:
    """The pages in order up to ``last`` that are done before ``end``; pictures are recognised side by side."""
    cores = os.cpu_count() or 1
    waiting: deque[tuple[Page, Future[Recognised] | None]] = deque()
    recogniser = _Recogniser(end)
    with ThreadPoolExecutor(cores) as pool:
        for number in range(1, last + 1):
            if time.monotonic() > end:
                break
            waiting.append(_begun(pdf, number, pool, recogniser))
            while waiting and (waiting[0][1] is None or len(waiting) > 2 * cores):
                if (page := _finished(*waiting.popleft())) is None:
                    pool.shutdown(cancel_futures=True)
                    return
                yield page
        while waiting and (page := _finished(*waiting.popleft())) is not None:
            yield page
        pool.shutdown(cancel_futures=True)


def _begun(
    pdf: pdfium.PdfDocument, number: int, pool: ThreadPoolExecutor, recogniser: _Recogniser
) -> tuple[Page, Future[Recognised] | None]:
    """A page as far as PDFium reads it, and what Tesseract will add if it is a picture."""
    try:
        drawn = pdf[number - 1]
    except pdfium.PdfiumError:
        return Page(number, 0.0, 0.0, [], unread="is damaged"), None
    try:
        sheet = read_sheet(drawn, number)
        if recognition.is_unread(sheet):
            page = Page(number, sheet.width, sheet.height, [], unread=recogniser.missing)
            return page, None if page.unread else recogniser.begin(pool, drawn, sheet)
        page = _page(sheet)
        if sheet.leaning > len(sheet.glyphs):
            page.unread = "has words that are drawn sideways"
        return page, None
    except pdfium.PdfiumError:
        return Page(number, 0.0, 0.0, [], unread="is damaged"), None
    finally:
        drawn.close()


def _finished(page: Page, future: Future[Recognised] | None) -> Page | None:
    """The page with what it says; ``None`` when recognising it took longer than the document may take."""
    if future is None:
        return page
    try:
        found = future.result()
    except TimeoutError:
        return None
    except RuntimeError:
        return replace(page, unread="is a picture that Tesseract cannot read")
    return replace(_page(found.sheet), confidence=found.confidence)


def _page(sheet: Sheet) -> Page:
    """Tables and lines of a page."""
    tables, outside = find_tables(sheet)
    rules = rules_over_notes(sheet.strokes, sheet.width, sheet.height)
    old = {font: encoding for font, (encoding, _) in sheet.old_fonts.items()}
    lines = make_lines(outside, sheet.number)
    return Page(sheet.number, sheet.width, sheet.height, lines, tables, rules, old_fonts=old)


class _Recogniser:
    """Tesseract, if it is there: asked for only when the first page needs it."""

    def __init__(self, end: float) -> None:
        self._end = end

    @cached_property
    def missing(self) -> str:
        """Why a picture of a page cannot be read; empty when it can."""
        lacking = recognition.what_is_missing()
        return f"is a picture without words; to have it read, {lacking}" if lacking else ""

    def begin(self, pool: ThreadPoolExecutor, page: pdfium.PdfPage, sheet: Sheet) -> Future[Recognised]:
        """Sets Tesseract to work on a page."""
        from extractor.reading.pages.pictures import picture_of

        return pool.submit(recognition.recognise, picture_of(page), sheet, self._end - time.monotonic())


def _unread(pages: Sequence[Page], starts: Sequence[int]) -> Iterator[Fault]:
    for reason, group in groupby(pages, key=lambda page: page.unread):
        numbers = [page.number for page in group]
        if reason:
            first, last = numbers[0], numbers[-1]
            these = f"page {first}" if first == last else f"pages {first} to {last}: each"
            yield Fault("unread-page", f"{these} {reason}.", *_place(starts, first, last))


def _unsure(pages: Sequence[Page], starts: Sequence[int]) -> Iterator[Fault]:
    for page in pages:
        if page.confidence is not None and page.confidence < SURE:
            message = (
                f"page {page.number} was recognised from a picture with {page.confidence:.0%} confidence: "
                "compare names and numbers with the page."
            )
            yield Fault("ocr-low-confidence", message, *_place(starts, page.number, page.number))


def _place(starts: Sequence[int], first: int, last: int) -> tuple[int, int] | tuple[None, None]:
    """The text of pages, ``starts`` with its end; none where no text stands on them."""
    start, end = starts[first - 1], starts[last]
    return (start, end) if start < end else (None, None)
