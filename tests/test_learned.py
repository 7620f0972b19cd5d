"""The trained model and the place where it meets the rules."""

from __future__ import annotations

import itertools
import json
import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import Extractor
from extractor.errors import ModelError
from extractor.evaluation.gold import read_gold
from extractor.evaluation.metadata import read_metadata
from extractor.evaluation.scores import Report, evaluate
from extractor.learned.calibration import EDGES, Table, fit_table
from extractor.learned.features import word_features
from extractor.learned.lines import label_words, words_of
from extractor.learned.merging import ENOUGH, SITUATIONS, Proposal, judge_role, merge, met_by, propose
from extractor.learned.model import CARD_FILE, SHIPPED, load_model
from extractor.learned.reader import label_lines
from extractor.learned.spans import Reading
from extractor.plan import Agency
from tests.conftest import ROOT

CARD = json.loads((SHIPPED / CARD_FILE).read_text("utf-8"))
MIB = 1024 * 1024
PLAN = """ỦY BAN NHÂN DÂN
TỈNH HÀ GIANG

KẾ HOẠCH
Phát triển cây chè năm 2024

I. TỔ CHỨC THỰC HIỆN
1. Sở Nông nghiệp và Phát triển nông thôn chủ trì, phối hợp với Sở Tài chính hướng dẫn 12 hợp tác xã.
2. Ủy ban nhân dân các huyện báo cáo Ủy ban nhân dân tỉnh trước ngày 20/12/2024.
3. Các cơ quan, đơn vị liên quan phối hợp thực hiện.
"""


def agency(start: int, end: int, *, generic: bool = False, name: str = "Sở Y tế", sure: float = 1.0) -> Agency:
    return Agency(start=start, end=end, text="", rule="r", name=name, generic=generic or None, confidence=sure)


def table(confidence: float) -> Table:
    return Table((0,) * 8, (0,) * 8, (confidence,) * 8)


def tables(**sure: float) -> dict[str, Table]:
    """All tables sure of everything, but for those named ("bounds_rule_name": 0.2)."""
    return {one: table(sure.get(one.replace(".", "_"), 1.0)) for one in SITUATIONS}


LINE = words_of("giao Sở Y tế và các phòng")
LABELS = ("O", "B-name", "I-name", "B-group", "I-group")


def reading(*likely: str, chance: float = 0.9) -> Reading:
    """A reading of ``LINE`` in which these labels are likely."""
    rest = (1 - chance) / (len(LABELS) - 1)
    rows = [[chance if label == one else rest for one in LABELS] for label in likely]
    return Reading(LINE, LABELS, {label: place for place, label in enumerate(LABELS)}, rows)


class TestWords:
    def test_places_forms_and_shapes(self) -> None:
        words = words_of("Sở GTVT, 12 TP\tHuế")
        assert [(word.start, word.end, word.form, word.shape) for word in words] == [
            (0, 2, "sở", "Xx"), (3, 7, "gtvt", "X"), (7, 8, ",", ","), (9, 11, "12", "d"), (12, 14, "tp", "X"),
            (14, 15, "\t", "\t"), (15, 18, "huế", "Xx"),
        ]  # fmt: skip

    def test_labels_of_spans(self) -> None:
        assert label_words(LINE, [(5, 12, "name"), (16, 25, "group")]) == [
            "O", "B-name", "I-name", "I-name", "O", "B-group", "I-group",
        ]  # fmt: skip

    def test_an_agency_that_ends_before_a_line_gives_it_no_label(self) -> None:
        second = tuple(word._replace(start=word.start + 30, end=word.end + 30) for word in LINE)
        assert label_lines([LINE, second], [agency(5, 12)])[1] == ["O"] * len(LINE)

    def test_hints_are_features_only_where_they_are_given(self) -> None:
        hints = label_words(LINE, [(5, 12, "name")])
        with_hints = [set(found) for found in word_features(LINE, hints)]
        without = [set(found) for found in word_features(LINE)]
        assert all(plain < hinted for plain, hinted in zip(without, with_hints, strict=True))
        assert "rB-name" in with_hints[1]


class TestReading:
    def test_mentions_and_their_chances(self) -> None:
        spans = reading("O", "B-name", "I-name", "I-name", "O", "B-group", "I-group").spans()
        assert [(span.start, span.end, span.kind) for span in spans] == [(5, 12, "name"), (16, 25, "group")]
        assert all(span.chance == pytest.approx(0.9) for span in spans)

    def test_a_place_that_the_model_does_not_see_has_little_chance(self) -> None:
        found = reading("O", "B-name", "I-name", "I-name", "O", "O", "O")
        assert found.chance(5, 12, "name") == pytest.approx(0.9)
        assert found.chance(5, 9, "name") < 0.2  # the name goes on behind it
        assert found.chance(16, 25, "group") < 0.1
        assert found.chance(100, 110, "name") == 0


