"""What the whole way reads, scored against gold: the corpus everywhere, the real plans where they are.

The floors stand a little below what was measured, so that a change that loses something is seen; the figures
themselves are in docs/evaluation.md.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor import Extractor
from extractor.evaluation.gold import read_gold
from extractor.evaluation.scores import Report, evaluate
from tests.conftest import REAL, ROOT, needs_real

FLOORS = {
    "macro.value": 0.985,
    "citation.value": 0.98,
    "amount.value": 0.98,
    "quantity.value": 0.98,
    "time.value": 0.98,
    "agency.value": 0.98,
    "section.value": 0.98,
    "header.value": 0.98,
    "agency_role.value": 0.96,
    "row.value": 0.95,
}


def report(reader: Extractor, gold: Path, texts: Path) -> Report:
    golds = read_gold(gold)
    return evaluate(golds, {name: reader.extract_file(texts / f"{name}.txt").to_dict() for name in golds})


def below(found: Report) -> dict[str, float]:
    """The scores that do not reach their floor."""
    return {name: found.f1(name) for name, floor in FLOORS.items() if found.f1(name) < floor}


def test_the_corpus(reader: Extractor) -> None:
    found = report(reader, ROOT / "gold", ROOT / "corpus")
    assert found.documents == 54
    assert below(found) == {}
    assert found.f1("activity.value") > 0.98
    assert found.f1("warning.value") == 1


@needs_real
def test_the_real_plans(reader: Extractor) -> None:
    found = report(reader, REAL / "gold", REAL / "text")
    assert found.documents == 13
    assert below(found) == {}


@needs_real
@pytest.mark.parametrize("folder", ["text", "unlabelled"])
def test_every_mention_of_a_real_plan_is_its_text(reader: Extractor, folder: str) -> None:
    paths = sorted((REAL / folder).glob("*.txt"))
    assert paths
    for path in paths:
        plan = reader.extract_file(path).to_dict()
        for field in ("sections", "citations", "amounts", "quantities", "times", "agencies", "abbreviations", "rows"):
            for found in plan[field]:
                if "text" in found:
                    assert plan["text"][found["start"] : found["end"]] == found["text"], (path.name, field, found)
