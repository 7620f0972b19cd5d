"""From the words of a time to its normal forms (ANNOTATION.md, "time").

An expression is a series of points with links between them: "quý I, II và III/2025" has three, "từ ngày 17 đến ngày 20
tháng 11 năm 2025" two with a range between. A point lacks what the next one says for both (the month, the year).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from extractor.language.number_words import write_words

UNKNOWN_YEAR: Final = "XXXX"

_COUNTS: Final = {write_words(count): count for count in range(11, 1, -1)} | {"bẩy": 7}
"""Numbers of months in words, the longer before the shorter: "mười một" before "mười"."""
_COUNT: Final = "|".join(_COUNTS).replace(" ", "[ ]+")
_TOKEN: Final = re.compile(
    rf"""(?P<half>(?:(?P<count>[0-9]{{1,2}}|{_COUNT})[ ]+tháng|nửa)[ ]+(?P<edge>đầu|cuối)[ ](?=[ ]*(?:của[ ]+)?năm))"""
    r"""
      | (?P<this_year>năm)(?!\w)(?![ ]+(?:[^\W\d_]+[ ]+){0,2}[0-9])
      | (?P<head>ngày|mùng|mồng|tháng|quý|năm)(?!\w)
      | (?P<clock>[0-9]{1,2}[ ]?(?:h|giờ)(?:[ ]?[0-9]{2}(?![0-9]))?)
      | (?P<date>(?P<day>[0-9]{1,2})[ ]*(?P<sign>[/.-])[ ]*(?P<month>[0-9]{1,2})[ ]*(?P=sign)[ ]*
          (?P<of>[0-9]{2,4}))(?![0-9])
      | (?P<month_year>(?P<lesser>[0-9]{1,2})[ ]*[/.-][ ]*(?P<greater>[0-9]{4}))(?![0-9])
      | (?P<day_month>(?P<day_of>[0-9]{1,2})[ ]*/[ ]*(?P<of_month>[0-9]{1,2}))(?![0-9])
      | (?P<year>[0-9]{4})(?![0-9])
      | (?P<roman>(?<!\w)(?P<figure>iv|i{1,3})(?!\w)(?:[ ]*[/.-][ ]*(?P<quarter_year>[0-9]{4}))?)
      | (?P<number>[0-9]{1,2})(?![0-9])
      | (?P<now>nay)(?!\w)
      | (?P<to>-|(?<!\w)(?:đến|tới)(?!\w)|(?<=[0-9]{4})[ ]*/[ ]*(?=(?:19|20)[0-9]{2}))
      | (?P<and>,(?![ ]*năm)|&|(?<!\w)(?:và|hoặc)(?!\w))""",
    re.VERBOSE,
)
_ROMAN: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_INTERVAL: Final = re.compile(rf"(?:(?P<count>[0-9]{{1,2}}|{_COUNT})[ ]+)?(?P<unit>năm|quý|tháng|tuần|ngày)(?!\w)")
_PERIODS: Final = {"năm": (1, "Y"), "quý": (3, "M"), "tháng": (1, "M"), "tuần": (1, "W"), "ngày": (1, "D")}


@dataclass(slots=True)
class Point:
    """A day, month, quarter, part of a year or year; what the words do not say is ``None``."""

    day: int | None = None
    month: int | None = None
    quarter: int | None = None
    year: str | None = None
    months: tuple[int, int] | None = None
    """First and last month of a part of a year ("8 tháng đầu năm")."""
    now: bool = False
    linked: str = ""
    """How the next point follows: "to" (a range), "and", or not at all."""

    def value(self, year: str) -> str:
        """The normal form; ``year`` stands for one that is not said. Now is an open side."""
        if self.now:
            return ".."
        year = self.year or year
        if self.months == (1, 6):
            return f"{year}-H1"
        if self.months == (7, 12):
            return f"{year}-H2"
        if self.months:
            return "/".join(f"{year}-{month:02}" for month in self.months)
        if self.quarter:
            return f"{year}-Q{self.quarter}"
        month = f"{self.month:02}" if self.month else "XX"
        if self.day:
            return f"{year}-{month}-{self.day:02}"
        return f"{year}-{month}" if self.month else year


@lru_cache(maxsize=4096)
def read_series(words: str, year: str) -> tuple[str, ...]:
    """The values of a series of points in text order, a range as "a/b"; ``year`` for those that say none.

    Plans say the same few times again and again, hence the cache.
    """
    points = _points(words)
    _complete(points)
    values: list[str] = []
    in_range = False
    for point in points:
        value = point.value(year)
        if in_range and values:
            values[-1] = f"{values[-1].split('/')[0]}/{value.split('/')[-1]}"
        else:
            values.append(value)
        in_range = point.linked == "to"
    return tuple(values)


def read_intervals(words: str) -> list[str]:
    """The lengths of what recurs: "hằng tháng, quý" → P1M, P3M; "6 tháng" → P6M."""
    return [
        f"P{_number(match['count'] or '1') * _PERIODS[match['unit']][0]}{_PERIODS[match['unit']][1]}"
        for match in _INTERVAL.finditer(words)
    ]


def _points(words: str) -> list[Point]:
    """The points that are said, each with its link to the next one."""
    points: list[Point] = []
    head = first_head = ""
    for token in _TOKEN.finditer(words):
        kind = token.lastgroup
        last = points[-1] if points and not points[-1].linked else None  # it may still be completed
        if kind == "to" or kind == "and":
            if points:
                points[-1].linked = kind
            head = first_head
        elif kind == "head":
            head = token[0]
            first_head = first_head if last else head
        elif kind == "year" and last and not last.year:
            last.year = token[0]
        elif head == "tháng" and last and last.day and not last.month and kind in ("number", "month_year"):
            last.month = int(token["lesser"] or token[0])
            last.year = token["greater"]
        elif kind != "clock" and not (kind == "this_year" and last):
            points.append(_point(token, head))
    return points


def _point(token: re.Match[str], head: str) -> Point:
    """The point that a token begins; ``head`` is the word before its number (ngày, tháng, quý)."""
    kind = token.lastgroup
    if kind == "half":
        count = 6 if token["count"] is None else _number(token["count"])
        return Point(months=(1, count) if token["edge"] == "đầu" else (13 - count, 12))
    if kind == "date":
        return Point(day=int(token["day"]), month=int(token["month"]), year=_full_year(token["of"]))
    if kind == "month_year" or kind == "number":
        number, year = int(token["lesser"] or token[0]), token["greater"]
        if head == "quý":
            return Point(quarter=number, year=year)
        return Point(month=number, year=year) if year or head == "tháng" else Point(day=number)
    if kind == "day_month":
        return Point(day=int(token["day_of"]), month=int(token["of_month"]))
    if kind == "roman":
        return Point(quarter=_ROMAN[token["figure"]], year=token["quarter_year"])
    return Point(now=kind == "now", year=token["year"])


def _complete(points: list[Point]) -> None:
    """Each point takes the month and year that it lacks from the next one, else the year from the one before."""
    for point, following in reversed(list(pairwise(points))):
        if point.day and not point.month:
            point.month = following.month
            if point.linked == "to" and following.month and point.day > (following.day or 0):
                point.month = following.month - 1 or 12  # "từ ngày 28 đến ngày 03 tháng 4"
        if not point.year and following.year and not point.now:
            point.year = following.year
            if point.linked == "to" and _place(point) > _place(following):  # "từ tháng 11 đến tháng 02/2026"
                point.year = str(int(point.year) - 1)
    for point, following in pairwise(points):
        if not following.now:
            following.year = following.year or point.year


def _number(words: str) -> int:
    """A number of months in figures or in words."""
    return int(words) if words.isdigit() else _COUNTS[" ".join(words.split())]


def _place(point: Point) -> tuple[int, int]:
    """Where in its year a point lies; a year lies behind all."""
    return (point.month or 3 * (point.quarter or 0) or 13, point.day or 0)


def _full_year(figures: str) -> str:
    """ "2014", and "014" or "14" as misprints and tables have it."""
    return figures if len(figures) == 4 else f"20{figures[-2:]}"
