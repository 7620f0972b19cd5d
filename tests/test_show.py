"""A plan for a person: the page and the terminal show the text whole, with every mention marked."""

from __future__ import annotations

import io
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from extractor.plan import Activity, Agency, Citation, Header, Plan, Quantity, Section, Source, Time, Warning
from extractor.writing.display import Mark, cut, find_marks
from extractor.writing.page import page
from extractor.writing.terminal import show

TEXT = (
    'I. MỤC TIÊU\nQuyết định số 12/QĐ-UBND ngày 02/4/2019 của Sở <Y tế> & "bạn"\n'
    "1. Tổ chức 05 lớp trong Quý II, giao Sở Y tế chủ trì; một dòng rất dài để xem chữ có xuống dòng hay không.\n"
)
SOURCE = Source(
    name="plan.txt", sha256="0", media_type="text/plain", bytes=1, extractor_version="0.0", grammar_hash="0"
)


def place(quote: str) -> dict[str, object]:
    start = TEXT.index(quote)
    return {"start": start, "end": start + len(quote), "text": quote, "rule": "test"}


def section(number: int, parent: str | None, level: int, marker: str, quote: str, title: str | None) -> Section:
    start = TEXT.index(quote)
    return Section(
        id=f"s{number}",
        parent=parent,
        level=level,
        marker=marker,
        title=title,
        start=start,
        end=start + len(quote),
        body_start=start + len(quote),
        body_end=len(TEXT),
        path=marker,
    )


@pytest.fixture
def plan() -> Plan:
    return Plan(
        source=SOURCE,
        text=TEXT,
        header=Header(doc_type="Kế hoạch", title="Kế hoạch <2019>", number="12/KH-UBND", recipients=["Sở A", "Sở B"]),
        sections=[section(1, None, 1, "I", "I.", "MỤC TIÊU"), section(2, "s1", 2, "1", "1.", None)],
        citations=[Citation(id="c1", doc_type="Quyết định", number="12/QĐ-UBND", **place("Quyết định số 12/QĐ-UBND"))],
        quantities=[Quantity(id="q1", value=5, unit="lớp", **place("05 lớp"))],
        times=[Time(id="t1", values=["2019-Q2"], kind="point", **place("lớp trong Quý II"))],  # crosses the quantity
        agencies=[
            Agency(id="g1", name="Sở Y tế", role="lead", **place("Sở Y tế")),
            Agency(id="g2", name="Sở <Y tế>", **place('Sở <Y tế> & "bạn"')),
        ],
        warnings=[Warning(code="outline-gap", message="After I comes <III>.", refs=["s2"])],
    )


