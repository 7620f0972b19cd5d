"""Tables in text: cells, columns, and what is no table."""

from __future__ import annotations

import pytest

from extractor import Extractor
from extractor.grammar import load_grammar
from extractor.language.view import make_view
from extractor.outline.structure import Grid
from extractor.outline.tables import find_tables

PIPES = """Danh mục
| TT | Nhiệm vụ | Cơ quan chủ trì | Phối hợp | Thời gian |
|---|---|:---:|---|---|
| 1 | Rà soát hồ chứa | Sở Xây dựng |  | Quý I/2027 |
| 2 | Tập huấn | Sở Y tế | Công an tỉnh | 6/2027 |
"""
LONE = """Danh mục

|
**STT**
|
**Nội dung**
|
**Đơn vị thực hiện**
|
**Thời hạn**
|
**Ghi chú**
|
|
**I**
|
**Nhóm việc thứ nhất**
|
|
|
|
|
1
|
Rà soát các hồ chứa
nước trên địa bàn
|
Sở Xây dựng
|
Quý I/2027
|
|
|
Cắm mốc hành lang bảo vệ hồ
|
Chi cục Thủy lợi
|
|
|
|
2
|
Tập huấn
|
Sở Y tế
|
6/2027
|
Lồng ghép
|

Hết danh mục.
"""
TABS = "TT\tNội dung\tKết quả\tThời gian\t\n\t\t\tBắt đầu\tKết thúc\n1\tTrồng rừng\t15 ha\t3/2027\t9/2027\n2\tTập huấn\t03 lớp\t4/2027\t5/2027\n"


def grids(text: str) -> tuple[Grid, ...]:
    return find_tables(make_view(text), load_grammar())


def rows(text: str, grid: Grid) -> dict[int, dict[int, str]]:
    plain = make_view(text).plain
    table: dict[int, dict[int, str]] = {}
    for cell in grid.cells:
        table.setdefault(cell.row, {})[cell.column] = " ".join(plain[cell.start : cell.end].split())
    return table


def test_markdown_rows() -> None:
    (grid,) = grids(PIPES)
    assert grid.columns == ("marker", "action", "lead", "coordinate", "time")
    assert rows(PIPES, grid)[1] == {0: "1", 1: "Rà soát hồ chứa", 2: "Sở Xây dựng", 4: "Quý I/2027"}
    assert grid.header_rows == 1


def test_cells_between_lone_pipes_with_group_row_empty_cells_and_merged_number() -> None:
    (grid,) = grids(LONE)
    assert grid.columns == ("marker", "action", "lead", "time", "note")
    table = rows(LONE, grid)
    assert table[1] == {0: "I", 1: "Nhóm việc thứ nhất"}
    assert table[2] == {0: "1", 1: "Rà soát các hồ chứa nước trên địa bàn", 2: "Sở Xây dựng", 3: "Quý I/2027"}
    assert table[3] == {1: "Cắm mốc hành lang bảo vệ hồ", 2: "Chi cục Thuỷ lợi"}
    assert table[4] == {0: "2", 1: "Tập huấn", 2: "Sở Y tế", 3: "6/2027", 4: "Lồng ghép"}


def test_headings_in_two_storeys_between_tabs() -> None:
    (grid,) = grids(TABS)
    assert grid.columns == ("marker", "action", "output", "start_time", "end_time")
    assert grid.header_rows == 2
    assert rows(TABS, grid)[3] == {0: "2", 1: "Tập huấn", 2: "03 lớp", 3: "4/2027", 4: "5/2027"}


def test_a_caption_names_the_unit_of_money() -> None:
    (grid,) = grids(PIPES.replace("Danh mục", "ĐVT: triệu đồng").replace("Thời gian", "Kinh phí"))
    assert grid.money_unit == "triệu đồng"
    assert grid.columns[4] == "budget"
    assert grids(PIPES.replace("Danh mục", "Đơn vị tính: người"))[0].money_unit is None


