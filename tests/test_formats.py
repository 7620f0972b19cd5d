"""Gold for annotation tools: everything comes back, corrections too, and the tools' own packages read it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from extractor.annotating.documents import Annotated, entity, in_order, read_documents
from extractor.annotating.formats import FORMATS
from extractor.annotating.schema import FIELDS
from extractor.cli import app
from extractor.errors import GoldError
from tests.conftest import REAL, ROOT, needs_real

TOOLS = ROOT / ".venv-tools" / "bin" / "python"
TEXT = "Mở 05 lớp\ndo Sở Y tế lo trong Quý II"


def sample() -> Annotated:
    return Annotated(
        "one",
        TEXT,
        {"doc_type": "Kế hoạch", "recipients": ["Sở Y tế"]},
        [
            entity("quantity", TEXT, 3, 9, {"value": 5, "unit": "lớp", "bound": "min"}),
            entity("agency", TEXT, 13, 20, {"name": "Sở Y tế", "role": "lead"}),
            entity("time", TEXT, 30, 36, {"values": ["2020-Q2"], "kind": "point"}),
        ],
    )


def same(left: Annotated, right: Annotated) -> bool:
    return (left.name, left.text, left.header, left.entities) == (right.name, right.text, right.header, right.entities)


@pytest.mark.parametrize("form", FORMATS)
def test_the_corpus_comes_back_whole(form: str, tmp_path: Path) -> None:
    documents = read_documents(ROOT / "gold", ROOT / "corpus")
    FORMATS[form].write(documents, tmp_path)
    back = sorted(FORMATS[form].read(tmp_path), key=lambda one: one.name)
    assert [one.name for one in documents] == [one.name for one in back]
    assert [one.name for one, other in zip(documents, back, strict=True) if not same(one, other)] == []


@needs_real
@pytest.mark.parametrize("form", FORMATS)
def test_the_real_gold_comes_back_whole(form: str, tmp_path: Path) -> None:
    documents = read_documents(REAL / "gold", REAL / "text")
    FORMATS[form].write(documents, tmp_path)
    back = sorted(FORMATS[form].read(tmp_path), key=lambda one: one.name)
    assert all(same(one, other) for one, other in zip(documents, back, strict=True))


@st.composite
def annotated(draw: st.DrawFn) -> Annotated:
    """A text of nasty signs with entities of any type, nested, crossing, side by side."""
    signs = st.sampled_from("ab ạ\u0323\u00a0\n\r\t|{}\\\"'<&#-_1😀\u2028")
    text = draw(st.text(signs, min_size=1, max_size=40))
    spans = draw(st.lists(st.tuples(st.sampled_from([*FIELDS]), st.integers(0, 40), st.integers(0, 40)), max_size=8))
    kept = {
        (kind, a, min(b, len(text))) for kind, a, b in spans if text[a:b].strip() and text[a:b] == text[a:b].strip()
    }
    words = draw(st.text(signs, max_size=6))
    return Annotated(
        "one", text, {"title": f"x{words}"}, in_order([entity(k, text, a, b, {"name": words}) for k, a, b in kept])
    )


@pytest.mark.parametrize("form", FORMATS)
@given(one=annotated())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_whatever_the_text_it_comes_back_whole(
    form: str, one: Annotated, tmp_path_factory: pytest.TempPathFactory
) -> None:
    if form == "brat" and not one.text.strip():
        return
    folder = tmp_path_factory.mktemp("form")
    FORMATS[form].write([one], folder)
    (back,) = FORMATS[form].read(folder)
    assert (back.text, back.header, back.entities) == (one.text, one.header, one.entities)


def read_json(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def test_doccano_corrections(tmp_path: Path) -> None:
    """A moved span keeps its fields, a new one asks for them, a role is read from the label."""
    FORMATS["doccano"].write([sample()], tmp_path)
    record = read_json(tmp_path / "doccano.jsonl")
    quantity, agency, time = record["entities"]
    quantity["end_offset"] += 1  # with the line break, as a careless hand selects
    agency["label"] = "agency:coordinate"
    time["start_offset"] -= 6
    record["entities"].append({"id": 9, "label": "agency", "start_offset": 0, "end_offset": 2})
    (tmp_path / "doccano.jsonl").write_text(json.dumps(record), "utf-8")
    (back,) = FORMATS["doccano"].read(tmp_path)
    assert back.entities == [
        entity("agency", TEXT, 0, 2, {}),
        entity("quantity", TEXT, 3, 9, {"value": 5, "unit": "lớp", "bound": "min"}),
        entity("agency", TEXT, 13, 20, {"name": "Sở Y tế", "role": "coordinate"}),
        entity("time", TEXT, 24, 36, {"values": ["2020-Q2"], "kind": "point"}),
    ]


def test_import_asks_for_fields_that_are_missing(tmp_path: Path) -> None:
    FORMATS["conll2002"].write([sample()], tmp_path / "conll")
    path = tmp_path / "conll" / "one.conll"
    path.write_text(path.read_text("utf-8").replace("lo O", "lo B-agency"), "utf-8")
    result = CliRunner().invoke(
        app, ["gold", "import", str(tmp_path / "conll"), "-f", "conll2002", "-o", str(tmp_path / "gold")]
    )
    assert result.exit_code == 1
    assert "line 2: agency 'lo': name must be there" in result.stderr
    assert (tmp_path / "gold" / "one.ann.jsonl").exists()


def test_brat_corrections(tmp_path: Path) -> None:
    """What brat itself writes: a changed attribute, a note of a person, relations that gold does not know."""
    FORMATS["brat"].write([sample()], tmp_path)
    path = tmp_path / "one.ann"
    path.write_text(
        path.read_text("utf-8").replace("role T3 lead", "role T3 coordinate") + "R1\tX Arg1:T2 Arg2:T3\t\n", "utf-8"
    )
    (back,) = FORMATS["brat"].read(tmp_path)
    assert back.entities[1]["role"] == "coordinate"
    path.write_text(path.read_text("utf-8") + "#9\tAnnotatorNotes T2\tlooks odd\n", "utf-8")
    with pytest.raises(GoldError, match="a note must be the fields as JSON"):
        FORMATS["brat"].read(tmp_path)


def test_label_studio_reads_annotations_before_predictions(tmp_path: Path) -> None:
    FORMATS["label-studio"].write([sample()], tmp_path)
    (task,) = read_json(tmp_path / "tasks.json")
    done = json.loads(json.dumps(task["predictions"][0]))
    done["result"] = [one for one in done["result"] if one["id"] != "e2"]
    task["annotations"] = [done]
    (tmp_path / "tasks.json").write_text(json.dumps([task]), "utf-8")
    (back,) = FORMATS["label-studio"].read(tmp_path)
    assert [one["type"] for one in back.entities] == ["quantity", "agency"]


@pytest.mark.parametrize("form", FORMATS)
def test_a_folder_without_the_tools_files(form: str, tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="there is no"):
        FORMATS[form].read(tmp_path)


@pytest.mark.parametrize(
    ("form", "name", "content"),
    [
        ("doccano", "a.jsonl", '{"text": "x"}\n'),
        ("label-studio", "a.json", "[{}]"),
        ("docbin", "a.spacy", "no zip"),
        ("conll2002", "a.conll", "x O\n"),
        ("brat", "a.ann", "T1 broken\n"),
    ],
)
def test_damaged_files_are_refused_with_a_sentence(form: str, name: str, content: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(content)
    (tmp_path / "a.txt").write_text("y")
    if form == "conll2002":
        (tmp_path / "a.fields.json").write_text('{"header": {}, "entities": []}')
    with pytest.raises(GoldError, match=str(tmp_path / name)):
        FORMATS[form].read(tmp_path)


@pytest.mark.skipif(not TOOLS.exists(), reason="the packages of the annotation tools are not installed (make tools)")
@pytest.mark.parametrize("form", ["brat", "doccano", "label-studio", "conll2002"])
def test_the_tools_own_packages_read_it(form: str, tmp_path: Path) -> None:
    documents = read_documents(ROOT / "gold", ROOT / "corpus")
    FORMATS[form].write(documents, tmp_path)
    command = [TOOLS, ROOT / "tests" / "annotation_tools.py", form, tmp_path]
    read = json.loads(subprocess.run(command, capture_output=True, check=True, timeout=300).stdout)
    assert sorted(read) == [one.name for one in documents]
    for one in documents:
        spans = [[item["type"], item["start"], item["end"]] for item in one.entities]
        if form == "conll2002":  # the flat layer, by its words
            found = read[one.name]
            assert len(found) > 0.7 * len(spans)
            flat = {(item["type"], "".join(item["text"].split())) for item in one.entities}
            assert {(kind, "".join(words)) for kind, *words in found} <= flat
        else:
            wanted = spans if form != "brat" else [["header", *first_line(one.text)], *spans]
            assert read[one.name] == sorted(wanted)


def first_line(text: str) -> tuple[int, int]:
    start = len(text) - len(text.lstrip())
    return start, start + len(text[start:].splitlines()[0].rstrip())


def test_spacy_reads_the_docbin(tmp_path: Path) -> None:
    import spacy
    from spacy.tokens import DocBin

    documents = read_documents(ROOT / "gold", ROOT / "corpus")
    FORMATS["docbin"].write(documents, tmp_path)
    docs = list(DocBin().from_disk(tmp_path / "corpus.spacy").get_docs(spacy.blank("xx").vocab))
    for one, doc in zip(documents, docs, strict=True):
        assert doc.text == one.text
        spans = [(span.label_, span.start_char, span.end_char) for group in doc.spans.values() for span in group]
        assert sorted(spans) == sorted((item["type"], item["start"], item["end"]) for item in one.entities)
