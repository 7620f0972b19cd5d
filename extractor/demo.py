"""``make demo``: one table over the JSON of a folder, to see at a glance what was read."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.table import Table

COUNTED: Final = ("sections", "citations", "amounts", "quantities", "times", "agencies", "warnings")


def summary(plans: dict[str, dict[str, Any]]) -> Table:
    """A table of plans (name → JSON): number, date, issuer, and how many of each."""
    table = Table(title="vnplan demo", title_justify="left", row_styles=("", "dim"))
    table.add_column("plan", overflow="fold", ratio=3)
    table.add_column("number", overflow="fold")
    table.add_column("date", no_wrap=True)
    table.add_column("issuer", overflow="fold", ratio=2)
    for field in COUNTED:
        table.add_column(field[:5] + ("." if len(field) > 5 else ""), justify="right", no_wrap=True)
    for name, plan in plans.items():
        header = plan["header"]
        counts = (str(len(plan.get(field, []))) for field in COUNTED)
        table.add_row(name, header.get("number", ""), header.get("date", ""), header.get("issuer", ""), *counts)
    return table


def main() -> None:
    """Prints the table for the folder that is named."""
    folder = Path(sys.argv[1])
    plans = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))}
    console = Console(width=None if sys.stdout.isatty() else 150)
    console.print(summary(plans))
    console.print(f"The JSON of these {len(plans)} plans lies in {folder.resolve()}/")


if __name__ == "__main__":
    main()
