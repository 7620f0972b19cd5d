"""spaCy: the entry points in anybody's pipeline, a tokenizer that keeps the text, Plan → Doc → DocBin → Doc → Plan."""

from __future__ import annotations

import re
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import Any

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy import displacy
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc, DocBin
from underthesea import word_tokenize

from extractor import Extractor, Plan, displacy_options, from_doc, read_docbin, to_doc, write_docbin
from extractor.errors import GrammarError, InputError, OutputError, VnplanError
from extractor.writing.page import page
from tests.conftest import CORE_PLANS, ROOT

TEXT = """KẾ HOẠCH
Tập huấn an toàn thực phẩm năm 2027

Căn cứ Quyết định số 1419/QĐ-TTg, ngày 07/9/2009 của Thủ tướng Chính phủ;
I. NỘI DUNG
1. Mở 05 lớp tập huấn (ATTP), kinh phí 955.651.000 đồng, trong Quý II năm 2027.
2. Sở Y tế chủ trì, phối hợp với Công an tỉnh thực hiện trước ngày 31/9/2027.
"""
KEYS = {
    "vnplan_outline": ("header", "section"),
    "vnplan_citations": ("citation",),
    "vnplan_amounts": ("amount",),
    "vnplan_quantities": ("quantity",),
    "vnplan_times": ("time",),
    "vnplan_agencies": ("agency",),
    "vnplan_roles": ("role",),
}
LAYOUTS = {
    "as it is": lambda text: text,
    "NFD": lambda text: unicodedata.normalize("NFD", text),
    "CRLF": lambda text: text.replace("\n", "\r\n"),
}
SIGNS = st.sampled_from("aạđĐ ớ\u0323\u031b\u00a0\u200b\n\r\t|,.;:/-–1590%()\u2028😀\ufeffQTg")


def pipeline(*components: str) -> Language:
    nlp = spacy.blank("xx")
    for component in components:
        nlp.add_pipe(component)
    return nlp


def tokenizing(*, words: bool = False) -> Language:
    return spacy.blank("xx", config={"nlp": {"tokenizer": {"@tokenizers": "vnplan_tokenizer", "words": words}}})


def bare(text: str) -> list[str]:
    return [token.text for token in tokenizing()(text) if not token.is_space]


def through_docbin(doc: Doc) -> Doc:
    data = DocBin(docs=[doc], store_user_data=True).to_bytes()
    (back,) = DocBin().from_bytes(data).get_docs(spacy.blank("xx").vocab)
    return back


def run(program: str) -> str:
    return subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True).stdout


# The entry points


def test_a_project_that_never_imports_us_adds_a_component() -> None:
    program = (
        "import spacy; nlp = spacy.blank('xx'); nlp.add_pipe('vnplan_citations')\n"
        "doc = nlp('Theo Quyết định số 1419/QĐ-TTg, ngày 07/9/2009.')\n"
        "print([(span.text, span.label_, span._.vnplan.number) for span in doc.spans['citation']])"
    )
    assert run(program).strip() == "[('Quyết định số 1419/QĐ-TTg, ngày 07/9/2009', 'citation', '1419/QĐ-TTg')]"


def test_spacy_costs_nothing_until_it_is_asked_for() -> None:
    assert run("import sys, extractor; extractor.extract('Kế hoạch'); print('spacy' in sys.modules)").strip() == "False"
    program = "import sys, spacy; spacy.blank('xx'); print({'extractor.pipeline', 'underthesea'} & set(sys.modules))"
    assert run(program).strip() == "set()"


@pytest.mark.parametrize("component", KEYS)
def test_a_component_fills_its_own_spans(component: str) -> None:
    doc = pipeline(component)(TEXT)
    assert set(doc.spans) == set(KEYS[component])
    assert all(len(doc.spans[key]) for key in KEYS[component])
    assert all(span._.vnplan is not None for spans in doc.spans.values() for span in spans)


def test_what_the_spans_say() -> None:
    doc = pipeline(*KEYS)(TEXT)
    assert [(span.label_, span.text) for span in doc.spans["role"]] == [
        ("lead", "Sở Y tế"),
        ("coordinate", "Công an tỉnh"),
    ]
    assert [(span.text, span._.vnplan.value, span._.vnplan.unit) for span in doc.spans["quantity"]] == [
        ("05 lớp", 5, "lớp")
    ]
    assert [span._.vnplan.value for span in doc.spans["amount"]] == [955651000]
    assert ["2027-Q2"] in [span._.vnplan.values for span in doc.spans["time"]]
    assert doc.spans["section"][0].text.startswith("I. NỘI DUNG\n1. Mở 05 lớp")
    assert ("title", "Tập huấn an toàn thực phẩm năm 2027") in [
        (span.label_, span.text) for span in doc.spans["header"]
    ]


