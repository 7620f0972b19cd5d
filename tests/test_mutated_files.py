"""A thousand damaged files of each format: read or refused with a sentence, never a crash, a hang, or all memory."""

from __future__ import annotations

import io
import random
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from extractor.errors import InputError
from extractor.reading import Limits
from extractor.reading.child import Child
from tests.conftest import ROOT
from tests.pdf_files import grid, pdf, rule, words
from tests.test_docx import docx, para, table

FILES = 1000
LIMITS = Limits(seconds=20, memory=512 * 1024 * 1024)


def pdf_seed() -> bytes:
    page = "".join(words(85, 100 + 16 * n, f"{n}. Giao 15 ha (nam 2027), kinh phi 1.500.000 dong") for n in range(30))
    return pdf(page + rule(85, 700, 225, 700), page + grid([60, 200, 400], [600, 650, 700]) + words(70, 620, "So A"))


def docx_seed() -> bytes:
    return docx(para("KẾ HOẠCH"), para("mục tiêu", level=0), table(["TT", "Việc", "Ai"], ["1", "A>2"], ["^", "B", "C"]))


def html_seed() -> bytes:
    rows = "<tr><th>TT<th>Việc<th>Ai</tr><tr><td rowspan=2>1<td>A<td>Sở</tr><tr><td colspan=2>B</tr>"
    return f"<!DOCTYPE html><html><body><h1>KẾ HOẠCH</h1><ol type=I><li>Mục</ol><table>{rows}</table></body></html>".encode()


def text_seed() -> bytes:
    return next((ROOT / "corpus").glob("*.txt")).read_bytes()


def doc_seed() -> bytes:
    """The container of an old Word file, its sectors filled with text."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + b"\x3e\0\x03\0\xfe\xff\x09\0" + text_seed()[:8000]


def mutated(data: bytes, rng: random.Random) -> bytes:
    """Bytes flipped, cut off, put in, or said twice."""
    made = bytearray(data)
    for _ in range(rng.randint(1, 3)):
        place = rng.randrange(len(made))
        kind = rng.choice(("flip", "cut", "insert", "repeat", "splice"))
        if kind == "flip":
            for _ in range(rng.choice((1, 5, 50))):
                made[rng.randrange(len(made))] = rng.randrange(256)
        elif kind == "cut":
            del made[place + 1 :]
        elif kind == "insert":
            made[place:place] = rng.randbytes(rng.randrange(1, 200))
        elif kind == "repeat":
            made[place:place] = made[place : place + rng.randrange(1, 3000)]
        else:
            made[place:] = data[rng.randrange(len(data)) :]
    return bytes(made)


def mutated_part(data: bytes, rng: random.Random) -> bytes:
    """A container that is sound, with one damaged part: what a checksum would catch is not tried again."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    chosen = rng.choice(archive.namelist())
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for part in archive.namelist():
            content = archive.read(part)
            made.writestr(part, mutated(content, rng) if part == chosen else content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("seed", "damage"),
    [
        (pdf_seed, mutated),
        (docx_seed, mutated),
        (docx_seed, mutated_part),
        (html_seed, mutated),
        (text_seed, mutated),
        (doc_seed, mutated),
    ],
    ids=["pdf", "docx", "docx-parts", "html", "text", "doc"],
)
def test_damaged_files_are_read_or_refused(
    seed: Callable[[], bytes],
    damage: Callable[[bytes, random.Random], bytes],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """Neither LibreOffice nor Tesseract takes part: a thousand starts of them would take an hour."""
    if antiword := shutil.which("antiword"):
        (tmp_path / "antiword").symlink_to(antiword)
    monkeypatch.setenv("PATH", str(tmp_path))
    rng = random.Random(2027)
    data = seed()
    outcomes = []
    with Child() as child:
        for _ in range(FILES):
            try:
                document = child.read(damage(data, rng), "plan", LIMITS)
                outcomes.append(" ".join(fault.code for fault in document.faults))
            except InputError as error:
                outcomes.append(str(error))
    broken = ("its reader failed", "its reader broke down", "--time-limit", "--memory-limit", "truncated")
    assert [outcome for outcome in outcomes if any(words in outcome for words in broken)] == []
    assert len(set(outcomes)) > 1
