"""What a page of a PDF holds, by PDFium: its signs with their places, its ruled lines, its pictures."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from extractor.language.legacy import Encoding, font_encoding
from extractor.reading.pages.rules import Stroke, dotted_rules, is_dot

Legacy = tuple[Encoding, bool]
"""An old encoding, and whether the font shows small letters as capitals."""

_LINE_ENDS: Final = frozenset((0, 9, 10, 13))
_HYPHENS_AT_LINE_END: Final = frozenset((2, 0xFFFE))
"""What PDFium gives for a hyphen with which a line ends."""
_BLANK: Final = 0x20
_COMBINING: Final = range(0x300, 0x370)
"""Marks that are signs of their own, in decomposed text."""
_HAIR: Final = 0.001
_LEVEL: Final = 0.05
"""How much the base of level words may fall or rise on its way."""
_BOLD: Final = re.compile("bold|black|heavy|[,-]b", re.IGNORECASE)
_SLANTED: Final = re.compile("ital|obli", re.IGNORECASE)
_ASCENT: Final = 0.8
"""The share of its size by which a letter may stand over its line. Boxes of glyphs differ from font to font."""
_DEEPEST_FORM: Final = 8
"""Forms within forms beyond that are a trap, not a page."""
_MOST_STROKES: Final = 20_000
"""Strokes of a page beyond which it is a drawing and has no tables."""
_MOST_DOTS: Final = 100_000
_STRAIGHT: Final = 1.0
"""Points by which a ruled line may lean."""


class Glyph(NamedTuple):
    """One sign of a page; points from its upper left corner. ``order``: when it was drawn."""

    sign: str
    x0: float
    top: float
    x1: float
    bottom: float
    order: int
    legacy: Legacy | None
    style: str = ""
    """"b" for bold, "i" for slanted, both or neither."""
    confidence: float = 1.0
    """How sure it is that this is the sign, if it was recognised from a picture."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page as it is drawn. ``pictured`` is the share of it that pictures cover."""

    number: int
    width: float
    height: float
    glyphs: list[Glyph]
    strokes: list[Stroke]
    pictured: float
    leaning: int
    """How many signs do not stand level, and were left out."""
    old_fonts: dict[str, Legacy]
    """Fonts in old encodings, by their names."""


def read_sheet(page: pdfium.PdfPage, number: int) -> Sheet:
    """All that is drawn on a page, turned as a reader sees it."""
    turn = _turning(page)
    width, height = page.get_size()
    strokes: list[Stroke] = []
    dots: list[tuple[float, float]] = []
    pictured = 0.0
    fonts: set[str] = set()
    for kind, handle, matrix in _objects(page):
        if kind == raw.FPDF_PAGEOBJ_PATH and len(strokes) < _MOST_STROKES and len(dots) < _MOST_DOTS:
            _draw(handle, matrix, turn, strokes, dots)
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            pictured = max(pictured, _area(handle, matrix) / max(width * height, 1.0))
        elif kind == raw.FPDF_PAGEOBJ_TEXT:
            fonts.add(_font_name(handle))
    strokes += dotted_rules(dots)
    if len(strokes) >= _MOST_STROKES:
        strokes = []
    legacy = {font: found for font in fonts if (found := font_encoding(font))}
    glyphs, leaning = _glyphs(page, turn, legacy)
    return Sheet(number, width, height, glyphs, strokes, min(pictured, 1.0), leaning, legacy)


Turn = Callable[[float, float], tuple[float, float]]


def _turning(page: pdfium.PdfPage) -> Turn:
    """From the coordinates of a page (from below, unturned) to those of its reader (from above, as it is shown)."""
    left, bottom, right, top = page.get_cropbox()
    rotation = page.get_rotation()
    if rotation == 90:
        return lambda x, y: (y - bottom, x - left)
    if rotation == 180:
        return lambda x, y: (right - x, y - bottom)
    if rotation == 270:
        return lambda x, y: (top - y, right - x)
    return lambda x, y: (x - left, top - y)


def _glyphs(page: pdfium.PdfPage, turn: Turn, legacy: dict[str, Legacy]) -> tuple[list[Glyph], int]:
    """The level signs in the order in which they are drawn, without the blanks that PDFium supposes; how many lean."""
    text_page = page.get_textpage()
    signs = text_page.raw
    unicode_of, box_of, origin_of, object_of = (
        raw.FPDFText_GetUnicode,
        raw.FPDFText_GetLooseCharBox,
        raw.FPDFText_GetCharOrigin,
        raw.FPDFText_GetTextObject,
    )
    box, across, up = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    drawn: dict[int, _Drawn] = {}
    found: list[Glyph] = []
    leaning = 0
    try:
        for index in range(text_page.count_chars()):
            code = unicode_of(signs, index)
            if code in _LINE_ENDS or (code == _BLANK and raw.FPDFText_IsGenerated(signs, index) == 1):
                continue
            if not box_of(signs, index, box):
                continue
            handle = object_of(signs, index)
            address = ctypes.addressof(handle.contents) if handle else 0
            if address not in drawn:
                drawn[address] = _drawn(signs, index, handle, turn, legacy)
            size, level, old, style = drawn[address]
            if not level:
                leaning += 1
                continue
            origin_of(signs, index, across, up)
            (one, _), (other, _) = turn(box.left, box.top), turn(box.right, box.bottom)
            x0, x1 = (one, other) if one < other else (other, one)
            _, base = turn(across.value, up.value)
            sign = "-" if code in _HYPHENS_AT_LINE_END else chr(code) if code < 0xD800 or code >= 0xE000 else "\ufffd"
            if code in _COMBINING and found:  # it stays behind its letter, wherever its box begins
                x0, x1 = found[-1].x0 + _HAIR, max(found[-1].x1, x1)
            found.append(Glyph(sign, x0, base - _ASCENT * size, x1, base + (1 - _ASCENT) * size, index, old, style))
    finally:
        text_page.close()
    return found, leaning


