"""An evaluation for people: the table of scores, and the faults in their lines."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from extractor.evaluation.faults import Fault, What
from extractor.evaluation.scores import MACRO, Report

WHAT_STYLES: Final[dict[What, str]] = {"missed": "red", "wrong": "yellow", "extra": "magenta"}


def print_scores(report: Report, console: Console) -> None:
    """One line a score: precision, recall, F1, its 95 % interval, and the counts."""
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 1))
    table.add_column("", no_wrap=True, min_width=max(map(len, report.scores)))
    for heading in ("P", "R", "F1", "95 % interval", "right", "gold", "found"):
        table.add_column(heading, justify="right", no_wrap=True)
    for name, score in report.scores.items():
        tally, (low, high) = score.tally, score.interval
        figures = [f"{figure:.3f}" for figure in (tally.precision, tally.recall, tally.f1)]
        numbers = [str(count) for count in (tally.right, tally.gold, tally.found)]
        style = None if name.endswith(".value") else "dim"
        table.add_row(name, *figures, f"{low:.3f} – {high:.3f}", *numbers, style=style)
    table.add_row(MACRO, "", "", f"{report.macro:.3f}", style="bold")
    console.print(table)
    console.print(f"{report.documents} documents, {len(report.missing)} without prediction", style="dim")


def print_faults(report: Report, console: Console) -> None:
    """Each miss, wrong value and extra, by type and document, with its line of context."""
    by_kind = sorted(report.faults, key=lambda fault: fault.kind)
    for kind, group in groupby(by_kind, key=lambda fault: fault.kind):
        faults = list(group)
        counts = Counter(fault.what for fault in faults)
        summary = ", ".join(f"{counts[what]} {what}" for what in WHAT_STYLES if counts[what])
        console.print(Text.assemble("\n", (kind, "bold"), f": {summary}"))
        for fault in faults:
            console.print(_fault(fault), soft_wrap=True)


def _fault(fault: Fault) -> Text:
    place = f"{fault.document}:{fault.context.line}" if fault.context else fault.document
    text = Text.assemble(
        (f"  {fault.what:<6} ", WHAT_STYLES[fault.what]), (place, "dim"), "  ", (" ".join(fault.text.split()), "bold")
    )
    if fault.context:
        context = fault.context
        text.append(f"\n         │ {context.before}").append(context.mention, "bold underline").append(context.after)
    for label, value in (("gold ", fault.wanted), ("found", fault.found)):
        if value:
            text.append(f"\n         {label} ", "dim").append(value)
    return text
