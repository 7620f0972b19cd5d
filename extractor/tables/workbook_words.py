"""What the workbook says in Vietnamese: its sheets and columns, and the words for values of the JSON."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any, Final

import yaml

DESIGN: Final[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("workbook.yaml").read_text("utf-8"))
"""workbook.yaml: sheets, columns, words."""

FIRST_YEAR: Final = 1900
"""No date before it is a date for Excel."""


def word(vocabulary: str, value: Any) -> Any:
    """The word for a value of a fixed vocabulary; a value that it does not know stays as it is."""
    return DESIGN["words"][vocabulary].get(value, value)


def time_words(value: str) -> str:
    """A time's value for people: "2023-Q2" → "quý II/2023", "../2019-12-25" → "đến 25/12/2019"."""
    known = _reworded(value, "times")
    start, slash, end = value.partition("/")
    if known is not None or not slash:
        return known or value
    if start == "..":
        return str(DESIGN["sides"]["until"]).format(time_words(end))
    if end == "..":
        return str(DESIGN["sides"]["since"]).format(time_words(start))
    return str(DESIGN["sides"]["both"]).format(time_words(start), time_words(end))


def when(values: list[str]) -> date | str:
    """Values of a time: a date where it is one day that Excel knows, else words."""
    day = day_of(values[0]) if len(values) == 1 else None
    return day or "; ".join(map(time_words, values))


def day_of(value: str) -> date | None:
    """The day that an ISO date names, if Excel knows it."""
    try:
        day = date.fromisoformat(value) if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", value) else None
    except ValueError:
        return None
    return day if day and day.year >= FIRST_YEAR else None


def message_words(message: str) -> str:
    """The message of a warning in Vietnamese; one whose form is not known stays as it is."""
    return _reworded(message, "messages") or message


def _reworded(said: str, forms: str) -> str | None:
    """What the first form of workbook.yaml that fits makes of it."""
    for pattern, words in DESIGN[forms]:
        if match := re.fullmatch(pattern, said, re.DOTALL):
            return match.expand(words)
    return None
