"""The workbook for people: what it holds, how its cells are typed, and what happens at Excel's limits."""

from __future__ import annotations

import datetime
import os
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, get_args
from urllib.parse import unquote

import openpyxl
import pytest
import yaml
from conftest import CORE_PLANS, ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from extractor import Extractor
from extractor.errors import FailureKind
from extractor.evaluation.markup import parse_markup
from extractor.plan import Bound, Level, Relation, Role, TimeKind
from extractor.tables import TABLES, workbook_sheets
from extractor.tables.workbook import write_workbook
from extractor.tables.workbook_rows import sheet_rows
from extractor.tables.workbook_words import DESIGN, message_words, time_words, when

MENTIONS = ("citations", "amounts", "quantities", "times", "agencies", "abbreviations", "rows")
KeyedPlans = list[tuple[str, dict[str, Any]]]

PLAN = """ỦY BAN NHÂN DÂN
TỈNH ĐỒNG LÚA
Số: 45/KH-UBND
Đồng Lúa, ngày 12 tháng 3 năm 2024

KẾ HOẠCH
Trồng cây ven sông năm 2024

I. NHIỆM VỤ
1. Trồng cây
- Sở Nông nghiệp và Môi trường chủ trì, phối hợp với Sở Tài chính tổ chức 04 lớp tập huấn, mỗi lớp 25 người, hoàn thành trước ngày 20/10/2024, kinh phí 150 triệu đồng.
2. Tổng kết
- Sở Nội vụ chủ trì tổng kết vào ngày 15/12/2024.
"""


@pytest.fixture(scope="module")
def plans(reader: Extractor) -> KeyedPlans:
    return [(path.name, reader.extract_file(path).to_dict()) for path in CORE_PLANS]


