"""What the tests share: where the real plans are, and checking a line of inline markup."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor import Extractor
from extractor.evaluation.markup import parse_markup
from extractor.evaluation.rules import markup_faults

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
REAL = SHARED / "real"

CORE_PLANS = [
    ROOT / "corpus" / f"{path.name.removesuffix('.activities.json')}.txt"
    for path in sorted((ROOT / "gold").glob("*.activities.json"))
]
"""The twelve plans that came with the core: texts of every form without exotic signs, for tests that lay them out anew."""

needs_real = pytest.mark.skipif(not REAL.is_dir(), reason="the real plans (../shared/real) are not on this machine")


@pytest.fixture(scope="session")
def reader() -> Extractor:
    """One extractor for all tests of rules: what a model makes of a line that stands alone is not their matter."""
    return Extractor(tagger="rules")


def faults(reader: Extractor, line: str) -> list[str]:
    """Where what is read from a marked-up line is not what its markup states."""
    text, marked = parse_markup(line)
    return list(markup_faults(reader.extract(text), marked))
