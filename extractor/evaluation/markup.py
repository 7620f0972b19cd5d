"""Inline markup: text and mentions written as one line.

``Dự kiến <quantity value=5 unit=lớp>05 lớp</quantity>`` is the text "Dự kiến 05 lớp" with one quantity. Values are
bare words or "quoted"; ``true`` and numbers are read as such, ``a;b`` in ``values`` as a list. Elements may nest.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

_TAG: Final = re.compile(r"<(/?)([a-z_]+)((?:\s+[a-z_]+=(?:\"[^\"]*\"|[^\s\">]+))*)\s*>")
_FIELD: Final = re.compile(r"([a-z_]+)=(?:\"([^\"]*)\"|([^\s\">]+))")
_LISTS: Final = ("values", "provisions", "lead", "coordinate")


@dataclass(frozen=True, slots=True)
class Marked:
    """One element of a marked-up line: its kind, its place in the bare text, the fields that it must have."""

    kind: str
    start: int
    end: int
    fields: dict[str, Any]


def parse_markup(line: str) -> tuple[str, list[Marked]]:
    """The bare text and its marked elements in text order. Raises ``ValueError`` where tags do not match."""
    text = ""
    at = 0
    open_tags: list[tuple[str, int, dict[str, Any]]] = []
    marked: list[Marked] = []
    for tag in _TAG.finditer(line):
        text += line[at : tag.start()]
        at = tag.end()
        if not tag[1]:
            open_tags.append((tag[2], len(text), _fields(tag[3])))
            continue
        if not open_tags or open_tags[-1][0] != tag[2]:
            raise ValueError(f"</{tag[2]}> closes nothing in: {line}")
        kind, start, fields = open_tags.pop()
        marked.append(Marked(kind, start, len(text), fields))
    if open_tags:
        raise ValueError(f"<{open_tags[-1][0]}> is not closed in: {line}")
    return text + line[at:], sorted(marked, key=lambda element: (element.start, -element.end))


def _fields(source: str) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for name, quoted, bare in _FIELD.findall(source):
        value = quoted or bare
        fields[name] = value.split(";") if name in _LISTS else _scalar(value) if bare and not quoted else value
    return fields


def _scalar(value: str) -> str | int | float | bool:
    if value in ("true", "false"):
        return value == "true"
    try:
        return float(value) if "." in value else int(value)
    except ValueError:
        return value
