"""Pages that are pictures: recognised by Tesseract, where the extra ``ocr`` and the program are installed."""

from __future__ import annotations

import os
import shutil
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from statistics import median
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from extractor.reading.pages.glyphs import Glyph, Sheet

if TYPE_CHECKING:
    from extractor.reading.pages.pictures import Picture

LANGUAGE: Final = "vie"

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
_FEW_LETTERS: Final = 3
_SEEN: Final = 0.6
"""Tesseract's confidence in the best word of a line of so few letters, for the line to be none of dirt."""
_SOUND: Final = frozenset("-–—.,;:/()[]%+*\"'“”‘’…=<>&|!?°×½²³•·_")


@dataclass(frozen=True, slots=True)
class Recognised:
    """A page as it was recognised, and how sure Tesseract is of its words, from 0 to 1."""

    sheet: Sheet
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
    sound = sum(sign.isalnum() or sign in _SOUND or unicodedata.combining(sign) > 0 for sign in signs)
    if sound < _FEWEST_SOUND * len(signs):
        return True
    letters = [sign for sign in signs if sign.isalpha()]
    marked = sum(not sign.isascii() for sign in signs if sign.isalpha() or unicodedata.combining(sign))
    return sheet.pictured > _SCANNED and marked < _FEWEST_MARKED * len(letters)


def what_is_missing() -> str | None:
    """What to install for recognising pages; ``None`` when all is there."""
    try:
        import numpy  # noqa: F401
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


def recognise(picture: Picture, sheet: Sheet, seconds: float) -> Recognised:
    """The signs and ruled lines on a picture of a page.

    Raises TimeoutError after ``seconds``, RuntimeError when Tesseract fails.
    """
    import pytesseract

    from extractor.reading.pages.pictures import upright, without_rules

    os.environ.setdefault("OMP_THREAD_LIMIT", "1")  # pages run side by side, each on one core
    picture, strokes = without_rules(upright(picture))
    try:
        data = pytesseract.image_to_data(
            picture.image,
            lang=LANGUAGE,
            config="--psm 3",
            output_type=pytesseract.Output.DICT,
            timeout=max(seconds, 0.1),
        )
    except pytesseract.TesseractError:
        raise
    except RuntimeError as error:  # what pytesseract raises after its time
        raise TimeoutError(str(error)) from None
    words = list(_words(data, picture.dot))
    weight = sum(len(word.text) for word in words)
    sure = sum(word.confidence * len(word.text) for word in words) / weight if weight else 1.0
    return Recognised(replace(sheet, glyphs=list(_glyphs(words)), strokes=strokes), sure)


def _words(data: dict[str, list[Any]], dot: float) -> Iterator[_Word]:
    """The words of a page without dirt: signs that no text has, and lines of a letter or two that are hardly seen."""
    places = zip(data["block_num"], data["par_num"], data["line_num"], range(len(data["text"])), strict=True)
    for line, group in groupby(places, key=lambda place: place[:3]):
        words = [_word(data, index, line, dot) for *_, index in group if _is_word(data["text"][index].strip())]
        said = sum(sign.isalnum() for word in words for sign in word.text)
        if said > _FEW_LETTERS or (said and max(word.confidence for word in words) >= _SEEN):
            yield from words


def _is_word(text: str) -> bool:
    return any(sign.isalnum() for sign in text) or (bool(text) and all(sign in _SOUND for sign in text))


def _word(data: dict[str, list[Any]], index: int, line: tuple[int, int, int], dot: float) -> _Word:
    left, top = data["left"][index], data["top"][index]
    right, bottom = left + data["width"][index], top + data["height"][index]
    sure = max(float(data["conf"][index]), 0.0) / 100
    return _Word(line, data["text"][index].strip(), left * dot, top * dot, right * dot, bottom * dot, sure)


def _glyphs(words: list[_Word]) -> Iterator[Glyph]:
    """The signs of words, each with its share of its word; those of a line on one base, and all of one height.

    Boxes of words differ with the letters in them: "g" hangs below the line, "ộ" stands above.
    """
    height = median(word.bottom - word.top for word in words) if words else 0.0
    order = 0
    for _, group in groupby(words, key=lambda word: word.line):
        line = list(group)
        middle = median((word.top + word.bottom) / 2 for word in line)
        for word in line:
            step = (word.right - word.left) / len(word.text)
            for number, sign in enumerate(word.text):
                x0 = word.left + step * number
                sure = round(min(word.confidence, 0.99), 2)
                yield Glyph(sign, x0, middle - height / 2, x0 + step, middle + height / 2, order, None, confidence=sure)
                order += 1
            order += 1
