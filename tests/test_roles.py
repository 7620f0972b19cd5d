"""Roles of agencies, by inline markup."""

from __future__ import annotations

import pytest
from conftest import faults

from extractor import Extractor

DUTIES = "II. TỔ CHỨC THỰC HIỆN\n\n"
LINES = [
    "1. <agency role=lead>Sở Công Thương</agency> chủ trì, phối hợp với <agency role=coordinate>Sở Tài chính</agency>, <agency role=coordinate>Công an tỉnh</agency> kiểm tra các chợ.",
    "1. <agency role=lead>Sở Công Thương</agency>\na) Chủ trì, phối hợp chặt chẽ với <agency role=coordinate>Sở Tài chính</agency> lập dự toán trình <agency role=approve>UBND tỉnh</agency> phê duyệt.",
    "1. <agency role=lead>Sở Y tế</agency>: Rà soát trang thiết bị, báo cáo <agency role=report_to>UBND tỉnh</agency>, <agency role=report_to>Bộ Y tế</agency> trước ngày 20/11.",
    "1. <agency role=lead>Sở Nội vụ</agency> tham mưu <agency>UBND tỉnh</agency> khen thưởng.",
    "1. <agency role=lead>Sở Nội vụ</agency> phối hợp <agency role=coordinate>Báo Hà Nam</agency> đưa tin, gửi kết quả thực hiện về <agency role=report_to>Sở Thông tin và Truyền thông</agency>.",
    "- Giao <agency role=lead>Chi cục Kiểm lâm</agency> quản lý hồ sơ.",
    "- Đề nghị <agency role=lead>Liên đoàn Lao động tỉnh</agency>, <agency role=lead>Hội Nông dân tỉnh</agency> vận động hội viên tham gia.",
    "- Hằng năm, <agency role=lead>Sở Tư pháp</agency> tổng hợp số liệu.",
    "- Mọi vướng mắc phản ánh về <agency role=report_to>Sở Tư pháp</agency> (qua <agency>Phòng Phổ biến, giáo dục pháp luật</agency>).",
    "- Đơn vị chủ trì: <agency role=lead>Sở Tư pháp</agency>; đơn vị phối hợp: <agency role=coordinate>Sở Nội vụ</agency>, <agency role=coordinate>Công an tỉnh</agency>.",
    "- Đăng tin trên trang thông tin của <agency>Sở Tư pháp</agency>.",
    "- Hồ sơ do <agency role=lead>Sở Tư pháp</agency> chủ trì thẩm tra.",
    "a) <agency role=lead>Sở Xây dựng</agency> thẩm định dự toán trong 10 ngày.",
    "- Lập dự toán trong tháng 3; <agency role=approve>Sở Xây dựng</agency> thẩm định trong 10 ngày.",
    "b) <agency role=lead>Sở Nội vụ</agency>, <agency role=lead>Sở Tư pháp</agency> mỗi đơn vị cử 02 cán bộ.",
    "1. <agency role=lead>Sở Y tế</agency> ban hành tài liệu; <agency>Báo Hà Nam</agency> mở chuyên mục. <agency>Công an tỉnh</agency> giữ trật tự.",
    "1. <agency role=lead>Sở Y tế</agency> mở lớp; <agency role=lead>Công an tỉnh</agency> chủ trì kiểm tra, <agency role=coordinate>Báo Hà Nam</agency> phối hợp đưa tin.",
    "1. <agency role=lead>Sở Y tế</agency>\nRà soát nhu cầu. <agency role=lead>Sở Y tế</agency> hướng dẫn các trạm; <agency>Báo Hà Nam</agency> đưa tin.",
    "- Xe, máy: <agency role=lead>Sở Xây dựng</agency> trưng dụng 20 xe.",
    "a) <agency role=lead>Sở Y tế</agency> cùng <agency role=coordinate>Công an tỉnh</agency>, <agency role=coordinate>Sở Công Thương</agency> kiểm tra các chợ.",
    "a) <agency role=lead>Sở Y tế</agency> hiệp đồng với <agency role=coordinate>Công an tỉnh</agency> giữ trật tự.",
    "- Cấp giống cho các hộ; giao <agency role=lead>Phòng Kinh tế</agency> (<agency role=lead>Phòng Kinh tế và Hạ tầng</agency>) làm đầu mối.",
    "- Ngân sách tỉnh cấp bù, giao <agency>Sở Y tế</agency> 12 tỷ đồng.",
    "- Báo cáo Giám đốc và <agency role=report_to>Sở Nội vụ</agency> trước ngày 20/11.",
    "- <agency role=lead>Sở Y tế</agency> (<agency role=lead>Chi cục Dân số</agency>) kiểm tra các xã.",
    "- <agency role=lead>Viện Sức khỏe Tâm thần</agency> (<agency>Bệnh viện Bạch Mai</agency>) soạn tài liệu.",
    "- Gửi kết quả về <agency role=report_to>UBND tỉnh</agency> (qua <agency>Sở Nội vụ</agency>) và <agency role=report_to>Bộ Y tế</agency>.",
    "- Phối hợp với các sở: <agency role=coordinate>Nội vụ</agency>, <agency role=coordinate>Tài chính</agency> kiểm tra.",
    "- Giao <agency role=lead>Sở Y tế</agency> chủ trì, làm việc với <agency>UBND tỉnh Sơn La</agency>, <agency>Sở Nội vụ</agency> để thống nhất số liệu.",
    "- Chủ tịch kiêm Tổng giám đốc <agency role=lead>Tập đoàn Điện lực Việt Nam</agency> bảo đảm nguồn điện.",
    "- Đối với các xã vùng cao, <agency role=lead>Sở Y tế</agency> cử bác sĩ luân phiên.",
    "- Các địa phương, <agency role=lead>Sở Y tế</agency> ra quân diệt bọ gậy.",
    "<agency role=lead>Sở Y tế</agency>, các đội y tế cơ sở, <agency role=lead>Bảo hiểm xã hội tỉnh</agency> và các chi nhánh trực thuộc có trách nhiệm chi trả.",
    "- Chương trình được <agency role=approve>HĐND tỉnh</agency> khóa X, kỳ họp thứ năm thông qua.",
    "- Hội thi do <agency role=lead>Sở Y tế</agency> cùng <agency role=coordinate>Hội Nông dân tỉnh</agency> tổ chức.",
    "Điều 3. Chánh <agency role=lead>Văn phòng UBND tỉnh</agency>, Giám đốc các Sở: <agency role=lead>Tài chính</agency>, <agency role=lead>Nội vụ</agency>; Trưởng <agency role=lead>Ban Dân tộc</agency> chịu trách nhiệm thi hành Quyết định này.",
]
PREAMBLE = [
    "Kính gửi: <agency role=report_to>Bộ Nội vụ</agency>\n",
]