@pytest.mark.parametrize(
    "text",
    [
        "|\n**ỦY BAN NHÂN DÂN**\nTỈNH SƠN LA\n-------\n|\n**CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM**\n|\n|\nSố: 12/KH-UBND\n|\nSơn La, ngày 02 tháng 3 năm 2027\n|\n",
        "|\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n|\n**TM. ỦY BAN NHÂN DÂN**\nPHÓ CHỦ TỊCH\n|\n",
        "Chọn A | B | C rồi ghi lại\n",
        "Sở Y tế | Cộng hòa | x\nSố: 12/KH-SYT | Hòa An, ngày 02 tháng 3 năm 2027 | y\nHuyện A | Xã B | Xã C\n",
        "TT\nHĐND tỉnh;\nTT UBND tỉnh;\nCác sở, ngành;\nLưu: VT.\n",
        "TT\nXã\nDiện tích\nNgoài ra không còn gì để ghi\n",
        "Một dòng\tcó một tab\nvà một dòng nữa\n",
    ],
)
def test_what_is_no_table(text: str) -> None:
    assert grids(text) == ()


def test_two_tables_with_a_sentence_between_them_stay_two() -> None:
    second = LONE.split("Danh mục\n\n")[1].split("\n\nHết")[0]
    found = grids(
        LONE.split("\n\nHết")[0] + "\n2. Danh mục các công việc thường xuyên trong năm:\n" + second + "\n\nHết.\n"
    )
    assert [grid.columns for grid in found] == [("marker", "action", "lead", "time", "note")] * 2


DRAWN = """Danh mục
┌────┬─────────────────────┬──────────┬──────────┐
│TT  │Nhiệm vụ             │Cơ quan   │Thời gian │
│    │                     │chủ trì   │          │
├────┼─────────────────────┼──────────┼──────────┤
│1   │Rà soát các hồ chứa  │Sở Y tế   │Quý I/2027│
│    │nước                 │          │          │
├────┼─────────────────────┼──────────┼──────────┤
│    │Cắm mốc              │Sở Nội vụ │3/2027    │
└────┴─────────────────────┴──────────┴──────────┘
"""
PRINTED = """Danh mục
|TT  |Nhiệm vụ             |Cơ quan   |Thời gian |
|    |                     |chủ trì   |          |
|1   |Rà soát các hồ chứa  |Sở Y tế   |Quý I/2027|
|    |nước                 |          |          |
|    |Cắm mốc              |Sở Nội vụ |3/2027    |
"""


@pytest.mark.parametrize(
    "text",
    [DRAWN, PRINTED, DRAWN.replace("│", "|").translate({ord(sign): "+" for sign in "┌┬┐├┼┤└┴┘"}).replace("─", "-")],
)
def test_drawn_tables_whose_rows_run_over_lines(text: str) -> None:
    (grid,) = grids(text)
    assert grid.columns == ("marker", "action", "lead", "time")
    assert grid.titles[2] == "cơ quan chủ trì"
    numbers = [(cell.row, cell.column) for cell in grid.cells if cell.row > 0]
    assert numbers == [(1, 0), (1, 1), (1, 2), (1, 3), (1, 1), (2, 1), (2, 2), (2, 3)]


def test_a_markdown_row_without_number_is_a_row_of_its_own() -> None:
    text = "| TT | Nhiệm vụ | Chủ trì |\n|----|----------|---------|\n| 1  | Rà soát  | Sở Y tế |\n|    | Cắm mốc  | Sở Y tế |\n"
    (grid,) = grids(text)
    assert [cell.row for cell in grid.cells if cell.column == 1] == [0, 1, 2]


