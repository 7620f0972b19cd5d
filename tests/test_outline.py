"""Sections: markers, levels, titles, nesting, and what only looks like a section."""

from __future__ import annotations

import unicodedata

import pytest
from conftest import faults

from extractor import Extractor

PLAN = "KẾ HOẠCH\nTrồng rừng năm 2027\n\nUBND huyện Mai Sơn xây dựng Kế hoạch như sau:\n\n"


def outline(reader: Extractor, text: str) -> list[tuple[str, int]]:
    """Markers and levels of the sections of a text."""
    return [(section.marker, section.level) for section in reader.extract(text).sections]


def titles(reader: Extractor, text: str) -> list[str | None]:
    return [section.title for section in reader.extract(text).sections]


@pytest.mark.parametrize(
    "line",
    [
        '<section marker=I level=1 title="MỤC TIÊU">I.</section> MỤC TIÊU',
        '<section marker=IV level=1 title="MỤC TIÊU">IV)</section> MỤC TIÊU',
        '<section marker=XII level=1 title="MỤC TIÊU">XII-</section> MỤC TIÊU',
        '<section marker=II level=1 title="Mục tiêu">II/</section> Mục tiêu',
        '<section marker=A level=1 title="MỤC TIÊU">A.</section> MỤC TIÊU',
        '<section marker=B level=1 title="MỤC TIÊU">B -</section> MỤC TIÊU',
        '<section marker=V level=1 title="MỤC TIÊU">V –</section> MỤC TIÊU',
        '<section marker=1 level=1 title="Mục tiêu">1.</section> Mục tiêu',
        '<section marker=12 level=1 title="Mục tiêu">12/</section> Mục tiêu',
        '<section marker=1 level=1 title="Mục tiêu">1-</section> Mục tiêu',
        '<section marker=1 level=1 title="Mục tiêu">1)</section> Mục tiêu',
        '<section marker=1 level=1 title="Mục tiêu">1.</section>Mục tiêu',
        '<section marker=1 level=1 title="Mục tiêu">1\\.</section> Mục tiêu',
        '<section marker=1.2 level=1 title="Mục tiêu">1.2</section> Mục tiêu',
        '<section marker=1.2.3 level=1 title="Mục tiêu">1.2.3.</section> Mục tiêu',
        '<section marker=a level=1 title="Mục tiêu">a)</section> Mục tiêu',
        '<section marker=đ level=1 title="Mục tiêu">đ)</section> Mục tiêu',
        '<section marker=b level=1 title="Mục tiêu">b.</section> Mục tiêu',
        '<section marker="Phần III" level=1 title="MỤC TIÊU">Phần III.</section> MỤC TIÊU',
        '<section marker="PHẦN THỨ HAI" level=1 title="MỤC TIÊU">PHẦN THỨ HAI:</section> MỤC TIÊU',
        '<section marker="Chương II" level=1 title="MỤC TIÊU">Chương II</section> MỤC TIÊU',
        '<section marker="Mục 3" level=1 title="MỤC TIÊU">Mục 3.</section> MỤC TIÊU',
        '<section marker="Điều 14" level=1 title="Phạm vi">Điều 14.</section> Phạm vi',
        '## **<section marker=I level=1 title="MỤC TIÊU">I.</section> MỤC TIÊU**',
        '**<section marker=2 level=1 title="Mục tiêu">2.</section>** **Mục tiêu**',
        '*<section marker=3.1 level=1 title="Mục tiêu">3.1.</section> Mục tiêu*',
        '__<section marker=g level=1 title="Mục tiêu">g)</section> Mục tiêu__',
    ],
)
def test_forms_of_markers(reader: Extractor, line: str) -> None:
    assert faults(reader, line) == []
    assert faults(reader, f"{PLAN}{line}\n\nTrồng cây.") == []


