"""Warnings: what contradicts itself in a document, and what only looks so."""

from __future__ import annotations

import pytest

from extractor import Extractor
from tests.conftest import REAL, needs_real

HEAD = "ỦY BAN NHÂN DÂN\nTỈNH AN GIANG\nSố: 15/KH-UBND\nAn Giang, ngày 10 tháng 3 năm 2023\n\nKẾ HOẠCH\nPhòng chống hạn mặn năm 2023\n\n"

TRUE_FAULTS = [
    # figure and words
    ("amount-words-mismatch", "Kinh phí: 45.000.000 đồng (Bằng chữ: Năm mươi tư triệu đồng)."),
    ("amount-words-mismatch", "Kinh phí: 1.250.000.000 đồng (Một tỷ, hai trăm triệu đồng)."),
    ("amount-words-mismatch", "Hỗ trợ 5.000.000 (sáu triệu) đồng mỗi hộ."),
    ("amount-words-mismatch", "Mở 12 (mười ba) lớp tập huấn."),
    ("amount-words-mismatch", "Thù lao 1.105.000 đồng/tháng (Một triệu một trăm nghìn đồng/tháng)."),
    ("amount-words-mismatch", "Số tiền là một trăm linh năm triệu đồng (150.000.000 đồng)."),
    ("amount-words-mismatch", "Vốn viện trợ: 120.000 USD (một trăm hai mươi lăm nghìn đô la Mỹ)."),
    # totals and parts
    ("sum-mismatch", "Kinh phí dự kiến:\n- Tuyên truyền: 30.000.000 đồng;\n- Tập huấn: 25.000.000 đồng.\nTổng cộng (1+2): 65.000.000 đồng."),
    ("sum-mismatch", "| TT | Nội dung | Kinh phí (đồng) |\n|---|---|---|\n| I | Tập huấn | 30.000 |\n| 1 | Giảng viên | 10.000 |\n| 2 | In ấn | 25.000 |\n| II | Khác | 5.000 |\n| | Tổng cộng | 35.000 |"),
    ("sum-mismatch", "| TT | Xã | Tổng số | Nam | Nữ |\n|---|---|---|---|---|\n| 1 | An Hòa | 10 | 4 | 6 |\n| 2 | An Lạc | 20 | 9 | 11 |\n| 3 | An Phú | 30 | 15 | 15 |\n| 4 | An Bình | 25 | 10 | 11 |\n| 5 | An Sơn | 40 | 20 | 20 |"),
    ("product-mismatch", "| TT | Nội dung | Số lượng | Đơn giá (đồng) | Thành tiền (đồng) |\n|---|---|---|---|---|\n| 1 | Băng rôn | 10 | 1.500.000 | 25.000.000 |\n| 2 | Tờ rơi | 1.000 | 5.000 | 5.000.000 |"),
    ("sum-mismatch", "Tổng kinh phí: 900.000.000 đồng, trong đó:\n- Tuyên truyền: 300.000.000 đồng;\n- Tập huấn: 250.000.000 đồng;\n- Khác: 300.000.000 đồng."),
    ("sum-mismatch", "1. Tổng kinh phí: 900 triệu đồng, trong đó:\na) Ngân sách tỉnh: 500 triệu đồng.\nb) Ngân sách huyện: 300 triệu đồng.\n2. Thanh quyết toán theo quy định."),
    ("sum-mismatch", "Tổng kinh phí 900 triệu đồng (ngân sách tỉnh 500 triệu đồng, xã hội hóa 300 triệu đồng)."),
    ("sum-mismatch", "Tổng kinh phí thực hiện là 3,5 tỷ đồng, bao gồm: ngân sách tỉnh 2,1 tỷ đồng; ngân sách xã 1,2 tỷ đồng."),
    ("sum-mismatch", "Kinh phí dự kiến:\n- Tuyên truyền: 30.000.000 đồng;\n- Tập huấn: 25.000.000 đồng.\nTổng cộng: 65.000.000 đồng."),
    ("sum-mismatch", "Thành lập 25 tổ, gồm 14 tổ ở xã và 10 tổ ở phường."),
    ("sum-mismatch", "Kinh phí: 90 triệu đồng + 79 triệu đồng + 20 triệu đồng = 199 triệu đồng."),
    ("sum-mismatch", "| TT | Nội dung | Kinh phí (đồng) |\n|---|---|---|\n| 1 | Tập huấn | 10.000.000 |\n| 2 | In ấn | 20.000.000 |\n| | Tổng cộng | 35.000.000 |"),
    ("sum-mismatch", "| TT | Xã | Số hộ | Số người |\n|---|---|---|---|\n| 1 | An Hòa | 10 | 40 |\n| 2 | An Lạc | 20 | 90 |\n| | Cộng | 30 | 150 |"),
    # products
    ("product-mismatch", "Kinh phí: 1.500.000.000 đồng/năm x 05 năm = 7.000.000.000 đồng."),
    ("product-mismatch", "Bồi dưỡng: 03 người × 20 ngày × 150.000 đồng/ngày = 900.000 đồng."),
    ("product-mismatch", "Treo 450 cái băng rôn (treo 02 đợt, mỗi đợt 220 cái)."),
    ("product-mismatch", "Tập huấn 300 người (05 lớp, mỗi lớp 50 người)."),
    # dates and numbers
    ("date-invalid", "Hoàn thành trước ngày 31/6/2023."),
    ("date-invalid", "Tổ chức vào ngày 29/02/2023."),
    ("date-invalid", "Căn cứ Quyết định số 77/QĐ-UBND ngày 31 tháng 11 năm 2022 của UBND tỉnh."),
    ("duplicate-number", "Thực hiện Quyết định số 77/QĐ-UBND ngày 03/01/2023 của UBND tỉnh. Theo Quyết định số 77/QĐ-UBND ngày 13/01/2023 của UBND tỉnh, giao Sở Y tế thực hiện."),
    ("duplicate-number", "Thực hiện Nghị định số 45/2022/NĐ-CP ngày 07/7/2022 của Chính phủ. Mức phạt theo Nghị định số 45/2022/NĐ-CP ngày 07/7/2023."),
    ("duplicate-number", "Thông tư số 40/2022/TT-BTC ngày 28/4/2022 của Bộ trưởng Bộ Tài chính; theo Thông tư số 40/2022/TT-BTC ngày 28/4/2021 của Bộ Tài chính."),
    # times
    ("time-outside-plan", "1. Sở Y tế xây dựng cơ sở dữ liệu, hoàn thành trong năm 2019."),
    ("time-outside-plan", "1. Sở Tài chính trình UBND tỉnh, hoàn thành trước ngày 30 tháng 6 năm 2003."),
    ("time-outside-plan", "1. Nạo vét kênh\n- Thời gian thực hiện: Quý II/2021."),
    ("time-outside-plan", "1. Nạo vét kênh\n- Thời gian thực hiện: tháng 9/2025."),
    ("time-outside-plan", "1. Sở Tài chính báo cáo UBND tỉnh trước ngày 15/02/2023."),
    # outline
    ("outline-gap", "I. MỤC TIÊU\nĐủ nước ngọt.\nII. NHIỆM VỤ\nNạo vét kênh.\nIV. TỔ CHỨC THỰC HIỆN\nSở Y tế chủ trì."),
    ("outline-gap", "1. Nạo vét kênh.\n2. Đắp đập.\n2. Dự trữ nước.\n3. Tuyên truyền."),
    ("outline-gap", "a) Nạo vét kênh.\nb) Đắp đập.\ne) Dự trữ nước."),
]  # fmt: skip

