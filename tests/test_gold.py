"""What the whole way reads, scored against gold: the corpus everywhere, the real plans where they are.

The floors stand a little below what was measured, so that a change that loses something is seen; the figures
themselves are in docs/evaluation.md.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor import Extractor
from extractor.evaluation.gold import read_gold
from extractor.evaluation.metadata import read_metadata
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


UNSEEN_FLOORS = FLOORS | {
    "macro.value": 0.96,
    "amount.value": 0.94,
    "quantity.value": 0.95,
    "time.value": 0.97,
    "agency.value": 0.89,
    "header.value": 0.95,
    "agency_role.value": 0.92,
    "row.value": 0.9,
}
"""For the test split, whose errors nobody looks at while rules are written."""


def report(reader: Extractor, gold: Path, texts: Path, split: str | None = None) -> Report:
    golds = read_gold(gold)
    metadata = read_metadata(gold, golds)
    golds = {name: one for name, one in golds.items() if split in (None, metadata[name].split)}
    return evaluate(golds, {name: reader.extract_file(texts / f"{name}.txt").to_dict() for name in golds})


def below(found: Report, floors: dict[str, float] = FLOORS) -> dict[str, float]:
    """The scores that do not reach their floor."""
    return {name: found.f1(name) for name, floor in floors.items() if found.f1(name) < floor}


@pytest.mark.parametrize(("split", "documents"), [("train", 30), ("dev", 9)])
def test_the_corpus(split: str, documents: int, reader: Extractor) -> None:
    found = report(reader, ROOT / "gold", ROOT / "corpus", split)
    assert found.documents == documents
    assert below(found) == {}


def test_the_plans_that_no_rule_has_seen(reader: Extractor) -> None:
    found = report(reader, ROOT / "gold", ROOT / "corpus", "test")
    assert found.documents == 15
    assert below(found, UNSEEN_FLOORS) == {}


def test_activities_and_warnings_of_the_core_plans(reader: Extractor) -> None:
    found = report(reader, ROOT / "gold", ROOT / "corpus")
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
