"""Times, through the public face and as normal forms."""

from __future__ import annotations

import pytest

from extractor import extract
from extractor.evaluation.markup import parse_markup
from extractor.tagging.time_values import read_intervals, read_series


def check(line: str, before: str = "") -> None:
    """The times of a marked-up line, read behind the lines ``before``, are found with their values and no others."""
    text, marked = parse_markup(line)
    found = [time for time in extract(before + text).times if time.start >= len(before)]
    places = [(mark.start + len(before), mark.end + len(before)) for mark in marked]
    assert [(time.start, time.end) for time in found] == places
    for time, mark in zip(found, marked, strict=True):
        assert {name: getattr(time, name) for name in mark.fields} == mark.fields


@pytest.mark.parametrize(
    "line",
    [
        "Họp <time values=2024-08-05 kind=point>ngày 05/8/2024</time> tại trụ sở.",
        "Họp <time values=2024-08-05>ngày 5 tháng 8 năm 2024</time>; <time values=2024-08-06>06.08.2024</time>.",
        "Họp <time values=2024-08-05>ngày  5\n tháng 8, năm 2024</time>.",
        "Họp <time values=2014-08-05>ngày 5/8/014</time> tại trụ sở.",
        "Họp <time values=2024-08-05;2024-08-12;2024-08-19 kind=point>ngày 5, 12 và 19/8/2024</time>.",
        "Họp <time values=2024-08-05/2024-08-08 kind=period>ngày 5-8/8/2024</time>.",
        "Khai mạc <time values=2024-08-05>7h30 ngày 05/8/2024</time>, bế mạc <time values=2024-08-07>07/8/2024</time>.",
        "Kỷ niệm (<time values=1951-04-12/2026-04-12 kind=period>12/4/1951 - 12/4/2026</time>).",
        "Nghỉ dịp lễ <time values=XXXX-04-30;XXXX-05-01>30/4 và 01/5</time>.",
        "Khai giảng tuần thứ 2 <time values=2027-09>tháng 9/2027</time>.",
        "<time values=P6M>Định kỳ 6 tháng</time> (<time values=../XXXX-05-10;../XXXX-11-10>trước ngày 10/5 và 10/11</time>).",
        "Trực <time values=2027-01-05/2027-01-09 kind=period>từ 7 giờ ngày 05/01/2027 đến 17 giờ ngày 09/01/2027</time>.",
        "Ngày Sách Việt Nam (<time values=XXXX-04-21>21/4</time>) được tổ chức.",
    ],
)
def test_days(line: str) -> None:
    check(line)


@pytest.mark.parametrize(
    "line",
    [
        "Xong <time values=2027-03>tháng 3/2027</time>, thử <time values=2027-05>tháng 05 năm 2027</time>.",
        "Tổ chức <time values=2027-02;2027-06 kind=point>tháng 2 và tháng 6 năm 2027</time>.",
        "Tổ chức <time values=2027-02;2027-03;2027-04>Tháng 2, 3, 4/2027</time>.",
        "Tổ chức <time values=2027-02/2027-04 kind=period>tháng 2 - 4/2027</time>.",
        "Tổ chức <time values=2026-10/2027-03 kind=period>tháng 10/2026 - tháng 3/2027</time>.",
        "Tổ chức <time values=2027-11>cuối tháng 11/2027</time>; <time values=2027-09>giữa tháng 9/2027</time>.",
        "Xong | <time values=2027-11>11/2027</time> |",
    ],
)
def test_months(line: str) -> None:
    check(line)


@pytest.mark.parametrize(
    "line",
    [
        "Tiến độ: <time values=2027-Q1;2027-Q2;2027-Q3 kind=point>quý I, II và III/2027</time>.",
        "Tiến độ: <time values=2027-Q2>Quý 2 năm 2027</time>; <time values=2027-Q3>Quý III - 2027</time>.",
        "Tiến độ: <time values=2027-Q1/2027-Q3 kind=period>Quý I - III/2027</time>.",
        "Tiến độ: <time values=2026-Q3/2027-Q1 kind=period>Quý III/2026 - Quý I/2027</time>.",
        "Tiến độ: <time values=XXXX-Q1;XXXX-Q4>Quý I, IV/năm</time>.",
        "Thu <time values=2027-H1>6 tháng đầu năm 2027</time>, chi <time values=2027-H2>06 tháng cuối năm 2027</time>.",
        "Thu <time values=2027-01/2027-09 kind=period>9 tháng đầu năm 2027</time>.",
    ],
)
def test_quarters_and_parts_of_a_year(line: str) -> None:
    check(line)


