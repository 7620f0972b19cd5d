"""Pages that are pictures: set upright, their rules found, recognised where Tesseract is installed."""

from __future__ import annotations

import shutil

import numpy as np
import pypdfium2
import pytest
from PIL import Image

from extractor import Extractor
from extractor.reading import pdf as pdf_reader
from extractor.reading import read_bytes
from extractor.reading.pages import recognition
from extractor.reading.pages.glyphs import read_sheet
from extractor.reading.pages.pictures import Picture, picture_of, upright, without_rules
from tests.laying_out import as_images
from tests.pdf_files import grid, pdf, picture, words

needs_tesseract = pytest.mark.skipif(
    shutil.which("tesseract") is None or recognition.what_is_missing() is not None,
    reason="Tesseract with its Vietnamese data, or the extra ocr, is not on this machine",
)
LINES = "".join(words(85, 100 + 24 * n, "440 ha, 2.500 km, 15 kg, 02/4/2027, 1.250.000") for n in range(12))
TABLE = (
    grid([85, 200, 300, 400], [500, 540, 580])
    + words(95, 525, "1.200 km")
    + words(210, 565, "85 ha")
    + words(310, 525, "12 kg")
)


def scanned(content: str, **damage: float) -> Picture:
    document = pypdfium2.PdfDocument(as_images(pdf(content), **damage))
    return picture_of(document[0])


@pytest.mark.parametrize("skew", [-1.5, -0.4, 0.0, 0.7, 2.0])
def test_a_page_that_leans_is_set_upright(skew: float) -> None:
    """Where lines are level, rows of dots are either full of ink or empty."""

    def unevenness(image: Image.Image) -> float:
        return float(np.asarray(image, dtype=np.float64).mean(axis=1).var())

    level = unevenness(scanned(LINES).image)
    leaning = scanned(LINES, skew=skew)
    assert unevenness(upright(leaning).image) > 0.95 * level
    if abs(skew) > 0.5:
        assert unevenness(leaning.image) < 0.9 * level


@pytest.mark.parametrize("damage", [{}, {"noise": 0.05, "skew": 1.0}])
def test_rules_are_found_and_taken_out(damage: dict[str, float]) -> None:
    cleaned, strokes = without_rules(upright(scanned(LINES + TABLE, **damage)))
    level = {round(stroke.top / 10) for stroke in strokes if stroke.x1 - stroke.x0 > 200}
    up = {round(stroke.x0 / 10) for stroke in strokes if stroke.bottom - stroke.top > 50}
    assert len(level) >= 3
    assert len(up) >= 3
    assert without_rules(cleaned)[1] == []


def test_words_without_rules_stay_as_they_are() -> None:
    """Near miss: no letter is as long as a rule."""
    page = scanned(LINES)
    assert without_rules(page) == (page, [])


def test_a_stamp_in_red_ink_is_gone() -> None:
    red = "1 0 0 rg 100 600 200 100 re f 0 g\n"
    document = pypdfium2.PdfDocument(pdf(red + words(85, 100, "2027")))
    ink = np.asarray(picture_of(document[0]).image) < 128
    assert ink.any()
    assert not ink[600:].any()


@pytest.mark.parametrize(
    ("content", "unread"), [(picture(), True), (LINES, False), (LINES + picture(), True), ("", False)]
)
def test_which_pages_are_pictures(content: str, unread: bool) -> None:
    """A scan that covers words without a single Vietnamese mark has them from its scanner, and they are not believed."""
    document = pypdfium2.PdfDocument(pdf(content.replace("440 ha", "muoi hai nghin hecta rung")))
    assert recognition.is_unread(read_sheet(document[0], 1)) is unread


@needs_tesseract
def test_a_scan_is_read_with_its_table_and_its_places() -> None:
    plan = Extractor().extract_document(read_bytes(as_images(pdf(LINES + TABLE), skew=1.0), "scan.pdf"))
    assert plan.source.ocr is True
    assert plan.source.pages == 1
    assert plan.text.count("1.250.000") == 12
    figures = [quantity for quantity in plan.quantities if quantity.text == "440 ha"]
    assert len(figures) >= 10
    assert all(figure.page == 1 and figure.boxes and figure.confidence < 1 for figure in figures)
    first = figures[0].boxes or []
    assert abs(first[0][1] - 85) < 12
    assert abs(first[0][4] - 102) < 12
    assert "| 1.200 km |  | 12 kg |" in plan.text


@needs_tesseract
def test_a_page_that_is_not_sure_raises_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_reader, "SURE", 1.01)
    document = read_bytes(as_images(pdf(LINES)), "scan.pdf")
    (fault,) = document.faults
    assert fault.code == "ocr-low-confidence"
    assert fault.message.startswith("page 1 was recognised from a picture with 9")
    assert (fault.start, fault.end) == (0, len(document.text))