@pytest.mark.parametrize(
    ("caption", "worth"),
    [
        ("ĐVT: triệu đồng", 2_250_000_000),
        ("(Đơn vị tính: 1.000 đồng)", 2_250_000),
        ("Đơn vị: 1000đ", 2_250_000),
        ("ĐVT: tr.đ", 2_250_000_000),
        ("Đơn vị tính: Nghìn đồng", 2_250_000),
        ("Đơn vị tính: đồng", 2_250),
    ],
)
def test_the_unit_of_a_caption_makes_amounts_of_bare_figures(reader: Extractor, caption: str, worth: int) -> None:
    table = "| TT | Nội dung | Kinh phí | Số lớp |\n|---|---|---|---|\n| 1 | Tập huấn | 2.250 | 12 |\n"
    plan = reader.extract(f"KẾ HOẠCH\nPhòng chống hạn năm 2027\n\nI. KINH PHÍ\n{caption}\n{table}")
    assert [(amount.text, amount.value) for amount in plan.amounts] == [("2.250", worth)]
    (activity,) = [one for one in plan.activities if one.row]
    assert activity.amounts == [plan.amounts[0].id]


def test_what_a_row_states_is_its_activity(reader: Extractor) -> None:
    table = (
        "| TT | Nhiệm vụ | Cơ quan thực hiện | Thời gian | Kết quả |\n|---|---|---|---|---|\n"
        "| 1 | Mở 05 lớp tập huấn | - Chủ trì: Sở Công Thương - Phối hợp: UBND tỉnh | Quý I - Quý II/2027 | Báo cáo |\n"
    )
    plan = reader.extract(
        f"ỦY BAN NHÂN DÂN\nTỈNH BẮC NINH\n\nKẾ HOẠCH\nPhòng chống hạn năm 2027\n\nI. NHIỆM VỤ\n{table}"
    )
    (row,) = plan.rows
    (activity,) = [one for one in plan.activities if one.row]
    assert (row.lead, row.coordinate) == (["Sở Công Thương"], ["Ủy ban nhân dân tỉnh"])
    assert activity.coordinate == ["Ủy ban nhân dân tỉnh Bắc Ninh"]
    assert (row.start_time, row.end_time) == ("2027-Q1", "2027-Q2")
    assert activity.times == ["2027-Q1/2027-Q2"]
    assert activity.quantities == [plan.quantities[0].id]
    assert activity.outputs == ["Báo cáo"]


HEAD = "ỦY BAN NHÂN DÂN\nTỈNH BẮC NINH\n\nKẾ HOẠCH\nPhòng chống hạn năm 2027\n\nI. NHIỆM VỤ\n"
ROWS = "| TT | Nhiệm vụ | Cơ quan chủ trì | Thời gian |\n|---|---|---|---|\n"


@pytest.mark.parametrize(
    "row",
    [
        "| | Tổng cộng | | 12 |",
        "| | TỔNG CỘNG (I + II) | | |",
        "| | Cộng: | | 5 |",
        "| (1) | (2) | (3) | (4) |",
        "| A | B | 1 | 2 |",
        "| TT | Nhiệm vụ | Cơ quan chủ trì | Thời gian |",
    ],
)
def test_totals_column_numbers_and_repeated_headings_are_no_rows(reader: Extractor, row: str) -> None:
    first = row.startswith(("| (", "| A"))
    data = "| 1 | Khảo sát | Sở Y tế | 3/2027 |"
    plan = reader.extract(HEAD + ROWS + "\n".join([row, data] if first else [data, row]) + "\n")
    assert [one.title for one in plan.rows] == ["Khảo sát"]


@pytest.mark.parametrize("title", ["Tổng kết công tác năm", "Tổng hợp, báo cáo", "Cộng tác viên: tập huấn"])
def test_what_only_begins_like_a_total_is_a_row(reader: Extractor, title: str) -> None:
    plan = reader.extract(f"{HEAD}{ROWS}| 1 | {title} | Sở Nội vụ | 11/2027 |\n")
    assert [(one.title, one.end_time) for one in plan.rows] == [(title, "2027-11")]