@pytest.mark.parametrize(
    "line",
    [
        "Chi <time values=2027>năm 2027</time> và các năm tiếp theo.",
        "Chi <time values=2027;2028;2029>các năm 2027, 2028, 2029</time>.",
        "Chi <time values=2027;2028>năm 2027 và 2028</time> cho sách.",
        "Chi <time values=2027/2029 kind=period>năm 2027 - 2029</time> cho sách.",
        "Sơ kết vào <time values=2027>cuối năm 2027</time>, ngay từ <time values=XXXX>đầu năm</time>.",
        "Thực hiện (<time values=2027/2029 kind=period>2027 - 2029</time>), tầm nhìn <time values=2050>2050</time>.",
        "Kế hoạch 05 năm <time values=2026/2030 kind=period>2026\n- 2030</time> của tỉnh.",
        "Dạy <time values=2026/2027 kind=period>năm học 2026 - 2027</time>.",
        "Phát triển <time values=2021/2025 kind=period>giai đoạn 2021 – 2025</time>, HĐND "
        "<time values=2026/2031 kind=period>nhiệm kỳ 2026-2031</time>.",
        "Nguồn sự nghiệp kinh tế <time values=2016>2016</time>.",
    ],
)
def test_years_and_periods(line: str) -> None:
    check(line)


@pytest.mark.parametrize(
    "line",
    [
        "Mở <time values=2027-04-11/2027-04-14 kind=period>từ ngày 11 đến ngày 14 tháng 4 năm 2027</time>.",
        "Mở <time values=2027-03-15/2027-06-30>từ 15/3 đến hết ngày 30/6/2027</time>.",
        "Mở <time values=2026-11/2027-02>từ tháng 11 đến tháng 02/2027</time>.",
        "Mở <time values=2027-Q1/2027-Q3>từ quý I đến quý III năm 2027</time>.",
        "Mở <time values=2026/2030>từ năm 2026 đến 2030</time>; <time values=../2030>từ nay đến năm 2030</time>.",
        "Mở <time values=2026-09/..>từ tháng 9/2026 đến nay</time>.",
        "Số liệu <time values=XXXX-12-15/XXXX-12-14>từ ngày 15 tháng 12 năm trước đến ngày 14 tháng 12</time> này.",
        "Áp dụng <time values=2027-01-01/.. kind=period>từ ngày 01/01/2027</time>.",
        "Áp dụng <time values=2027/..>kể từ năm 2027 trở đi</time> (<time values=2028/..>2028 trở đi</time>).",
        "Làm <time values=2030/.. kind=period>sau năm 2030</time>.",
    ],
)
def test_from_and_to(line: str) -> None:
    check(line)


@pytest.mark.parametrize(
    "line",
    [
        "Gửi <time values=../2027-03-15 kind=deadline>trước ngày 15/3/2027</time>.",
        "Gửi <time values=../2027-03-15>chậm nhất là ngày 15 tháng 3 năm 2027</time>.",
        "Xong <time values=../2027-03-15>trước 15/3/2027</time>, <time values=../2027-Q2>đến hết Quý II/2027</time>.",
        "<time values=../2030>Đến hết năm 2030</time>; tầm nhìn <time values=../2045>đến 2045</time>.",
        "Xong <time values=../2027>đến cuối năm 2027</time>; <time values=../2028>trước năm 2028</time>.",
        "Phát triển <time values=../2030 kind=deadline>giai đoạn đến năm 2030</time>.",
        "Gửi <time values=../XXXX-XX-25 kind=deadline>trước ngày 25 hằng tháng</time>.",
        "Gửi <time values=../XXXX-XX-10 kind=deadline>trước ngày 10 tháng cuối quý</time>.",
        "Gửi <time values=../XXXX-11-05 kind=deadline>hằng năm, trước ngày 05/11</time>.",
        "Gửi <time values=../XXXX-11-05 kind=deadline>trước ngày 05 tháng 11 hàng năm</time>.",
        "Gửi <time values=../XXXX-05-25;../XXXX-11-25>trước ngày 25/5 và ngày 25/11 hằng năm</time>.",
        "Gửi <time values=../XXXX-05-20;../XXXX-11-20>trước ngày 20 tháng 5 và ngày 20 tháng 11</time>.",
        "Gửi <time values=../XXXX-01-31>trước ngày 31/01 năm sau</time>.",
    ],
)
def test_deadlines(line: str) -> None:
    check(line)


@pytest.mark.parametrize(
    "line",
    [
        "<time values=P1Y kind=recurring>Hàng năm</time>, Sở báo cáo <time values=P3M>định kỳ hằng quý</time>.",
        "Kiểm tra <time values=P6M>định kỳ 06 tháng</time>, họp <time values=P2M>2 tháng một lần</time>.",
        "Giao ban <time values=P1W>thứ Hai hằng tuần</time>, trực ban <time values=P1D>hằng ngày</time>.",
        "Báo cáo <time values=P1M;P3M;P1Y>định kỳ hằng tháng, quý, năm</time>.",
        "Kế hoạch <time values=P1Y>từng năm</time>; phát <time values=P1M>hằng tháng</time> 02 số.",
        "Dọn vệ sinh <time values=XXXX-XX-28 kind=recurring>ngày 28 hằng tháng</time>.",
        "Tổng kết <time values=XXXX-12 kind=recurring>tháng 12 hằng năm</time>.",
        "<time values=../2030>Đến năm 2030</time>, <time values=P1Y>hằng năm</time> giảm 2%.",
    ],
)
def test_what_recurs(line: str) -> None:
    check(line)


