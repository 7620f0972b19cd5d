"""Which body a name means in its document, and its level."""

from __future__ import annotations

import pytest

from extractor import Extractor
from extractor.plan import Agency

PROVINCE = """ỦY BAN NHÂN DÂN
TỈNH SƠN LA
-------
Số: 31/KH-UBND

Sơn La, ngày 5 tháng 3 năm 2024

KẾ HOẠCH
Phát triển chợ trên địa bàn tỉnh Sơn La năm 2024

I. NỘI DUNG

{text}
"""
DISTRICT = PROVINCE.replace("TỈNH SƠN LA", "HUYỆN MAI SƠN").replace("tỉnh Sơn La", "huyện Mai Sơn")


def agency(reader: Extractor, plan: str, words: str, text: str | None = None) -> Agency:
    found = reader.extract(plan.format(text=text or f"Giao {words} lập danh mục."))
    return next(agency for agency in found.agencies if agency.text == words)


@pytest.mark.parametrize(
    ("words", "canonical", "level"),
    [
        ("UBND tỉnh", "Ủy ban nhân dân tỉnh Sơn La", "province"),
        ("HĐND tỉnh", "Hội đồng nhân dân tỉnh Sơn La", "province"),
        ("Ủy ban nhân dân", "Ủy ban nhân dân tỉnh Sơn La", "province"),
        ("Tỉnh ủy", "Tỉnh ủy Sơn La", "party"),
        ("Ban Thường vụ Tỉnh ủy", "Ban Thường vụ Tỉnh ủy Sơn La", "party"),
        ("Sở Công thương", "Sở Công Thương tỉnh Sơn La", "province"),
        ("Sở Y tế Sơn La", "Sở Y tế tỉnh Sơn La", "province"),
        ("Sở NN&MT", "Sở Nông nghiệp và Môi trường tỉnh Sơn La", "province"),
        ("Công an tỉnh", "Công an tỉnh Sơn La", "province"),
        ("UBND huyện Yên Châu", "Ủy ban nhân dân huyện Yên Châu", "district"),
        ("UBND thành phố Đà Lạt", "Ủy ban nhân dân thành phố Đà Lạt", "district"),
        ("UBND thành phố Đà Nẵng", "Ủy ban nhân dân thành phố Đà Nẵng", "province"),
        ("UBND xã Chiềng Mai", "Ủy ban nhân dân xã Chiềng Mai", "commune"),
        ("Bộ Công thương", "Bộ Công Thương", "central"),
        ("Thủ tướng Chính phủ", "Thủ tướng Chính phủ", "central"),
        ("Tòa án nhân dân tối cao", "Tòa án nhân dân tối cao", "central"),
        ("Hội Nông dân tỉnh", "Hội Nông dân tỉnh Sơn La", "mass"),
        ("Trung tâm Khuyến nông tỉnh", "Trung tâm Khuyến nông tỉnh Sơn La", "unit"),
        ("Báo Sơn La", "Báo Sơn La", "media"),
        ("VNPT Sơn La", "VNPT Sơn La", "enterprise"),
    ],
)
def test_names_in_a_plan_of_a_province(reader: Extractor, words: str, canonical: str, level: str) -> None:
    found = agency(reader, PROVINCE, words)
    assert (found.canonical, found.level) == (canonical, level)


def test_a_district_names_its_own_bodies_and_those_above_it(reader: Extractor) -> None:
    text = "Giao UBND huyện; báo cáo UBND tỉnh Sơn La. Sau đó UBND tỉnh họp, Huyện ủy chỉ đạo."
    assert agency(reader, DISTRICT, "UBND huyện", text).canonical == "Ủy ban nhân dân huyện Mai Sơn"
    assert agency(reader, DISTRICT, "UBND tỉnh", text).canonical == "Ủy ban nhân dân tỉnh Sơn La"
    assert agency(reader, DISTRICT, "Huyện ủy", text).canonical == "Huyện ủy Mai Sơn"


def test_a_territory_that_is_not_clear_is_left_open(reader: Extractor) -> None:
    text = "UBND huyện Yên Châu, UBND huyện Mộc Châu báo cáo. Trưởng phòng của UBND quận ký."
    assert agency(reader, PROVINCE, "UBND huyện Yên Châu", text).canonical == "Ủy ban nhân dân huyện Yên Châu"
    found = reader.extract("Báo cáo UBND tỉnh.").agencies
    assert [(one.canonical, one.level) for one in found] == [("Ủy ban nhân dân tỉnh", "province")]


def test_a_head_that_refers_back(reader: Extractor) -> None:
    text = "Giao Trung tâm Khuyến nông tỉnh chủ trì. Sau đó Trung tâm báo cáo."
    assert agency(reader, PROVINCE, "Trung tâm", text).canonical == "Trung tâm Khuyến nông tỉnh Sơn La"
    text = "Giao Trung tâm Khuyến nông, Trung tâm Khuyến công cùng làm. Sau đó Trung tâm báo cáo."
    assert agency(reader, PROVINCE, "Trung tâm", text).canonical is None


def test_groups_have_no_canonical_name(reader: Extractor) -> None:
    assert agency(reader, PROVINCE, "các sở, ban, ngành").canonical is None