def test_a_name_broken_over_the_lines_of_a_cell_is_one(reader: Extractor) -> None:
    table = (
        "|TT |Nội dung công việc       |Chủ trì        |Phối hợp |Thời gian |\n"
        "|1  |Tập huấn cán bộ          |Sở Thông tin và|Sở Tài   |Quý II -  |\n"
        "|   |xã                       |Truyền thông   |chính    |Quý III   |\n"
        "|2  |Tổng kết                 |Sở Y tế        |         |12/2027   |\n"
    )
    first, second = reader.extract(HEAD + table).rows
    assert (first.title, first.lead, first.coordinate) == (
        "Tập huấn cán bộ xã", ["Sở Thông tin và Truyền thông"], ["Sở Tài chính"],
    )  # fmt: skip
    assert (first.start_time, first.end_time) == ("2027-Q2", "2027-Q3")
    assert second.lead == ["Sở Y tế"]


def test_a_rows_own_unit_goes_before_the_captions(reader: Extractor) -> None:
    table = (
        "Đơn vị tính: tỷ đồng\n| TT | Chỉ tiêu | Đơn vị tính | Năm 2026 | Năm 2027 |\n|---|---|---|---|---|\n"
        "| 1 | Thu ngân sách | Tỷ đồng | 55 | 60 |\n| 2 | Xã đạt chuẩn | xã | 100 | 110 |\n"
        "| 3 | Chi đầu tư | triệu đồng | 1.200 | 1.300 |\n"
    )
    plan = reader.extract(HEAD + table)
    assert [amount.value for amount in plan.amounts] == [55_000_000_000, 60_000_000_000, 1_200_000_000, 1_300_000_000]


def test_an_empty_cell_may_be_an_empty_line() -> None:
    cells = ["TT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời gian", "1", "Rà soát", "Sở Y tế", "", "3/2027"]
    text = "".join(f"|\n{cell}\n" for cell in cells[:5]) + "|\n" + "".join(f"|\n{cell}\n" for cell in cells[5:]) + "|\n"
    (grid,) = grids(text)
    assert rows(text, grid)[1] == {0: "1", 1: "Rà soát", 2: "Sở Y tế", 4: "3/2027"}


LINES = ["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Phối hợp", "Thời gian"]
FIRST = ["1", "Rà soát hồ chứa", "Sở Xây dựng", "", "Quý I/2027"]
SECOND = ["2", "Tập huấn 2 lớp", "Sở Y tế", "Công an tỉnh", "6/2027"]


def test_cells_that_stand_each_on_a_line() -> None:
    text = "Danh mục\n" + "\n".join([*LINES, *FIRST, *SECOND, "", "Tổng cộng", "", "", ""]) + "\nHết.\n"
    (grid,) = grids(text)
    assert grid.columns == ("marker", "action", "lead", "coordinate", "time")
    table = rows(text, grid)
    assert table[1] == {0: "1", 1: "Rà soát hồ chứa", 2: "Sở Xây dựng", 4: "Quý I/2027"}
    assert table[2] == {0: "2", 1: "Tập huấn 2 lớp", 2: "Sở Y tế", 3: "Công an tỉnh", 4: "6/2027"}
    assert table[3] == {1: "Tổng cộng"}


def test_cells_that_stand_each_on_a_line_with_empty_lines_between_and_groups() -> None:
    text = "\n\n".join([*LINES, "I", "Nhóm việc thứ nhất", *SECOND[:4], "II", "Nhóm việc thứ hai", "3"])
    assert grids(text) == ()  # counting begins with 1
    first = ["1", *SECOND[1:4]]
    text = "\n\n".join([*LINES, "I", "Nhóm việc thứ nhất", *first, "II", "Nhóm việc thứ hai", *SECOND])
    (grid,) = grids(text)
    table = rows(text, grid)
    assert table[2] == {0: "1", 1: "Tập huấn 2 lớp", 2: "Sở Y tế", 3: "Công an tỉnh"}
    assert table[3] == {0: "II", 1: "Nhóm việc thứ hai"}
    assert table[4][4] == "6/2027"


