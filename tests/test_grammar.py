"""Grammars: every rule against its examples, faults said for people, and no pattern that grows out of hand."""

from __future__ import annotations

import re
import shutil
import time
from pathlib import Path

import pytest

from extractor.errors import GrammarError
from extractor.evaluation.markup import parse_markup
from extractor.evaluation.rules import check_grammar
from extractor.grammar import load_grammar
from extractor.grammar.patterns import alternation, flexible_blanks
from extractor.language.view import make_view

ROOT = Path(__file__).parents[1]
GRAMMAR = load_grammar()
RULES = [rule for group in GRAMMAR.rules.values() for rule in group]


def test_every_rule_finds_its_examples_and_none_of_its_near_misses() -> None:
    assert check_grammar() == []


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "grammars", tmp_path / "grammars")
    return tmp_path / "grammars"


@pytest.mark.parametrize(
    ("sheet", "complaint"),
    [
        ("mention: amount\nrules:\n  - {id: a.b, pattern: '('}\n", "own.yaml: a.b: starts is missing"),
        (
            "mention: amount\nrules:\n  - {id: a.b, starts: ['#'], pattern: '('}\n",
            "own.yaml: a.b: not a regular expression",
        ),
        (
            "mention: amount\nrules:\n  - {id: a.b, starts: ['#'], pattern: '{nowhere}'}\n",
            "own.yaml: a.b: no part or lexicon",
        ),
        (
            "mention: amount\nrules:\n  - {id: a.b, starts: ['#'], pattern: x, colour: red}\n",
            "own.yaml: a.b: unknown key colour",
        ),
        ("mention: amount\nrules:\n  - {id: a.b, starts: ['#'], pattern: x, case: up}\n", "own.yaml: a.b: 'case' is"),
        ("mention: amount\nrules: 5\n", "own.yaml: 'mention' (a name) and 'rules' (a list) are expected"),
        ("- 1\n", "own.yaml: a mapping is expected"),
        ("a: [1\n", "own.yaml: not readable as YAML"),
    ],
)
def test_a_fault_names_file_rule_and_reason(folder: Path, sheet: str, complaint: str) -> None:
    (folder / "own.yaml").write_text(sheet, "utf-8")
    with pytest.raises(GrammarError, match=re.escape(complaint)):
        load_grammar(folder)
    assert check_grammar(folder)[0].startswith(complaint)


def test_a_rule_that_misses_its_example_is_found_out(folder: Path) -> None:
    rule = "mention: amount\nrules:\n  - id: own.rule\n    starts: ['#']\n    pattern: '{figure} xu'\n    form: money\n"
    (folder / "own.yaml").write_text(
        rule + "    examples: ['Giá <amount value=5>5 hào</amount>']\n    misses: ['Giá 5 đồng.']\n", "utf-8"
    )
    found = check_grammar(folder)
    assert any("own.rule: no amount at '5 hào'" in fault for fault in found)


def test_no_folder_is_said() -> None:
    with pytest.raises(GrammarError, match="no grammar files"):
        load_grammar("/nowhere/at/all")


def test_blanks_are_elastic_and_classes_are_not() -> None:
    assert re.fullmatch(flexible_blanks("a b ?c[ x]"), "a   bc ")
    assert not re.fullmatch(flexible_blanks("a b"), "ab")


def test_an_alternation_takes_the_longest_word() -> None:
    pattern = re.compile(alternation(["sở", "sở y tế", "sở nội vụ", "s"]))
    assert pattern.match("sở y tế").group() == "sở y tế"  # type: ignore[union-attr]
    assert pattern.match("sở y").group() == "sở"  # type: ignore[union-attr]
    assert pattern.match("sa").group() == "s"  # type: ignore[union-attr]


def test_the_scanner_finds_every_start_of_every_rule() -> None:
    for rule in RULES:
        for start in rule.starts:
            lower = make_view(f"xx {'7' if start == '#' else start} yy").lower
            hits = GRAMMAR.scanner.scan(lower)[rule.mention]
            assert any(place == 3 and rule in rules for place, rules in hits), (rule.id, start)


def seconds(pattern: re.Pattern[str], text: str) -> float:
    """The best time of matching a pattern at the begin of a text."""
    best = 9.0
    for _ in range(3):
        begin = time.perf_counter()
        pattern.match(text)
        best = min(best, time.perf_counter() - begin)
    return best


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_no_pattern_grows_faster_than_its_input(rule) -> None:  # type: ignore[no-untyped-def]
    """Eight times the length may take eight times the time (with a wide margin), on the rule's own words repeated."""
    seeds = [parse_markup(example)[0] for example in rule.examples]
    for seed in [*seeds, "a b ", "1", "1.", " ", ", và ", "Sở ", "ngày 1/"]:
        text = make_view(seed).plain if rule.keeps_case else make_view(seed).lower
        start = next((text[at:] for word in rule.starts if (at := text.find(word)) >= 0), text)
        for endless in (start * (4000 // len(start) + 1), start + text * (4000 // len(text) + 1)):
            short, long = seconds(rule.pattern, endless[:500]), seconds(rule.pattern, endless[:4000])
            assert long < max(8 * short * 6, 0.004), (rule.id, seed)
