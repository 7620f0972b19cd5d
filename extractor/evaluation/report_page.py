"""An evaluation as one self-contained HTML page: chart, scores, groups, confusion, and every error in its line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from itertools import groupby
from pathlib import Path
from string import Template
from typing import Final

from extractor.evaluation.analysis import ERROR_CLASSES, Analysis, Error, error_counts
from extractor.evaluation.record import Origin
from extractor.evaluation.scores import MACRO, MACRO_TYPES, Report

TEMPLATE: Final = Path(__file__).with_name("report.html")
CHARTED: Final = (*(f"{kind}.value" for kind in MACRO_TYPES), "agency_role.value", "row.value", "row_cells.value")
BAR: Final = 26  # points of height for each bar
LABELS: Final = 150  # points for the names of the scores
WIDTH: Final = 560  # points for an F1 of 1

Cell = str | int | float


def report_page(report: Report, analysis: Analysis, origin: Origin, damaged: Mapping[str, Report] | None = None) -> str:
    """The page."""
    return Template(TEMPLATE.read_text("utf-8")).substitute(
        macro=f"{report.macro:.3f}",
        documents=report.documents,
        version=escape(origin.version),
        grammar=escape(origin.grammar_hash[:12] or "unknown"),
        commit=escape(origin.commit[:12] or "unknown"),
        chart=_chart(report),
        scores=_scores(report),
        damage=_damage(damaged) if damaged else "",
        groups="\n".join(_group(grouping, groups) for grouping, groups in analysis.groups.items()),
        quantities=_quantities(analysis),
        confusion=_confusion(analysis),
        classes=_classes(analysis),
        errors=_errors(analysis.errors),
    )


def _chart(report: Report) -> str:
    """F1 of the main scores as bars, with their intervals as whiskers."""
    shown = [(name, report.scores[name]) for name in CHARTED if name in report.scores]
    bars = []
    for place, (name, score) in enumerate(shown):
        y, (low, high) = place * BAR, score.interval
        bars.append(
            f"<text x='{LABELS - 8}' y='{y + 17}' text-anchor='end'>{escape(name)}</text>"
            f"<rect x='{LABELS}' y='{y + 4}' width='{score.tally.f1 * WIDTH:.1f}' height='{BAR - 9}'/>"
            f"<path d='M{LABELS + low * WIDTH:.1f} {y + 12.5}H{LABELS + high * WIDTH:.1f}m0 -4v8"
            f"M{LABELS + low * WIDTH:.1f} {y + 8.5}v8'/>"
            f"<text x='{LABELS + WIDTH + 10}' y='{y + 17}'>{score.tally.f1:.3f}</text>"
        )
    height = len(shown) * BAR
    return (
        f"<svg viewBox='0 0 {LABELS + WIDTH + 60} {height}' width='{LABELS + WIDTH + 60}' height='{height}' role='img' "
        f"aria-label='F1 by type with 95 % intervals'>{''.join(bars)}</svg>"
    )


def _scores(report: Report) -> str:
    rows: list[Sequence[Cell]] = []
    for name, score in report.scores.items():
        tally, (low, high) = score.tally, score.interval
        figures = (tally.precision, tally.recall, tally.f1)
        rows.append((name, *figures, f"{low:.3f} – {high:.3f}", tally.right, tally.gold, tally.found))
    rows.append((MACRO, "", "", report.macro, "", "", "", ""))
    return _table(("score", "P", "R", "F1", "95 % interval", "right", "gold (support)", "found"), rows)


def _damage(damaged: Mapping[str, Report]) -> str:
    whole = damaged["none"].macro
    rows = [(kind, one.macro, f"{whole - one.macro:+.4f}") for kind, one in damaged.items()]
    return f"<section><h2>Under damage</h2>{_table(('damage', MACRO, 'loss'), rows)}</section>"


def _group(grouping: str, groups: Mapping[str, tuple[int, Mapping[str, float]]]) -> str:
    names = next(iter(groups.values()))[1].keys() if groups else ()
    rows: list[Sequence[Cell]] = [(group, count, *scores.values()) for group, (count, scores) in groups.items()]
    headings = (grouping, "documents", *(name.removesuffix(".value") for name in names))
    return f"<section><h2>By {escape(grouping)}</h2>{_table(headings, rows)}</section>"


def _quantities(analysis: Analysis) -> str:
    rows = [
        (form, tally.precision, tally.recall, tally.f1, tally.right, tally.gold, tally.found)
        for form, tally in analysis.forms.items()
    ]
    return _table(("quantities", "P", "R", "F1", "right", "gold", "found"), rows)


def _confusion(analysis: Analysis) -> str:
    rows = [(wanted, found, count) for (wanted, found), count in analysis.confusion.items()]
    return _table(("gold", "found as", "times"), rows) if rows else "<p>None.</p>"


def _classes(analysis: Analysis) -> str:
    counted = error_counts(analysis.errors)
    rows: list[Sequence[Cell]] = [
        (kind, *(row[what] for what in ERROR_CLASSES)) for kind, row in sorted(counted.items())
    ]
    return _table(("type", *ERROR_CLASSES), rows) if rows else "<p>None.</p>"


def _errors(errors: Sequence[Error]) -> str:
    """Errors by type and class, each in its line with the gold beside it."""
    ordered = sorted(errors, key=lambda error: (error.kind, ERROR_CLASSES.index(error.what), error.document))
    parts = []
    for (kind, what), group in groupby(ordered, key=lambda error: (error.kind, error.what)):
        found = list(group)
        lines = "\n".join(map(_error, found))
        parts.append(f"<details><summary>{kind}: {what} <b>{len(found)}</b></summary><ol>{lines}</ol></details>")
    return "\n".join(parts) or "<p>None.</p>"


def _error(error: Error) -> str:
    context = error.context
    words = f"<mark>{escape(' '.join(error.text.split()))}</mark>"
    if context:
        words = f"{escape(context.before)}<mark>{escape(context.mention)}</mark>{escape(context.after)}"
    place = escape(error.document) + (f":{context.line}" if context else "")
    sides = "".join(
        f"<div><dt>{label}</dt><dd>{escape(' '.join(value.split()))}</dd></div>"
        for label, value in (("gold", error.wanted), ("found", error.found))
        if value
    )
    return f"<li><small>{place}</small><p>{words}</p><dl>{sides}</dl></li>"


def _table(headings: Iterable[str], rows: Iterable[Sequence[Cell]]) -> str:
    head = "".join(f"<th>{escape(heading)}</th>" for heading in headings)
    body = "\n".join("<tr>" + "".join(map(_cell, row)) + "</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>\n{body}\n</tbody></table>"


def _cell(value: Cell) -> str:
    if isinstance(value, float):
        return f"<td class='number'>{value:.3f}</td>"
    return f"<td class='number'>{value}</td>" if isinstance(value, int) else f"<td>{escape(value)}</td>"