class _Drawn(NamedTuple):
    """What the signs of one object of a page share: their size in points, whether they stand level, their font."""

    size: float
    level: bool
    legacy: Legacy | None
    style: str


def _drawn(text_page: Any, index: int, handle: Any, turn: Turn, legacy: dict[str, Legacy]) -> _Drawn:
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(text_page, index, matrix)
    size = raw.FPDFText_GetFontSize(text_page, index) * (math.hypot(matrix.c, matrix.d) or 1.0)
    (x0, y0), (x1, y1) = turn(0.0, 0.0), turn(matrix.a, matrix.b)
    level = x1 > x0 and abs(y1 - y0) < _LEVEL * (x1 - x0)
    font = _font_name(handle)
    style = ("b" if _BOLD.search(font) else "") + ("i" if _SLANTED.search(font) else "")
    return _Drawn(size, level, legacy.get(font), style)


def _font_name(text_object: Any) -> str:
    font = raw.FPDFTextObj_GetFont(text_object) if text_object else None
    if not font:
        return ""
    buffer = ctypes.create_string_buffer(256)
    raw.FPDFFont_GetBaseFontName(font, buffer, len(buffer))
    return buffer.value.decode("utf-8", "replace")


Matrix = tuple[float, float, float, float, float, float]
_SAME: Final[Matrix] = (1, 0, 0, 1, 0, 0)


def _objects(page: pdfium.PdfPage) -> Iterator[tuple[int, Any, Matrix]]:
    """Kind, handle and outer matrix of all that is drawn, forms opened."""
    for index in range(raw.FPDFPage_CountObjects(page)):
        yield from _opened(raw.FPDFPage_GetObject(page, index), _SAME, 0)


def _opened(handle: Any, outer: Matrix, depth: int) -> Iterator[tuple[int, Any, Matrix]]:
    kind = raw.FPDFPageObj_GetType(handle)
    if kind != raw.FPDF_PAGEOBJ_FORM:
        yield kind, handle, outer
    elif depth < _DEEPEST_FORM:
        inner = _times(_matrix(handle), outer)
        for index in range(raw.FPDFFormObj_CountObjects(handle)):
            yield from _opened(raw.FPDFFormObj_GetObject(handle, index), inner, depth + 1)


def _matrix(handle: Any) -> Matrix:
    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(handle, matrix)
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _draw(handle: Any, outer: Matrix, turn: Turn, strokes: list[Stroke], dots: list[tuple[float, float]]) -> None:
    """Adds the level and upright sides of a path, of a line or of a thin box that is filled, or the dot that it is."""
    a, b, c, d, e, f = _times(_matrix(handle), outer)
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    sides: list[tuple[tuple[float, float], tuple[float, float]]] = []
    begun = 0
    for index in range(raw.FPDFPath_CountSegments(handle)):
        segment = raw.FPDFPath_GetPathSegment(handle, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        points.append(turn(a * x.value + c * y.value + e, b * x.value + d * y.value + f))
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            begun = index
        elif kind == raw.FPDF_SEGMENT_LINETO and index:
            sides.append((points[-2], points[-1]))
        if raw.FPDFPathSegment_GetClose(segment):
            sides.append((points[-1], points[begun]))
    if not points:
        return
    left, right = min(point[0] for point in points), max(point[0] for point in points)
    top, bottom = min(point[1] for point in points), max(point[1] for point in points)
    if is_dot(left, top, right, bottom):
        dots.append(((left + right) / 2, (top + bottom) / 2))
    else:
        for one, other in sides:
            strokes += _straight(one, other)


def _straight(one: tuple[float, float], other: tuple[float, float]) -> Iterator[Stroke]:
    x0, x1 = sorted((one[0], other[0]))
    top, bottom = sorted((one[1], other[1]))
    if (x1 - x0 < _STRAIGHT) != (bottom - top < _STRAIGHT):
        yield Stroke(x0, top, x1, bottom)


def _area(handle: Any, outer: Matrix) -> float:
    a, b, c, d, _, _ = _times(_matrix(handle), outer)
    return abs(a * d - b * c)  # a picture fills the unit square
