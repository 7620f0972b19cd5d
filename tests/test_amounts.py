"""Amounts of money, through the public face."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from extractor import Extractor, extract
from extractor.errors import GrammarError
from extractor.evaluation.markup import parse_markup
from extractor.grammar.loading import default_folder
from extractor.plan import Amount


def check(line: str) -> None:
    """The amounts of a marked-up line are found, with their fields and no others."""
    text, marked = parse_markup(line)
    found = extract(text).amounts
    assert [(amount.start, amount.end) for amount in found] == [(mark.start, mark.end) for mark in marked]
    for amount, mark in zip(found, marked, strict=True):
        assert fields(amount, mark.fields) == mark.fields


def fields(amount: Amount, asked: dict[str, Any]) -> dict[str, Any]:
    return {name: getattr(amount, name) for name in asked}


@pytest.mark.parametrize(
    "line",
    [
        "Tổng kinh phí: <amount value=734218000 currency=VND>734.218.000 đồng</amount>.",
        "Năm nay chi <amount value=65000000>65.000.000    đ</amount>; <amount value=412000000>412.000.000đ</amount>.",
        "Vốn đối ứng <amount value=2500000000>2,5 tỷ đồng</amount>.",
        "Vốn đối ứng <amount value=2500000000>2.5 tỷ đồng</amount>.",
        "Chi <amount value=8123450000000>8.123,450 tỷ đồng</amount> cho đầu tư.",
        "Chi <amount value=3400500000>3 tỷ 400 triệu 500 nghìn đồng</amount> cho đầu tư.",
        "Mỗi hộ <amount value=750000>750,000 đồng</amount> và <amount value=1250000>1,250,000 đồng</amount>.",
        "Chi <amount value=14800000000>14 800 triệu đồng</amount>.",
        "Chi <amount value=61700000000000>61,7 nghìn tỷ đồng</amount> cho 5 năm.",
        "Chi <amount value=4000000000000>4 ngàn tỉ đồng</amount> cho 5 năm.",
        "Chi <amount value=350000000>350 tr.đ</amount> và <amount value=20000000>20trđ</amount>.",
        "Chi <amount value=31000000000>31\n tỷ đồng</amount> trong kỳ.",
        "Thưởng <amount value=500000>500.000 VNĐ</amount>, <amount value=30000000>30 triệu đồng Việt Nam</amount>.",
    ],
)
def test_figures(line: str) -> None:
    check(line)


@pytest.mark.parametrize(
    "line",
    [
        "Vay <amount value=45000000 currency=USD>45 triệu USD</amount>.",
        "Vay <amount value=45000000 currency=USD>45 triệu đô la Mỹ</amount>.",
        "Vay <amount value=1200 currency=EUR>1.200 EUR</amount>.",
        "Tài trợ <amount value=2000 currency=USD>US$2.000</amount> cho mỗi trường.",
        "Tài trợ <amount value=7000000 currency=USD>$7 triệu</amount> cho dự án.",
    ],
)
def test_currencies(line: str) -> None:
    check(line)


@pytest.mark.parametrize(
    "line",
    [
        "Hỗ trợ <amount min=300000000 max=450000000>300 - 450 triệu đồng</amount>/nhà.",
        "Mức vay từ <amount min=4000000000 max=6000000000>4 đến 6 tỷ đồng</amount>.",
        "Mức vay từ <amount min=700000000 max=2000000000>700 triệu đồng đến 2 tỷ đồng</amount>.",
        "Mức vay từ <amount min=700000000 max=2000000000>700 triệu - 2 tỷ đồng</amount>.",
        "Quỹ thu được <amount value=1875400000>1.875,4</amount>/<amount value=1600000000>1.600 triệu đồng</amount>.",
        "Giải ngân <amount value=42000000000>42 tỷ đồng</amount>/<amount value=50000000000>50 tỷ đồng</amount>.",
        "Giải ngân <amount value=42000000000>42 tỷ</amount>/<amount value=50000000000>50 tỷ đồng</amount>.",
    ],
)
def test_two_figures(line: str) -> None:
    check(line)


@pytest.mark.parametrize(
    "line",
    [
        'Thu nhập <amount value=65000000 per="người/năm">65 triệu đồng</amount>/người/năm.',
        "Giá <amount value=30000 per=kwh>30.000 đồng</amount>/kWh điện.",
        'Mức <amount value=400000 per="hộ gia đình">400.000 đồng</amount>/hộ gia đình nghèo.',
        "Thuê <amount value=90000000 per=năm>90.000.000 đồng</amount>/năm x 03 năm = "
        "<amount value=270000000>270.000.000 đồng</amount>.",
    ],
)
def test_rates(line: str) -> None:
    check(line)


@pytest.mark.parametrize(
    "line",
    [
        'Chi <amount value=7200000 words="Bảy triệu hai trăm nghìn đồng" words_value=7200000>7.200.000 đồng</amount> '
        "(Bằng chữ: Bảy triệu hai trăm nghìn đồng).",
        'Chi <amount value=7200000 words="bảy triệu hai đồng chẵn" words_value=7200000>7.200.000đ</amount> '
        "(bảy triệu hai đồng chẵn).",
        'Chi <amount value=7200000 words="Bảy triệu ba trăm ngàn đồng" words_value=7300000>7.200.000 đồng</amount>.\n'
        "Bằng chữ: Bảy triệu ba trăm ngàn đồng./.",
    ],
)
def test_words_behind_a_figure(line: str) -> None:
    check(line)


def test_words_that_say_no_number_have_no_value() -> None:
    (amount,) = extract("Tổng: 5.000.000 đồng (Bằng chữ: Năm triêu đồng).").amounts
    assert amount.words_value is None


@pytest.mark.parametrize(
    "line",
    [
        "Mỗi hộ nghèo được hỗ trợ <amount value=40000000>bốn mươi triệu đồng</amount>.",
        "Mỗi hộ được hỗ trợ <amount value=1500000>một triệu rưỡi đồng</amount>.",
        "Kinh phí đối ứng là <amount value=2300000000>2.300 triệu</amount>, còn lại xã hội hóa.",
        "Dự toán chi <amount value=800000000>800 triệu</amount>/năm.",
    ],
)
def test_words_alone_and_scales_alone(line: str) -> None:
    check(line)


@pytest.mark.parametrize(
    "text",
    [
        "Tập huấn cho 25 đồng chí, 03 đ/c phụ trách.",
        "Hỗ trợ 40 đồng bào và 12 đồng hồ nước.",
        "Huy động hàng trăm tỷ đồng, vài triệu đồng.",
        "Ký 02 hợp đồng, 15 hội đồng đã họp.",
        "Sản lượng 2,4 triệu tấn; 7 nghìn lượt khách; 3.100 triệu kWh.",
        "Dân số khoảng 1,3 triệu, mật độ cao.",
        "Câu 1 (4 đ), câu 2 (6 đ).",
        "Tỷ lệ 5/7 tiêu chí, 12 - 15 lớp.",
        "Ba đồng chí lãnh đạo.",
    ],
)
def test_near_misses(text: str) -> None:
    assert extract(text).amounts == []


TABLE = """
KẾ HOẠCH

