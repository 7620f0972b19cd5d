"""`vnplan evaluate` with --report, --against, --damage and --split: what is written, printed and refused."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from extractor.cli import app
from extractor.evaluation.analysis import analyse
from extractor.evaluation.metadata import Metadata, groups_of, read_metadata
from extractor.evaluation.scores import evaluate
from extractor.evaluation.significance import compare, document_changes
from extractor.evaluation.tally import Tally
from tests.conftest import ROOT
from tests.test_evaluation import GOLD_DOCUMENT, TEXT, entity, plan

METADATA = {"one": Metadata("Sơn La", "2019", "plan", damage=("wraps", "NFD"), split="dev")}


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["evaluate", *map(str, arguments)])


def analysis(*entities: dict[str, Any]) -> Any:
    golds, plans = {"one": GOLD_DOCUMENT}, {"one": plan(*entities)}
    return analyse(golds, plans, evaluate(golds, plans).tallies, METADATA)


def test_errors_by_class() -> None:
    quantity = entity("quantity", "05 lớp", value=6, unit="lớp")
    time = entity("time", "Quý II,", values=["2019-Q2"], kind="point")
    extra = entity("agency", "chủ trì", name="chủ trì")
    found = analysis(quantity, time, extra)
    assert {(error.kind, error.what) for error in found.errors} == {
        ("section", "missed"),
        ("quantity", "value"),
        ("time", "boundary"),
        ("agency", "missed"),
        ("agency", "extra"),
    }
    boundary = next(error for error in found.errors if error.what == "boundary")
    assert (boundary.wanted, boundary.found) == ("Quý II", "Quý II,")
    assert boundary.context is not None
    assert boundary.context.line == 2


def test_confusion_of_types() -> None:
    found = analysis(entity("quantity", "Quý II", value=2, unit="quý"), entity("amount", "chủ trì", value=1))
    assert found.confusion[("time", "quantity")] == 1
    assert found.confusion[("—", "amount")] == 1
    assert found.confusion[("agency", "—")] == 1


def test_forms_of_quantities() -> None:
    quantities = [
        entity("quantity", "05 lớp", min=1, max=5, unit="lớp"),
        entity("quantity", "Quý II", value=2, unit="quý", per="năm"),
        entity("quantity", "05", value=5, unit="lớp"),
        entity("quantity", "trong", value=5, unit="lớp"),
    ]
    gold = {"header": {}, "entities": quantities}
    plans = {"one": plan(*quantities[:2], quantities[3])}
    found = analyse({"one": gold}, plans, evaluate({"one": gold}, plans).tallies, METADATA)
    assert found.forms == {
        "range": Tally(1, 1, 1),
        "rate": Tally(1, 1, 1),
        "list": Tally(0, 1, 0),
        "plain": Tally(1, 1, 1),
    }


def test_groups() -> None:
    found = analysis(entity("quantity", "05 lớp", value=5, unit="lớp"))
    assert found.groups["province"]["Sơn La"][0] == 1
    assert set(found.groups["damage"]) == {"wraps", "NFD"}
    assert found.groups["split"]["dev"][1]["quantity.value"] == 1
    assert groups_of(Metadata("Sơn La", "2019", "plan"), "damage") == ("none",)


def tallies(right: int) -> dict[str, dict[str, Tally]]:
    """Twenty documents, each with ten citations of which so many are right; all else is perfect."""
    from extractor.evaluation.scores import SCORES

    perfect = {score: Tally(10, 10, 10) for score in SCORES}
    return {f"d{number}": {**perfect, "citation.value": Tally(right, 10, 10)} for number in range(20)}


def test_a_loss_that_is_more_than_chance() -> None:
    changes = {change.score: change for change in compare(tallies(9), tallies(8))}
    assert changes["citation.value"].is_loss
    assert changes["macro.value"].is_loss
    assert not changes["time.value"].is_loss
    assert changes["time.value"].interval == (0, 0)
    assert {change.score for change in compare(tallies(8), tallies(9)) if change.is_gain} == {
        "citation.value",
        "macro.value",
    }


def test_a_loss_in_one_document_of_many_may_be_chance() -> None:
    after = tallies(9)
    after["d3"]["citation.value"] = Tally(8, 10, 10)
    assert [change.score for change in compare(tallies(9), after) if change.is_loss] == []
    assert [(name, score) for name, score, _, _ in document_changes(tallies(9), after)] == [
        ("d3", "macro.value"),
        ("d3", "citation.value"),
    ]


class Balanced(HTMLParser):
    """Collects the text of a page and checks that its tags close."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.words = ""
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.links += [value for name, value in attrs if name in ("src", "href") and value]
        if tag not in ("meta", "br", "rect", "path"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in ("meta", "br", "rect", "path"):
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A gold document with its text, whose quantity the rules read otherwise."""
    gold = json.loads(json.dumps(GOLD_DOCUMENT))
    gold["entities"][1]["value"] = 7
    (tmp_path / "one.gold.json").write_text(json.dumps(gold))
    (tmp_path / "one.txt").write_text(TEXT, "utf-8")
    (tmp_path / "documents.yaml").write_text("one: {province: Sơn La, year: 2019, kind: plan, split: dev}\n", "utf-8")
    return tmp_path


def test_the_report(folder: Path, tmp_path: Path) -> None:
    result = run(folder, "--text", folder, "--report", tmp_path / "out", "--damage", "crlf,wrap")
    assert result.exit_code == 0, result.stderr
    record = json.loads((tmp_path / "out" / "report.json").read_text("utf-8"))
    assert record["scores"]["quantity.value"]["f1"] == 0
    assert record["errors"]["quantity"] == {"missed": 0, "extra": 0, "boundary": 0, "value": 1}
    assert record["groups"]["province"]["Sơn La"]["documents"] == 1
    assert record["documents"]["one"]["tallies"]["quantity.value"] == [0, 1, 1]
    assert set(record["damage"]) == {"none", "crlf", "wrap"}
    assert record["grammar_hash"]
    page = Balanced()
    page.feed((tmp_path / "out" / "report.html").read_text("utf-8"))
    assert page.open == []
    assert page.links == []  # self-contained
    assert "value=7  unit=lớp" in page.words.replace("value=7 unit", "value=7  unit")
    assert "05 lớp" in page.words
    again = run(folder, "--text", folder, "--report", tmp_path / "again", "--damage", "crlf,wrap")
    assert again.exit_code == 0
    assert (tmp_path / "again" / "report.json").read_bytes() == (tmp_path / "out" / "report.json").read_bytes()


def test_against_an_older_report(folder: Path, tmp_path: Path) -> None:
    run(folder, "--text", folder, "--report", tmp_path)
    same = run(folder, "--text", folder, "--against", tmp_path / "report.json")
    assert same.exit_code == 0
    assert "+0.0000" in same.stdout
    record = json.loads((tmp_path / "report.json").read_text("utf-8"))
    record["documents"]["one"]["tallies"]["quantity.value"] = [1, 1, 1]
    (tmp_path / "report.json").write_text(json.dumps(record))
    worse = run(folder, "--text", folder, "--against", tmp_path / "report.json")
    assert worse.exit_code == 1
    assert "quantity.value is significantly lower" in worse.stderr
    assert "one  quantity.value  1.0000 → 0.0000" in worse.stdout


@pytest.mark.parametrize("content", ["", "{}", '{"documents": {"other": {"tallies": {}}}}', '{"documents": 3}'])
def test_against_something_else(folder: Path, content: str) -> None:
    (folder / "old.json").write_text(content)
    result = run(folder, "--text", folder, "--against", folder / "old.json")
    assert result.exit_code == 1
    assert "old.json" in result.stderr


def test_one_split(folder: Path) -> None:
    assert run(folder, "--text", folder, "--split", "dev").exit_code == 0
    refused = run(folder, "--text", folder, "--split", "test")
    assert refused.exit_code == 2
    assert "no split 'test', only dev" in " ".join(refused.stderr.split())


def test_damage_needs_texts_and_known_kinds(folder: Path) -> None:
    assert run(folder, "--pred", folder, "--damage", "nfd").exit_code == 2
    assert "no kind rain" in run(folder, "--text", folder, "--damage", "rain").stderr


def test_the_splits_of_the_corpus() -> None:
    """Fifty plans and more, and no province in two splits."""
    from extractor.evaluation.gold import read_gold

    golds = read_gold(ROOT / "gold")
    metadata = read_metadata(ROOT / "gold", golds)
    assert len(golds) >= 50
    assert sum(len(gold["entities"]) for gold in golds.values()) >= 4000
    splits: dict[str, set[str]] = {}
    for document in metadata.values():
        splits.setdefault(document.province, set()).add(document.split)
    assert {province for province, found in splits.items() if len(found) > 1} == set()
    assert {document.split for document in metadata.values()} == {"train", "dev", "test"}
    assert len({document.topic for document in metadata.values()}) >= 20
    assert {document.year for document in metadata.values()} >= {"2009", "2026"}
