"""Number words both ways."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.grammar import load_grammar
from extractor.language.number_words import LARGEST, read_words, write_words
from extractor.language.numbers import plain_number, read_figure


@given(st.integers(min_value=0, max_value=LARGEST))
def test_round_trip(number: int) -> None:
    assert read_words(write_words(number)) == number


@given(st.integers(min_value=0, max_value=15), st.integers(min_value=-2, max_value=2))
def test_round_trip_beside_the_powers_of_ten(power: int, step: int) -> None:
    number = min(max(10**power + step, 0), LARGEST)
    assert read_words(write_words(number)) == number


@given(st.integers(min_value=0, max_value=LARGEST))
def test_southern_words_capitals_and_commas_say_the_same(number: int) -> None:
    southern = write_words(number).replace("nghìn", "ngàn").replace("linh", "lẻ").replace("tỷ", "tỉ")
    assert read_words(southern.upper()) == number
    assert read_words(southern.replace("triệu ", "triệu,  ").replace("mươi ", "mươi-") + " đồng chẵn./.") == number


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (10, "mười"),
        (15, "mười lăm"),
        (21, "hai mươi mốt"),
        (34, "ba mươi tư"),
        (105, "một trăm linh năm"),
        (1_005, "một nghìn không trăm linh năm"),
        (20_000_300, "hai mươi triệu ba trăm"),
        (3_000_000_000_000, "ba nghìn tỷ"),
        (10**15, "một triệu tỷ"),
    ],
)
def test_standard_form(number: int, words: str) -> None:
    assert write_words(number) == words


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("Hai tỷ, ba trăm linh bốn triệu, không trăm bảy mươi lăm ngàn", 2_304_075_000),
        ("một triệu rưỡi", 1_500_000),
        ("hai trăm rưỡi", 250),
        ("ba tỷ rưỡi đồng", 3_500_000_000),
        ("bốn nghìn rưỡi tỷ", 4_500_000_000_000),
        ("hai mươi nhăm", 25),
        ("hai lăm", 25),
        ("sáu triệu tư", 6_400_000),
        ("một trăm hai", 120),
        ("bẩy mươi bẩy", 77),
        ("ba vạn năm nghìn", 35_000),
        ("hai mười lăm", 25),
        ("Năm  mươi\n tư triệu đồng chẵn.)", 54_000_000),
        ("chín tỷ đồng Việt Nam", 9_000_000_000),
    ],
)
def test_forms_of_speech(words: str, number: int) -> None:
    assert read_words(words) == number


@pytest.mark.parametrize(
    "words",
    [
        *("", "đồng", "tỷ", "rưỡi", "mươi", "trăm triệu", "một số", "năm 2025", "một hai"),
        *("hai triệu ba triệu", "một nghìn hai triệu", "một triệu tỷ tỷ", "hai triệu tỷ", "một trăm " * 200),
    ],
)
def test_no_number(words: str) -> None:
    with pytest.raises(ValueError, match="not a number"):
        read_words(words)


@pytest.mark.parametrize("number", [-1, LARGEST + 1])
def test_numbers_that_are_not_written(number: int) -> None:
    with pytest.raises(ValueError, match="not between"):
        write_words(number)


def test_the_lexicon_holds_the_words_that_are_written() -> None:
    listed = set(load_grammar().words("number_words"))
    for number in [*range(120), 10**3, 10**6, 10**9]:
        assert set(write_words(number).split()) <= listed


@pytest.mark.parametrize(
    ("figure", "value"),
    [
        ("10.367,700", Fraction(103677, 10)),
        ("2.000", 2000),
        ("1.5", Fraction(3, 2)),
        ("1,234,567", 1234567),
        ("14 800", 14800),
        ("0,05", Fraction(1, 20)),
        ("500,000", 500),
    ],
)
def test_figures(figure: str, value: Fraction) -> None:
    assert read_figure(figure) == value


def test_a_comma_groups_where_whole_things_are_counted() -> None:
    assert read_figure("500,000", whole=True) == 500_000
    assert read_figure("0,125", whole=True) == Fraction(1, 8)


@pytest.mark.parametrize("figure", ["", "1.2.3.4x", "-", "1/2", "abc"])
def test_no_figure(figure: str) -> None:
    with pytest.raises(ValueError, match="not a figure"):
        read_figure(figure)


def test_whole_numbers_stay_whole() -> None:
    assert plain_number(Fraction(6, 3)) == 2
    assert isinstance(plain_number(Fraction(6, 3)), int)
    assert plain_number(Fraction(1, 4)) == 0.25
