"""Vietnamese dates: "ngày 07 tháng 9 năm 2009", "07/9/2009", "7-9-2009", "tháng 11/2025", "năm 2014" → ISO 8601."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

_DAY: Final = re.compile(
    r"(?:ngày)?[\s.…_]*(?P<day>\d{1,2})?[\s.…_]*(?:tháng|[/.-])[\s.…_]*(?P<month>\d{1,2})?[\s.…_]*,?\s*"
    r"(?:năm|[/.-])\s*(?P<year>\d{2,4})(?!\d)",
    re.IGNORECASE,
)
_MONTH: Final = re.compile(r"(?:tháng)?\s*(?P<month>\d{1,2})\s*(?:[/.-]|năm)\s*(?P<year>\d{4})(?!\d)", re.IGNORECASE)
_YEAR: Final = re.compile(r"(?:năm)?[\s(]*(?P<year>\d{4})[\s)]*", re.IGNORECASE)


def read_date(words: str) -> str | None:
    """The date that ``words`` say, as far as they say it: "2009-09-07", "2025-11" (no day), "2014"; else ``None``.

    ``words`` are one whole expression, composed, dashes folded. A day that the calendar does not know gives ``None``.
    """
    words = words.strip()
    for form in (_DAY, _MONTH, _YEAR):
        if match := form.fullmatch(words):
            parts = match.groupdict()
            return iso_date(parts["year"], parts.get("month"), parts.get("day"))
    return None


def iso_date(year: str, month: str | None = None, day: str | None = None) -> str | None:
    """ISO form of a date whose parts are printed figures: "2009-09-07", "2009-09", "2009"; ``None`` for no such day."""
    full_year = whole_year(year)
    if month is None:
        return f"{full_year:04}"
    if day is None:
        return f"{full_year:04}-{int(month):02}" if 1 <= int(month) <= 12 else None
    try:
        return date(full_year, int(month), int(day)).isoformat()
    except ValueError:
        return None


def whole_year(year: str) -> int:
    """A year as it is meant: "2014" → 2014, "14" → 2014, "98" → 1998, the misprint "014" → 2014."""
    number = int(year)
    if len(year) >= 4:
        return number
    return number % 100 + (1900 if len(year) == 2 and number > 50 else 2000)
