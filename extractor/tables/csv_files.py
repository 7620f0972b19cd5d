"""Tables as CSV for spreadsheets and databases: a file a table, joined from parts without being held in memory."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final, TextIO

from extractor.tables.columns import TABLES
from extractor.tables.rows import KeyedPlan, rows_of

_LINE_END: Final = "\r\n"
_BYTE_ORDER_MARK: Final = "\ufeff"  # without it Excel takes UTF-8 for the code page of its machine
_MARK: Final = "'"
_FIRST: Final = frozenset("'\t\r\n")
_FIRST_SEEN: Final = frozenset("=+-@＝＋－＠")  # behind blanks; the wide signs count in East Asia
_SURROGATES: Final = re.compile("[\ud800-\udfff]")


def escape(text: str) -> str:
    """A text that no spreadsheet evaluates: an apostrophe before what might be a formula, and before an apostrophe."""
    seen = next((sign for sign in text if sign.isprintable() and sign != " "), "")
    return _MARK + text if text[:1] in _FIRST or seen in _FIRST_SEEN else text


def unescape(cell: str) -> str:
    """The text that ``escape`` made a cell of: "'- Mở lớp" → "- Mở lớp"."""
    return cell.removeprefix(_MARK)


def header_line(table: str) -> str:
    """The names of a table's columns, with the line end."""
    return _line(column.name for column in TABLES[table])


def write_rows(file: TextIO, table: str, rows: Iterable[Mapping[str, Any]]) -> None:
    """Writes the rows of a table, without header. ``file`` is opened with ``newline=""``.

    Texts are quoted and escaped, numbers and ``true``/``false`` are not, what has no value is empty; lists and records
    are JSON. Half a surrogate pair, which no UTF-8 file holds, becomes U+FFFD.
    """
    columns = TABLES[table]
    for row in rows:
        file.write(_line(row.get(column.name) for column in columns))


def part_path(folder: Path, table: str, number: int) -> Path:
    """Where the rows of a table stand for the ``number``-th part of the plans."""
    return folder / f"{table}-{number:05}.csv"


def write_part(folder: Path, number: int, plans: Iterable[KeyedPlan]) -> None:
    """Writes the tables of ``plans`` into FOLDER/TABLE-NUMBER.csv without headers, each file whole or not at all.

    Raises OSError when the disk takes no more.
    """
    folder.mkdir(parents=True, exist_ok=True)
    drafts = {name: _draft(folder) for name in TABLES}
    try:
        with ExitStack() as stack:
            files = {
                name: stack.enter_context(draft.open("x", encoding="utf-8", newline=""))
                for name, draft in drafts.items()
            }
            for key, plan in plans:
                for name, rows in rows_of(key, plan).items():
                    write_rows(files[name], name, rows)
        for name, draft in drafts.items():
            draft.replace(part_path(folder, name, number))
    finally:
        for draft in drafts.values():
            draft.unlink(missing_ok=True)


def join_parts(folder: Path, parts: Path, count: int) -> None:
    """Makes FOLDER/TABLE.csv, with byte order mark and header, of the parts 0 to ``count`` - 1 in the folder ``parts``.

    Each file appears whole or not at all; the parts stay. Raises OSError when one is missing or the disk is full.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in TABLES:
        draft = _draft(folder)
        try:
            with draft.open("xb") as whole:
                whole.write((_BYTE_ORDER_MARK + header_line(name)).encode())
                for number in range(count):
                    with part_path(parts, name, number).open("rb") as part:
                        shutil.copyfileobj(part, whole)
            draft.replace(folder / f"{name}.csv")
        finally:
            draft.unlink(missing_ok=True)


def _draft(folder: Path) -> Path:
    return folder / f".vnplan-{os.urandom(8).hex()}.tmp"


def _line(values: Iterable[Any]) -> str:
    return ",".join(map(_cell, values)) + _LINE_END


def _cell(value: Any) -> str:
    """A value as it stands between two commas."""
    if value is None:
        return ""
    if isinstance(value, bool | int | float):
        return json.dumps(value)
    text = escape(value) if isinstance(value, str) else json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return '"' + _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", text).replace('"', '""') + '"'
