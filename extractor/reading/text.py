"""Plain text: UTF-8, UTF-16, Windows-1258 or an old font encoding into Unicode, or a sentence that says why not."""

from __future__ import annotations

import codecs
import re

from extractor.errors import InputError
from extractor.language.legacy import guess_encoding
from extractor.reading.document import Layout, Reading
from extractor.reading.fonts import SAMPLE, turn_text

MARKDOWN_SUFFIXES = (".md", ".markdown")
PAGE_END = "\f"

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# What cp1258 makes of Vietnamese: letters of the alphabet, and tone marks that stand behind their vowel.
VIETNAMESE_LETTER = re.compile("[ÀÁÂÈÉÊÍÓÔÙÚàáâèéêíóôùúĂăĐđƠơƯư]")
TONE_MARK = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
TONED_VOWEL = re.compile("[aăâeêioôơuưy][\u0300\u0301\u0303\u0309\u0323]", re.IGNORECASE)
OTHER_SIGN = re.compile("[^\x00-\x7f\xa0«»°·²³½¼¾×§\u2010-\u203a€]")  # not ASCII, not common punctuation


def read_text(text: str, name: str, encoding: str) -> Reading:
    """A text as it stands, one in an old font encoding in Unicode; a form feed ends a page."""
    text, encoding, faults = turn_text(text, encoding)
    media_type = "text/markdown" if name.lower().endswith(MARKDOWN_SUFFIXES) else "text/plain"
    return Reading(text, media_type, encoding, layout_of(text), faults)


def layout_of(text: str) -> Layout:
    """The pages that form feeds part; none where there is no form feed."""
    ends = [match.end() for match in re.finditer(PAGE_END, text) if text[match.end() :].strip()]
    return Layout(len(ends) + 1, [0, *ends]) if ends else Layout()


def decode(data: bytes, name: str) -> tuple[str, str]:
    """Text and encoding of ``data``. Raises InputError where it is in no encoding that is read, or no text.

    A text in an old font encoding comes as its bytes in Latin-1: its reader turns it, who may know its fonts.
    """
    text, encoding = _decode(data, name)
    if "\0" in text:
        raise InputError(f"{name} is a binary file (it holds NUL characters). Give a text file.", "other-format")
    return text, encoding


def _decode(data: bytes, name: str) -> tuple[str, str]:
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding), encoding
            except UnicodeDecodeError as error:
                place = error.start + len(mark)
                raise InputError(
                    f"{name} begins with the mark of {encoding.upper()} but is damaged at byte {place + 1}. "
                    "Save it again as UTF-8."
                ) from None
    if wide := _utf16_without_mark(data):
        return wide
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        fault = error
    try:
        text = data.decode("cp1258")
    except UnicodeDecodeError:
        text = ""
    if _looks_vietnamese(text[:SAMPLE]):
        return text, "cp1258"
    signs = data.decode("latin-1")
    if old := guess_encoding(signs[:SAMPLE]):
        return signs, old
    line = data.count(b"\n", 0, fault.start) + 1
    raise InputError(
        f"{name} is not UTF-8: byte 0x{data[fault.start]:02X} at place {fault.start + 1} (line {line}); "
        "nor is it UTF-16, Vietnamese Windows-1258 or, beyond doubt, in an old font encoding (TCVN3, VNI). "
        "Save it as UTF-8 in an editor; convert a few words in an old font encoding with a tool such as Unikey."
    )


def _utf16_without_mark(data: bytes) -> tuple[str, str] | None:
    """UTF-16 shows itself by NULs at every other place: the high bytes of blanks, digits and plain letters."""
    half = len(data) // 2
    even, odd = data[::2].count(0), data[1::2].count(0)
    for nuls, others, encoding in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        if nuls * 4 > half and others * 100 <= half:
            try:
                return data.decode(encoding), encoding
            except UnicodeDecodeError:
                return None
    return None


def _looks_vietnamese(text: str) -> bool:
    """Whether text decoded as cp1258 is Vietnamese: nearly every sign beyond ASCII a letter or a mark of it.

    Tone marks must be there and stand behind vowels: French or German read as cp1258 has none, and the old font
    encodings, TCVN3 and VNI, give signs that no Vietnamese word holds.
    """
    marks = len(TONE_MARK.findall(text))
    letters = len(VIETNAMESE_LETTER.findall(text))
    others = len(OTHER_SIGN.findall(text)) - marks - letters
    return (
        marks * 10 >= letters + marks > 0
        and others * 20 <= letters + marks
        and len(TONED_VOWEL.findall(text)) * 20 >= marks * 19
    )
