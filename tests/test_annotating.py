"""Making gold: from lines and quotes to places and back, what `gold check` finds, and a first draft by the rules."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from extractor.annotating.annotations import build, write_annotations
from extractor.annotating.checks import faults, uncovered
from extractor.annotating.documents import Annotated, entity, in_order, read_documents
from extractor.cli import app
from extractor.errors import GoldError
from extractor.grammar import load_grammar
from tests.conftest import REAL, ROOT, needs_real

TEXT = "I. MỤC TIÊU\r\nMở 05 lớp, thêm 05 lớp\r\ndo Sở Y tế và UBND\r\nhuyện lo trong Quý II.\r\n"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def lines(*items: dict[str, Any]) -> str:
    return "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in items)


def document(*entities: dict[str, Any], **header: Any) -> Annotated:
    return Annotated("one", TEXT, header, in_order(list(entities)))


def at(kind: str, quote: str, nth: int = 1, **fields: Any) -> dict[str, Any]:
    """An entity on the nth occurrence of a quote of TEXT."""
    start = -1
    for _ in range(nth):
        start = TEXT.index(quote, start + 1)
    return entity(kind, TEXT, start, start + len(quote), fields)


def test_a_line_and_a_quote_become_a_place() -> None:
    found, wrong = build(
        "one",
        TEXT,
        lines(
            {"type": "header", "doc_type": "Kế hoạch"},
            {"line": 2, "type": "quantity", "quote": "05 lớp", "nth": 2, "value": 5, "unit": "lớp"},
            {"line": 3, "type": "agency", "quote": "UBND huyện", "name": "Ủy ban nhân dân huyện"},
        ),
    )
    assert wrong == []
    assert found.header == {"doc_type": "Kế hoạch"}
    assert [(one["start"], one["text"]) for one in found.entities] == [
        (TEXT.rindex("05 lớp"), "05 lớp"),
        (TEXT.index("UBND"), "UBND\r\nhuyện"),
    ]


@pytest.mark.parametrize(
    ("item", "fault"),
    [
        ({"line": 2, "type": "quantity", "quote": "06 lớp", "value": 6, "unit": "lớp"}, "does not start in line 2"),
        ({"line": 9, "type": "time", "quote": "Quý II", "values": ["2020-Q2"], "kind": "point"}, "no line 9"),
        ({"line": 4, "type": "time", "quote": "Quý II", "values": ["Q2"], "kind": "point"}, "normal form"),
        ({"line": 4, "type": "time", "quote": "Quý II", "kind": "point"}, "values must be there"),
        ({"line": 3, "type": "agency", "quote": "Sở Y tế", "name": "Sở Y tế", "role": "boss"}, "role 'boss'"),
        ({"line": 3, "type": "body", "quote": "Sở Y tế"}, "type must be"),
        ({"line": 2, "type": "quantity", "quote": "05 lớp", "unit": "lớp"}, "value, or min and max"),
        ({"line": 2, "type": "quantity", "quote": "05 lớp", "value": 5, "unit": "Lớp"}, "unit 'Lớp'"),
        ({"line": 2, "type": "quantity", "quote": "05 lớp", "min": 9, "max": 5, "unit": "lớp"}, "more than max"),
        ({"type": "header", "date": "2019-02-30"}, "date '2019-02-30'"),
    ],
)
def test_what_does_not_match_is_said_and_left_out(item: dict[str, Any], fault: str) -> None:
    found, wrong = build("one", TEXT, lines(item))
    assert len(wrong) == 1
    assert wrong[0].startswith("1: ")
    assert fault in wrong[0]
    assert found.entities == []


def test_a_line_twice_is_a_fault() -> None:
    item = {"line": 3, "type": "agency", "quote": "Sở Y tế", "name": "Sở Y tế"}
    _, wrong = build("one", TEXT, lines(item, item))
    assert wrong == ["2: agency 'Sở Y tế' is there twice"]


def test_check_finds_places_that_do_not_match() -> None:
    moved = at("agency", "Sở Y tế", name="Sở Y tế") | {"start": TEXT.index("Sở") + 1}
    blank = entity(
        "time", TEXT, TEXT.index(" Quý II"), TEXT.index(" Quý II") + 7, {"values": ["2020-Q2"], "kind": "point"}
    )
    found = list(faults(document(moved, blank)))
    assert [fault.partition(":")[0] for fault in found] == ["line 3", "line 4"]
    assert "is not at" in found[0]
    assert "blank" in found[1]


def test_check_lists_what_nothing_covers() -> None:
    lot = document(at("quantity", "05 lớp", value=5, unit="lớp"), at("agency", "Sở Y tế", name="Sở Y tế"))
    assert [(place.line, place.words) for place in uncovered(lot, load_grammar())] == [(2, "05"), (3, "UBND")]
    whole = document(
        *lot.entities, at("quantity", "05 lớp", 2, value=5, unit="lớp"), at("agency", "UBND\r\nhuyện", name="x")
    )
    assert list(uncovered(whole, load_grammar())) == []


def test_the_gold_is_what_its_sources_say(tmp_path: Path) -> None:
    for source in (ROOT / "gold").glob("*.ann.jsonl"):
        (tmp_path / source.name).write_bytes(source.read_bytes())
    assert run("gold", "build", tmp_path, "--text", ROOT / "corpus").exit_code == 0
    built = {path.name: path.read_bytes() for path in tmp_path.glob("*.gold.json")}
    assert built == {path.name: path.read_bytes() for path in (ROOT / "gold").glob("*.gold.json")}
    assert len(built) >= 50


def test_the_gold_has_no_faults() -> None:
    result = run("gold", "check", ROOT / "gold", "--text", ROOT / "corpus", "--quiet")
    assert result.exit_code == 0, result.stderr
    assert " 0 faults" in result.stderr


@needs_real
def test_the_real_gold_goes_there_and_back() -> None:
    for one in read_documents(REAL / "gold", REAL / "text"):
        again, wrong = build(one.name, one.text, write_annotations(one))
        assert wrong == []
        assert (again.header, again.entities) == (one.header, one.entities)


@given(st.data())
def test_any_place_goes_there_and_back(data: st.DataObject) -> None:
    text = data.draw(st.text(alphabet="aă 1\n\r\t", min_size=1, max_size=60))
    places = st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))
    spans = data.draw(st.lists(places.map(sorted), max_size=6))
    spans = {(a, b) for a, b in spans if text[a:b] and text[a:b] == text[a:b].strip()}
    one = Annotated(
        "one", text, {}, in_order([entity("abbreviation", text, a, b, {"short": "x", "long": "y"}) for a, b in spans])
    )
    try:
        written = write_annotations(one)
    except GoldError:
        assume(False)  # "aa" in "aaa" cannot be told by line and quote
    again, wrong = build("one", text, written)
    assert wrong == []
    assert again.entities == one.entities


def test_words_that_overlap_themselves_cannot_be_told_by_a_quote() -> None:
    text = "xã xã xã"
    one = Annotated("one", text, {}, [entity("abbreviation", text, 3, 8, {"short": "x", "long": "y"})])
    with pytest.raises(GoldError, match=r"line 1: abbreviation 'xã xã'"):
        write_annotations(one)


def test_build_leaves_a_wrong_file_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("Mở 05 lớp", "utf-8")
    (tmp_path / "one.ann.jsonl").write_text(
        lines({"line": 1, "type": "quantity", "quote": "06 lớp", "value": 6, "unit": "lớp"})
    )
    (tmp_path / "one.gold.json").write_text("old")
    result = run("gold", "build", tmp_path, "--text", tmp_path)
    assert result.exit_code == 1
    assert "one.ann.jsonl:1: quantity '06 lớp'" in result.stderr
    assert (tmp_path / "one.gold.json").read_text() == "old"


def test_annotate_drafts_what_gold_build_takes(tmp_path: Path) -> None:
    name = "can-loc-2011-chuong-trinh-nuoc-sach"  # CRLF, NBSP
    assert run("annotate", ROOT / "corpus" / f"{name}.txt", "-o", tmp_path).exit_code == 0
    draft = (tmp_path / f"{name}.gold.json").read_bytes()
    (tmp_path / f"{name}.gold.json").unlink()
    assert run("gold", "build", tmp_path, "--text", tmp_path).exit_code == 0
    assert (tmp_path / f"{name}.gold.json").read_bytes() == draft
    assert run("gold", "check", tmp_path, "--text", tmp_path, "--quiet").exit_code == 0
    assert (tmp_path / f"{name}.txt").read_bytes() == (ROOT / "corpus" / f"{name}.txt").read_bytes()


def test_annotate_names_what_it_cannot_read(tmp_path: Path) -> None:
    result = run("annotate", tmp_path / "none.txt", "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert "none.txt" in result.stderr