def test_the_whole_plan() -> None:
    doc = pipeline("vnplan_plan")(TEXT)
    plan = Extractor().extract(TEXT)
    assert doc._.vnplan == plan
    assert {key for keys in KEYS.values() for key in keys} < set(doc.spans)
    assert len(doc.spans["activity"]) == len(plan.activities) > 0
    assert [span._.vnplan.code for span in doc.spans["warning"]] == [span.label_ for span in doc.spans["warning"]]
    starts = [span.start for span in doc.spans["vnplan"]]
    assert starts == sorted(starts)
    assert {span.label_ for span in doc.spans["vnplan"]} >= {"citation", "amount", "quantity", "time", "agency"}


def test_several_components_read_the_text_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    extract = Extractor.extract

    def counted(self: Extractor, text: str, **more: Any) -> Plan:
        read.append(text)
        return extract(self, text, **more)

    monkeypatch.setattr(Extractor, "extract", counted)
    pipeline(*KEYS)(TEXT)
    assert read == [TEXT]


def test_a_tokenizer_that_does_not_cut_where_a_mention_ends() -> None:
    nlp = pipeline("vnplan_citations")
    nlp.tokenizer = Tokenizer(nlp.vocab)  # at blanks only
    doc = nlp("Theo Quyết định số 1419/QĐ-TTg; xin báo cáo.")
    (span,) = doc.spans["citation"]
    assert span.text == "Quyết định số 1419/QĐ-TTg;"
    assert span._.vnplan.text == "Quyết định số 1419/QĐ-TTg"


def test_a_part_made_a_doc_is_read_for_itself() -> None:
    nlp = pipeline("vnplan_plan")
    doc = nlp(TEXT)
    part = nlp(doc.spans["section"][-1].as_doc(copy_user_data=True))
    assert from_doc(part).text == part.text != TEXT


def test_spans_of_others_and_docs_without_a_plan() -> None:
    doc = spacy.blank("xx")("Kế hoạch năm 2027")
    assert doc._.vnplan is None
    assert doc[:2]._.vnplan is None
    assert pipeline("vnplan_times")("Kế hoạch năm 2027")[:2]._.vnplan is None
    with pytest.raises(VnplanError, match="carries no plan"):
        from_doc(doc)


def test_processes_and_the_disk(tmp_path: Path) -> None:
    nlp = pipeline("vnplan_plan")
    nlp.to_disk(tmp_path)
    docs = list(spacy.load(tmp_path).pipe([TEXT, TEXT], n_process=2))
    assert [from_doc(doc) for doc in docs] == [nlp(TEXT)._.vnplan] * 2
    assert docs[1].spans["citation"][0]._.vnplan.date == "2009-09-07"


def test_a_grammar_folder_that_is_none_is_said_when_the_component_is_made() -> None:
    with pytest.raises(GrammarError, match="nowhere"):
        spacy.blank("xx").add_pipe("vnplan_times", config={"grammars": "/nowhere"})


# The tokenizer


@given(st.text() | st.text(SIGNS))
@settings(deadline=None, max_examples=300)
def test_the_tokenizer_keeps_the_text(text: str) -> None:
    assert tokenize(text).text == text


tokenize = tokenizing()


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("1419/QĐ-TTg,", ["1419/QĐ-TTg", ","]),
        ("(số 45a/KH-UBND)", ["(", "số", "45a/KH-UBND", ")"]),
        ("12/2015/TT-BTC;", ["12/2015/TT-BTC", ";"]),
        ("955.651.000 đồng.", ["955.651.000", "đồng", "."]),
        ("2,5%", ["2,5", "%"]),
        ("ngày 07/9/2009.", ["ngày", "07/9/2009", "."]),
        ("02 ngày/lớp", ["02", "ngày", "/", "lớp"]),
        ("2016-2020", ["2016", "-", "2020"]),
        (unicodedata.normalize("NFD", "1419/QĐ-TTg, Quyết định"), ["1419/QĐ-TTg", ",", unicodedata.normalize("NFD", "Quyết"), unicodedata.normalize("NFD", "định")]),
    ],
)  # fmt: skip
def test_tokens(text: str, tokens: list[str]) -> None:
    assert bare(text) == tokens


