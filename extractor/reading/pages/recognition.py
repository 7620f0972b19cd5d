"""Pages that are pictures: recognised by Tesseract, where the extra ``ocr`` and the program are installed."""

from __future__ import annotations

import math
import os
import shutil
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from statistics import median
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from extractor.reading.pages.glyphs import Sheet
from extractor.reading.pages.lines import Line

if TYPE_CHECKING:
    from PIL.Image import Image

DPI: Final = 300
LANGUAGE: Final = "vie"
_MOST_DOTS: Final = 60_000_000
"""Dots of the largest picture of a page: A2 at 300 a inch."""

_FEW_SIGNS: Final = 20
"""Signs below which a page with a picture has no text of its own: a page number, the mark of a digital signature."""
_PICTURED: Final = 0.3
"""The share of a page that a picture takes at least, for the page to be one."""
_SCANNED: Final = 0.8
"""The share that a scan takes whose words, recognised by its scanner, lie invisibly over it."""
_FEWEST_MARKED: Final = 0.05
"""The share of letters with marks below which a text is no Vietnamese: it has a quarter, Latin tongues have a few."""
_FEWEST_SOUND: Final = 0.8
"""The share of signs that are letters, digits or marks in any sound text."""
_SOUND: Final = frozenset("-–—.,;:/()[]%+*\"'“”‘’…=<>&|!?°×½²³•·_")
_WIDE_GAP: Final = 1.5
"""Heights of a line beyond which words stand apart."""
_SLOPE_WORDS: Final = 5
"""A line of fewer words does not tell how a page leans."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """The lines of a page and how sure Tesseract is of its words, from 0 to 1."""

    lines: list[Line]
    confidence: float


class _Word(NamedTuple):
    line: tuple[int, int, int]
    text: str
    left: float
    top: float
    right: float
    bottom: float
    confidence: float


def is_unread(sheet: Sheet) -> bool:
    """Whether a page has a picture, and no words of its own that one can trust."""
    signs = [glyph.sign for glyph in sheet.glyphs if not glyph.sign.isspace()]
    if len(signs) < _FEW_SIGNS:
        return sheet.pictured > _PICTURED
    sound = sum(sign.isalnum() or sign in _SOUND for sign in signs)
    if sound < _FEWEST_SOUND * len(signs):
        return True
    letters = [sign for sign in signs if sign.isalpha()]
    marked = sum(not sign.isascii() for sign in letters)
    return sheet.pictured > _SCANNED and marked < _FEWEST_MARKED * len(letters)


def what_is_missing() -> str | None:
    """What to install for recognising pages; ``None`` when all is there."""
    try:
        import pytesseract
    except ImportError:
        return (
            "install the extra (pip install 'vnplan[ocr]') and Tesseract with its Vietnamese data (tesseract-ocr-vie)"
        )
    if shutil.which(pytesseract.pytesseract.tesseract_cmd) is None:
        return "install Tesseract with its Vietnamese data (Debian: tesseract-ocr-vie)"
    if LANGUAGE not in pytesseract.get_languages():
        return "install the Vietnamese data of Tesseract (Debian: tesseract-ocr-vie)"
    return None


class Picture(NamedTuple):
    """A page as a grey picture, and how many points one of its dots is wide."""

    image: Image
    dot: float


def picture_of(page: Any) -> Picture:
    """A page as a picture. Its red is taken for grey: the ink of stamps is gone, what they cover stays."""
    width, height = page.get_size()
    scale = min(DPI / 72, math.sqrt(_MOST_DOTS / max(width * height, 1.0)))
    return Picture(page.render(scale=scale).to_pil().getchannel("R"), 1 / scale)


def recognise(picture: Picture, page: int, seconds: float) -> Recognised:
    """The lines on a picture of a page. Raises TimeoutError after ``seconds``."""
    import pytesseract

    os.environ.setdefault("OMP_THREAD_LIMIT", "1")  # pages run side by side, each on one core
    try:
        data = pytesseract.image_to_data(
            picture.image,
            lang=LANGUAGE,
            config="--psm 3",
            output_type=pytesseract.Output.DICT,
            timeout=max(seconds, 0.1),
        )
    except RuntimeError as error:  # what pytesseract raises after its time
        raise TimeoutError(str(error)) from None
    words = _upright(list(_words(data, picture.dot)))
    lines = [line for _, group in groupby(words, key=lambda word: word.line) for line in _lines(list(group), page)]
    _even_out(lines)
    for order, line in enumerate(lines):
        line.order = order
    weight = sum(len(word.text) for word in words)
    return Recognised(lines, sum(word.confidence * len(word.text) for word in words) / weight if weight else 1.0)


def _words(data: dict[str, list[Any]], dot: float) -> Iterable[_Word]:
    for index, text in enumerate(data["text"]):
        if text.strip():
            left, top = data["left"][index], data["top"][index]
            yield _Word(
                (data["block_num"][index], data["par_num"][index], data["line_num"][index]),
                text.strip(),
                left * dot,
                top * dot,
                (left + data["width"][index]) * dot,
                (top + data["height"][index]) * dot,
                max(float(data["conf"][index]), 0.0) / 100,
            )


def _upright(words: list[_Word]) -> list[_Word]:
    """The words where they would stand if the page did not lean."""
    slopes = []
    for _, group in groupby(words, key=lambda word: word.line):
        line = list(group)
        if len(line) >= _SLOPE_WORDS:
            first, last = line[0], line[-1]
            rise = (last.top + last.bottom - first.top - first.bottom) / 2
            slopes.append(rise / max(last.left - first.left, 1.0))
    angle = math.atan(median(slopes)) if slopes else 0.0
    if abs(angle) < math.radians(0.1):
        return words
    cosine, sine = math.cos(angle), math.sin(angle)
    turned = []
    for word in words:
        x, y = (word.left + word.right) / 2, (word.top + word.bottom) / 2
        right, down = x * cosine + y * sine - x, y * cosine - x * sine - y
        turned.append(
            word._replace(
                left=word.left + right, right=word.right + right, top=word.top + down, bottom=word.bottom + down
            )
        )
    return turned


def _lines(words: list[_Word], page: int) -> Iterable[Line]:
    """A line of Tesseract's, parted where words stand far apart."""
    height = median(word.bottom - word.top for word in words)
    parts: list[list[_Word]] = []
    for word in words:
        if parts and word.left - parts[-1][-1].right < _WIDE_GAP * height:
            parts[-1].append(word)
        else:
            parts.append([word])
    for part in parts:
        edges = array("f")
        for number, word in enumerate(part):
            if number:
                edges.append(part[number - 1].right)
            step = (word.right - word.left) / len(word.text)
            edges.extend(word.left + step * index for index in range(len(word.text)))
        edges.append(part[-1].right)
        confidence = sum(word.confidence * len(word.text) for word in part) / sum(len(word.text) for word in part)
        top, bottom = median(word.top for word in part), median(word.bottom for word in part)
        yield Line(" ".join(word.text for word in part), edges, top, bottom, page, confidence=round(confidence, 2))


def _even_out(lines: list[Line]) -> None:
    """Gives all lines one height round their middle: boxes of words differ with the letters in them."""
    height = median(line.height for line in lines) if lines else 0.0
    for line in lines:
        middle = (line.top + line.bottom) / 2
        line.top, line.bottom = middle - height / 2, middle + height / 2
