"""Files and bytes in, documents out: what a file is, is told by its content and not by its name."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import BinaryIO

from extractor.errors import InputError
from extractor.reading.document import Document, Limits, Reading
from extractor.reading.text import decode, read_text

READ_SUFFIXES = (".txt", ".md", ".pdf", ".docx", ".doc", ".html", ".htm")

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PDF = b"%PDF-"
PDF_MAY_BEGIN = 1024
"""Bytes of something else that programs put before a PDF, and every reader of PDF forgives."""
PAGE_MAY_BEGIN = 5000
"""Bytes within which a web page shows itself."""
AT_ONCE = 256 * 1024

NOT_READ = (
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


def read_file(path: Path | str, limits: Limits = Limits()) -> Document:  # noqa: B008 - frozen
    """The document in ``path``, named after the file.

    Raises InputError when there is no such file, it may not be read, or nothing can be made of it (see read_bytes).
    """
    return read_bytes(*load(path, limits), limits)


def load(path: Path | str, limits: Limits) -> tuple[bytes, str]:
    """The bytes of a file (one more than the limit at most) and its name.

    Raises InputError when there is no such file, or it may not be read.
    """
    try:
        with Path(path).open("rb") as file:
            data = _read_up_to(limits.bytes + 1, file)
    except FileNotFoundError:
        raise InputError(f"{path}: there is no such file. Check the path.", "missing") from None
    except IsADirectoryError:
        raise InputError(f"{path}: this is a folder. Name a file in it.", "other-format") from None
    except PermissionError:
        raise InputError(
            f"{path}: no permission to read this file. Change its mode or its owner.", "forbidden"
        ) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"{path}: cannot be read: {reason}.", "unreadable") from None
    # A file name need not be UTF-8, the JSON that holds it must.
    return data, Path(path).name.encode("utf-8", "replace").decode("utf-8")


def _read_up_to(most: int, file: BinaryIO) -> bytes:
    """So many bytes at most, piece by piece: asked for all at once, Python takes memory for all at once."""
    pieces = []
    while most and (piece := file.read(min(most, AT_ONCE))):
        pieces.append(piece)
        most -= len(piece)
    return b"".join(pieces)


def read_bytes(data: bytes, name: str, limits: Limits = Limits()) -> Document:  # noqa: B008 - frozen
    """The document in ``data``: a PDF, a Word file, a web page, or text, told apart by the bytes.

    ``name`` stands in messages and in the JSON; its ending decides between plain text and Markdown.
    Raises InputError for nothing at all, for more bytes than the limit, for other formats and for damaged files.
    """
    check_size(len(data), name, limits)
    return document_of(_read(data, name, limits), data, name)


def check_size(count: int, name: str, limits: Limits) -> None:
    """Raises InputError for a file of no bytes, and for one of more than the limit."""
    if not count:
        raise InputError(f"{name} is empty: it holds no bytes at all.", "empty")
    if count > limits.bytes:
        raise InputError(
            f"{name} is larger than {limits.bytes / 1024**2:.4g} MB. A plan is rarely over 1 MB: split it, "
            "or raise --size-limit.",
            "too-large",
        )


def document_of(read: Reading, data: bytes, name: str) -> Document:
    """What was read, with what is to be known of the file."""
    return Document(
        text=read.text,
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        media_type=read.media_type,
        bytes=len(data),
        encoding=read.encoding,
        layout=read.layout,
        faults=read.faults,
        ocr=read.ocr,
    )


def is_pdf(data: bytes) -> bool:
    """Whether ``data`` begins as a PDF, or nearly so."""
    return PDF in data[:PDF_MAY_BEGIN]


def is_plain_text(data: bytes) -> bool:
    """Whether ``data`` is nothing that a program must take apart: no PDF, no container, no web page."""
    return not (is_pdf(data) or data.startswith((ZIP, OLE)) or b"<" in data[:PAGE_MAY_BEGIN])


def _read(data: bytes, name: str, limits: Limits) -> Reading:
    """By the reader of the format; each is imported only when a file needs it."""
    if is_pdf(data):
        from extractor.reading.pdf import read_pdf

        return read_pdf(data, name, limits)
    if data.startswith(ZIP):
        from extractor.reading.docx import read_docx

        return read_docx(data, name)
    if data.startswith(OLE):
        from extractor.reading.doc import read_doc

        return read_doc(data, name)
    for magic, kind in NOT_READ:
        if data.startswith(magic):
            advice = "vnplan reads PDF, Word files, web pages and text. Save it as one of these first."
            raise InputError(f"{name} is {kind}; {advice}", "other-format")
    text, encoding = decode(data, name)
    if text.lstrip()[:1] == "<":
        from extractor.reading.html import is_html, read_html

        if is_html(text):
            return read_html(text, name, encoding)
    return read_text(text, name, encoding)
