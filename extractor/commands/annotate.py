"""``vnplan annotate``."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Annotated

import typer

from extractor.commands.failures import FAILED, SOME_FAILED, tell
from extractor.commands.gold import FormatName, OutDir, write_document, write_form
from extractor.commands.inputs import (
    MEMORY_LIMIT,
    PAGE_LIMIT,
    SIZE_LIMIT,
    TIME_LIMIT,
    find_inputs,
    limits_of,
    read_input,
)
from extractor.reading.child import Child


def annotate(
    ctx: typer.Context,
    inputs: Annotated[list[str], typer.Argument(metavar="INPUT", help="Files, folders, globs.")],
    output: OutDir,
    form: Annotated[
        FormatName | None, typer.Option("--format", "-f", help="For this tool; else NAME.ann.jsonl by line and quote.")
    ] = None,
) -> None:
    """Annotate plans as vnplan reads them, for a person to correct.

    Correct NAME.ann.jsonl and make gold of it with `vnplan gold build OUT --text OUT`, or correct in the tool that
    --format names and bring it back with `vnplan gold import`.
    """
    from extractor.annotating.preannotation import preannotate
    from extractor.pipeline import Extractor

    extractor = Extractor()
    limits = limits_of(TIME_LIMIT, PAGE_LIMIT, SIZE_LIMIT, MEMORY_LIMIT)
    found = find_inputs(inputs)
    documents = []
    with Child() as child:
        for one in found:
            try:
                name = str(PurePosixPath(one.key).with_suffix("")).replace("/", "-")
                documents.append(preannotate(extractor.extract_document(read_input(one, child, limits)), name))
            except Exception as error:
                tell(error, debug=ctx.obj, subject=one.argument)
    if form:
        write_form(documents, form, output)
    else:
        for document in documents:
            write_document(document, output)
        typer.echo(f"{len(documents)} documents written to {output}.", err=True)
    if len(documents) < len(found):
        raise typer.Exit(SOME_FAILED if documents else FAILED)
