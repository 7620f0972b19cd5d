"""When two values are the same: strings in their normal form, and the key fields of each type."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any, Final

from extractor.evaluation.gold import Item

HEADER_FIELDS: Final = (
    "doc_type",
    "number",
    "title",
    "issuer",
    "place",
    "date",
    "year",
    "period",
    "jurisdiction",
    "signer",
    "position",
    "attached_to",
)

# One spelling for both places of the tone mark in an open syllable: "hoà" and "hòa".
NEW_TONE: Final = {
    **{"oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa"},
    **{"oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe", "oẹ": "ọe"},
    **{"uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy"},
}
_OLD_TONE = re.compile(rf"(?<!q)(?:{'|'.join(NEW_TONE)})(?!\w)")
_QUOTES = re.compile("[\u201c\u201d\u2018\u2019\"'*]")
_DASH = re.compile(r"\s*[-\u2010-\u2015\u2212]\s*")
_BLANKS = re.compile(r"\s+")
_ABOUT = re.compile("^(?:về việc|v/v|về) ")


def normal(value: Any) -> str:
    """A string as docs/annotation.md compares it: letters, dashes, quotes, blanks and tone marks of one form."""
    text = unicodedata.normalize("NFC", str(value)).casefold()
    text = _OLD_TONE.sub(lambda match: NEW_TONE[match.group()], text)
    text = _DASH.sub("-", _QUOTES.sub("", text))
    return _BLANKS.sub(" ", text).strip(" .,;:")


def agree(kind: str, gold: Item, found: Item) -> bool:
    """Whether the key fields of two entities of one type are the same."""
    return _AGREE[kind](gold, found)


def header_pairs(gold: Item, found: Item) -> Iterator[tuple[str, Any, Any, bool]]:
    """The scored header fields that either side has: name, gold value, found value, whether they agree."""
    for field in HEADER_FIELDS:
        wanted, got = gold.get(field), found.get(field)
        if wanted or got:
            yield field, wanted, got, bool(wanted) and _header_value(wanted) == _header_value(got)


def row_cells(row: Item) -> set[tuple[str, str]]:
    """Who and when of a table row, as (field, value)."""
    names = {(field, normal(name)) for field in ("lead", "coordinate") for name in row.get(field) or []}
    return names | {(field, row[field]) for field in ("start_time", "end_time") if row.get(field)}


def _header_value(value: Any) -> str:
    return _ABOUT.sub("", normal(value or ""))


def _same(gold: Item, found: Item, field: str) -> bool:
    return normal(gold.get(field) or "") == normal(found.get(field) or "")


def _figures(item: Item) -> list[float | None]:
    return [None if item.get(key) is None else float(item[key]) for key in ("value", "min", "max")]


def _number(item: Item) -> str:
    return _BLANKS.sub("", normal(item.get("number") or ""))


def _same_head(left: Any, right: Any) -> bool:
    """Whether one unit is the other or its first words: "cơ sở" and "cơ sở sản xuất"."""
    a, b = normal(left or "").split(), normal(right or "").split()
    shared = min(len(a), len(b))
    return shared > 0 and a[:shared] == b[:shared]


def _citations_agree(gold: Item, found: Item) -> bool:
    same_document = _number(gold) == _number(found) if gold.get("number") else _same(gold, found, "name")
    return same_document and all(_same(gold, found, field) for field in ("doc_type", "date", "issuer"))


def _amounts_agree(gold: Item, found: Item) -> bool:
    return (
        _figures(gold) == _figures(found)
        and (gold.get("currency") or "VND") == (found.get("currency") or "VND")
        and ("words_value" not in gold or gold["words_value"] == found.get("words_value"))
    )


def _quantities_agree(gold: Item, found: Item) -> bool:
    same_unit = _same_head(gold["unit"], found.get("unit"))
    return same_unit and _figures(gold) == _figures(found) and _same(gold, found, "per")


_AGREE: Final[dict[str, Callable[[Item, Item], bool]]] = {
    "section": lambda gold, found: _same(gold, found, "marker") and gold["level"] == found.get("level"),
    "citation": _citations_agree,
    "amount": _amounts_agree,
    "quantity": _quantities_agree,
    "time": lambda gold, found: bool(gold["values"] == found.get("values")),
    "agency": lambda gold, found: _same(gold, found, "name"),
    "row": lambda gold, found: _same(gold, found, "marker"),
    "abbreviation": lambda gold, found: _same(gold, found, "short") and _same(gold, found, "long"),
}