@pytest.fixture(scope="module")
def written(plans: KeyedPlans, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("workbook") / "kế hoạch.xlsx"
    write_workbook(path, plans, lambda key: os.path.relpath(ROOT / "corpus" / key, path.parent))
    return path


@pytest.fixture(scope="module")
def book(written: Path) -> Workbook:
    return openpyxl.load_workbook(written)


def sheet(book: Workbook, table: str) -> Worksheet:
    return book[DESIGN["sheets"][table]["name"]]


def records(sheet: Worksheet) -> list[dict[str, Any]]:
    """The lines of a sheet by the names of their columns, texts without Excel's escapes."""
    names, *lines = sheet.iter_rows(values_only=True)
    return [
        {name: unescape(cell) if isinstance(cell, str) else cell for name, cell in zip(names, line, strict=True)}
        for line in lines
    ]


def made(plans: KeyedPlans, tmp_path: Path, failures: Sequence[dict[str, Any]] = ()) -> Workbook:
    write_workbook(tmp_path / "book.xlsx", plans, lambda key: f"nguồn/{key}", failures)
    return openpyxl.load_workbook(tmp_path / "book.xlsx")


def plan_of(**lists: Any) -> dict[str, Any]:
    """A plan that holds nothing but these."""
    return {"schema_version": "1.0", "source": {"name": "a.txt"}, "text": "", "header": {}, **lists}


def test_every_mention_has_its_line(plans: KeyedPlans, book: Workbook) -> None:
    for table in MENTIONS:
        found = [(line["Tệp"], line["Mã"], line["Nguyên văn"]) for line in records(sheet(book, table))]
        assert found == [(key, item["id"], item["text"]) for key, plan in plans for item in plan[table]]
        assert found


def test_no_cell_is_evaluated(book: Workbook) -> None:
    texts = [
        unescape(cell.value)
        for sheet in book
        for line in sheet.iter_rows()
        for cell in line
        if cell.data_type in ("s", "inlineStr") or cell.data_type == "f"
    ]
    assert not [cell for sheet in book for line in sheet.iter_rows() for cell in line if cell.data_type == "f"]
    assert any(text.startswith(("-", "+")) for text in texts), "no text looks like a formula: nothing was tested"


def test_money_is_a_number(plans: KeyedPlans, book: Workbook) -> None:
    lines = records(sheet(book, "amounts"))
    values = [amount.get("value") for _, plan in plans for amount in plan["amounts"]]
    assert [line["Số tiền"] for line in lines] == values
    column = DESIGN["sheets"]["amounts"]["columns"].index({"field": "value", "name": "Số tiền", "width": 20}) + 2
    formats = {sheet(book, "amounts").cell(line + 2, column).number_format for line, v in enumerate(values) if v}
    assert formats <= {"#,##0", "#,##0.0##########"}


def test_dates_are_dates(plans: KeyedPlans, book: Workbook) -> None:
    dates = [line["Ngày ban hành"] for line in records(sheet(book, "plans"))]
    isos = [plan["header"].get("date") for _, plan in plans]
    assert [date.date().isoformat() if isinstance(date, datetime.datetime) else date for date in dates] == isos
    assert sum(isinstance(date, datetime.datetime) for date in dates) > len(dates) / 2
    times = [time for _, plan in plans for time in plan["times"]]
    for line, time in zip(records(sheet(book, "times")), times, strict=True):
        one_day = len(time["values"]) == 1 and re.fullmatch("[0-9-]{10}", time["values"][0])
        assert isinstance(line["Thời gian"], datetime.datetime if one_day else str)


def test_a_citation_has_its_own_issuer(plans: KeyedPlans, book: Workbook) -> None:
    issuers = [citation.get("issuer") for _, plan in plans for citation in plan["citations"]]
    assert [line["Cơ quan ban hành"] for line in records(sheet(book, "citations"))] == issuers
    assert None in issuers


def test_sheets_can_be_filtered_and_keep_their_head(book: Workbook) -> None:
    assert [sheet.title for sheet in book] == [
        "Giới thiệu",
        *(design["name"] for name, design in DESIGN["sheets"].items() if name != "failures"),
    ]
    for one in book.worksheets[1:]:
        assert one.freeze_panes == "C2"
        assert one.auto_filter.ref == one.dimensions
        assert one["A1"].value == "STT"
        assert len(one.title) <= 31 - len(" (99)")
        assert all(not (set("[]:*?/\\'") & set(one.title)) for one in book)


def test_links_lead_to_the_documents(plans: KeyedPlans, book: Workbook, written: Path) -> None:
    for one in book.worksheets[1:]:
        for line in one.iter_rows(min_row=2, min_col=2, max_col=2):
            target = written.parent / unquote(line[0].hyperlink.target.replace("\\", "/"))
            assert target.resolve() == ROOT / "corpus" / line[0].value


@pytest.mark.parametrize("name", ["Kế hoạch #1 (100%).pdf", "a%20b.txt", "a", "x/[y] {z}^`.docx"])
def test_links_to_odd_names(name: str, tmp_path: Path) -> None:
    book = made([(name, plan_of())], tmp_path)
    cell = sheet(book, "plans")["B2"]
    assert cell.value == name
    assert unquote(cell.hyperlink.target.replace("\\", "/")) == f"nguồn/{name}"
    write_workbook(tmp_path / "book.xlsx", [(name, plan_of())], lambda key: key)
    target = sheet(openpyxl.load_workbook(tmp_path / "book.xlsx"), "plans")["B2"].hyperlink.target
    assert unquote(target.replace("\\", "/")).removeprefix("./") == name


def test_no_source_no_link(tmp_path: Path) -> None:
    write_workbook(tmp_path / "book.xlsx", [("a.txt", plan_of()), ("b.txt", plan_of())], {"a.txt": "a" * 3000}.get)
    lines = sheet(openpyxl.load_workbook(tmp_path / "book.xlsx"), "plans")
    assert [(lines[cell].value, lines[cell].hyperlink) for cell in ("B2", "B3")] == [("a.txt", None), ("b.txt", None)]


def test_an_activity_is_written_out(reader: Extractor, tmp_path: Path) -> None:
    book = made([("45.txt", reader.extract(PLAN).to_dict())], tmp_path)
    [first, last] = [line for line in records(sheet(book, "activities")) if line["Chủ trì"]]
    assert first["Chủ trì"] == "Sở Nông nghiệp và Môi trường tỉnh Đồng Lúa"
    assert first["Phối hợp"] == "Sở Tài chính tỉnh Đồng Lúa"
    assert first["Thời gian"] == "đến 20/10/2024"
    assert first["Số lượng"].startswith("04 lớp")
    assert "25 người/lớp = 100" in first["Số lượng"]
    assert first["Kinh phí"] == "150 triệu đồng"
    assert (first["Số, ký hiệu"], first["Cơ quan ban hành"]) == ("45/KH-UBND", "Ủy ban nhân dân tỉnh Đồng Lúa")
    assert first["Mục"].startswith("I/1")
    assert first["Đề mục"].startswith("NHIỆM VỤ")
    assert "tổ chức 04 lớp tập huấn" in first["Nguyên văn"]
    assert last["Thời gian"] == datetime.datetime(2024, 12, 15)
    [amount] = records(sheet(book, "amounts"))
    assert (amount["Số tiền"], amount["Đơn vị tiền"], amount["Hoạt động"]) == (150_000_000, "đồng", first["Hoạt động"])
    roles = {line["Nguyên văn"]: line["Vai trò"] for line in records(sheet(book, "agencies"))}
    assert roles["Sở Tài chính"] == "phối hợp"


def test_pages_are_shown(tmp_path: Path) -> None:
    plan = plan_of(
        amounts=[{"id": "a1", "start": 12, "text": "5 đồng", "value": 5, "page": 7}],
        sections=[{"id": "s1", "level": 1, "marker": "I", "path": "I", "start": 25, "title": "MỤC TIÊU"}],
    )
    plan["source"]["page_starts"] = [0, 10, 20]
    book = made([("a.pdf", plan)], tmp_path)
    assert [line["Trang"] for table in ("amounts", "sections") for line in records(sheet(book, table))] == [7, 3]


def test_what_was_read_and_what_not(tmp_path: Path) -> None:
    failure = {"file": "hỏng.pdf", "stage": "reading", "kind": "damaged", "message": "=1 is damaged", "retry": False}
    book = made([("a.txt", plan_of()), ("b.txt", plan_of())], tmp_path, [failure])
    intro = [cell for line in book["Giới thiệu"].iter_rows(values_only=True) for cell in line if cell]
    assert "Số văn bản đã đọc: 2." in intro
    assert 'Số văn bản không đọc được: 1 (xem trang "Không đọc được").' in intro
    assert book.active.title == "Giới thiệu"
    assert records(book["Không đọc được"]) == [
        {
            "STT": 1,
            "Tệp": "hỏng.pdf",
            "Giai đoạn": "đọc tệp",
            "Lý do": "tệp hỏng",
            "Nên thử lại": "không",
            "Thông báo của chương trình": "=1 is damaged",
        }
    ]


def test_warnings_have_the_colour_of_their_kind(tmp_path: Path) -> None:
    text = "Kinh phí 12 đồng. II. Tổ chức"
    warnings = [
        {"code": "outline-gap", "message": "II stands twice", "refs": ["s1"], "start": 18, "end": 21},
        {"code": "amount-words-mismatch", "message": "the figure is 12, its words say 13", "refs": ["a1"]},
        {"code": "of-tomorrow", "message": "something new"},
    ]
    amounts = [{"id": "a1", "start": 9, "text": "12 đồng", "value": 12}]
    lines = sheet(made([("a.txt", plan_of(text=text, warnings=warnings, amounts=amounts))], tmp_path), "warnings")
    said = [(line["Loại"], line["Nội dung"], line["Nguyên văn"], line["Chỗ liên quan"]) for line in records(lines)]
    assert said == [
        ("thứ tự đề mục không liền nhau", "Đề mục II có hai lần", "II.", None),
        ("số và chữ khác nhau", "Bằng số 12, bằng chữ 13", None, "12 đồng"),
        ("of-tomorrow", "something new", None, None),
    ]
    colours = [[cell.fill.fgColor.rgb for cell in line] for line in lines.iter_rows(min_row=2)]
    assert [set(line) for line in colours] == [{"FFECECEC"}, {"FFFCE0DC"}, {"00000000"}]


def test_the_same_plans_give_the_same_bytes(plans: KeyedPlans, tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        write_workbook(tmp_path / name, iter(plans[:3]), lambda key: key)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    assert openpyxl.load_workbook(tmp_path / "a.xlsx").properties.title == DESIGN["title"]


def test_what_breaks_off_leaves_nothing(plans: KeyedPlans, tmp_path: Path) -> None:
    def broken() -> Any:
        yield plans[0]
        raise RuntimeError

    (tmp_path / "book.xlsx").write_text("the old one")
    with pytest.raises(RuntimeError):
        write_workbook(tmp_path / "book.xlsx", broken(), lambda key: key)
    assert [path.name for path in tmp_path.iterdir()] == ["book.xlsx"]
    assert (tmp_path / "book.xlsx").read_text() == "the old one"


def test_a_long_text_goes_on_beneath(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_sheets, "LONGEST_CELL", 50)
    text = "𝄞" * 30 + "ấ" * 75
    rows = [
        {"id": "b1", "start": 0, "short": text, "long": "z" * 51, "text": "a"},
        {"id": "b2", "start": 0, "short": "x"},
    ]
    lines = records(sheet(made([("a.txt", plan_of(abbreviations=rows))], tmp_path), "abbreviations"))
    assert [line["STT"] for line in lines] == [1, "1 (tiếp)", "1 (tiếp)", 2]
    assert [line["Tệp"] for line in lines] == ["a.txt"] * 4
    assert "".join(line["Viết tắt"] for line in lines[:3]) == text
    assert [line["Viết đầy đủ"] for line in lines] == ["z" * 50, "z", None, None]
    assert [line["Nguyên văn"] for line in lines] == ["a", None, None, None]
    assert all(len(line["Viết tắt"].encode("utf-16-le")) <= 100 for line in lines)


def test_a_full_sheet_goes_on_in_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_sheets, "MOST_LINES", 4)
    monkeypatch.setattr(workbook_sheets, "MOST_LINKS", 2)
    rows = [{"id": f"b{number}", "start": 0, "short": str(number)} for number in range(7)]
    book = made([("a.txt", plan_of(abbreviations=rows))], tmp_path)
    sheets = [book["Chữ viết tắt"], book["Chữ viết tắt (2)"], book["Chữ viết tắt (3)"]]
    assert [one.max_row for one in sheets] == [4, 4, 2]
    assert [line["Viết tắt"] for one in sheets for line in records(one)] == list("0123456")
    assert [line["STT"] for one in sheets for line in records(one)] == [1, 2, 3, 4, 5, 6, 7]
    assert [one.auto_filter.ref for one in sheets] == ["A1:J4", "A1:J4", "A1:J2"]
    assert all(one.freeze_panes == "C2" for one in sheets)
    linked = [
        [cell[0].hyperlink is not None for cell in one.iter_rows(min_row=2, min_col=2, max_col=2)] for one in sheets
    ]
    assert linked == [[True, True, False], [True, True, False], [True]]


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (123_456_789_012_345, 123_456_789_012_345),
        (1_234_567_890_123_456, "1.234.567.890.123.456"),
        (10**18, 10**18),
        (0.1, 0.1),
        (0.1234567890123456, "0.1234567890123456"),
        (-3, -3),
    ],
)
def test_numbers_that_excel_would_round_are_texts(value: float, cell: Any, tmp_path: Path) -> None:
    amounts = [{"id": "a1", "start": 0, "text": "x", "value": value}]
    [line] = records(sheet(made([("a.txt", plan_of(amounts=amounts))], tmp_path), "amounts"))
    assert line["Số tiền"] == cell


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.text(min_size=1) | st.text("=+-@'\t\r\n <r>&\"\\\0\1\x1f\x85\ufffeấ𝄞_x", min_size=1), min_size=1, max_size=9
    )
)
def test_any_text_comes_back(texts: list[str]) -> None:
    rows = [{"id": "b1", "start": 0, "short": text} for text in [*texts, "<r>1</r>", "_x0041_"]]
    with tempfile.TemporaryDirectory() as folder:
        book = made([("a.txt", plan_of(abbreviations=rows))], Path(folder))
    lines = records(sheet(book, "abbreviations"))
    expected = [re.sub("[\ud800-\udfff\ufffe\uffff]", "\ufffd", text).replace("\0", "␀") for text in texts]
    assert [line["Viết tắt"] for line in lines] == [*expected, " <r>1</r>", "_x0041_"]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("2023-Q2", "quý II/2023"),
        ("../2019-12-25", "đến 25/12/2019"),
        ("2016/2020", "năm 2016 - 2020"),
        ("2024-01/2024-06", "từ tháng 01/2024 đến tháng 06/2024"),
        ("2026-01-01/..", "từ 01/01/2026"),
        ("../XXXX-XX-20", "đến ngày 20"),
        ("XXXX-11", "tháng 11"),
        ("2021-H2", "6 tháng cuối năm 2021"),
        ("P3M", "hằng quý"),
        ("P2Y", "2 năm một lần"),
        ("XXXX", "XXXX"),
    ],
)
def test_times_in_words(value: str, words: str) -> None:
    assert time_words(value) == words


