"""The process that reads a document: killed at its limits, with all that it has started; what was read is kept."""

from __future__ import annotations

import os
import stat
import time
import zlib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from extractor.cli import app
from extractor.errors import InputError
from extractor.reading import Limits, child
from extractor.reading.child import Child
from tests.pdf_files import laughs, pdf, words

OLD_WORD_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)
PLAN = pdf(words(85, 100, "1. Trong 15 ha rung."))


def program(folder: Path, name: str, lines: str) -> None:
    """A program that does what lines of shell say."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{lines}\n")
    path.chmod(path.stat().st_mode | stat.S_IEXEC)


def bomb() -> bytes:
    """A PDF whose page unpacks to 400 MB of nothing."""
    packer = zlib.compressobj(1)
    zeros = bytes(16 * 1024 * 1024)
    packed = b"".join(packer.compress(zeros) for _ in range(24)) + packer.flush()
    whole = pdf("0")
    content = f"<< /Filter /FlateDecode /Length {len(packed)} >>\nstream\n".encode() + packed + b"\nendstream"
    return whole.replace(b"<< /Length 1 >>\nstream\n0\nendstream", content)


def test_a_converter_that_hangs_is_killed_with_the_child(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program(tmp_path, "soffice", f"echo $$ > {tmp_path}/number; exec /bin/sleep 60")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(child, "GRACE", 0.1)
    with Child() as reader:
        with pytest.raises(InputError, match=r"cu\.doc cannot be read: it takes longer than 2 s \(--time-limit\)"):
            reader.read(OLD_WORD_FILE, "cu.doc", Limits(seconds=2))
        number = int((tmp_path / "number").read_text())
        for _ in range(50):
            if not Path(f"/proc/{number}").exists():
                break
            time.sleep(0.1)  # the system takes the dead away
        with pytest.raises(ProcessLookupError):
            os.kill(number, 0)
        assert reader.read(PLAN, "a.pdf", Limits()).text == "1. Trong 15 ha rung.\n"


def test_what_was_read_before_the_child_was_killed_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "GRACE", 0.1)
    with Child() as reader:
        reader.read(PLAN, "a.pdf", Limits())  # starting the child takes time of its own
        document = reader.read(laughs(), "lon.pdf", Limits(seconds=1.5))
    assert document.text == "Trang 1 con.\n"
    (fault,) = document.faults
    assert fault.code == "truncated"
    assert "behind page 1 of 2" in fault.message
    assert "--time-limit" in fault.message


def test_a_file_that_unpacks_to_all_memory_is_stopped() -> None:
    limits = Limits(memory=300 * 1024 * 1024, seconds=2)
    with Child() as reader:
        with pytest.raises(InputError, match=r"--(?:memory|time)-limit"):
            reader.read(bomb(), "bom.pdf", limits)
        assert reader.read(PLAN, "a.pdf", Limits()).text == "1. Trong 15 ha rung.\n"


def test_memory_is_limited() -> None:
    with Child() as reader:
        with pytest.raises(InputError, match=r"12 MB.*--memory-limit"):
            reader.read(PLAN, "a.pdf", Limits(memory=12 * 1024 * 1024))
        assert reader.read(PLAN, "a.pdf", Limits()).text == "1. Trong 15 ha rung.\n"


def test_the_child_gives_what_reading_here_gives() -> None:
    from extractor.reading import read_bytes

    data = pdf(words(85, 100, "1. Trong 15 ha rung."), words(85, 100, "2. Giao 20 ha."))
    with Child() as reader:
        assert reader.read(data, "a.pdf", Limits()) == read_bytes(data, "a.pdf")
        with pytest.raises(InputError, match="damaged PDF"):
            reader.read(b"%PDF-", "a.pdf", Limits())


def test_what_was_not_heard_is_not_taken_for_the_next_document(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = child._answers

    def forgetful(process: object) -> object:
        monkeypatch.setattr(child, "_answers", answers)
        raise MemoryError

    with Child() as reader:
        assert reader.read(PLAN, "a.pdf", Limits()).text == "1. Trong 15 ha rung.\n"
        monkeypatch.setattr(child, "_answers", forgetful)
        with pytest.raises(MemoryError):
            reader.read(PLAN, "a.pdf", Limits())
        other = pdf(words(85, 100, "2. Mo 5 lop."))
        assert reader.read(other, "b.pdf", Limits()).text == "2. Mo 5 lop.\n"


def test_text_is_read_without_a_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child.subprocess, "Popen", None)
    with Child() as reader:
        assert reader.read("Kế hoạch\n".encode(), "a.txt", Limits()).text == "Kế hoạch\n"


def test_limits_are_options(tmp_path: Path) -> None:
    plan = tmp_path / "a.pdf"
    plan.write_bytes(pdf(*(words(85, 100, f"{n}. Trong 15 ha rung.") for n in (1, 2, 3))))
    result = CliRunner().invoke(app, ["extract", str(plan), "--page-limit", "2", "--fields", "warnings", "--no-text"])
    assert '"pages":3,"page_starts":[0,22]' in result.stdout
    assert "the limit is 2 pages (--page-limit)" in result.stdout
    refused = CliRunner().invoke(app, ["extract", str(plan), "--size-limit", "0.0001"])
    assert refused.exit_code == 1
    assert "--size-limit" in refused.stderr