SOUND = [
    "Tổng kinh phí 10 tỷ đồng, gồm chi tập huấn 3 tỷ đồng, chi tuyên truyền 2 tỷ đồng và các khoản chi khác.",
    "Tổng kinh phí 10 tỷ đồng, trong đó ưu tiên 3 tỷ đồng cho xã An Hòa và 2 tỷ đồng cho xã An Lạc.",
    "Tổng vốn 10 tỷ đồng, trong đó: vốn đầu tư 6 tỷ đồng, riêng vốn năm 2023 là 2 tỷ đồng.",
    "1. Hồ sơ nộp trước ngày 01/01/2023 được giải quyết theo quy định cũ.\n2. Hỗ trợ hộ đăng ký thường trú trước ngày 31/12/2022.",
    "1. Nạo vét kênh\n- Thời gian: tháng 12/2022 (đã hoàn thành).",
    "Họp mặt vào ngày 30/02 âm lịch.",
    "In 1.333 cuốn x 7.500 đồng/cuốn = 9.998.000 đồng.",
    "1. Sửa đổi như sau: “3. Kinh phí.\n5. Tổ chức.”\n2. Hiệu lực thi hành.",
    "| TT | Nội dung | Số lượng | Số ngày | Đơn giá (đồng) | Thành tiền (đồng) |\n|---|---|---|---|---|---|\n| 1 | Giảng viên | 2 | 3 | 500.000 | 3.000.000 |\n| 2 | Học viên | 40 | 3 | 50.000 | 6.000.000 |\n| | Tổng cộng | | | | 9.000.000 |",
    "Kinh phí: 45.000.000 đồng (Bằng chữ: Bốn mươi lăm triệu đồng chẵn).",
    "Kinh phí: 1.005.000.000 đồng (Một tỷ không trăm linh năm triệu đồng).",
    "Hỗ trợ 5.000.000 (năm triệu) đồng mỗi hộ; mở 12 (mười hai) lớp.",
    "Thực hiện trong 05 (năm 2023) đợt.",
    "Tổng kinh phí: 850.000.000 đồng, trong đó:\n- Tuyên truyền: 300.000.000 đồng;\n- Tập huấn: 250.000.000 đồng;\n- Khác: 300.000.000 đồng.",
    "Tổng kinh phí: 850.000.000 đồng, trong đó:\n- Ngân sách tỉnh: 550.000.000 đồng:\n+ Tuyên truyền: 300.000.000 đồng;\n+ Tập huấn: 250.000.000 đồng;\n- Ngân sách huyện: 300.000.000 đồng.",
    "Tổng kinh phí: 850.000.000 đồng, trong đó:\n- Ngân sách tỉnh: 550.000.000 đồng;\n- Ngân sách huyện: bố trí theo khả năng.",
    "Tổng kinh phí: 550.000.000 đồng, trong đó:\n- Ngân sách tỉnh: 250.000.000 đồng;\n- Ngân sách huyện: 300.000.000 đồng;\n- Nguồn khác: Không.",
    "Chi ngân sách 21.049 tỷ đồng (trong đó chi đầu tư 5.937 tỷ đồng, chi thường xuyên 14.635 tỷ đồng).",
    "Tập huấn 160 người, trong đó 120 người là nữ, 80 người là đảng viên.",
    "Thu ngân sách 11.080 tỷ đồng, tăng 5% so với năm 2022 (10.482 tỷ đồng), trong đó: thu nội địa 9.000 tỷ đồng; thu khác 2.080 tỷ đồng.",
    "Kinh phí 1,25 tỷ đồng, gồm: ngân sách tỉnh 0,75 tỷ đồng, ngân sách huyện 503 triệu đồng.",
    "Thành lập 25 tổ, gồm 75 thành viên ở 14 xã.",
    "Kinh phí dự kiến:\n- Tuyên truyền: 30.000.000 đồng;\n- Tập huấn: 25.000.000 đồng.\nTổng cộng: 55.000.000 đồng.",
    "| TT | Nội dung | Kinh phí (đồng) |\n|---|---|---|\n| I | Tập huấn | 30.000.000 |\n| 1 | Giảng viên | 10.000.000 |\n| 2 | In ấn | 20.000.000 |\n| II | Khác | 5.000.000 |\n| | Tổng cộng | 35.000.000 |",
    "| TT | Xã | Tỷ lệ (%) | Năm |\n|---|---|---|---|\n| 1 | An Hòa | 10 | 2021 |\n| 2 | An Lạc | 20 | 2022 |\n| | Tổng số | 15 | 2023 |",
    "Kinh phí: 1.500.000.000 đồng/năm x 05 năm = 7.500.000.000 đồng.",
    "Băng rôn khổ 0,8 m x 6 m, số lượng = 40 cái.",
    "Chi 02 lớp, mỗi lớp 30 người x 100.000 đồng = 6.000.000 đồng.",
    "Chi (5 người + 3 người) x 100.000 đồng = 800.000 đồng.",
    "Chi 05 lớp x 20 = 100 triệu đồng.",
    "Hỗ trợ 100 người; tổ chức 02 lớp, mỗi lớp 30 người.",
    "Tập huấn 250 người (05 lớp, mỗi lớp khoảng 45 người).",
    "Hoàn thành trước ngày 30/6/2023; tổ chức vào ngày 29/02/2024.",
    "Thực hiện Nghị quyết số 01/NQ-CP ngày 08/01/2022 của Chính phủ; Nghị quyết số 01/NQ-CP ngày 06/01/2023 của Chính phủ.",
    "Thực hiện Quyết định số 77/QĐ-UBND ngày 03/01/2023 của UBND huyện Châu Phú; Quyết định số 77/QĐ-UBND ngày 13/01/2023 của UBND huyện Tri Tôn.",
    "1. Nạo vét kênh\n- Thời gian thực hiện: Quý II/2023.\n2. Đắp đập đã làm trước ngày 15/02/2023.",
    "1. Sở Tài chính báo cáo UBND tỉnh trước ngày 15/12/2023; báo cáo năm gửi trước ngày 15/01/2024.",
    "1. Sử dụng đất trước ngày 01/7/2004 thì được cấp giấy.",
    "a) Một.\nb) Hai.\nc) Ba.\nd) Bốn.\ne) Năm.\ng) Sáu.",
    "A. TÌNH HÌNH\nTốt.\nB. NHIỆM VỤ\nLàm.\nC. KINH PHÍ\nCó.\nD. THỜI GIAN\nNăm 2023.\nE. TỔ CHỨC\nLàm.",
    "I. MỤC TIÊU\n1. Một.\n2. Hai.\nII. NHIỆM VỤ\n1. Một.\n2. Hai.",
]  # fmt: skip