@pytest.mark.parametrize(
    "line",
    [
        "2019. Kết quả đạt được",
        "2.500 hộ dân được vay vốn",
        "1.5 triệu đồng mỗi hộ",
        "12 - 15 xã đạt chuẩn",
        "12-15 xã đạt chuẩn",
        "30/4 là ngày nghỉ",
        "05/KH-UBND của huyện",
        "57-NQ/TW của Bộ Chính trị",
        "12.05.2026 là hạn cuối",
        "05 lớp tập huấn",
        "Điều 40 Luật Lưu trữ quy định như vậy",
        "Điều chỉnh quy hoạch",
        "Mục 5 Kế hoạch này",
        "Mục tiêu 3. Trồng rừng",
        "Phần lớn diện tích",
        "Chương trình 135",
        "b) khoản 2 Điều này",
        "(1) Bộ Y tế",
        "- Chủ trì: Sở Y tế",
        "+ 1. Bộ Y tế",
        "VI, ĐỐI TƯỢNG",
        "V/v báo cáo",
        "[1] Xem Phụ lục",
        "m2) đất",
    ],
)
def test_what_is_no_marker(reader: Extractor, line: str) -> None:
    assert outline(reader, f"{PLAN}{line}\n\nTrồng cây ở vùng đệm.") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I. A\n1. B\na) C\nb) D\n2. E\nII. F\n1. G\n", "I1 12 a3 b3 22 II1 12"),
        ("A. A\nI. B\n1. C\nII. D\nB. E\nI. F\n", "A1 I2 13 II2 B1 I2"),
        ("I. A\nA. B\n1. C\nB. D\nII. E\n", "I1 A2 13 B2 II1"),
        ("1. A\n1.1 B\n1.2 C\n1.2.1. D\n2. E\n2.1 F\n", "11 1.12 1.22 1.2.13 21 2.12"),
        ("I. A\n1. B\n1.1. C\na) D\n1.2. E\n2. F\n", "I1 12 1.13 a4 1.23 22"),
        ("Phần I\nA\nI. B\n1. C\nPhần II\nD\nI. E\n", "Phần I1 I2 13 Phần II1 I2"),
        (
            "Chương I\nCHUNG\nĐiều 1. B\n1. C\nĐiều 2. D\nChương II\nE\nĐiều 3. F\n",
            "Chương I1 Điều 12 13 Điều 22 Chương II1 Điều 32",
        ),
        ("3. A\n1) B\n2) C\n4. D\n", "31 12 22 41"),
        ("1. A\na) B\n- b\na.1) C\na.2) D\nb) E\n", "11 a2 a.13 a.23 b2"),
        ("I. A\nI.1. B\nI.2. C\nII. D\nII.1. E\n", "I1 I.12 I.22 II1 II.12"),
        ("Điều 1. A:\nI. B\n1. C\nII. D\nĐiều 2. E\n", "Điều 11 I2 13 II2 Điều 21"),
        ("a) A\nb) B\nI. C\n1. D\n", "a1 b1 I1 12"),
    ],
)
def test_nesting(reader: Extractor, text: str, expected: str) -> None:
    assert " ".join(f"{marker}{level}" for marker, level in outline(reader, PLAN + text)) == expected


@pytest.mark.parametrize(
    ("markers", "levels"),
    [
        (["I", "II", "II", "IV"], [1, 1, 1, 1]),
        (["II", "III"], [1, 1]),
        (["1", "2", "4", "4"], [1, 1, 1, 1]),
    ],
)
def test_damaged_numbering_is_followed(reader: Extractor, markers: list[str], levels: list[int]) -> None:
    text = PLAN + "".join(f"{marker}. TRỒNG RỪNG\n\nGieo ươm cây con.\n\n" for marker in markers)
    assert outline(reader, text) == list(zip(markers, levels, strict=True))


def test_a_letter_in_other_punctuation_goes_on_its_list(reader: Extractor) -> None:
    assert outline(reader, PLAN + "1. A\na) B\nb) C\nc. D\n2. E\n") == [
        ("1", 1),
        ("a", 2),
        ("b", 2),
        ("c", 2),
        ("2", 1),
    ]


def test_plain_numbers_below_a_bold_number(reader: Extractor) -> None:
    text = PLAN + "**1. Mục tiêu**\n\n1. Trồng mới.\n\n2. Chăm sóc.\n\n**2. Yêu cầu**\n\n1. Đúng vụ.\n"
    assert outline(reader, text) == [("1", 1), ("1", 2), ("2", 2), ("2", 1), ("1", 2)]


def test_parents_paths_and_bodies(reader: Extractor) -> None:
    text = (
        PLAN + "I. MỤC TIÊU\n\n1. Chung\n\na) Trồng rừng.\n\nII. KINH PHÍ\n\nNgân sách.\n\nNơi nhận:\n"
        "- Sở Tài chính;\n- Lưu: VT.\n"
    )
    first, second, third, fourth = reader.extract(text).sections
    assert (first.parent, second.parent, third.parent, fourth.parent) == (None, first.id, second.id, None)
    assert [section.path for section in (first, second, third, fourth)] == ["I", "I/1", "I/1/a", "II"]
    assert first.body_end == second.body_end == third.body_end == fourth.start
    assert text[fourth.body_start : fourth.body_end].strip() == "KINH PHÍ\n\nNgân sách."


