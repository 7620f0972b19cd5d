"""Old Word files: by the converter that is on the machine, or a sentence that says which one to install."""

from __future__ import annotations

import shutil
import stat
from pathlib import Path

import pytest

from extractor import Extractor
from extractor.errors import InputError
from extractor.reading import doc, read_bytes
from tests.conftest import REAL, needs_real

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)


def only(monkeypatch: pytest.MonkeyPatch, program: str, path: str | None) -> None:
    """Makes one converter the only one on the machine."""
    monkeypatch.setattr(doc.shutil, "which", lambda name: path if name == program else None)


def script(folder: Path, words: str) -> str:
    """A program that does what a line of shell says."""
    path = folder / "program"
    path.write_text(f"#!/bin/sh\n{words}\n")
    path.chmod(path.stat().st_mode | stat.S_IEXEC)
    return str(path)


def test_a_file_that_was_cut_off_is_said() -> None:
    with pytest.raises(InputError, match="cut-off"):
        read_bytes(OLE[:100], "cu.doc")


def test_without_a_converter_one_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    only(monkeypatch, "none", None)
    with pytest.raises(InputError, match=r"cu\.doc: .*install LibreOffice .* or antiword"):
        read_bytes(OLE, "cu.doc")


def test_antiword_serves_where_there_is_no_office(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    only(monkeypatch, "antiword", script(tmp_path, "echo 'KẾ HOẠCH'; echo; echo 'Trồng rừng năm 2027'"))
    document = read_bytes(OLE, "cu.doc")
    assert document.text == "KẾ HOẠCH\n\nTrồng rừng năm 2027\n"
    assert document.media_type == "application/msword"


@pytest.mark.parametrize(
    ("program", "reason"), [("soffice", "LibreOffice makes nothing"), ("antiword", "no text in it")]
)
def test_a_converter_that_makes_nothing_is_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, program: str, reason: str
) -> None:
    only(monkeypatch, program, script(tmp_path, "exit 1"))
    with pytest.raises(InputError, match=f"cu.doc.*{reason}"):
        read_bytes(OLE, "cu.doc")


def test_a_converter_that_hangs_is_stopped(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    only(monkeypatch, "antiword", script(tmp_path, "exec sleep 30"))
    monkeypatch.setattr(doc, "SECONDS", 0.2)
    with pytest.raises(InputError, match="took longer"):
        read_bytes(OLE, "cu.doc")


@needs_real
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not on this machine")
@pytest.mark.parametrize(
    ("name", "number", "date", "issuer"),
    [
        ("binh-duong-2009-chi-thi", "09/2009/CT-UBND", "2009-04-15", "Ủy ban nhân dân tỉnh Bình Dương"),
        ("ha-noi-2010-quyet-dinh-internet", "15/2010/QĐ-UBND", "2010-04-26", "Ủy ban nhân dân thành phố Hà Nội"),
        ("thu-tuong-2007-quyet-dinh-mot-cua", "93/2007/QĐ-TTg", "2007-06-22", "Thủ tướng Chính phủ"),
    ],
)
def test_real_files(reader: Extractor, name: str, number: str, date: str, issuer: str) -> None:
    header = reader.extract_file(REAL / "files" / f"{name}.doc").header
    assert (header.number, header.date, header.issuer) == (number, date, issuer)
