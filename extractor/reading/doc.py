"""Old Word files (DOC): turned into DOCX by LibreOffice, or into text by antiword, whichever is on the machine."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Final

from extractor.errors import InputError
from extractor.reading.document import Reading
from extractor.reading.docx import read_docx
from extractor.reading.fonts import turn_text
from extractor.reading.text import layout_of

MEDIA_TYPE: Final = "application/msword"
SECONDS: Final = 120
"""A converter that takes longer hangs, and is stopped."""

_SMALLEST: Final = 1536
"""Bytes of the smallest container: its header, one sector of its table, one of its folder."""
_ADVICE: Final = (
    "to read old Word files (.doc), install LibreOffice (soffice) or antiword; "
    "or open the file in Word and save it as .docx."
)


def read_doc(data: bytes, name: str) -> Reading:
    """The text of a DOC file. Raises InputError where no converter is installed, or it can make nothing of the file."""
    if len(data) < _SMALLEST:
        raise InputError(f"{name} is a cut-off Office file: {len(data)} bytes are all there is of it.")
    if program := shutil.which("soffice"):
        return _by_office(program, data, name)
    if program := shutil.which("antiword"):
        return _by_antiword(program, data, name)
    raise InputError(f"{name}: {_ADVICE}", "converter")


def _by_office(program: str, data: bytes, name: str) -> Reading:
    """By LibreOffice, with a profile of its own that is thrown away: it reads no settings and runs beside others."""
    with tempfile.TemporaryDirectory(prefix="vnplan-") as folder:
        source = Path(folder, "plan.doc")
        source.write_bytes(data)
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        convert = ["--convert-to", "docx:MS Word 2007 XML", "--outdir", folder, str(source)]
        _run([program, "--headless", "--norestore", profile, *convert], name)
        made = Path(folder, "plan.docx")
        if not made.exists():
            raise InputError(f"{name} cannot be read: LibreOffice makes nothing of it. Is it whole, and a Word file?")
        return replace(read_docx(made.read_bytes(), name), media_type=MEDIA_TYPE)


def _by_antiword(program: str, data: bytes, name: str) -> Reading:
    with tempfile.TemporaryDirectory(prefix="vnplan-") as folder:
        source = Path(folder, "plan.doc")
        source.write_bytes(data)
        text = _run([program, "-m", "UTF-8.txt", "-w", "0", str(source)], name).decode("utf-8", "replace")
    if not text.strip():
        raise InputError(f"{name} cannot be read: antiword finds no text in it. Save it as .docx.")
    text, encoding, faults = turn_text(text, "utf-8")
    return Reading(text, MEDIA_TYPE, encoding, layout_of(text), faults)


def _run(command: list[str], name: str) -> bytes:
    try:
        return subprocess.run(command, capture_output=True, timeout=SECONDS, check=False).stdout
    except subprocess.TimeoutExpired:
        message = f"{name}: converting it took longer than {SECONDS} s. Save it as .docx."
        raise InputError(message, "time-limit") from None
    except OSError as error:
        message = f"{name}: {command[0]} cannot be started: {error.strerror}. Save the file as .docx."
        raise InputError(message, "converter") from None
