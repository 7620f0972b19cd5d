"""``vnplan show``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from extractor.commands.inputs import Input, read_input


def show(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A plan, or - for stdin.")],
    html: Annotated[
        Path | None, typer.Option("--html", metavar="OUT", help="Write one self-contained HTML page instead.")
    ] = None,
) -> None:
    """Show a plan to a person: header, outline, and the mentions coloured in their text."""
    from extractor.pipeline import Extractor

    plan = Extractor().extract_document(read_input(Input(file, Path())))
    if html:
        from extractor.writing.files import write_text
        from extractor.writing.page import page

        write_text(html, page(plan))
    else:
        from rich.console import Console

        from extractor.writing import terminal

        terminal.show(plan, Console(highlight=False))
