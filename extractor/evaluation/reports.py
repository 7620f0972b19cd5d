"""An evaluation for people: the table of scores, and the faults in their lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from extractor.evaluation.faults import Fault, What
from extractor.evaluation.readings import Agreement
from extractor.evaluation.scores import MACRO, MACRO_TYPES, Report
from extractor.evaluation.significance import Change

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


def print_damage(damaged: Mapping[str, Report], console: Console) -> None:
    """One line a kind of damage: macro.value, and what is lost of it and of each main type."""
    whole = damaged["none"]
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 1))
    table.add_column("damage", no_wrap=True, min_width=max(map(len, damaged)))
    for heading in ("macro", "loss", *MACRO_TYPES):
        table.add_column(heading, justify="right", no_wrap=True, min_width=len(heading))
    for kind, report in damaged.items():
        losses = [whole.f1(f"{one}.value") - report.f1(f"{one}.value") for one in MACRO_TYPES]
        figures = [f"{report.macro:.3f}", f"{whole.macro - report.macro:.4f}", *(f"{loss:.3f}" for loss in losses)]
        table.add_row(kind, *figures)
    console.print(table)


def print_changes(
    changes: Sequence[Change], documents: Sequence[tuple[str, str, float, float]], console: Console
) -> None:
    """Gains and losses since another evaluation: score by score with their intervals, then document by document."""
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 1))
    table.add_column("", no_wrap=True)
    for heading in ("before", "after", "change", "95 % interval"):
        table.add_column(heading, justify="right", no_wrap=True)
    for change in changes:
        low, high = change.interval
        style = "red" if change.is_loss else "green" if change.is_gain else None
        difference = f"{change.after - change.before:+.4f}"
        figures = (f"{change.before:.4f}", f"{change.after:.4f}", difference, f"{low:+.4f} – {high:+.4f}")
        table.add_row(change.score, *figures, style=style)
    console.print(table)
    for name, score, before, after in documents:
        sign, style = ("+", "green") if after > before else ("-", "red")
        console.print(f"  {sign} {name}  {score}  {before:.4f} → {after:.4f}", style=style, soft_wrap=True)


def print_agreement(agreement: Agreement, console: Console) -> None:
    """One line a type: pairwise F1 on exact spans and on values, and how many each reading has; then the roles."""
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 1))
    table.add_column("", no_wrap=True)
    for heading in ("span F1", "value F1", "A", "B"):
        table.add_column(heading, justify="right", no_wrap=True)
    for kind, tally in sorted(agreement.values.items()):
        span = f"{agreement.spans[kind].f1:.3f}" if kind in agreement.spans else ""
        table.add_row(kind, span, f"{tally.f1:.3f}", str(tally.gold), str(tally.found))
    roles = agreement.roles
    table.add_row("role", "", f"{roles.f1:.3f}", str(roles.gold), str(roles.found))
    console.print(table)
    console.print(f"kappa of the roles {agreement.kappa:.3f}; {agreement.documents} documents", style="dim")


def print_faults(faults: Sequence[Fault], console: Console) -> None:
    """Each miss, wrong value and extra, by type and document, with its line of context."""
    by_kind = sorted(faults, key=lambda fault: fault.kind)
    for kind, group in groupby(by_kind, key=lambda fault: fault.kind):
        found = list(group)
        counts = Counter(fault.what for fault in found)
        summary = ", ".join(f"{counts[what]} {what}" for what in WHAT_STYLES if counts[what])
        console.print(Text.assemble("\n", (kind, "bold"), f": {summary}"))
        for fault in found:
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