@pytest.mark.parametrize(("code", "body"), TRUE_FAULTS)
def test_a_fault_is_told(reader: Extractor, code: str, body: str) -> None:
    plan = reader.extract(HEAD + body)
    assert [warning.code for warning in plan.warnings] == [code]
    (warning,) = plan.warnings
    assert warning.message
    assert warning.start >= len(HEAD)
    assert warning.start < warning.end <= len(plan.text)


@pytest.mark.parametrize("body", SOUND)
def test_a_sound_document_raises_none(reader: Extractor, body: str) -> None:
    assert reader.extract(HEAD + body).warnings == []


@needs_real
def test_the_report_whose_words_contradict_its_figure(reader: Extractor) -> None:
    plan = reader.extract_file(REAL / "text" / "dong-nai-2015-bao-cao.txt")
    (warning,) = plan.warnings
    assert warning.code == "amount-words-mismatch"
    assert "1.276.000.000" in warning.message
    assert "1.198.085.000" in warning.message


@pytest.mark.parametrize(
    "body",
    [
        "Hỗ trợ 1/2 x 100.000 đồng = 50.000 đồng.",
        "Họp ngày 30/02 (tức âm lịch).",
        "Mã " + "1" * 41 + " x 2 = 5.",
        "| TT | Nội dung | Kinh phí |\n|---|---|---|\n| 1 | a | " + "1" * 41 + " |\n| 2 | b | 3 |\n| | Tổng cộng | 4 |",
        "| TT | Nội dung | Kinh phí (đồng) |\n|---|---|---|\n| 1 | A | 300 |\n| 1.1 | Trong đó: a | 100 |\n| 1.2 | b | 120 |\n| 2 | B | 50 |\n| | Tổng cộng | 350 |",
        "+---+------+---------+\n|TT |Việc  |Kinh phí |\n+---+------+---------+\n|1  |a     |1.200.000|\n+---+------+---------+\n|2  |b     |1.200.000|\n+---+------+---------+\n|   |Cộng  |2.400.   |\n|   |      |000      |\n+---+------+---------+",
    ],
)
def test_what_a_reviewer_found_to_be_sound(reader: Extractor, body: str) -> None:
    assert reader.extract(HEAD + body).warnings == []


def test_among_many_columns_of_numbers_no_product_is_looked_for(reader: Extractor) -> None:
    heads = ["TT", "Nội dung", *(f"Số lượng {number}" for number in range(24)), "Đơn giá", "Thành tiền"]
    row = "| 1 | a | " + " | ".join(["3"] * 24) + " | 7 | 11 |\n"
    plan = reader.extract(HEAD + "| " + " | ".join(heads) + " |\n" + "|---" * len(heads) + "|\n" + row * 3)
    assert len(plan.tables) == 1
    assert plan.warnings == []