@pytest.mark.parametrize("layout", LAYOUTS)
def test_words_of_several_syllables(layout: str, tmp_path: Path) -> None:
    text = LAYOUTS[layout]("Bác sĩ bây giờ có thể thản nhiên báo tin bệnh\nnhân bị ung thư")
    tokenizing(words=True).to_disk(tmp_path)
    doc = spacy.load(tmp_path)(text)
    assert doc.text == text
    for read in (doc, through_docbin(doc)):
        words = [" ".join(token._.vnplan_word.text.split()) for token in read if not token.is_space]
        found = [unicodedata.normalize("NFC", word) for word in dict.fromkeys(words)]
        assert found == word_tokenize("Bác sĩ bây giờ có thể thản nhiên báo tin bệnh nhân bị ung thư")
        assert {"Bác sĩ", "bệnh nhân"} <= {*found}


@given(st.text(SIGNS) | st.text())
@settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow])
def test_every_token_is_in_its_word(text: str) -> None:
    doc = segment(text)
    assert doc.text == text
    assert all(token._.vnplan_word.start <= token.i < token._.vnplan_word.end for token in doc)


segment = tokenizing(words=True)


# Plan → Doc → DocBin → Doc → Plan


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("path", CORE_PLANS, ids=lambda path: path.stem)
def test_the_round_trip(path: Path, layout: str, reader: Extractor) -> None:
    plan = reader.extract(LAYOUTS[layout](path.read_bytes().decode("utf-8")), name=path.name)
    doc = to_doc(plan)
    back = through_docbin(doc)
    assert from_doc(back) == plan
    assert back.text == doc.text == plan.text
    for field, key in (("citations", "citation"), ("agencies", "agency"), ("rows", "row"), ("times", "time")):
        assert [span.text for span in back.spans[key]] == [mention.text for mention in getattr(plan, field)]
        assert [span._.vnplan for span in back.spans[key]] == getattr(plan, field)
    assert [span._.vnplan for span in back.spans["section"]] == plan.sections
    assert [span._.vnplan for span in back.spans["table"]] == plan.tables
    assert [span._.vnplan for span in back.spans["activity"]] == plan.activities


@given(st.text(SIGNS, max_size=200) | st.lists(st.sampled_from(TEXT.split("\n")) | st.text(SIGNS)).map("\n".join))
@settings(
    deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
def test_the_round_trip_of_any_text(reader: Extractor, text: str) -> None:
    plan = reader.extract(text)
    doc = to_doc(plan, tokenize.vocab)
    assert from_doc(doc) == plan
    assert all(span.text == span._.vnplan.text for span in doc.spans["vnplan"])


def test_what_a_paged_document_knows_comes_back(reader: Extractor) -> None:
    plan = reader.extract(TEXT)
    plan.source.page_starts = [0, 100]
    plan.citations[0].settle(page=1, boxes=[(1, 10.5, 20.0, 30.25, 40.0)])
    assert from_doc(through_docbin(to_doc(plan))) == plan


def test_a_file_of_plans(reader: Extractor, tmp_path: Path) -> None:
    plans = [reader.extract(TEXT, name="one"), reader.extract("", name="none"), reader.extract(TEXT.lower())]
    write_docbin(plans, tmp_path / "deep" / "plans.spacy")
    assert read_docbin(tmp_path / "deep" / "plans.spacy") == plans


def test_files_that_are_no_plans(tmp_path: Path) -> None:
    path = tmp_path / "x.spacy"
    path.write_text("no zip")
    with pytest.raises(InputError, match=r"x\.spacy: cannot be read as a DocBin"):
        read_docbin(path)
    with pytest.raises(InputError, match=r"missing\.spacy"):
        read_docbin(tmp_path / "missing.spacy")
    DocBin(docs=[spacy.blank("xx")("Kế hoạch")]).to_disk(path)
    with pytest.raises(InputError, match=r"x\.spacy: This Doc carries no plan"):
        read_docbin(path)
    with pytest.raises(OutputError, match="cannot be written"):
        write_docbin([], path / "y.spacy")


# displaCy


def test_displacy_has_the_colours_of_the_page(reader: Extractor) -> None:
    plan = reader.extract(TEXT)
    doc = to_doc(plan)
    colours = displacy_options()["colors"]
    html = displacy.render(doc, style="span", options=displacy_options(), jupyter=False)
    shown = page(plan)
    for span in doc.spans["vnplan"]:
        assert colours[span.label_] in html
        assert colours[span.label_] in shown
    html = displacy.render(doc, style="span", options=displacy_options("role"), jupyter=False)
    assert "coordinate" in html
    assert colours["agency"] in html


# The page


@pytest.mark.parametrize(
    "example", re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "spacy.md").read_text("utf-8"), re.S)
)
def test_the_examples_of_the_page_run(example: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    exec(compile(example, "docs/spacy.md", "exec"), {})
