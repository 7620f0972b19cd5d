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
