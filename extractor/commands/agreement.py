"""``vnplan agreement``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from extractor.errors import GoldError


def agreement(
    first: Annotated[Path, typer.Argument(metavar="A", exists=True, file_okay=False, help="Gold of one annotator.")],
    second: Annotated[Path, typer.Argument(metavar="B", exists=True, file_okay=False, help="Gold of another.")],
    differences: Annotated[bool, typer.Option("--differences", help="List where the two differ.")] = False,
) -> None:
    """Compare two readings: pairwise F1 of spans and of values by type, and kappa of the roles.

    Both folders hold NAME.gold.json; documents that only one has are left out, and named.
    """
    from rich.console import Console

    from extractor.evaluation import reports
    from extractor.evaluation.gold import LISTS, Item, read_gold
    from extractor.evaluation.readings import compare_readings
    from extractor.evaluation.scores import score_document

    left, right = read_gold(first), read_gold(second)
    shared = [name for name in left if name in right]
    if not shared:
        raise GoldError(f"{first} and {second} hold no document of the same name.")
    console = Console(highlight=False)
    if differences:
        faults = []
        for name in shared:
            plan: dict[str, list[Item]] = {plural: [] for plural in LISTS.values()}
            for item in right[name]["entities"]:
                plan[LISTS[item["type"]]].append(item)
            faults += score_document(name, left[name], {"header": right[name]["header"], **plan})[1]
        reports.print_faults(faults, console)
        console.print()
    reports.print_agreement(compare_readings([(left[name], right[name]) for name in shared]), console)
    for folder, names in ((first, left.keys() - right.keys()), (second, right.keys() - left.keys())):
        if names:
            typer.echo(f"vnplan: only in {folder}, so left out: {', '.join(sorted(names))}.", err=True)
