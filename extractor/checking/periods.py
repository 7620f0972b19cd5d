"""Times at which a plan cannot be carried out: before it was made, or outside of the years that it is for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final

from extractor.checking.rules import any_of, pattern
from extractor.grammar import Grammar
from extractor.language.view import View
from extractor.linking.places import Places
from extractor.plan import Time, Warning
from extractor.tagging.context import Context

CODE: Final = "time-outside-plan"

_YEAR: Final = re.compile(r"(?<![0-9])20[0-9]{2}(?![0-9])")
_REACH: Final = 300
"""Code points before a time in which its line and its sentence begin."""
_ASIDE: Final = 24
"""Code points behind a time in which "(đã hoàn thành)" stands."""
_OLDEST: Final = 30
"""Years before the plan; what is older is a day of which a law speaks."""
_FARTHEST: Final = 30
"""Years behind the plan; what lies farther is a misprint."""
_FULL_DATE: Final = len("2019-06-15")
_DAY_OF_MONTH: Final = len("06-15")
_FIRST_DAYS: Final = {"H1": "01-01", "H2": "07-01", "Q1": "01-01", "Q2": "04-01", "Q3": "07-01", "Q4": "10-01"}
_LAST_DAYS: Final = {"H1": "06-30", "H2": "12-31", "Q1": "03-31", "Q2": "06-30", "Q3": "09-30", "Q4": "12-31"}


def check_times(view: View, mentions: Mapping[str, Any], context: Context) -> Iterator[Warning]:
    """Times of activities outside the plan's years, and deadlines before the plan's own date."""
    years = _years(context)
    made = context.header.date if len(context.header.date or "") == _FULL_DATE else None
    places = Places(view, context)
    for time in mentions["times"]:
        first, last = _first_day(time.values[0]), _last_day(time.values[-1])
        if time.kind == "recurring" or last is None:
            continue
        scheduled = _is_scheduled(view, time, places, context)
        if not scheduled and not _is_due(view, time, context):
            continue
        if made and _was_over(last, made):
            if places.has_duties(time.start):
                yield _warning(time, f"it was over when the plan was made, on {made}")
        elif years and _is_outside(first if scheduled else None, last, made, *years):
            yield _warning(time, f"the plan is for {years[0] if years[0] == years[1] else f'{years[0]}-{years[1]}'}")


def _years(context: Context) -> tuple[int, int] | None:
    """First and last year of what the plan covers, as its title says; a title may look farther than its period."""
    header = context.header
    period = (header.period or header.year or "").split("/")
    if not period[0][:4].isdigit() or not period[-1][:4].isdigit():
        return None
    last = max([int(period[-1][:4]), *map(int, _YEAR.findall(header.title or ""))])
    return int(period[0][:4]), last


def _was_over(last: str, made: str) -> bool:
    """Whether a day lies before the plan's date, and not so long before that a law speaks of it ("trước 01/7/2004")."""
    return last < made and int(last[:4]) >= int(made[:4]) - _OLDEST


def _is_outside(first: str | None, last: str, made: str | None, begin: int, end: int) -> bool:
    """Whether a time lies wholly outside the plan's years; what is made ready before or reported after lies within."""
    if int(last[:4]) < begin:
        return last < made if made else begin == end or int(last[:4]) < begin - 1
    if first is None:  # a deadline in running text, which may look beyond the plan, but not that far
        return int(last[:4]) > end + _FARTHEST
    return first > f"{end + 1}-03-31"


def _is_scheduled(view: View, time: Time, places: Places, context: Context) -> bool:
    """Whether a time says when an activity takes place: "Tiến độ: …", or a cell of a column of times."""
    if places.column_at(time.start) in ("time", "start_time", "end_time"):
        return True
    start = view.lower.rfind("\n", max(0, time.start - _REACH), time.start) + 1
    if pattern(context.grammar, "schedule").fullmatch(view.lower, start, time.start) is None:
        return False
    return any_of(context.grammar, "done").search(view.lower, start, min(time.end + _ASIDE, len(view.lower))) is None


def _is_due(view: View, time: Time, context: Context) -> bool:
    """Whether something is to be done by a time, and the sentence does not say that it was."""
    grammar = context.grammar
    reach = max(0, time.start - _REACH)
    if _finished_in(grammar).search(view.lower[reach : time.start]):
        return True
    if time.kind != "deadline" or not pattern(grammar, "due").match(view.lower, time.start):
        return False
    start = max(reach, *(view.lower.rfind(sign, reach, time.start) for sign in (". ", "; ", "\n")))
    if _described(grammar).match(view.lower, time.end) or not any_of(grammar, "due_verbs").search(
        view.lower, start, time.start
    ):
        return False
    return any_of(grammar, "done").search(view.lower, start, time.start) is None


@cache
def _finished_in(grammar: Grammar) -> re.Pattern[str]:
    return grammar.compile(r"[,;:] ?(?:{finishing_adverbs} )?{finishing_verbs} {before_years} \Z")


@cache
def _described(grammar: Grammar) -> re.Pattern[str]:
    return grammar.compile(r" {after_descriptions}(?!\w)")


def _last_day(value: str) -> str | None:
    """The last day of a time with a known end: "../2019-06" → "2019-06-31", which is good enough to compare."""
    value = value.rpartition("/")[2]
    year, _, rest = value.partition("-")
    if not year.isdigit() or "X" in rest:
        return None
    return f"{year}-{_LAST_DAYS.get(rest) or _day(rest, last=True)}"


def _first_day(value: str) -> str | None:
    """The first day of a time with a known begin."""
    year, _, rest = value.partition("/")[0].partition("-")
    if not year.isdigit() or "X" in rest:
        return None
    return f"{year}-{_FIRST_DAYS.get(rest) or _day(rest, last=False)}"


def _day(rest: str, *, last: bool) -> str:
    """A day of the year: of "06-15" itself, of "06" and of nothing the first or the last."""
    if len(rest) == _DAY_OF_MONTH:
        return rest
    return f"{rest or '12'}-31" if last else f"{rest or '01'}-01"


def _warning(time: Time, message: str) -> Warning:
    return Warning(code=CODE, message=message, refs=[time.id], start=time.start, end=time.end)