@pytest.mark.parametrize(
    "text",
    [
        "Trong 5 năm, 12 tháng, 30 ngày làm việc, 02 quý.",
        "Đạt 4/7 tiêu chí, 512/640 trường, trực 24/7, bằng 1/2 mức chi.",
        "Trẻ từ 06 đến 36 tháng tuổi, người từ 60 tuổi trở lên.",
        "Chương trình nghị sự 2030; khoảng 2000 cây; hơn 1995.",
        "Thời gian tới, những năm qua, hiện nay, thường xuyên, định kỳ.",
        "Có hiệu lực kể từ ngày ký; sau 10 ngày; trước khi họp; đến nay.",
        "Mỗi tháng 2 số, một quý 3 lần, mỗi năm 2000 lượt.",
        "Các mặt hàng năm nay; ngân hàng tháng này.",
        "Đời sống hằng ngày; mở từ 5 đến 7 lớp; đến 3/5 xã.",
        "Quy chuẩn QCVN 08:2015; số 06/2025; phòng 2020.",
        "Giai đoạn 1 của dự án, khóa XII, lần thứ 2.",
    ],
)
def test_near_misses(text: str) -> None:
    assert extract(text).times == []


PLAN = """ỦY BAN NHÂN DÂN
TỈNH HÒA AN

Số: 12/KH-UBND

Hòa An, ngày 02 tháng 3 năm 2027

KẾ HOẠCH
Phát triển thư viện trên địa bàn tỉnh Hòa An năm 2027

I. NỘI DUNG

"""


@pytest.mark.parametrize(
    "line",
    [
        "- Tiến độ: <time values=2027-Q2;2027-Q3>Quý II, III/năm</time>.",
        "- Gửi báo cáo <time values=../2027-11-25>trước ngày 25/11</time>.",
        "- Sơ kết <time values=2027-H1>6 tháng đầu năm</time>, tổng kết <time values=../2027>trước cuối năm</time>.",
        "- Gửi báo cáo <time values=../XXXX-11-25>trước ngày 25/11 hằng năm</time>.",
        "a) <time values=2028>Năm 2028</time>: xong <time values=../2028-11-25>trước ngày 25/11</time>.",
        "a) Vốn <time values=2028>năm 2028</time>: giao <time values=../2027-11-25>trước ngày 25/11</time>.",
    ],
)
def test_a_year_not_said_is_the_plan_s_own(line: str) -> None:
    check(line, before=PLAN)


UNTITLED = PLAN.replace("Phát triển thư viện trên địa bàn tỉnh Hòa An năm 2027", "Tổ chức đại hội nhiệm kỳ 2027 - 2032")
DATED = "- Lập tổ ngày 12/12/2026, tập huấn trước ngày 10/3/2027, chạy thử tháng 4/2027, xong trong quý II/2027.\n"


@pytest.mark.parametrize(
    ("before", "line"),
    [
        (DATED, "- Báo cáo <time values=../2027-05-15>trước ngày 15/5</time>."),
        (DATED, "- Báo cáo <time values=../XXXX-05-15>trước ngày 15/5 hằng năm</time>."),
        (DATED + "- Tổng kết năm 2028.\n", "- Báo cáo <time values=../XXXX-05-15>trước ngày 15/5</time>."),
        ("", "- Báo cáo <time values=../XXXX-05-15>trước ngày 15/5</time>."),
    ],
)
def test_a_plan_whose_dates_all_lie_in_one_year_is_of_that_year(before: str, line: str) -> None:
    check(line, before=UNTITLED + before)


@pytest.mark.parametrize(
    ("words", "values"),
    [
        ("quý iv/2026 - quý ii/2027", ("2026-Q4/2027-Q2",)),
        ("ngày 28 đến ngày 03 tháng 4 năm 2027", ("2027-03-28/2027-04-03",)),
        ("tháng 12 - tháng 01/2027", ("2026-12/2027-01",)),
        ("nửa cuối năm 2026", ("2026-H2",)),
        ("nay đến cuối năm", ("../2031",)),
        ("", ()),
    ],
)
def test_series(words: str, values: tuple[str, ...]) -> None:
    assert read_series(words, "2031") == values


def test_intervals() -> None:
    assert read_intervals("tháng, quý và 5 năm") == ["P1M", "P3M", "P5Y"]
