"""The year of times that say none: what their line is about, else the plan's own (ANNOTATION.md, "time")."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

from extractor.grammar import Grammar
from extractor.language.view import View
from extractor.plan import Time
from extractor.tagging.context import Context
from extractor.tagging.time_values import UNKNOWN_YEAR

_LEAST_DATES: Final = 3
"""So many dates must show that a plan is of one year."""
_MARKER: Final = re.compile(r"\W*(?:\w{1,4}[.)]\W*)?")
"""What may stand before the first words of a line: a bullet, a marker of the outline."""
_LONGEST_MARKER: Final = 12
_YEAR_ALONE: Final = re.compile(r"(?:\.\./)?([0-9]{4})")


def settle_years(view: View, times: Sequence[Time], without_year: Sequence[Time], context: Context) -> None:
    """Gives the times ``without_year`` theirs, as far as it is known; the others of ``times`` show what it is."""
    if not without_year:
        return
    lines = [0, *(match.end() for match in re.finditer("\n", view.plain))]
    of_lines = _years_of_lines(view, lines, times)
    own = context.header.year or _year_of_dates(times, context)
    for time in without_year:
        year = of_lines.get(_line(lines, time)) or own
        if year:
            time.settle(values=[value.replace(UNKNOWN_YEAR, year) for value in time.values])


def _line(lines: Sequence[int], time: Time) -> int:
    """Where the line of a time starts."""
    return lines[bisect_right(lines, time.start) - 1]


def _years_of_lines(view: View, lines: Sequence[int], times: Sequence[Time]) -> Mapping[int, str]:
    """The year of lines that open with one and a colon, by their starts: "a) Năm 2026: trước ngày 30/6 …"."""
    years = {}
    for time in times:
        year = _YEAR_ALONE.fullmatch(time.values[0]) if len(time.values) == 1 else None
        if year is None or not view.plain.startswith(":", time.end):
            continue
        start = _line(lines, time)
        if time.start - start <= _LONGEST_MARKER and _MARKER.fullmatch(view.plain, start, time.start):
            years[start] = year[1]
    return years


def _year_of_dates(times: Sequence[Time], context: Context) -> str | None:
    """The year of a plan whose title names none: that of its own date, when all that it dates from then on lies in it.

    A plan that looks beyond its year ("đến năm 2030") has no single one; the term of a council ("nhiệm kỳ 2026 - 2031")
    says nothing about when the plan is carried out.
    """
    header = context.header
    if header.period or not header.date:
        return None
    year, month = header.date[:4], header.date[:7]
    ends = [
        end
        for time in times
        if not _of_term(context.grammar).match(time.text.lower())
        for value in time.values
        for end in value.split("/")
        if end[:4].isdigit() and end >= month[: len(end)]
    ]
    dated = sum(len(end) > len(year) for end in ends)
    return year if dated >= _LEAST_DATES and all(end.startswith(year) for end in ends) else None


@cache
def _of_term(grammar: Grammar) -> re.Pattern[str]:
    return grammar.compile(r"{terms}(?!\w)")