def test_cells_with_pipes_between_them_only_and_no_column_of_numbers(reader: Extractor) -> None:
    table = (
        "Thời gian | Nhiệm vụ | Cơ quan chủ trì | Phối hợp\n"
        "15/3/2027 | Rà soát | Sở Y tế | Công an tỉnh\n20/4/2027 | Tổng kết | Sở Nội vụ |\n"
    )
    first, second = reader.extract(HEAD + table).rows
    assert (first.title, first.lead, first.coordinate, first.end_time) == (
        "Rà soát", ["Sở Y tế"], ["Công an tỉnh"], "2027-03-15",
    )  # fmt: skip
    assert (second.lead, second.coordinate, second.end_time) == (["Sở Nội vụ"], None, "2027-04-20")


@pytest.mark.parametrize("between", ["\n7\n\n", "\n", "\nTrang 3/7\n", "\n- 12 -\n\n"])
def test_a_table_goes_on_behind_the_number_of_a_page(reader: Extractor, between: str) -> None:
    rest = "| 2 | Tổng kết | Sở Nội vụ | 11/2027 |\n"
    plan = reader.extract(f"{HEAD}{ROWS}| 1 | Khảo sát | Sở Y tế | 3/2027 |\n{between}{rest}")
    assert [one.lead for one in plan.rows] == [["Sở Y tế"], ["Sở Nội vụ"]]
    apart = reader.extract(f"{HEAD}{ROWS}| 1 | Khảo sát | Sở Y tế | 3/2027 |\n{between}Hết bảng.\n{rest}")
    assert [one.lead for one in apart.rows] == [["Sở Y tế"]]


def test_columns_that_count_hold_no_money(reader: Extractor) -> None:
    table = (
        "ĐVT kinh phí: triệu đồng\n"
        "TT\tĐịa phương\tSố học viên\tTrong đó nữ\tLao động\tKhu nuôi (ha)\tVốn vay\tTrong đó vốn tỉnh\n"
        "1\tXã A\t120\t150\t400\t110\t250\t125\n2\tXã B\t130\t160\t500\t120\t350\t130\n"
        "10\tXã C\t140\t170\t600\t130\t450\t140\n"
    )
    plan = reader.extract(HEAD + table)
    assert [amount.text for amount in plan.amounts] == ["250", "125", "350", "130", "450", "140"]


def test_headings_of_columns_are_no_wrapped_line(reader: Extractor) -> None:
    """In a hard-wrapped copy the line above them ends without a sign, too."""
    prose = "Ủy ban nhân dân huyện giao các phòng chuyên môn rà soát, tổng hợp và\nbáo cáo kết quả thực hiện hằng quý theo mẫu biểu kèm theo kế hoạch này\n"
    text = f"KẾ HOẠCH\nNăm 2021\n\n{prose * 4}\nĐơn vị tính: triệu đồng\nTT\tNội dung\tKinh phí\tCơ quan chủ trì\n1\tTập huấn\t120\tSở Y tế\n2\tKiểm tra\t80\tSở Nội vụ\n"
    plan = reader.extract(text)
    assert [row.marker for row in plan.rows] == ["1", "2"]
    assert [amount.value for amount in plan.amounts] == [120_000_000, 80_000_000]


def test_a_heading_above_an_item_is_no_wrapped_line(reader: Extractor) -> None:
    prose = "Ủy ban nhân dân huyện giao các phòng chuyên môn rà soát, tổng hợp và\nbáo cáo kết quả thực hiện hằng quý theo mẫu biểu kèm theo kế hoạch này.\n"
    text = f"KẾ HOẠCH\nNăm 2021\n\n{prose * 4}1. Hỗ trợ đất sản xuất và nhà ở cho hộ nghèo\na) Giao khoán bảo vệ 120 ha rừng.\nb) Mở 03 lớp.\n"
    assert [section.path for section in reader.extract(text).sections] == ["1", "1/a", "1/b"]
