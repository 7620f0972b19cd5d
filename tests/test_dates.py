"""Vietnamese dates read into ISO 8601."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.language.dates import iso_date, read_date, whole_year


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("ngày 07 tháng 9 năm 2009", "2009-09-07"),
        ("ngày 7 tháng 09 năm 2009", "2009-09-07"),
        ("Ngày 15 tháng 6, năm 2012", "2012-06-15"),
        ("NGÀY 02 THÁNG 01 NĂM 2025", "2025-01-02"),
        ("07/9/2009", "2009-09-07"),
        ("ngày 07-9-2009", "2009-09-07"),
        ("ngày 7.9.2009", "2009-09-07"),
        ("ngày 30 / 9 /2013", "2013-09-30"),
        ("ngày 24/ 1/ 2011", "2011-01-24"),
        ("ngày 12/4/014", "2014-04-12"),
        ("ngày 12/4/14", "2014-04-12"),
        ("ngày 12/4/98", "1998-04-12"),
        ("ngày    tháng 3 năm 2026", "2026-03"),
        ("ngày … tháng … năm 2026", "2026"),
        ("ngày ..../..../2026", "2026"),
        ("ngày /11/2025", "2025-11"),
        ("tháng 6 năm 2014", "2014-06"),
        ("tháng 11/2025", "2025-11"),
        ("11/2025", "2025-11"),
        ("năm 2014", "2014"),
        ("(2013)", "2013"),
        ("2013", "2013"),
    ],
)
def test_a_date_is_read_as_far_as_it_is_said(words: str, wanted: str) -> None:
    assert read_date(words) == wanted


@pytest.mark.parametrize("words", ["", "ngày mai", "ngày 31/02/2020", "13/2020", "ngày 32 tháng 1 năm 2020", "12/345"])
def test_what_is_no_date_gives_none(words: str) -> None:
    assert read_date(words) is None


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_every_day_is_read_in_every_form(day: date) -> None:
    long = f"ngày {day.day:02} tháng {day.month} năm {day.year}"
    for words in (
        long,
        long.upper(),
        f"{day.day}/{day.month}/{day.year}",
        f"ngày {day.day:02}-{day.month:02}-{day.year}",
    ):
        assert read_date(words) == day.isoformat()


def test_parts_of_a_date() -> None:
    assert iso_date("2020", "2", "29") == "2020-02-29"
    assert iso_date("2021", "2", "29") is None
    assert iso_date("2021", "13") is None
    assert whole_year("025") == 2025
    assert date(whole_year("20"), 1, 1) - date(2019, 12, 31) == timedelta(days=1)
