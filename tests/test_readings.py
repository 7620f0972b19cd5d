"""How far two annotators agree."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from extractor.cli import app
from extractor.evaluation.readings import compare_readings, kappa


def agency(start: int, name: str, role: str | None = None, *, generic: bool = False) -> dict[str, Any]:
    fields = {"name": name} | ({"role": role} if role else {}) | ({"generic": True} if generic else {})
    return {"type": "agency", "start": start, "end": start + len(name), "text": name, **fields}


def gold(*entities: dict[str, Any], **header: Any) -> dict[str, Any]:
    return {"header": header, "entities": list(entities)}


def test_both_readings_count_alike() -> None:
    first = gold(agency(0, "Sở Y tế", "lead"), agency(20, "Sở Nội vụ"), doc_type="Kế hoạch", year="2020")
    second = gold(agency(0, "Sở Y tế", "coordinate"), agency(40, "Sở Nội vụ", "lead"), doc_type="Kế hoạch")
    found = compare_readings([(first, second)])
    turned = compare_readings([(second, first)])
    assert (found.values["agency"].right, found.values["agency"].gold, found.values["agency"].found) == (1, 2, 2)
    assert found.values["agency"].f1 == turned.values["agency"].f1 == 0.5
    assert found.values["header"].f1 == turned.values["header"].f1 == round(2 / 3, 4)
    assert (found.roles.right, found.roles.gold, found.roles.found) == (0, 1, 2)


def test_spans_must_be_the_same_and_values_may_lie_askew() -> None:
    first, second = agency(0, "Sở Y tế"), agency(0, "Sở Y tế") | {"end": 12}
    found = compare_readings([(gold(first), gold(second))])
    assert (found.spans["agency"].right, found.values["agency"].right) == (0, 1)


def test_groups_stand_apart() -> None:
    first, second = agency(0, "các sở", generic=True), agency(0, "các sở")
    found = compare_readings([(gold(first), gold(second))])
    assert found.values["agency_generic"].f1 == 0
    assert (found.values["agency"].gold, found.values["agency"].found) == (0, 1)


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ({("lead", "lead"): 5, ("none", "none"): 5}, 1.0),
        ({("lead", "lead"): 5}, 1.0),  # nothing is left to chance
        ({("lead", "none"): 5, ("none", "lead"): 5}, -1.0),
        ({("lead", "lead"): 20, ("lead", "none"): 5, ("none", "lead"): 10, ("none", "none"): 15}, 0.4),
    ],
)
def test_kappa(pairs: dict[tuple[str, str], int], expected: float) -> None:
    assert kappa(Counter(pairs)) == pytest.approx(expected)


def test_the_command(tmp_path: Path) -> None:
    for folder, role in (("a", "lead"), ("b", "approve")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "one.gold.json").write_text(json.dumps(gold(agency(0, "Sở Y tế", role))))
    (tmp_path / "b" / "two.gold.json").write_text(json.dumps(gold()))
    result = CliRunner().invoke(app, ["agreement", str(tmp_path / "a"), str(tmp_path / "b"), "--differences"])
    assert result.exit_code == 0
    assert "gold  lead" in result.stdout
    assert "kappa of the roles 0.000" in result.stdout
    assert "two" in result.stderr


def test_folders_that_share_nothing(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / f"{folder}.gold.json").write_text(json.dumps(gold()))
    result = CliRunner().invoke(app, ["agreement", str(tmp_path / "a"), str(tmp_path / "b")])
    assert result.exit_code == 1
    assert "no document of the same name" in result.stderr
