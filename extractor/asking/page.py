"""The reports as one self-contained HTML page: a chart each, and its figures as a table."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path
from string import Template
from typing import Any, Final

from extractor import __version__
from extractor.asking.charts import Point, bars, columns, figure
from extractor.asking.reports import Report

TEMPLATE: Final = Path(__file__).with_name("page.html")


def page(reports: Sequence[Report], source: str, plans: int) -> str:
    """The page; ``source`` is the name of the corpus."""
    return Template(TEMPLATE.read_text("utf-8")).substitute(
        source=escape(source),
        plans=figure(plans),
        contents="\n".join(f"<a href='#r{place}'>{escape(one.title)}</a>" for place, one in enumerate(reports)),
        reports="\n".join(_section(place, one) for place, one in enumerate(reports)),
        version=escape(__version__),
    )


def _section(place: int, report: Report) -> str:
    points = [(str(row[0]), float(row[1])) for row in report.rows]
    chart = bars(points, report.title) if report.chart == "bars" else columns(_without_gaps(points), report.title)
    shown = (
        f"<figure>{chart}<figcaption>{escape(report.columns[1])}</figcaption></figure>\n{_table(report)}"
        if points
        else "<p>Nothing to show.</p>"
    )
    return (
        f"<section id='r{place}'><h2>{escape(report.title)}</h2><p>{escape(report.about)}</p>\n{shown}\n"
        f"<p class='note'>{escape(report.note)}</p></section>"
    )


def _without_gaps(points: list[Point]) -> list[Point]:
    """Years ("2019") or quarters ("2019-Q2") with those between that no document names, so that the axis is time."""
    known = {_step(label): (label, value) for label, value in points}
    if not known:
        return []
    quarterly = "-Q" in points[0][0]
    return [
        known.get(step, (f"{step // 4}-Q{step % 4 + 1}" if quarterly else str(step), 0))
        for step in range(min(known), max(known) + 1)
    ]


def _step(label: str) -> int:
    year, _, quarter = label.partition("-Q")
    return int(year) * 4 + int(quarter) - 1 if quarter else int(year)


def _table(report: Report) -> str:
    head = "".join(f"<th scope='col'>{escape(name)}</th>" for name in report.columns)
    rows = "\n".join("<tr>" + "".join(map(_cell, row)) + "</tr>" for row in report.rows)
    return (
        f"<details><summary>The figures as a table</summary><div><table><thead><tr>{head}</tr></thead>"
        f"<tbody>\n{rows}\n</tbody></table></div></details>"
    )


def _cell(value: Any) -> str:
    if isinstance(value, int | float):
        return f"<td class='figure'>{figure(value)}</td>"
    return f"<td>{escape(' '.join(str('' if value is None else value).split()))}</td>"
