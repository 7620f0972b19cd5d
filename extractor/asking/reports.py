"""What `vnplan report` counts, and its tables for a person at a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

import yaml
from rich.console import Console

from extractor.asking.answers import print_table
from extractor.asking.queries import Answer, Values, ask

if TYPE_CHECKING:
    import duckdb

REPORTS: Final = Path(__file__).with_name("reports.yaml")


@dataclass(frozen=True, slots=True)
class Report:
    """One report of reports.yaml with its figures: the first column is the label, the second the figure."""

    title: str
    about: str
    chart: Literal["bars", "columns"]
    note: str
    columns: list[str]
    rows: list[Values]


def make_reports(connection: duckdb.DuckDBPyConnection) -> list[Report]:
    """Every report of reports.yaml, in its order."""
    reports = []
    for one in yaml.safe_load(REPORTS.read_text("utf-8")):
        answer = ask(connection, one["sql"])
        rows = list(answer.rows)
        (note,) = next(ask(connection, one["note"]).rows)
        reports.append(Report(one["title"], one["about"], one["chart"], note, answer.columns, rows))
    return reports


def print_reports(reports: Sequence[Report], console: Console) -> None:
    """Each report as a table, with what it counts above and what it does not below."""
    for report in reports:
        console.print(report.title, style="bold")
        console.print(report.about, style="dim")
        console.print()
        print_table(Answer(report.columns, iter(report.rows)), console)
        console.print(report.note, style="dim")
        console.print()
