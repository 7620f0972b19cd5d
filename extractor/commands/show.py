"""``vnplan show``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from extractor.commands.inputs import (
    MEMORY_LIMIT,
    PAGE_LIMIT,
    SIZE_LIMIT,
    TIME_LIMIT,
    Input,
    MemoryLimit,
    PageLimit,
    SizeLimit,
    TimeLimit,
    limits_of,
    read_input,
)
from extractor.reading.child import Child


def show(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A plan, or - for stdin.")],
    html: Annotated[
        Path | None, typer.Option("--html", metavar="OUT", help="Write one self-contained HTML page instead.")
    ] = None,
    time_limit: TimeLimit = TIME_LIMIT,
    page_limit: PageLimit = PAGE_LIMIT,
    size_limit: SizeLimit = SIZE_LIMIT,
    memory_limit: MemoryLimit = MEMORY_LIMIT,
) -> None:
    """Show a plan to a person: header, outline, and the mentions coloured in their text."""
    from extractor.pipeline import Extractor

    limits = limits_of(time_limit, page_limit, size_limit, memory_limit)
    with Child() as child:
        plan = Extractor().extract_document(read_input(Input(file, file), child, limits))
    if html:
        from extractor.writing.files import write_text
        from extractor.writing.page import page

        write_text(html, page(plan))
    else:
        from rich.console import Console

        from extractor.writing import terminal

        terminal.show(plan, Console(highlight=False))