@pytest.mark.parametrize(
    ("item", "title"),
    [
        ("1. Sở Tài chính", "Sở Tài chính"),
        ("1. Tổ chức trồng rừng:", "Tổ chức trồng rừng"),
        ("1. Sở Tài chính: bố trí kinh phí.", None),
        ("1. Sở Tài chính bố trí kinh phí trồng rừng.", None),
        ("1. Sở Tài chính chủ trì, tổng hợp", None),
        ("1. TRỒNG RỪNG: NHIỆM VỤ CHUNG", "TRỒNG RỪNG: NHIỆM VỤ CHUNG"),
        ("**1. Sở Tài chính:** Bố trí kinh phí.", None),
        ("**1. Mục tiêu:**", "Mục tiêu"),
        ("**1.** Mục tiêu **chung**", "Mục tiêu chung"),
        ("Điều 1. Ban hành kèm theo Quyết định này Kế hoạch trồng rừng.", None),
        ("Điều 1.\n\nBan hành kèm theo Quyết định này Kế hoạch trồng rừng.", None),
        ("1. " + "Tổ chức trồng rừng phòng hộ đầu nguồn " * 12, None),
    ],
)
def test_title_or_paragraph(reader: Extractor, item: str, title: str | None) -> None:
    assert titles(reader, f"{PLAN}{item}\n\nTrồng cây.\n") == [title]


def test_a_title_over_two_lines_is_joined(reader: Extractor) -> None:
    wrapped = (
        "**I. NHIỆM\nVỤ TRỒNG RỪNG**\n\n**1. Chăm sóc\nvà bảo vệ rừng**\n\nRừng được chăm sóc hai lần\nmỗi năm theo "
        "quy trình kỹ\nthuật của ngành lâm nghiệp\nvà của địa phương.\n"
    )
    assert titles(reader, PLAN + wrapped) == ["NHIỆM VỤ TRỒNG RỪNG", "Chăm sóc và bảo vệ rừng"]
    assert titles(reader, PLAN + "PHẦN I\nTÌNH HÌNH TRỒNG RỪNG\n\nĐã trồng.\n") == ["TÌNH HÌNH TRỒNG RỪNG"]


def test_a_bold_line_ends_its_title_where_no_empty_line_does(reader: Extractor) -> None:
    text = (
        "KẾ HOẠCH\nTRỒNG RỪNG\n**I. MỤC ĐÍCH**\n**1. Yêu cầu**\nRừng được chăm sóc hai lần mỗi năm theo quy\n"
        "trình kỹ thuật của ngành lâm nghiệp và của\nđịa phương trong vùng đệm.\n**II. KINH PHÍ**\nNgân sách huyện.\n"
    )
    assert titles(reader, text) == ["MỤC ĐÍCH", "Yêu cầu", "KINH PHÍ"]


def test_a_wrapped_line_that_begins_with_a_number_is_no_section(reader: Extractor) -> None:
    text = PLAN + (
        "1. Việc chăm sóc rừng trồng được giao cho các hộ theo điểm c khoản\n"
        "2. Các hộ nhận khoán được hỗ trợ theo Quyết "
        "định của huyện và\n12. 500 cây giống mỗi hộ, trong đó cây bản địa chiếm tỷ lệ\n"
        "cao nhất theo hướng dẫn của ngành lâm "
        "nghiệp về trồng\nrừng phòng hộ.\n\n2. Bảo vệ rừng.\n"
    )
    assert next(marker for marker, _ in outline(reader, text)) == "1"
    assert ("12", 1) not in outline(reader, text)


@pytest.mark.parametrize(
    "table",
    [
        "| TT | Nhiệm vụ | Chủ trì | Thời gian |\n|---|---|---|---|\n| 1. | Gieo ươm | Sở Y tế | 2027 |\n"
        "| 2. | Trồng | Sở Y tế | 2027 |\n",
        "|\nTT\n|\nNhiệm vụ\n|\nChủ trì\n|\nThời gian\n|\n|\n1.\n|\nGieo ươm\n|\nSở Y tế\n|\n2027\n|\n|\n2.\n|\n"
        "Trồng\n|\nSở Y tế\n|\n2027\n|\n",
        "TT\tNhiệm vụ\tChủ trì\tThời gian\n1.\tGieo ươm\tSở Y tế\t2027\n2.\tTrồng rừng\tSở Y tế\t2027\n",
    ],
)
def test_rows_of_tables_are_no_sections(reader: Extractor, table: str) -> None:
    assert outline(reader, f"{PLAN}I. MỤC TIÊU\n\n{table}\nII. KINH PHÍ\n\nNgân sách.\n") == [("I", 1), ("II", 1)]


