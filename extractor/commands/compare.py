"""``vnplan compare``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from extractor.commands.inputs import Input, read_input
from extractor.reading import Limits
from extractor.reading.child import Child


def compare(
    before: Annotated[str, typer.Argument(metavar="A", help="The earlier plan, or - for stdin.")],
    after: Annotated[str, typer.Argument(metavar="B", help="The later plan.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="OUT", help="Write the JSON into a file instead.")
    ] = None,
) -> None:
    """Compare two plans of one kind: what is new, gone, or changed in quantity, time, lead, budget."""
    from extractor.comparing.plans import compare_plans
    from extractor.pipeline import Extractor
    from extractor.writing.files import print_text, write_text

    extractor = Extractor()
    with Child() as child:
        plans = [extractor.extract_document(read_input(Input(name, name), child, Limits())) for name in (before, after)]
    comparison = compare_plans(*plans)
    text = json.dumps(comparison.to_dict(), ensure_ascii=False, indent=1) + "\n"
    if output:
        write_text(output, text)
    elif as_json:
        print_text(text)
    else:
        from rich.console import Console

        from extractor.writing.comparison import print_comparison

        print_comparison(comparison, Console(highlight=False))
