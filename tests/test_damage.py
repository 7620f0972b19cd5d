"""Damage made on purpose changes the text and moves the gold along."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import Extractor
from extractor.annotating.documents import read_documents
from extractor.evaluation.damage import KINDS, damage, repaired
from extractor.evaluation.rules import as_recognised
from extractor.repairing.edits import Edit, edited, mover
from tests.conftest import ROOT

DOCUMENTS = read_documents(ROOT / "gold", ROOT / "corpus")


def said(words: str) -> str:
    """Words as every kind of damage but the misreading keeps them."""
    marks = "".join(sign for sign in unicodedata.normalize("NFD", words) if not unicodedata.combining(sign))
    return "".join(marks.split())


@pytest.mark.parametrize("kind", KINDS)
def test_every_entity_is_where_the_copy_has_it(kind: str) -> None:
    for one in DOCUMENTS:
        gold = {"header": one.header, "entities": one.entities}
        copy, moved = damage(kind, one.text, gold, one.name)
        assert damage(kind, one.text, gold, one.name) == (copy, moved)
        for before, after in zip(one.entities, moved["entities"], strict=True):
            assert copy[after["start"] : after["end"]] == after["text"]
            if kind == "ocr":
                assert len(after["text"]) == len(before["text"])
            else:
                assert said(after["text"]) == said(before["text"])


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_damages_the_corpus(kind: str) -> None:
    changed = [one for one in DOCUMENTS if damage(kind, one.text, {"entities": []}, one.name)[0] != one.text]
    assert len(changed) > 0.8 * len(DOCUMENTS)


def test_what_the_kinds_do() -> None:
    gold = {"entities": []}
    assert damage("nfd", "Sở Y tế", gold, "x")[0] == unicodedata.normalize("NFD", "Sở Y tế")
    assert damage("crlf", "a\nb\r\nc", gold, "x")[0] == "a\r\nb\r\nc"
    assert damage("wrap", "Sở Y tế " * 30, gold, "x")[0].count("\n") == 3
    assert damage("wrap", "a | " * 60, gold, "x")[0] == "a | " * 60  # a line of a table stays
    assert set(damage("no-tone-style", "hòa HOÀ Hoà quỳ toàn " * 9, gold, "x")[0].split()) == {
        *("hòa", "hoà", "HÒA", "HOÀ", "Hòa", "Hoà", "quỳ", "toàn")
    }


@given(st.text(max_size=40), st.data())
def test_places_move_with_their_letters(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    changes = [
        Edit(start, end, data.draw(st.text(max_size=3))) for start, end in zip(cuts[::2], cuts[1::2], strict=False)
    ]
    copy, moved = edited(text, changes), mover(changes)
    assert [moved(place) for place in range(len(text) + 1)] == sorted(moved(place) for place in range(len(text) + 1))
    kept = [place for place in range(len(text)) if not any(one.start <= place < one.end for one in changes)]
    assert all(copy[moved(place)] == text[place] for place in kept)


def test_gold_follows_the_repairs_of_a_recognised_text(reader: Extractor) -> None:
    text = "KẾ HOẠCH\nGiao Sở Tài chỉnh chủ trì, Ủy ban nhân dấn tỉnh theo dõi 05 lớp.\n"
    start = text.index("05 lớp")
    gold = {"entities": [{"type": "quantity", "start": start, "end": start + 6, "text": "05 lớp"}]}
    plan = reader.extract_document(as_recognised(text)).to_dict()
    assert plan["source"]["repairs"]
    (entity,) = repaired(gold, text, plan)["entities"]
    assert plan["text"][entity["start"] : entity["end"]] == "05 lớp"