def test_days_before_excel_are_words() -> None:
    assert when(["1890-05-19"]) == "19/05/1890"
    assert when(["2024-02-30"]) == "30/02/2024"
    assert when(["2024-02-29"]) == datetime.date(2024, 2, 29)
    assert when(["2024", "2024-02-29"]) == "năm 2024; 29/02/2024"


def test_every_fixed_value_has_its_word() -> None:
    words = DESIGN["words"]
    vocabularies = {"roles": Role, "levels": Level, "relations": Relation, "bounds": Bound, "time_kinds": TimeKind}
    for name, values in {**vocabularies, "failures": FailureKind}.items():
        assert set(words[name]) == set(get_args(values))
    codes = set(re.findall(r"^\| `([a-z-]+)` \|", (ROOT / "docs" / "warnings.md").read_text("utf-8"), re.MULTILINE))
    assert set(words["warnings"]) == set(DESIGN["colours"]) == codes


def test_every_column_has_its_field(plans: KeyedPlans) -> None:
    rows = [sheet_rows(key, plan) for key, plan in plans]
    for table, design in DESIGN["sheets"].items():
        fields = {column["field"] for column in design["columns"]}
        if table != "failures":
            known = {column.name for column in TABLES[table]} | {
                field for one in rows for row in one[table] for field in row
            }
            assert fields <= known


def test_warnings_are_said_in_vietnamese(reader: Extractor) -> None:
    rules = yaml.safe_load((ROOT / "grammars" / "warnings.yaml").read_text("utf-8"))["rules"]
    texts = [parse_markup(example)[0] for rule in rules for example in rule["examples"]]
    messages = {warning.message for text in texts for warning in reader.extract(text).warnings}
    assert len(messages) >= 10
    assert not [message for message in messages if message_words(message) == message]
