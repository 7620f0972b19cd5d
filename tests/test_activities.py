"""Activities: who does what, by when, how many, drawn together from sections and rows."""

from __future__ import annotations

import pytest

from extractor import Extractor
from extractor.plan import Activity, Plan
from tests.conftest import REAL, needs_real

PLAN = """KẾ HOẠCH
Phòng chống cháy rừng năm 2027

II. NHIỆM VỤ
1. Truyền thông
a) Treo khẩu hiệu
- In 120 khẩu hiệu cho 06 xã.
- Tiến độ thực hiện: Quý II, III.
b) Tập huấn chữa cháy tại chỗ
- Mở 04 lớp, mỗi lớp 35 người; kinh phí 48.000.000 đồng.
- Thời gian: tháng 3/2027.
III. TỔ CHỨC THỰC HIỆN
1. Chi cục Kiểm lâm: chủ trì, phối hợp với Công an tỉnh tuần tra các điểm nóng.
"""


def titled(plan: Plan, words: str) -> Activity:
    (found,) = [activity for activity in plan.activities if (activity.title or "").startswith(words)]
    return found


def counted(plan: Plan, activity: Activity) -> list[tuple[float | None, str | None, str | None, float | None]]:
    by_id = {quantity.id: quantity for quantity in plan.quantities}
    found = [by_id[one] for one in activity.quantities]
    return [(one.value, one.unit, one.per, one.per_total) for one in found]


def test_what_a_bullet_says_belongs_to_its_section(reader: Extractor) -> None:
    plan = reader.extract(PLAN)
    banners = titled(plan, "Treo khẩu hiệu")
    assert counted(plan, banners) == [(120, "khẩu hiệu", None, None), (6, "xã", None, None)]
    assert banners.times == ["2027-Q2", "2027-Q3"]
    courses = titled(plan, "Tập huấn")
    assert counted(plan, courses) == [(4, "lớp", None, None), (35, "người", "lớp", 140)]
    assert courses.times == ["2027-03"]
    assert [amount.value for amount in plan.amounts if amount.id in courses.amounts] == [48_000_000]


def test_a_duty_gives_its_lead(reader: Extractor) -> None:
    plan = reader.extract(PLAN)
    leads = [activity.lead for activity in plan.activities if activity.lead]
    assert len(leads) == 1
    assert leads[0][0].startswith("Chi cục Kiểm lâm")


def test_what_a_bullet_says_comes_out_of_an_activity(reader: Extractor) -> None:
    plan = reader.extract(
        "KẾ HOẠCH\nNăm 2027\n\nI. NHIỆM VỤ\n1. Xây dựng cổng dữ liệu\n- Sản phẩm: Cổng dữ liệu.\n- Thời gian: Quý II.\n"
    )
    assert titled(plan, "Xây dựng cổng").outputs == ["Cổng dữ liệu"]


def test_an_average_is_no_share_of_what_was_counted_last(reader: Extractor) -> None:
    plan = reader.extract("Tăng 04 xã; bình quân đạt 15,6 tiêu chí/xã, tăng 0,9 tiêu chí/xã.")
    assert [(one.per_ref, one.per_total) for one in plan.quantities] == [(None, None)] * 3


def test_a_rate_may_say_less_than_its_base(reader: Extractor) -> None:
    plan = reader.extract("Mở 05 khóa đào tạo, mỗi khóa 30 học viên.")
    assert [(one.per, one.per_total) for one in plan.quantities] == [(None, None), ("khóa", 150)]
    assert plan.quantities[1].per_ref == plan.quantities[0].id


