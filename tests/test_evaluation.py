"""The figures of ``vnplan evaluate`` are those of the reference scorer."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from extractor.errors import GoldError, InputError
from extractor.evaluation.faults import Fault
from extractor.evaluation.gold import LISTS, read_gold, read_predictions
from extractor.evaluation.sameness import normal
from extractor.evaluation.scores import SCORES, Report, Tally, evaluate

SHARED = Path(__file__).parents[2] / "shared"
SCORER = SHARED / "contract" / "score.py"
GOLD = SHARED / "real" / "gold"

TEXT = "I. MỤC TIÊU\nTổ chức 05 lớp trong Quý II, giao Sở Y tế chủ trì,\ncác sở, ban, ngành phối hợp.\n"


def entity(kind: str, quote: str, /, **fields: Any) -> dict[str, Any]:
    """A gold entity on a quote of TEXT."""
    start = TEXT.index(quote)
    return {"type": kind, "start": start, "end": start + len(quote), "text": quote, **fields}


GOLD_DOCUMENT = {
    "header": {"doc_type": "Kế hoạch", "number": "12/KH-UBND", "year": "2019"},
    "entities": [
        entity("section", "I.", marker="I", level=1, title="MỤC TIÊU"),
        entity("quantity", "05 lớp", value=5, unit="lớp"),
        entity("time", "Quý II", values=["2019-Q2"], kind="point"),
        entity("agency", "Sở Y tế", name="Sở Y tế", role="lead"),
        entity("agency", "các sở, ban, ngành", name="các sở, ban, ngành", generic=True, role="coordinate"),
    ],
}


def plan(*entities: dict[str, Any], header: dict[str, Any] | None = None) -> dict[str, Any]:
    """The JSON of a plan that found these entities in TEXT."""
    found: dict[str, Any] = {"text": TEXT, "header": header or {}}
    for one in entities:
        found.setdefault(LISTS[one["type"]], []).append(one)
    return found


@pytest.fixture
def gold_dir(tmp_path: Path) -> Path:
    (tmp_path / "one.gold.json").write_text(json.dumps(GOLD_DOCUMENT), "utf-8")
    return tmp_path


def test_a_perfect_plan(gold_dir: Path) -> None:
    perfect = plan(*GOLD_DOCUMENT["entities"], header=GOLD_DOCUMENT["header"])
    report = evaluate(read_gold(gold_dir), {"one": perfect})
    assert report.faults == []
    assert report.missing == []
    assert {report.f1(name) for name in SCORES} == {1.0}


def test_figures_by_hand(gold_dir: Path) -> None:
    """One exact, one shifted, one wrong value, one miss, one extra, one role astray, two of three header fields."""
    shifted = entity("quantity", "05 lớp trong", value=5, unit="lớp học")
    wrong = entity("time", "Quý II", values=["2019-Q3"], kind="point")
    agency = entity("agency", "Sở Y tế", name="sở y tế", role="coordinate")
    extra = entity("amount", "05", value=5)
    header = {"doc_type": "KẾ HOẠCH", "number": "12 / KH – UBND", "year": "2020"}
    report = evaluate(read_gold(gold_dir), {"one": plan(shifted, wrong, agency, extra, header=header)})
    assert report.scores["quantity.value"].tally == Tally(1, 1, 1)
    assert report.scores["quantity.strict"].tally == Tally(0, 1, 1)
    assert report.scores["time.span"].tally == Tally(1, 1, 1)
    assert report.scores["time.value"].tally == Tally(0, 1, 1)
    assert report.scores["section.value"].tally == Tally(0, 1, 0)
    assert report.scores["amount.value"].tally == Tally(0, 0, 1)
    assert report.scores["agency.strict"].tally == Tally(1, 1, 1)
    assert report.scores["agency_role.value"].tally == Tally(0, 1, 1)
    assert report.scores["agency_generic.span"].tally == Tally(0, 1, 0)
    assert report.scores["header.value"].tally == Tally(1, 3, 3)
    # citation, quantity, agency 1; amount, time, section 0; header 1/3
    assert report.macro == pytest.approx((3 + 1 / 3) / 7, abs=1e-4)
    assert report.scores["header.value"].interval == (0.3333, 0.3333)


def test_faults_are_listed_with_their_lines(gold_dir: Path) -> None:
    wrong = entity("time", "Quý II", values=["2019-Q3"])
    agency = entity("agency", "Sở Y tế", name="Sở Y tế")
    extra = entity("amount", "05", value=5)
    faults = evaluate(read_gold(gold_dir), {"one": plan(wrong, agency, extra)}).faults
    assert [(fault.kind, fault.what, fault.text) for fault in faults] == [
        ("section", "missed", "I."),
        ("amount", "extra", "05"),
        ("quantity", "missed", "05 lớp"),
        ("time", "wrong", "Quý II"),
        ("agency_role", "wrong", "Sở Y tế"),
        ("header", "missed", "doc_type"),
        ("header", "missed", "number"),
        ("header", "missed", "year"),
    ]
    time, role = faults[3], faults[4]
    assert (time.wanted, time.found) == ("values=2019-Q2  kind=point", "values=2019-Q3")
    assert time.context is not None
    assert (time.context.line, time.context.before, time.context.mention) == (2, "Tổ chức 05 lớp trong ", "Quý II")
    assert time.context.after == ", giao Sở Y tế chủ trì,"
    assert (role.wanted, role.found) == ("lead", "none")


def test_what_lies_in_a_gold_citation_or_group_is_not_scored(tmp_path: Path) -> None:
    citation = entity("citation", "giao Sở Y tế", doc_type="Quyết định", number="1/QĐ")
    group = entity("agency", "các sở, ban, ngành", name="các sở, ban, ngành", generic=True)
    (tmp_path / "one.gold.json").write_text(json.dumps({"header": {}, "entities": [citation, group]}), "utf-8")
    inside = entity("agency", "Sở Y tế", name="Sở Y tế")
    named = entity("agency", "ban, ngành", name="Ban X")
    report = evaluate(read_gold(tmp_path), {"one": plan(citation, inside, named)})
    assert report.scores["agency.value"].tally == Tally(0, 0, 0)
    assert report.scores["agency_generic.span"].tally == Tally(1, 1, 1)
    assert report.faults == []


def test_a_missing_plan_counts_as_nothing_found(gold_dir: Path) -> None:
    report = evaluate(read_gold(gold_dir), {})
    assert report.missing == ["one"]
    assert report.scores["agency.value"].tally == Tally(0, 1, 0)
    assert all(isinstance(fault, Fault) and fault.context is None for fault in report.faults)


@pytest.mark.parametrize(
    ("left", "right"),
    [("Uỷ ban", "Ủy  ban"), ("hoà bình", "hòa bình"), ("12 – 13", "12-13"), ("“Nghị sự”.", "nghị sự"), ("quý", "Quý")],
)
def test_normal_forms_that_are_one(left: str, right: str) -> None:
    assert normal(left) == normal(right)


@pytest.mark.parametrize(("left", "right"), [("kỹ", "kĩ"), ("hoàn", "hòan"), ("qúy", "quý")])
def test_normal_forms_that_are_two(left: str, right: str) -> None:
    assert normal(left) != normal(right)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("{", "is not JSON"),
        ("[]", "one JSON object"),
        ('{"entities": []}', "not a gold file"),
        ('{"header": {}, "entities": [{"type": "agncy"}]}', "entity 1"),
        ('{"header": {}, "entities": [{"type": "time", "start": 0, "end": 1, "text": "x"}]}', "values must be there"),
    ],
)
def test_bad_gold_is_named(tmp_path: Path, content: str, reason: str) -> None:
    (tmp_path / "bad.gold.json").write_text(content, "utf-8")
    with pytest.raises(GoldError, match=f"bad.gold.json.*{reason}"):
        read_gold(tmp_path)


def test_no_gold_at_all(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match=r"there is no NAME\.gold\.json"):
        read_gold(tmp_path)


@pytest.mark.parametrize("content", ["nonsense", "[1]", '{"times": 3}', '{"times": [{"start": 1}]}'])
def test_bad_predictions_are_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "bad.json").write_text(content, "utf-8")
    with pytest.raises(InputError, match=r"bad\.json"):
        read_predictions(tmp_path, ["bad", "absent"])


def perturb(gold: dict[str, Any], rng: random.Random) -> dict[str, Any]:
    """A plan made from gold: entities dropped, doubled, moved, of another type, with other values."""
    plan: dict[str, Any] = {"header": {key: value for key, value in gold["header"].items() if rng.random() < 0.9}}
    for original in gold["entities"]:
        for _ in range(rng.choices((0, 1, 2), (10, 85, 5))[0]):
            found = {key: perturb_value(key, value, rng) for key, value in original.items()}
            kind = found.pop("type") if rng.random() < 0.97 else rng.choice(list(LISTS))
            plan.setdefault(LISTS[kind], []).append(found)
    return plan


def perturb_value(key: str, value: Any, rng: random.Random) -> Any:
    """Another value, now and then; starts move left and ends right, so that spans stay spans."""
    if key in ("start", "end"):
        distance = rng.randint(0, 30) if rng.random() < 0.15 else 0
        return value + distance if key == "end" else max(0, value - distance)
    if key in ("type", "text") or isinstance(value, list) or rng.random() < 0.95:
        return value
    return rng.choice([None, "lead", f"{value} x"]) if isinstance(value, str) else not value


@pytest.mark.skipif(not SCORER.exists() or not GOLD.is_dir(), reason="needs ../shared/contract and ../shared/real")
@pytest.mark.parametrize("seed", range(3))
def test_figures_are_those_of_the_reference_scorer(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    golds = read_gold(GOLD)
    for name in list(golds)[seed % 2 :]:  # with and without a document that has no plan
        (tmp_path / f"{name}.json").write_text(json.dumps(perturb(dict(golds[name]), rng)), "utf-8")
    reference = tmp_path / "reference"
    command = [sys.executable, str(SCORER), str(GOLD), str(tmp_path), "--json", str(reference)]
    subprocess.run(command, check=True, capture_output=True)
    report = evaluate(read_gold(GOLD), read_predictions(tmp_path, list(golds)))
    expected = json.loads(reference.read_text("utf-8"))
    assert json.loads(json.dumps(report.to_dict())) == expected
    assert set(expected) == set(SCORES)
    assert 0.3 < report.macro < 0.95  # the plans are damaged, and not beyond use


def faults_of(report: Report) -> Iterator[str]:
    for fault in report.faults:
        yield f"{fault.kind}.{fault.what}"


@pytest.mark.skipif(not GOLD.is_dir(), reason="needs ../shared/real")
def test_faults_account_for_every_miss_and_extra() -> None:
    golds = read_gold(GOLD)
    rng = random.Random(7)
    report = evaluate(read_gold(GOLD), {name: perturb(dict(gold), rng) for name, gold in golds.items()})
    listed = list(faults_of(report))
    for kind in LISTS:
        span, value = report.scores[f"{kind}.span"].tally, report.scores[f"{kind}.value"].tally
        assert listed.count(f"{kind}.missed") == span.gold - span.right
        assert listed.count(f"{kind}.extra") == span.found - span.right
        assert listed.count(f"{kind}.wrong") == span.right - value.right


ACTIVITIES = {
    "activities": [
        {"start": 0, "end": 2, "text": "I.", "lead": ["Sở Y tế"], "times": ["2019-Q2"], "quantities": ["5 lớp"]}
    ],
    "warnings": [{"start": 0, "end": 2, "text": "I.", "code": "outline-gap"}],
}


@pytest.fixture
def activities_dir(gold_dir: Path) -> Path:
    (gold_dir / "one.activities.json").write_text(json.dumps(ACTIVITIES), "utf-8")
    return gold_dir


def doing(lead: str, warning: str = "outline-gap") -> dict[str, Any]:
    """A plan with one activity and one warning."""
    quantity = entity("quantity", "05 lớp", id="q1", value=5, unit="lớp tập huấn")
    activity = {"id": "x1", "start": 0, "end": 60, "lead": [lead], "times": ["2019-Q2"], "quantities": ["q1"]}
    fault = {"code": warning, "message": "II is missing", "start": 0, "end": 2}
    return plan(quantity) | {"activities": [activity], "warnings": [fault]}


def test_activities_are_scored_fact_by_fact(activities_dir: Path) -> None:
    right = evaluate(read_gold(activities_dir), {"one": doing("Sở Y tế tỉnh Sơn La")})
    assert (right.f1("activity.value"), right.f1("warning.value")) == (1, 1)
    wrong = evaluate(read_gold(activities_dir), {"one": doing("Sở Nội vụ", "date-invalid")})
    assert wrong.scores["activity.value"].tally == Tally(2, 3, 3)
    assert wrong.scores["activity_lead.value"].tally == Tally(0, 1, 1)
    assert wrong.scores["warning.value"].tally == Tally(0, 1, 1)
    kinds = {(fault.kind, fault.what) for fault in wrong.faults}
    assert {
        ("activity_lead", "missed"),
        ("activity_lead", "extra"),
        ("warning", "missed"),
        ("warning", "extra"),
    } <= kinds


def test_gold_without_activities_scores_none(gold_dir: Path) -> None:
    assert "activity.value" not in evaluate(read_gold(gold_dir), {"one": doing("Sở Y tế")}).scores


@pytest.mark.parametrize("content", ["[]", '{"activities": []}', '{"activities": [{"start": 1}], "warnings": []}'])
def test_bad_gold_of_activities_is_named(gold_dir: Path, content: str) -> None:
    (gold_dir / "one.activities.json").write_text(content, "utf-8")
    with pytest.raises(GoldError, match=r"one\.activities\.json"):
        read_gold(gold_dir)


def test_activities_without_their_mentions_state_who_and_when(activities_dir: Path) -> None:
    alone = {key: value for key, value in doing("Sở Y tế").items() if key != "quantities"}
    found = evaluate(read_gold(activities_dir), {"one": alone})
    assert found.scores["activity.value"].tally == Tally(2, 3, 2)