class TestMerging:
    READING = reading("O", "B-name", "I-name", "I-name", "O", "B-group", "I-group")

    def situations(self, rules: list[Agency], found: list[Agency]) -> list[str]:
        return [one.situation for one in propose(rules, [self.READING], found)]

    def test_situations(self) -> None:
        assert self.situations([agency(5, 12)], [agency(5, 12)]) == ["both.name"]
        assert self.situations([agency(5, 12)], []) == ["rule.name"]
        assert self.situations([], [agency(16, 25, generic=True)]) == ["model.group"]
        assert self.situations([agency(5, 9)], [agency(5, 12)]) == ["bounds.rule.name", "bounds.model.name"]
        assert self.situations([agency(5, 12)], [agency(5, 12, generic=True)]) == [
            "bounds.rule.name",
            "bounds.model.group",
        ]

    def test_the_surer_of_two_bounds_stays(self) -> None:
        proposals = propose([agency(5, 9, name="Sở Y")], [self.READING], [agency(5, 12)])
        kept = merge(proposals, tables(bounds_rule_name=0.2))
        assert [(one.start, one.end, one.name) for one in kept] == [(5, 12, "Sở Y tế")]
        kept = merge(proposals, tables(bounds_model_name=0.6, bounds_rule_name=0.8))
        assert [(one.start, one.end, one.confidence) for one in kept] == [(5, 9, 0.8)]

    def test_what_is_more_often_wrong_than_right_goes(self) -> None:
        proposals = propose([agency(5, 12)], [self.READING], [agency(16, 25, generic=True)])
        assert len(merge(proposals, tables())) == 2
        assert [one.start for one in merge(proposals, tables(rule_name=0.4))] == [16]

    def test_a_rule_keeps_its_role_and_silence_asks_the_model(self) -> None:
        chances = {"lead": 0.7, "none": 0.3}
        assert judge_role("coordinate", chances, tables(), "hybrid") == ("coordinate", 1.0)
        assert judge_role(None, chances, tables(role_model=0.6), "hybrid") == ("lead", 0.6)
        assert judge_role(None, chances, tables(role_model=0.3), "hybrid") == (None, pytest.approx(0.7))
        assert judge_role("coordinate", chances, tables(), "model") == ("lead", 0.7)
        assert judge_role(None, {"lead": 0.2, "none": 0.8}, tables(), "hybrid") == (None, 0.8)

    @given(
        st.lists(st.tuples(st.integers(0, 60), st.integers(1, 9), st.sampled_from(SITUATIONS[:10]), st.floats(0, 1))),
        st.lists(st.floats(0, 1), min_size=10, max_size=10),
    )
    def test_what_stays_is_in_order_sure_enough_and_overlaps_nothing(
        self, made: list[tuple[int, int, str, float]], sure: list[float]
    ) -> None:
        proposals = [Proposal(agency(start, start + size), one, chance) for start, size, one, chance in made]
        kept = merge(proposals, {one: table(level) for one, level in zip(SITUATIONS[:10], sure, strict=True)})
        assert all(one.end <= other.start for one, other in itertools.pairwise(kept))
        assert all(one.confidence >= round(ENOUGH, 3) for one in kept)

    @given(st.lists(st.tuples(st.integers(0, 5), st.integers(1, 5)), max_size=8), st.integers(0, 40), st.integers(1, 9))
    def test_what_a_span_meets(self, gaps: list[tuple[int, int]], start: int, size: int) -> None:
        others: list[Agency] = []
        for gap, length in gaps:
            begin = (others[-1].end if others else 0) + gap
            others.append(agency(begin, begin + length))
        one = agency(start, start + size)
        assert met_by([one], others) == [[other for other in others if other.start < one.end and one.start < other.end]]


class TestCalibration:
    @given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=60), st.floats(0, 1))
    def test_a_surer_model_is_never_less_trusted(self, cases: list[tuple[float, bool]], share: float) -> None:
        found = fit_table(cases, share)
        assert list(found.confidence) == sorted(found.confidence)
        assert all(0 <= one <= 1 for one in found.confidence)
        assert sum(found.cases) == len(cases)
        assert sum(found.right) == sum(right for _, right in cases)

    def test_many_cases_speak_for_themselves_and_few_do_not(self) -> None:
        many = fit_table([(0.95, number % 4 > 0) for number in range(400)], 0.1)
        assert many.at(0.95) == pytest.approx(0.75, abs=0.01)
        assert fit_table([(0.95, False)], 0.9).at(0.95) > ENOUGH
        assert fit_table([(0.95, False)] * 20, 0.9).at(0.95) < ENOUGH

    def test_steps(self) -> None:
        steps = Table((0,) * 8, (0,) * 8, tuple(number / 8 for number in range(8)))
        assert [steps.at(edge) for edge in EDGES] == [number / 8 for number in range(1, 8)]
        assert (steps.at(0), steps.at(1)) == (0, 7 / 8)