ĐVT: {unit}

| TT | Nội dung | Số lượng | Kinh phí | Ghi chú |
|---|---|---|---|---|
| 1 | Mua sắm thiết bị | 12 | 1.250 | Năm 2026 |
| 2 | Tập huấn cán bộ | 5 | 87,5 | 24 |
"""


@pytest.mark.parametrize(("unit", "values"), [("triệu đồng", [1_250_000_000, 87_500_000]), ("đồng", [1250])])
def test_bare_figures_under_a_caption(unit: str, values: list[int]) -> None:
    assert [amount.value for amount in extract(TABLE.format(unit=unit)).amounts] == values


def test_bare_figures_without_a_unit_are_no_amounts() -> None:
    assert extract(TABLE.replace("ĐVT: {unit}", "Danh mục")).amounts == []


def test_a_row_of_column_numbers_is_no_row_of_money() -> None:
    table = TABLE.format(unit="triệu đồng").replace("| 1 | Mua", "| 1 | 2 | 3 | 4 | 5 |\n| 1 | Mua")
    assert [amount.value for amount in extract(table).amounts] == [1_250_000_000, 87_500_000]


def own_grammar(tmp_path: Path, pattern: str, form: str) -> Extractor:
    """The packaged grammar with one rule more."""
    folder = tmp_path / "grammars"
    shutil.copytree(default_folder(), folder)
    rule = f"mention: amount\nrules:\n  - id: own.xu\n    starts: ['#']\n    pattern: '{pattern}'\n    form: {form}\n"
    (folder / "own.yaml").write_text(rule, "utf-8")
    return Extractor(folder)


def test_a_rule_of_ones_own_is_read(tmp_path: Path) -> None:
    pattern = "(?P<value>{figure})(?P<scale> triệu)?(?P<rest>)? hào (?P<unit>đồng)(?P<per>)?"
    (amount,) = own_grammar(tmp_path, pattern, "figure").extract("Giá 5 hào đồng").amounts
    assert (amount.value, amount.rule) == (5, "own.xu")


def test_a_unit_that_the_lexicon_has_not_is_named(tmp_path: Path) -> None:
    pattern = "(?P<value>{figure})(?P<scale> triệu)?(?P<rest>)? (?P<unit>xu)(?P<per>)?"
    with pytest.raises(GrammarError, match=r"own\.xu: .*lexicon/money\.yaml"):
        own_grammar(tmp_path, pattern, "figure").extract("Giá 5 xu")


def test_a_rule_with_an_unknown_form_reads_nothing(tmp_path: Path) -> None:
    assert own_grammar(tmp_path, "(?P<value>{figure}) xu", "coins").extract("Giá 5 xu").amounts == []


def test_a_rule_without_the_groups_of_its_form_is_named(tmp_path: Path) -> None:
    with pytest.raises(GrammarError, match=r"own\.xu: its pattern lacks a group that the form 'figure' reads"):
        own_grammar(tmp_path, "(?P<value>{figure}) xu", "figure").extract("Giá 5 xu")
