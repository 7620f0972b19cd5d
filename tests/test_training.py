"""Training on a tiny set, and what keeps the measuring honest."""

from __future__ import annotations

import json
import random
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from extractor import Extractor
from extractor.cli import app
from extractor.grammar import load_grammar
from extractor.learned.lines import OUTSIDE, Labelled, label_words, words_of
from extractor.learned.model import CARD_FILE, ROLES_FILE, WORDS_FILE
from extractor.training.crossvalidation import FOLDS, folds_of
from extractor.training.generator import bodies, runs, vary
from extractor.training.samples import labelled_lines, make_sample, role_lines
from extractor.training.sources import read_sources
from tests.conftest import REAL, ROOT, needs_real

TINY = (
    "dong-nai-2019-ke-hoach",
    "tan-lac-2017-ke-hoach-tiem-phong",
    "phuong-hong-gai-2025-ke-hoach-phong-chay",
    "tu-son-2019-ke-hoach-trat-tu-do-thi",
    "xa-ia-ly-2025-ke-hoach-bao-hiem-y-te",
    "da-nang-2024-ke-hoach-an-toan-giao-thong",
    "nam-dinh-2016-ke-hoach-nam-hoc",
)
"""Short plans of provinces of their own; the last one is of the test split, in decomposed letters."""


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a few plans and their gold."""
    folder = tmp_path_factory.mktemp("tiny")
    for name in TINY:
        for source in (ROOT / "gold" / f"{name}.gold.json", ROOT / "corpus" / f"{name}.txt"):
            if source.exists():
                shutil.copy(source, folder)
    listed = (ROOT / "gold" / "documents.yaml").read_text("utf-8").splitlines()
    kept = [line for line in listed if line.split(":")[0] in {path.stem for path in folder.glob("*.txt")}]
    (folder / "documents.yaml").write_text("\n".join(kept) + "\n", "utf-8")
    return folder


def train(tiny: Path, output: Path) -> None:
    result = CliRunner().invoke(
        app, ["train", "--gold", str(tiny), "--text", str(tiny), "--real", str(tiny / "none"), "-o", str(output)]
    )
    assert result.exit_code == 0, result.output


def test_a_tiny_set_trains_a_model_that_reads(tiny: Path, tmp_path: Path) -> None:
    train(tiny, tmp_path / "one")
    train(tiny, tmp_path / "two")
    for name in (WORDS_FILE, ROLES_FILE, CARD_FILE):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), name
    card = json.loads((tmp_path / "one" / CARD_FILE).read_text("utf-8"))
    assert card["data"]["documents"] == len(list(tiny.glob("*.txt"))) - 1  # the held-out one trains nothing
    assert card["held out"].keys() == {"agency.value", "agency_role.value", "agency_generic.span"}
    plan = Extractor(tagger="model", model=tmp_path / "one").extract("1. Sở Tài chính chủ trì, phối hợp với Sở Y tế.\n")
    assert "Sở Tài chính" in {agency.name for agency in plan.agencies}


def test_without_the_texts_it_says_what_is_missing(tmp_path: Path) -> None:
    (tmp_path / "a.gold.json").write_text('{"header": {}, "entities": []}', "utf-8")
    result = CliRunner().invoke(
        app, ["train", "--gold", str(tmp_path), "--text", str(tmp_path), "-o", str(tmp_path / "m")]
    )
    assert result.exit_code == 1
    assert "a.txt" in result.output
    assert not (tmp_path / "m").exists()


def test_too_few_provinces_are_said(tiny: Path, tmp_path: Path) -> None:
    name = TINY[2]
    for suffix in (".gold.json", ".txt"):
        shutil.copy(tiny / f"{name}{suffix}", tmp_path)
    result = CliRunner().invoke(
        app, ["train", "--gold", str(tmp_path), "--text", str(tmp_path), "--real", "none", "-o", str(tmp_path / "m")]
    )
    assert result.exit_code == 1
    assert "needs plans of 5" in result.output
    assert not (tmp_path / "m").exists()


def test_gold_stands_where_it_says_whatever_the_letters(tiny: Path) -> None:
    grammar = load_grammar()
    for source in read_sources(tiny, tiny, None):
        sample = make_sample(source, grammar)
        for agency, item in zip(
            sample.gold, [one for one in source.gold["entities"] if one["type"] == "agency"], strict=True
        ):
            start, end = sample.view.span(agency.start, agency.end)
            assert (start, end) == (item["start"], item["end"]), (source.name, item)


def test_no_province_is_in_two_folds_and_none_is_empty() -> None:
    grammar = load_grammar()
    samples = [make_sample(source, grammar) for source in read_sources(ROOT / "gold", ROOT / "corpus", None)]
    folds = folds_of(samples)
    assert set(folds.values()) == set(range(FOLDS))
    assert len(folds) == len({sample.source.province for sample in samples})
    assert all(sample.source.held_out == (not sample.source.seen) for sample in samples)


def test_every_gold_agency_has_a_role_line(tiny: Path) -> None:
    grammar = load_grammar()
    for source in read_sources(tiny, tiny, None):
        sample = make_sample(source, grammar)
        assert sum(len(line.roles) for line in role_lines(sample)) == len(sample.gold)
        begun = sum(label[0] == "B" for line in labelled_lines(sample) for label in line.labels)
        assert begun >= 0.95 * len(sample.gold), source.name


@needs_real
def test_real_documents_are_listed_with_their_gold() -> None:
    sources = read_sources(ROOT / "gold", ROOT / "corpus", REAL)
    real = [source for source in sources if source.folder != "corpus"]
    assert len(real) > 40
    for source in real:
        for item in source.gold["entities"]:
            assert source.text[item["start"] : item["end"]] == item["text"], source.name


class TestVariedLines:
    LINE = words_of("1. Sở Y tế phối hợp với Hội Nông dân tổ chức 12 lớp")
    LABELS = label_words(LINE, [(3, 10, "name"), (24, 36, "name")])

    def test_labels_go_with_their_bodies(self) -> None:
        pool = bodies([Labelled(self.LINE, self.LABELS, self.LABELS)], load_grammar())
        assert len(pool) > 50
        for seed in range(40):
            (one,) = vary([Labelled(self.LINE, self.LABELS, self.LABELS)], pool, random.Random(seed))
            assert len(one.line) == len(one.labels) == len(one.hints)
            assert len(list(runs(one.labels))) == 2
            plain = [word.form for word, label in zip(one.line, one.labels, strict=True) if label == OUTSIDE]
            assert len(plain) == sum(label == OUTSIDE for label in self.LABELS)

    def test_the_same_seed_gives_the_same_lines(self) -> None:
        lines = [Labelled(self.LINE, self.LABELS, self.LABELS)] * 5
        pool = bodies(lines, load_grammar())
        assert list(vary(lines, pool, random.Random(3))) == list(vary(lines, pool, random.Random(3)))
        assert list(vary(lines, pool, random.Random(3))) != list(vary(lines, pool, random.Random(4)))

    def test_a_line_without_a_body_gives_none(self) -> None:
        line = words_of("các đơn vị")
        assert (
            list(vary([Labelled(line, ["B-group", "I-group", "I-group"], ["O"] * 3)], [line], random.Random(1))) == []
        )