@needs_real
@pytest.mark.parametrize(
    ("marker", "wanted"),
    [
        (("II", "2", "b"), [(440, "cái", None, None)]),
        (
            ("II", "4", "b"),
            [(5, "lớp", None, None), (50, "người", "lớp", 250), (5, "doanh nghiệp", None, None)],
        ),
    ],
)
def test_a_real_plan(
    reader: Extractor, marker: tuple[str, ...], wanted: list[tuple[float, str, str | None, float | None]]
) -> None:
    plan = reader.extract_file(REAL / "text" / "dong-nai-2019-ke-hoach.txt")
    by_id = {section.id: section for section in plan.sections}

    def path(identity: str | None) -> tuple[str, ...]:
        section = by_id.get(identity or "")
        return (*path(section.parent), section.marker) if section else ()

    (activity,) = [one for one in plan.activities if path(one.section) == marker]
    said = counted(plan, activity)
    assert set(wanted) <= set(said)
    assert activity.times == ["2019-Q2", "2019-Q3", "2019-Q4"]


def at(plan: Plan, place: str) -> Activity:
    """The activity of the section with a path, or of the row with a number."""
    ids = {section.id for section in plan.sections if section.path == place} | {
        row.id for row in plan.rows if row.marker == place
    }
    (found,) = [activity for activity in plan.activities if (activity.section or activity.row) in ids]
    return found


REAL_ACTIVITIES = {
    "dong-nai-2019-ke-hoach": {
        "II/1/c": {"times": ["2019-Q2", "2019-Q3", "2019-Q4"], "lead": None},
        "II/2/a": {"quantities": [(2000, "cuốn", "tài liệu, chuyên san giới thiệu về các mô hình SXSH")]},
        "II/2/b": {"quantities": [(440, "cái", "băng rôn, bảng hiệu")], "times": ["2019-Q2", "2019-Q3", "2019-Q4"]},
        "II/3/a": {"times": ["2019-Q2", "2019-Q3", "2019-Q4"]},
        "III": {"amounts": [955_651_000], "times": ["2019"]},
        "IV/1/a": {"lead": ["Sở Công Thương tỉnh Đồng Nai"]},
        "IV/1/b": {"times": ["../2019-12-25"]},
        "IV/2/b": {
            "lead": ["Đài Phát thanh - Truyền hình Đồng Nai"],
            "coordinate": ["Sở Công Thương tỉnh Đồng Nai"],
        },
    },
    "dong-nai-2021-ke-hoach": {
        "II/2/b": {"quantities": [(300, "cái", "băng rôn, bảng hiệu")], "times": ["2021-Q2", "2021-Q3", "2021-Q4"]},
        "II/2/c": {"quantities": [(7, "cái", "Pano, bảng hiệu về sản xuất và tiêu dùng bền vững")]},
        "III/3": {"lead": ["Sở Tài chính tỉnh Đồng Nai"]},
        "IV": {"amounts": [958_079_880]},
    },
    "quang-binh-2013-chuong-trinh": {
        "1.2": {"lead": ["Sở Công Thương tỉnh Quảng Bình"], "times": ["2013-09", "2020-12"]},
        "2.1": {"lead": ["Sở Công Thương tỉnh Quảng Bình"], "coordinate": None, "times": ["2013-09", "2014-06"]},
        "3.2": {"times": ["2013-10", "2014-06"]},
    },
}
"""What was read in the plans by people: by place, the fields looked at."""


@needs_real
@pytest.mark.parametrize(
    ("name", "place"), [(name, place) for name, found in REAL_ACTIVITIES.items() for place in found]
)
def test_what_real_plans_state(reader: Extractor, name: str, place: str) -> None:
    plan = reader.extract_file(REAL / "text" / f"{name}.txt")
    activity = at(plan, place)
    quantities = {one.id: (one.value, one.unit, one.item) for one in plan.quantities}
    amounts = {one.id: one.value for one in plan.amounts}
    found = {
        "lead": activity.lead,
        "coordinate": activity.coordinate,
        "times": activity.times,
        "quantities": [quantities[one] for one in activity.quantities or []],
        "amounts": [amounts[one] for one in activity.amounts or []],
    }
    wanted = REAL_ACTIVITIES[name][place]
    assert {field: found[field] for field in wanted} == wanted
