"""The answer to a query as a table for a person, as CSV, as JSON."""

from __future__ import annotations

import csv
import json
import math
from io import StringIO
from itertools import islice
from typing import Any, Final

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from extractor.asking.queries import AT_ONCE, Answer
from extractor.tables.csv_files import escape
from extractor.writing.files import print_text
from extractor.writing.terminal import safe

MOST_ROWS: Final = 200
"""Rows of a table for a person; CSV and JSON have all."""
LONGEST: Final = 120
"""Code points of a cell; the texts of plans are columns, too."""
_WIDEST: Final = 60  # what a column asks for, in columns of the terminal, before others are left out
_BYTE_ORDER_MARK: Final = "\ufeff"  # without it Excel takes UTF-8 for the code page of its machine
_UNLIMITED: Final = 100_000


def standard_output() -> Console:
    """Where tables are printed: a terminal with its width, or a file or pipe, whose lines have no end."""
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = _UNLIMITED
    return console


def print_table(answer: Answer, console: Console) -> None:
    """The first rows, and as many columns as the console has room for; what is left out is said."""
    rows = [[_shown(value) for value in row] for row in islice(answer.rows, MOST_ROWS)]
    kept = _fitting(answer.columns, rows, console.width)
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for index in range(kept):
        numbers = any(row[index].justify == "right" for row in rows)
        table.add_column(Text(safe(answer.columns[index])), justify="right" if numbers else "left", overflow="fold")
    for row in rows:
        table.add_row(*row[:kept])
    console.print(table)
    if kept < len(answer.columns):
        console.print(Text(f"No room for {safe(', '.join(answer.columns[kept:]))}.", "dim"))
    if next(answer.rows, None) is not None:
        console.print(f"More than {MOST_ROWS} rows: --format csv has all.", style="dim")


def print_csv(answer: Answer) -> None:
    """CSV as `extract --format csv` writes it: UTF-8 with byte order mark, no cell that a spreadsheet evaluates."""
    lines = StringIO(newline="")
    writer = csv.writer(lines)
    lines.write(_BYTE_ORDER_MARK)
    writer.writerow(map(escape, answer.columns))
    for row in answer.rows:
        writer.writerow(map(_cell, row))
        if lines.tell() > AT_ONCE * LONGEST:
            print_text(lines.getvalue())
            lines.seek(0)
            lines.truncate()
    print_text(lines.getvalue())


def print_json(answer: Answer) -> None:
    """An array of objects, one a line; what JSON has no form for (a date, a number without bounds) is text or null."""
    separator = "["
    for row in answer.rows:
        print_text(f"{separator}\n{_json(dict(zip(answer.columns, row, strict=True)))}")
        separator = ","
    print_text("[]\n" if separator == "[" else "\n]\n")


def _shown(value: Any) -> Text:
    """A value in a cell of one line; a number stands at the right."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        words = " ".join(safe(_words(value)).split())
        return Text(words if len(words) <= LONGEST else words[:LONGEST].rsplit(" ", 1)[0] + " …")
    return Text(f"{value:.15g}" if isinstance(value, float) else str(value), justify="right")


def _cell(value: Any) -> str:
    return (
        f"{value:.17g}" if isinstance(value, float) else str(value) if isinstance(value, int) else escape(_words(value))
    )


def _words(value: Any) -> str:
    if value is None:
        return ""
    return _json(value) if isinstance(value, bool | list | tuple | dict) else str(value)


def _json(value: Any) -> str:
    return json.dumps(_plain(value), ensure_ascii=False, default=str)


def _plain(value: Any) -> Any:
    """A value of JSON's own: no infinite number, no key that is not text."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return {str(key): _plain(one) for key, one in value.items()} if isinstance(value, dict) else value


def _fitting(columns: list[str], rows: list[list[Text]], width: int) -> int:
    """How many columns a terminal of ``width`` has room for; one at least."""
    used = 0
    for index, name in enumerate(columns):
        used += min(max([cell_len(name), *(cell_len(row[index].plain) for row in rows)]), _WIDEST) + 2
        if used - 2 > width and index:
            return index
    return len(columns)