class TestShipped:
    def test_it_is_small_and_says_what_it_is(self) -> None:
        assert sum(path.stat().st_size for path in SHIPPED.iterdir()) <= 15 * MIB
        assert {"trained", "data", "figures", "held out", "limits", "settings", "chains", "tables"} <= CARD.keys()
        assert load_model().tables.keys() == set(SITUATIONS)

    def test_its_figures_are_not_below_its_card(self) -> None:
        """The test split of the corpus trained nothing: what is measured there is what the card promises."""
        golds = read_gold(ROOT / "gold")
        metadata = read_metadata(ROOT / "gold", golds)
        kept = {name: gold for name, gold in golds.items() if metadata[name].split == "test"}
        reader = Extractor()
        plans = {name: reader.extract_file(ROOT / "corpus" / f"{name}.txt").to_dict() for name in kept}
        report: Report = evaluate(kept, plans)
        for name, figure in CARD["held out"].items():
            assert report.f1(name) >= figure - 0.0005, name

    def test_hybrid_wins_where_the_rules_had_not_seen_the_plan(self) -> None:
        """Why it is the default: no figure of the card's cross-validation is lower there than the rules'."""
        figures = CARD["figures"]["unseen by the rules"]
        assert all(figures["hybrid"][name] >= figure for name, figure in figures["rules"].items())
        assert figures["hybrid"]["agency.value"] > figures["rules"]["agency.value"]


class TestReadingWithIt:
    def test_mentions_say_who_found_them_and_how_sure_that_is(self) -> None:
        plan = Extractor().extract(PLAN)
        found = {(one.name, one.role): one for one in plan.agencies}
        assert ("Sở Nông nghiệp và Phát triển nông thôn", "lead") in found
        assert ("Sở Tài chính", "coordinate") in found
        assert all(plan.text[one.start : one.end] == one.text for one in plan.agencies)
        assert all(0.5 <= one.confidence < 1 for one in plan.agencies)

    def test_the_model_alone(self) -> None:
        plan = Extractor(tagger="model").extract(PLAN)
        assert {one.source for one in plan.agencies} == {"model"}
        assert "Sở Tài chính" in {one.name for one in plan.agencies}
        assert len(plan.times) == len(Extractor(tagger="rules").extract(PLAN).times)  # closed forms stay the rules'

    def test_rules_alone_need_no_model(self) -> None:
        plan = Extractor(tagger="rules", model=Path("no-such-folder")).extract(PLAN)
        assert {one.source for one in plan.agencies} == {"rule"}

    @pytest.mark.parametrize("least", [0.5, 0.9, 0.97, 1.0])
    def test_nothing_less_sure_than_asked_for(self, least: float) -> None:
        every = Extractor().extract(PLAN)
        plan = Extractor(min_confidence=least).extract(PLAN)
        kept = {(one.start, one.end) for one in plan.agencies}
        assert kept == {(one.start, one.end) for one in every.agencies if one.confidence >= least}
        ids = {one.id for field in ("quantities", "amounts") for one in getattr(plan, field)}
        for activity in plan.activities:
            assert ids.issuperset([*(activity.quantities or []), *(activity.amounts or [])])

    def test_an_extractor_travels_with_its_settings(self) -> None:
        reader = Extractor(tagger="model", min_confidence=0.9)
        assert pickle.loads(pickle.dumps(reader)).extract(PLAN).to_json() == reader.extract(PLAN).to_json()

    def test_a_folder_without_a_model(self, tmp_path: Path) -> None:
        with pytest.raises(ModelError, match=r"is no model.*vnplan train"):
            Extractor(model=tmp_path)
        (tmp_path / CARD_FILE).write_text("{}", "utf-8")
        with pytest.raises(ModelError, match=r"is no model|is no card"):
            Extractor(model=tmp_path)

    def test_a_damaged_chain_says_where(self, tmp_path: Path) -> None:
        for path in SHIPPED.iterdir():
            (tmp_path / path.name).write_bytes(path.read_bytes()[: None if path.name == CARD_FILE else 1000])
        with pytest.raises(ModelError, match=r"is no model: (?!None).+vnplan train"):
            Extractor(model=tmp_path)