HEADS = [
    "CÔNG ĐIỆN\nVề việc ứng phó bão số 3\n<agency role=issuer>CHỦ TỊCH NƯỚC</agency> điện:\n",
    "QUYẾT ĐỊNH\nVề việc ban hành quy chế\n\nGIÁM ĐỐC <agency role=issuer>SỞ Y TẾ TỈNH HÀ NAM</agency>\n\nCăn cứ Luật Dược năm 2016;\n\nĐiều 1. Ban hành quy chế.\n",
    "CÔNG ĐIỆN\nVề việc ứng phó bão số 3\n\n<agency role=issuer>CHỦ TỊCH NƯỚC</agency> điện:\n"
    "- Giám đốc <agency role=report_to>Sở Y tế</agency>;\n- Tổng biên tập <agency role=report_to>Báo Hà Nam</agency>.\n\n"
    "Để ứng phó với bão, <agency>Chủ tịch nước</agency> yêu cầu:\n\n1. <agency role=lead>Sở Y tế</agency> trực cấp cứu.\n",
]


@pytest.mark.parametrize("line", LINES)
def test_roles_in_a_section_of_duties(reader: Extractor, line: str) -> None:
    assert faults(reader, DUTIES + line + "\n") == []


@pytest.mark.parametrize("line", PREAMBLE)
def test_roles_before_the_first_section(reader: Extractor, line: str) -> None:
    assert faults(reader, line) == []


@pytest.mark.parametrize("head", HEADS)
def test_who_issues_a_telegram_or_a_decision_and_to_whom(reader: Extractor, head: str) -> None:
    assert faults(reader, head) == []


def test_what_a_body_organised_once_is_no_duty(reader: Extractor) -> None:
    text = "I. TÌNH HÌNH\n\n- Đã dự các lớp do <agency>Sở Y tế</agency> tổ chức.\n"
    assert faults(reader, text) == []


