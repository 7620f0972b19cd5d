"""Files and bytes in, text out, or a sentence that says why not: what a file is, is told by its content."""

from __future__ import annotations

import codecs
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from extractor.errors import InputError

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAX_BYTES = 64 * 1024 * 1024
SAMPLE = 1_000_000  # characters that decide whether a text looks Vietnamese
MARKDOWN_SUFFIXES = (".md", ".markdown")

MAGIC = (
    (b"%PDF-", "a PDF file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
)
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


@dataclass(frozen=True, slots=True)
class Document:
    """The text of one file, with ``\\r\\n`` as it was and a byte order mark dropped, and where it came from."""

    text: str
    name: str | None
    sha256: str
    media_type: str
    bytes: int
    encoding: str


def read_file(path: Path | str) -> Document:
    """The document in ``path``, named after the file.

    Raises InputError when there is no such file, it may not be read, or what it holds is not text (see read_bytes).
    """
    try:
        with Path(path).open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise InputError(f"{path}: there is no such file. Check the path.") from None
    except IsADirectoryError:
        raise InputError(f"{path}: this is a folder. Name a file in it.") from None
    except PermissionError:
        raise InputError(f"{path}: no permission to read this file. Change its mode or its owner.") from None
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: cannot be read: {getattr(error, 'strerror', None) or error}.") from None
    # A file name need not be UTF-8, the JSON that holds it must.
    return read_bytes(data, Path(path).name.encode("utf-8", "replace").decode("utf-8"))


def read_bytes(data: bytes, name: str) -> Document:
    """The document in ``data``: a Word file, a web page, or text in UTF-8, UTF-16 or cp1258, told apart by the bytes.

    ``name`` stands in messages and in the JSON; its ending decides between plain text and Markdown.
    Raises InputError for nothing at all, for more than 64 MB, for other formats and encodings, and for damaged files.
    """
    if not data:
        raise InputError(f"{name} is empty: it holds no bytes at all.")
    if len(data) > MAX_BYTES:
        raise InputError(f"{name} is larger than {MAX_BYTES // 1024**2} MB. Split it: a plan is rarely over 1 MB.")
    if data.startswith(ZIP):
        from extractor.reading.docx import MEDIA_TYPE, read_docx  # lxml is not needed for text

        return Document(read_docx(data, name), name, hashlib.sha256(data).hexdigest(), MEDIA_TYPE, len(data), "utf-8")
    if data.startswith(OLE):
        from extractor.reading import doc

        text = doc.read_doc(data, name)
        return Document(text, name, hashlib.sha256(data).hexdigest(), doc.MEDIA_TYPE, len(data), "utf-8")
    for magic, kind in MAGIC:
        if data.startswith(magic):
            advice = "this version reads text, Word files and web pages. Save it as one of these first."
            raise InputError(f"{name} is {kind}; {advice}")
    text, encoding = _decode(data, name)
    if "\0" in text:
        raise InputError(f"{name} is a binary file (it holds NUL characters). Give a text file.")
    media_type = "text/markdown" if name.lower().endswith(MARKDOWN_SUFFIXES) else "text/plain"
    if text.lstrip()[:1] == "<":
        from extractor.reading import html

        if html.is_html(text):
            text, media_type = html.read_html(text, name), html.MEDIA_TYPE
    return Document(
        text=text,
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        media_type=media_type,
        bytes=len(data),
        encoding=encoding,
    )


def _decode(data: bytes, name: str) -> tuple[str, str]:
    """Text and encoding of ``data``."""
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
    line = data.count(b"\n", 0, fault.start) + 1
    raise InputError(
        f"{name} is not UTF-8: byte 0x{data[fault.start]:02X} at place {fault.start + 1} (line {line}); "
        "nor is it UTF-16 or Vietnamese Windows-1258. Save it as UTF-8 in an editor, "
        "or convert a text in an old font encoding (TCVN3, VNI) with a tool such as Unikey."
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
