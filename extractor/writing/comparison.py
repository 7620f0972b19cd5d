"""A comparison of two plans for a person at a terminal."""

from __future__ import annotations

from collections import Counter
from typing import Final

from rich.console import Console
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from extractor.comparing.plans import Change, Comparison, Difference, Side, Status
from extractor.writing.terminal import safe

STYLES: Final[dict[Status, str]] = {"changed": "yellow", "new": "green", "gone": "red", "same": "dim"}
_LONGEST_TITLE: Final = 160


def print_comparison(comparison: Comparison, console: Console) -> None:
    """What changed in the header, then each activity that is new, gone or changed, and how many stayed the same."""
    console.print(Text.assemble(("A  ", "bold"), safe(comparison.before)))
    console.print(Text.assemble(("B  ", "bold"), safe(comparison.after)))
    if comparison.header:
        console.print(Rule("Header", align="left"), _header(comparison.header))
    counts = Counter(difference.status for difference in comparison.activities)
    summary = "   ".join(f"{counts[status]} {status}" for status in STYLES if counts[status])
    console.print(Rule("Activities", align="left"), Text(summary or "none in either plan", "dim"), "")
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 1, 0))
    table.add_column("", no_wrap=True)
    table.add_column("A", ratio=2, overflow="fold")
    table.add_column("B", ratio=2, overflow="fold")
    table.add_column("Changes, A → B", ratio=2, overflow="fold")
    for difference in comparison.activities:
        if difference.status != "same":
            table.add_row(*_row(difference))
    console.print(table)


def _header(changes: list[Change]) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for change in changes:
        table.add_row(change.field.replace("_", " ").capitalize(), _change(change))
    return table


def _row(difference: Difference) -> tuple[Text, Text, Text, Text]:
    lines = [
        Text.assemble((f"{change.field.replace('_', ' ')}: ", "bold"), _change(change)) for change in difference.changes
    ]
    status = Text(difference.status, STYLES[difference.status])
    return status, _side(difference.before), _side(difference.after), Text("\n").join(lines)


def _side(side: Side | None) -> Text:
    if side is None:
        return Text("–", "dim")
    title = side.title if len(side.title) <= _LONGEST_TITLE else side.title[:_LONGEST_TITLE].rsplit(" ", 1)[0] + " …"
    return Text.assemble((f"{safe(side.path)}  ", "bold"), safe(title))


def _change(change: Change) -> Text:
    before, after = ("; ".join(map(safe, side)) or "–" for side in (change.before, change.after))
    return Text.assemble((before, "red"), " → ", (after, "green"))