def test_letterhead_recipients_and_signature_hold_no_sections(reader: Extractor) -> None:
    text = (
        "UBND HUYỆN MAI SƠN\nPHÒNG NÔNG NGHIỆP\nSố: 3/KH-PNN\nMai Sơn, ngày 4 tháng 5 năm 2027\n\nKẾ HOẠCH\n"
        "Trồng rừng\n\n"
        "I. MỤC TIÊU\n\nTrồng 5 ha.\n\nNơi nhận:\n1. UBND huyện;\n2. Các xã;\n- Lưu: VT.\n\nTRƯỞNG PHÒNG\n\n"
        "Lò Văn Bun\n"
    )
    assert outline(reader, text) == [("I", 1)]


def test_a_new_title_begins_at_level_one(reader: Extractor) -> None:
    text = (
        "QUYẾT ĐỊNH\nVề việc ban hành Kế hoạch trồng rừng\n\nQUYẾT ĐỊNH:\n\nĐiều 1. Ban hành Kế hoạch.\n\n"
        "Điều 2. Thi hành:\n\n"
        "1. Sở Y tế.\n\nKẾ HOẠCH\nTrồng rừng\n(Kèm theo Quyết định số 8/QĐ-UBND ngày 1/2/2027 của UBND tỉnh Sơn La)\n\n"
        "I. MỤC TIÊU\n\n1. Chung\n\nPHỤ LỤC II\nDANH MỤC CÂY\n\n1. Cây gỗ lớn\n\na) Lim\n"
    )
    assert outline(reader, text) == [
        ("Điều 1", 1), ("Điều 2", 1), ("1", 2), ("I", 1), ("1", 2), ("1", 1), ("a", 2),
    ]  # fmt: skip


def test_decomposed_text_has_the_same_sections_at_its_own_places(reader: Extractor) -> None:

    composed = PLAN + "Điều 1. Phạm vi\n\nđ) Mục tiêu\n"
    decomposed = unicodedata.normalize("NFD", composed)
    plan = reader.extract(decomposed)
    assert [(section.marker, section.level) for section in plan.sections] == outline(reader, composed)
    assert [decomposed[section.start : section.end] for section in plan.sections] == [
        unicodedata.normalize("NFD", "Điều 1."),
        unicodedata.normalize("NFD", "đ)"),
    ]


def test_web_matter_is_hidden_and_the_plan_is_not(reader: Extractor) -> None:
    text = (
        "Tra cứu văn bản - Đăng nhập\n|\n**Số hiệu:**\n|\n7/KH-UBND\n|\n**Tình trạng:**\n|\nĐã biết\n|\n|\n"
        "ỦY BAN NHÂN DÂN\nTỈNH SƠN LA\n|\n"
        "Số: 7/KH-UBND\n|\n"
        "*Sơn La, ngày 4 tháng 5 năm 2027*\n|\n\nKẾ HOẠCH\n\nTRỒNG RỪNG NĂM 2027\n\n"
        "1. Sở Tài chính bố trí 500 triệu đồng.\n\n"
        "Nơi nhận:\n- Sở Y tế;\n- Lưu: VT.\n\nCHỦ TỊCH\n\nLò Văn Bun\n\nKế hoạch 7/KH-UBND năm 2028\n"
        "Văn bản liên quan\n1. Kế hoạch số 9/KH-UBND\n"
    )
    plan = reader.extract(text)
    assert [section.marker for section in plan.sections] == ["1"]
    assert [agency.name for agency in plan.agencies] == ["Sở Tài chính", "Sở Y tế"]
    assert [time.text for time in plan.times] == ["NĂM 2027"]
    assert plan.citations == []


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("ỦY BAN NHÂN DÂN TỈNH SƠN LA", ["Ủy ban nhân dân tỉnh Sơn La"]),
        ("THỦ TƯỚNG CHÍNH PHỦ", ["Thủ tướng Chính phủ"]),
    ],
)
def test_the_body_above_the_grounds_stays_visible(reader: Extractor, line: str, names: list[str]) -> None:
    text = (
        f"QUYẾT ĐỊNH\nVề việc trồng rừng\n\n{line}\n\nCăn cứ Luật Lâm nghiệp;\n\nQUYẾT ĐỊNH:\n\nĐiều 1. Trồng rừng.\n"
    )
    assert [agency.name.lower() for agency in reader.extract(text).agencies] == [name.lower() for name in names]


def test_words_of_a_web_site_inside_the_plan_hide_nothing(reader: Extractor) -> None:
    text = PLAN + (
        "1. Văn bản liên quan đến trồng rừng\n\n2. Chăm sóc\n\nVăn bản liên quan đã gửi các xã.\n\n3. Kinh phí\n"
    )
    assert outline(reader, text) == [("1", 1), ("2", 1), ("3", 1)]
