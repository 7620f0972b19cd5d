"""Which fields an entity has, and their normal forms (docs/annotation.md)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, Final, TypeGuard, get_args

from extractor.plan import Bound, Relation, Role, TimeKind

_HEADER_TEXTS: Final = frozenset(
    ("doc_type", "number", "title", "issuer", "place", "date", "year", "period", "jurisdiction", "signer", "position")
)
_HEADER_LISTS: Final = frozenset(("authority", "recipients"))
HEADER_FIELDS: Final = _HEADER_TEXTS | _HEADER_LISTS | {"attached_to"}
FIELDS: Final[Mapping[str, tuple[frozenset[str], frozenset[str]]]] = {
    "section": (frozenset(("marker", "level")), frozenset(("title",))),
    "citation": (
        frozenset(("doc_type",)),
        frozenset(("number", "name", "date", "issuer", "subject", "provisions", "relation")),
    ),
    "amount": (frozenset(), frozenset(("value", "min", "max", "currency", "words", "words_value"))),
    "quantity": (
        frozenset(("unit",)),
        frozenset(("value", "min", "max", "item", "per", "bound", "per_total")),
    ),
    "time": (frozenset(("values", "kind")), frozenset()),
    "agency": (frozenset(("name",)), frozenset(("generic", "role"))),
    "row": (
        frozenset(),
        frozenset(("marker", "title", "lead", "coordinate", "start_time", "end_time", "outputs")),
    ),
    "abbreviation": (frozenset(("short", "long")), frozenset()),
}
"""Type of an entity → the fields that it must have, those that it may have."""

_POINT: Final = r"(?:\d{4}|XXXX)(?:-(?:Q[1-4]|H[12]|\d{2}(?:-\d{2})?|XX-\d{2}))?"
_INTERVAL: Final = r"P1[YMWD]|P3M|P6M|PT1H"
_TIME: Final = re.compile(rf"(?:{_POINT}|(?:{_POINT}|\.\.)/(?:{_POINT}|\.\.)|{_INTERVAL})")
_ROW_TIME: Final = re.compile(rf"(?:{_POINT}|{_INTERVAL})")
_YEAR: Final = re.compile(r"\d{4}")
_PERIOD: Final = re.compile(r"\d{4}/\d{4}")


def field_faults(item: Mapping[str, Any], fields: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with the fields of an entity, one sentence a fault."""
    required, allowed = FIELDS[item["type"]]
    if missing := sorted(required - fields.keys()):
        yield f"{', '.join(missing)} must be there"
    if unknown := sorted(fields.keys() - required - allowed):
        yield f"there is no field {', '.join(unknown)}"
    for field, value in fields.items():
        if field in _FORMS and not _FORMS[field](value):
            yield f"{field} {value!r} is not in its normal form"
    if item["type"] in ("quantity", "amount") and not {"value", "min", "max"} & fields.keys():
        yield "value, or min and max, must be there"
    least, most = fields.get("min"), fields.get("max")
    if _is_number(least) and _is_number(most) and least > most:
        yield f"min {least} is more than max {most}"
    if item["type"] == "citation" and not {"number", "name"} & fields.keys():
        yield "number or name must be there"


def header_faults(header: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with a header, one sentence a fault."""
    if unknown := sorted(header.keys() - HEADER_FIELDS):
        yield f"there is no field {', '.join(unknown)}"
    for field, form in (("date", _is_date), ("year", _is_year), ("period", _is_period)):
        if field in header and not form(header[field]):
            yield f"{field} {header[field]!r} is not in its normal form"
    for field in sorted(_HEADER_LISTS):
        if field in header and not _is_texts(header[field]):
            yield f"{field} must be a list of texts"
    for field in sorted(HEADER_FIELDS - _HEADER_LISTS):
        if field in header and not _is_text(header[field]):
            yield f"{field} must be a text"


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(map(_is_text, value))


def _is_number(value: Any) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and value >= 0


def _is_year(value: Any) -> bool:
    return isinstance(value, str) and _YEAR.fullmatch(value) is not None


def _is_period(value: Any) -> bool:
    return isinstance(value, str) and _PERIOD.fullmatch(value) is not None and value[:4] <= value[5:]


def _is_date(value: Any) -> bool:
    """An ISO day that the calendar has, a month, or a year."""
    if not isinstance(value, str):
        return False
    try:
        return bool(re.fullmatch(r"\d{4}(?:-\d{2}){0,2}", value) and date.fromisoformat((value + "-01-01")[:10]))
    except ValueError:
        return False


def _is_times(values: Any) -> bool:
    return isinstance(values, list) and bool(values) and all(isinstance(v, str) and _TIME.fullmatch(v) for v in values)


def _is_row_time(value: Any) -> bool:
    return isinstance(value, str) and _ROW_TIME.fullmatch(value) is not None


def _one_of(choices: Any) -> Callable[[Any], bool]:
    known = get_args(choices)
    return lambda value: value in known


_FORMS: Final[Mapping[str, Callable[[Any], bool]]] = {
    **dict.fromkeys(("marker", "title", "doc_type", "number", "name", "issuer", "subject", "item", "per"), _is_text),
    **dict.fromkeys(("short", "long", "outputs", "words"), _is_text),
    **dict.fromkeys(("provisions", "lead", "coordinate"), _is_texts),
    **dict.fromkeys(("value", "min", "max", "per_total", "words_value"), _is_number),
    **dict.fromkeys(("start_time", "end_time"), _is_row_time),
    "level": lambda value: isinstance(value, int) and value >= 1,
    "unit": lambda value: _is_text(value) and value == value.lower(),
    "date": _is_date,
    "values": _is_times,
    "kind": _one_of(TimeKind),
    "role": _one_of(Role),
    "bound": _one_of(Bound),
    "relation": _one_of(Relation),
    "generic": lambda value: value is True,
    "currency": lambda value: isinstance(value, str) and re.fullmatch(r"[A-Z]{3}", value) is not None,
}
"""Field → whether a value is in its normal form."""
