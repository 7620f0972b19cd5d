"""The cache of compiled grammars changes the time of the first plan and nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

PLAN = ROOT / "corpus" / "tan-lac-2017-ke-hoach-tiem-phong.txt"


def extract(cache: Path) -> bytes:
    """What a fresh process writes whose cache folder is this one."""
    command = [str(Path(sys.executable).parent / "vnplan"), "extract", str(PLAN)]
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache)}
    return subprocess.run(command, env=environment, check=True, capture_output=True, cwd=ROOT).stdout


def test_with_and_without_a_cache_the_same_comes_out(tmp_path: Path) -> None:
    first = extract(tmp_path)
    kept = list((tmp_path / "vnplan").iterdir())
    assert len(kept) == 1
    assert extract(tmp_path) == first
    assert list((tmp_path / "vnplan").iterdir()) == kept


@pytest.mark.parametrize("damage", [b"", b"no grammar", None])
def test_a_damaged_cache_is_made_anew(tmp_path: Path, damage: bytes | None) -> None:
    first = extract(tmp_path)
    (kept,) = (tmp_path / "vnplan").iterdir()
    whole = kept.read_bytes()
    kept.write_bytes(whole[: len(whole) // 2] if damage is None else damage)
    assert extract(tmp_path) == first
    assert kept.read_bytes() == whole


def test_a_folder_that_cannot_be_made_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "vnplan").write_text("a file where the folder should be")
    assert extract(tmp_path)
