"""Two plans of one kind side by side."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from extractor import Extractor
from extractor.cli import app
from extractor.comparing.plans import Comparison, Difference, compare_plans
from tests.conftest import REAL, needs_real

OLD = """KẾ HOẠCH
Phòng cháy rừng năm 2024

I. NHIỆM VỤ
1. Treo khẩu hiệu tại cửa rừng
- In 120 khẩu hiệu cho 06 xã.
- Tiến độ thực hiện: Quý II.
2. Tập huấn chữa cháy tại chỗ
- Mở 04 lớp, mỗi lớp 35 người; kinh phí 48.000.000 đồng.
3. Mua máy thổi gió
- Mua 10 máy thổi gió cho kiểm lâm.
II. TỔ CHỨC THỰC HIỆN
1. Hạt Kiểm lâm chủ trì tuần tra các điểm nóng về cháy rừng.
"""
NEW = """KẾ HOẠCH
Phòng cháy rừng năm 2025

I. NHIỆM VỤ
1. Dọn đường băng cản lửa
- Dọn 25 km đường băng cản lửa.
2. Treo khẩu hiệu tại cửa rừng
- In 150 khẩu hiệu cho 06 xã.
- Tiến độ thực hiện: Quý II.
3. Tập huấn chữa cháy tại chỗ
- Mở 04 lớp, mỗi lớp 35 người; kinh phí 52.000.000 đồng.
II. TỔ CHỨC THỰC HIỆN
1. Công an xã chủ trì tuần tra các điểm nóng về cháy rừng.
"""


def compared(reader: Extractor, old: str, new: str) -> Comparison:
    return compare_plans(reader.extract(old, name="old"), reader.extract(new, name="new"))


def of(comparison: Comparison, words: str) -> Difference:
    (found,) = [
        one for one in comparison.activities if (one.after or one.before) and (one.after or one.before).title.startswith(words)
    ]  # fmt: skip
    return found


def test_what_is_new_gone_and_changed(reader: Extractor) -> None:
    comparison = compared(reader, OLD, NEW)
    assert of(comparison, "Dọn đường băng").status == "new"
    assert of(comparison, "Mua máy").status == "gone"
    banners, courses = of(comparison, "Treo khẩu hiệu"), of(comparison, "Tập huấn")
    assert [(one.field, one.before, one.after) for one in banners.changes] == [
        ("quantities", ["120 khẩu hiệu"], ["150 khẩu hiệu"])
    ]
    assert [(one.field, one.before, one.after) for one in courses.changes] == [
        ("amounts", ["48.000.000 đồng"], ["52.000.000 đồng"])
    ]
    (patrol,) = [one for one in comparison.activities if one.after and one.after.path == "II/1"]
    assert [(one.field, one.before, one.after) for one in patrol.changes] == [
        ("lead", ["Hạt Kiểm lâm"], ["Công an xã"])
    ]


ROWS = "KẾ HOẠCH\nNăm 2027\n\n| TT | Nhiệm vụ | Thời gian |\n|---|---|---|\n" + "".join(
    f"| {number} | Xây dựng hạng mục thứ {number} | 3/2027 |\n" for number in range(1, 300)
)
BARE = "| TT | Thời gian | Kinh phí (đồng) |\n|---|---|---|\n| 1 | 3/2027 | 5.000 |\n| 2 | 4/2027 | 6.000 |\n"


@pytest.mark.parametrize("text", [OLD, NEW, ROWS, BARE])
def test_the_plan_with_itself_is_the_same(reader: Extractor, text: str) -> None:
    comparison = compared(reader, text, text)
    assert comparison.activities
    assert {one.status for one in comparison.activities} == {"same"}
    assert comparison.header == []


def test_a_time_moves_with_its_plans_year_but_not_within_it(reader: Extractor) -> None:
    later = of(compared(reader, OLD, NEW.replace("Quý II.", "Quý III.")), "Treo khẩu hiệu")
    assert ("times", ["2024-Q2"], ["2025-Q3"]) in [(one.field, one.before, one.after) for one in later.changes]


def test_both_ways_the_same_are_new_and_gone(reader: Extractor) -> None:
    there, back = compared(reader, OLD, NEW), compared(reader, NEW, OLD)
    for one, other in (("new", "gone"), ("gone", "new"), ("changed", "changed")):
        assert sum(each.status == one for each in there.activities) == sum(
            each.status == other for each in back.activities
        )


@needs_real
def test_two_real_plans(reader: Extractor) -> None:
    folder = REAL / "text"
    comparison = compare_plans(
        reader.extract_file(folder / "dong-nai-2019-ke-hoach.txt"),
        reader.extract_file(folder / "dong-nai-2021-ke-hoach.txt"),
    )
    changes = {
        (each.before.path, each.after.path, change.field): (change.before, change.after)
        for each in comparison.activities
        if each.before and each.after
        for change in each.changes
    }
    assert changes["II/2/b", "II/2/b", "quantities"] == (["440 cái"], ["300 cái"])
    assert changes["III", "IV", "amounts"] == (["955.651.000 đồng"], ["958.079.880 đồng"])


@pytest.mark.parametrize("arguments", [[], ["--json"]])
def test_the_command(tmp_path: Path, arguments: list[str]) -> None:
    old, new = tmp_path / "old.txt", tmp_path / "new.txt"
    old.write_text(OLD, "utf-8")
    new.write_text(NEW, "utf-8")
    result = CliRunner().invoke(app, ["compare", str(old), str(new), *arguments], env={"COLUMNS": "160"})
    assert result.exit_code == 0, result.output
    assert "150 khẩu hiệu" in result.output
    if arguments:
        data = json.loads(result.output)
        assert (data["before"], data["after"]) == ("old.txt", "new.txt")
        assert {one["status"] for one in data["activities"]} == {"new", "gone", "changed"}


def test_the_command_writes_json_and_tells_what_is_missing(tmp_path: Path) -> None:
    old, out = tmp_path / "old.txt", tmp_path / "out.json"
    old.write_text(OLD, "utf-8")
    assert CliRunner().invoke(app, ["compare", str(old), str(old), "-o", str(out)]).exit_code == 0
    assert json.loads(out.read_text("utf-8"))["header"] == []
    result = CliRunner().invoke(app, ["compare", str(old), str(tmp_path / "none.txt")])
    assert result.exit_code == 1
    assert "none.txt" in result.stderr
