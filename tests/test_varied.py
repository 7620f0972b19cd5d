"""The plans that speed is measured by: which they are, how large, and that there is in them what is in plans."""

from __future__ import annotations

import hashlib
from pathlib import Path
from statistics import mean

from extractor import Extractor
from tests.varied import make_plan, write_plans


def test_the_index_alone_decides(tmp_path: Path) -> None:
    write_plans(tmp_path, 3)
    written = sorted(tmp_path.rglob("*.txt"))
    assert [str(path.relative_to(tmp_path)) for path in written] == [f"0000/{index:07}.txt" for index in range(3)]
    assert [path.read_bytes().decode() for path in written] == [make_plan(index) for index in range(3)]


def test_no_two_are_alike_and_they_are_of_12_kb() -> None:
    plans = [make_plan(index).encode() for index in range(2000)]
    assert len({hashlib.sha256(plan).digest() for plan in plans}) == len(plans)
    assert abs(mean(map(len, plans)) - 12_000) < 600
    assert all(6_000 < len(plan) < 18_000 for plan in plans)


def test_they_read_like_plans(reader: Extractor) -> None:
    for index in range(10):
        plan = reader.extract(make_plan(index))
        assert plan.header.doc_type
        assert plan.header.signer
        for field in ("sections", "citations", "amounts", "quantities", "times", "agencies", "activities"):
            assert getattr(plan, field), (index, field)
