"""Which tables there are and what their columns hold: read off the models of the JSON, so that both always agree."""

from __future__ import annotations

import types
from dataclasses import dataclass
from typing import Any, Final, Literal, Union, get_args, get_origin

from extractor.plan import (
    Abbreviation,
    Activity,
    Agency,
    Amount,
    Citation,
    Header,
    Quantity,
    Record,
    Row,
    Section,
    Source,
    Table,
    Time,
    Warning,
)

PLAN_KEY: Final = "plan"
"""The first column of every table: the path of the document within the folder that was read, "/" between its parts."""

Kind = Literal["text", "integer", "number", "yes_no"]
_KINDS: Final[dict[type, Kind]] = {str: "text", int: "integer", float: "number", bool: "yes_no"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. ``depth`` is 0 for a plain value, 1 for a list of them, 2 for a list of lists.

    A column of records has ``fields`` instead of a kind.
    """

    name: str
    kind: Kind | None
    depth: int = 0
    fields: tuple[Column, ...] = ()


_MONEY: Final = frozenset({"words_value"})
"""Whole numbers that may be larger than 64 bits hold."""


def _columns(model: type[Record], *left_out: str) -> tuple[Column, ...]:
    return tuple(_column(name, field.annotation) for name, field in model.model_fields.items() if name not in left_out)


def _column(name: str, annotation: Any) -> Column:
    """The column for a field of a model, by the field's type."""
    depth = 0
    while True:
        origin = get_origin(annotation)
        options = [option for option in get_args(annotation) if option is not type(None)]
        if origin is list:
            depth, annotation = depth + 1, options[0]
        elif origin is tuple:  # page, x0, top, x1, bottom: as numbers
            return Column(name, "number", depth + 1)
        elif origin is Literal:
            return Column(name, "text", depth)
        elif origin in (Union, types.UnionType):
            annotation = float if set(options) == {int, float} else options[0]
        elif issubclass(annotation, Record):
            return Column(name, None, depth, _columns(annotation))
        else:
            return Column(name, "number" if name in _MONEY else _KINDS[annotation], depth)


_KEY: Final = Column(PLAN_KEY, "text")
_SPANS: Final = Column(
    "spans", None, 1, (Column("field", "text"), Column("start", "integer"), Column("end", "integer"))
)
"""Where the header's fields stand: a list of records, for tables know no dictionary."""

_MODELS: Final[dict[str, type[Record]]] = {
    "sections": Section,
    "citations": Citation,
    "amounts": Amount,
    "quantities": Quantity,
    "times": Time,
    "agencies": Agency,
    "abbreviations": Abbreviation,
    "tables": Table,
    "rows": Row,
    "activities": Activity,
}

TABLES: Final[dict[str, tuple[Column, ...]]] = {
    "plans": (
        _KEY,
        *_columns(Source),
        *_columns(Header, "spans"),
        _SPANS,
        Column("schema_version", "text"),
        Column("text", "text"),
    ),
    **{name: (_KEY, *_columns(model)) for name, model in _MODELS.items()},
    "warnings": (_KEY, Column("id", "text"), *_columns(Warning)),
}
"""Table → columns. ``plan`` is the key of ``plans``; ``plan`` and ``id`` together are that of every other table."""