class Reader(HTMLParser):
    """Reads a page back: the text of its text block, the kinds over each character, and whether all tags close."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.kinds: list[set[str]] = []
        self.badges: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if attributes.get("id"):
            self.ids.append(attributes["id"] or "")
        if tag not in ("meta", "input"):
            self.open.append((tag, attributes))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        classes = [attributes.get("class") for _, attributes in self.open]
        if "text" not in classes:
            return
        inside = classes[classes.index("text") + 1 :]
        if inside and str(inside[-1]).endswith("-role"):
            self.badges.append(data)
        else:
            self.text += data
            self.kinds += [{str(kind) for kind in inside}] * len(data)


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert reader.open == []
    assert len(reader.ids) == len(set(reader.ids))
    return reader


def test_the_page_holds_the_text_and_its_marks(plan: Plan) -> None:
    reader = read(page(plan))
    assert reader.text == TEXT
    for kind, mentions in (("citation", plan.citations), ("quantity", plan.quantities), ("time", plan.times)):
        marked = {offset for offset, kinds in enumerate(reader.kinds) if kind in kinds}
        assert marked == {offset for mention in mentions for offset in range(mention.start, mention.end)}
    assert reader.badges == ["lead"]
    assert {"s1", "s2", "c1", "q1", "t1", "g1", "g2", "show-citation", "show-time"} <= set(reader.ids)


def test_the_page_is_escaped_and_needs_nothing_else(plan: Plan) -> None:
    html = page(plan)
    assert "<Y tế>" not in html
    assert "<III>" not in html
    assert "<title>Kế hoạch &lt;2019&gt;</title>" in html
    assert "number: 12/QĐ-UBND" in html
    assert "http" not in html
    assert "src=" not in html
    assert "href='#s2'" in html


@given(st.text("ab <&\n", max_size=30), st.data())
def test_any_spans_make_a_sound_page(text: str, data: st.DataObject) -> None:
    spans = st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))
    times = [
        Time(id=f"t{number}", start=min(span), end=max(span), text="", rule="test", values=["2019"], kind="point")
        for number, span in enumerate(data.draw(st.lists(spans, max_size=6)))
    ]
    reader = read(page(Plan(source=SOURCE, text=text, header=Header(), times=times)))
    assert reader.text == text
    covered = {offset for time in times for offset in range(time.start, time.end)}
    assert {offset for offset, kinds in enumerate(reader.kinds) if "time" in kinds} == covered


def test_stretches_have_no_gap_and_nest_by_length() -> None:
    long, short, crossing = Mark("row", "", 0, 8, {}), Mark("time", "", 2, 4, {}), Mark("agency", "", 3, 10, {})
    stretches = list(cut(12, [long, short, crossing]))
    assert [(one.start, one.end) for one in stretches] == [(0, 2), (2, 3), (3, 4), (4, 8), (8, 10), (10, 12)]
    marks = [one.marks for one in stretches]
    assert marks == [(long,), (long, short), (long, crossing, short), (long, crossing), (crossing,), ()]


def test_marks_hold_headings_and_worded_fields(plan: Plan) -> None:
    marks = {mark.id: mark for mark in find_marks(plan)}
    assert TEXT[marks["s1"].start : marks["s1"].end] == "I. MỤC TIÊU"
    assert TEXT[marks["s2"].start : marks["s2"].end] == "1."
    assert marks["q1"].fields == {"value": "5", "unit": "lớp"}
    assert marks["t1"].fields == {"values": "2019-Q2", "kind": "point"}


def shown(plan: Plan, **options: object) -> str:
    output = io.StringIO()
    show(plan, Console(file=output, width=80, highlight=False, **options))  # type: ignore[arg-type]
    return output.getvalue()


def test_the_terminal_shows_all_within_80_columns(plan: Plan) -> None:
    lines = shown(plan).splitlines()
    assert max(map(cell_len, lines)) <= 80
    whole = "\n".join(lines)
    assert "12/KH-UBND" in whole
    assert "Sở A; Sở B" in whole
    assert "I  MỤC TIÊU" in whole
    assert "└── 1  Tổ chức 05 lớp" in whole
    assert "citation 1" in whole
    assert "Sở Y tế ‹lead› chủ trì" in whole
    assert "outline-gap: After I comes <III>." in whole


def test_the_terminal_colours_mentions(plan: Plan) -> None:
    coloured = shown(plan, force_terminal=True, color_system="standard")
    assert "\x1b[1;34mQuyết định số 12/QĐ-UBND\x1b[0m" in coloured
    assert "\x1b[35mSở Y tế\x1b[0m" in coloured


def test_escape_sequences_of_the_text_are_not_obeyed() -> None:
    text = "trước \x1b]0;title\x07\x1b[31m sau [bold]nguyên văn[/bold]"
    output = shown(Plan(source=SOURCE, text=text, header=Header(title="\x1b[2J")))
    assert "\x1b" not in output
    assert "[bold]nguyên văn[/bold]" in output


def test_a_plan_without_anything(plan: Plan) -> None:
    empty = Plan(source=SOURCE, text="", header=Header())
    assert read(page(empty)).text == ""
    assert "no mentions" in shown(empty)


@pytest.fixture
def busy(plan: Plan) -> Plan:
    start = TEXT.index("1. Tổ chức")
    doing = Activity(
        id="x1", section="s2", title="Tổ chức <lớp>", start=start, end=len(TEXT), lead=["Sở Y tế"], times=["2019-Q2"],
        quantities=["q1"],
    )  # fmt: skip
    quantity = plan.quantities[0].model_copy(update={"per": "năm", "per_total": 20, "item": "lớp tập huấn"})
    fault = Warning(code="sum-mismatch", message="4 <is> not 5", start=quantity.start, end=quantity.end)
    return plan.model_copy(update={"activities": [doing], "quantities": [quantity], "warnings": [fault]})


def test_the_page_has_a_table_of_activities_and_warnings_beside_their_text(busy: Plan) -> None:
    html = page(busy)
    reader = read(html)
    assert reader.text == TEXT
    assert reader.badges == ["4 <is> not 5", "lead"]
    assert "w1" in reader.ids
    assert "<td class='place'><a href='#s2'>1</a></td><td><p>Tổ chức &lt;lớp&gt;</p></td>" in html
    assert "<td><p>05 lớp/năm = 20 (lớp tập huấn)</p></td>" in html
    assert "How much" not in html  # a column that says nothing
    assert "<a href='#w1'>line 3</a>" in html


def test_the_terminal_has_them_too(busy: Plan) -> None:
    out = io.StringIO()
    show(busy, Console(file=out, width=120))
    text = out.getvalue()
    assert "Activities" in text
    assert "05 lớp/năm = 20 (lớp tập huấn)" in text
    assert "05 lớp ‹! 4 <is> not 5›" in text
    assert "line 3  sum-mismatch: 4 <is> not 5" in text