def test_a_body_that_opens_a_cell_of_those_who_lead_and_help_leads(reader: Extractor) -> None:
    table = (
        "| TT | Nhiệm vụ | Trách nhiệm thực hiện |\n|---|---|---|\n"
        "| 1 | Gieo ươm | <agency role=lead>Sở Tài chính</agency>; <agency role=coordinate>Sở Xây dựng</agency> phối hợp |\n"
        "| 2 | Trồng rừng | <agency role=lead>Sở Y tế</agency> |\n"
    )
    assert faults(reader, table) == []


def test_a_column_says_who_leads_and_who_helps(reader: Extractor) -> None:
    table = (
        "| TT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp |\n|---|---|---|---|\n"
        "| 1 | Gieo ươm | <agency role=lead>Sở Tài chính</agency> | <agency role=coordinate>Sở Xây dựng</agency> |\n"
        "| 2 | Trồng rừng | <agency role=lead>Sở Y tế</agency> | <agency role=coordinate>Công an tỉnh</agency> |\n"
    )
    assert faults(reader, table) == []


def test_the_body_that_issues_the_plan(reader: Extractor) -> None:
    text = (
        "ỦY BAN NHÂN DÂN\nTỈNH HÀ NAM\n\nSố: 12/KH-UBND\n\nHà Nam, ngày 05 tháng 3 năm 2024\n\nKẾ HOẠCH\n"
        "Phòng, chống cháy rừng năm 2024\n\nThực hiện Chỉ thị số 22/CT-TTg ngày 01/8/2023 của Thủ tướng Chính phủ,\n"
        "<agency role=issuer>UBND tỉnh Hà Nam</agency> ban hành Kế hoạch phòng, chống cháy rừng như sau:\n\n"
        "I. MỤC ĐÍCH\n\nHạn chế thiệt hại.\n"
    )
    assert faults(reader, text) == []


def test_the_head_of_the_body_that_issues_a_directive(reader: Extractor) -> None:
    text = (
        "Căn cứ Luật Đất đai năm 2024, Chủ tịch <agency role=issuer>UBND tỉnh</agency> yêu cầu:\n\n"
        "1. <agency role=lead>Sở Nội vụ</agency> rà soát biên chế.\n"
    )
    assert faults(reader, text) == []


def test_who_is_asked_to_issue_what_it_issues(reader: Extractor) -> None:
    text = (
        "HỘI ĐỒNG NHÂN DÂN\nTỈNH HÀ NAM\n\nSố: 12/NQ-HĐND\n\nHà Nam, ngày 05 tháng 3 năm 2024\n\nNGHỊ QUYẾT\n"
        "Về chính sách dân số\n\nXét báo cáo của <agency>UBND tỉnh</agency> về việc đề nghị "
        "<agency role=issuer>HĐND tỉnh</agency> ban hành chính sách, về việc đề nghị <agency>Bộ Y tế</agency> ban hành quy chuẩn;\n\n"
        "Điều 1. Ban hành chính sách.\n"
    )
    assert faults(reader, text) == []


def test_an_office_announces_what_its_head_concluded(reader: Extractor) -> None:
    text = (
        "VĂN PHÒNG CHÍNH PHỦ\n\nSố: 12/TB-VPCP\n\nHà Nội, ngày 05 tháng 3 năm 2024\n\nTHÔNG BÁO\n"
        "Kết luận tại cuộc họp về dân số\n\nSau khi nghe báo cáo, <agency>Thủ tướng Chính phủ</agency> kết luận như sau:\n\n"
        "1. <agency role=lead>Bộ Y tế</agency> rà soát quy chuẩn.\n"
    )
    assert faults(reader, text) == []


def test_a_report_gives_duties_where_its_headings_say_so(reader: Extractor) -> None:
    text = (
        "BÁO CÁO\nCông tác y tế năm 2024\n\n"
        "I. KẾT QUẢ\n\n1. <agency>Sở Y tế</agency> mở 12 lớp.\n\n"
        "II. NHIỆM VỤ NĂM 2025\n\n1. <agency role=lead>Sở Y tế</agency> mở 15 lớp.\n"
    )
    assert faults(reader, text) == []


def test_no_duties_in_a_report_or_in_what_others_are_asked(reader: Extractor) -> None:
    text = "I. KIẾN NGHỊ\n\n1. Đề nghị <agency>Bộ Tài chính</agency> bổ sung vốn.\n"
    found = reader.extract(text.replace("<agency>", "").replace("</agency>", ""))
    assert [agency.role for agency in found.agencies] == [None]
