"""``vnplan extract``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from extractor.commands.failures import FAILED, SOME_FAILED, tell
from extractor.commands.inputs import (
    MEMORY_LIMIT,
    PAGE_LIMIT,
    SIZE_LIMIT,
    TIME_LIMIT,
    MemoryLimit,
    PageLimit,
    SizeLimit,
    TimeLimit,
    find_inputs,
    limits_of,
    output_paths,
    read_input,
)
from extractor.commands.taggers import ConfidenceOption, ModelOption, Tagger, TaggerOption
from extractor.reading.child import Child

GrammarsOption = Annotated[
    Path | None,
    typer.Option("--grammars", metavar="DIR", exists=True, file_okay=False, help="A grammar folder of your own."),
]


def extract(
    ctx: typer.Context,
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="INPUT", help="Files, folders (PDF, Word, HTML, text inside), globs; - for stdin."),
    ],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="OUT", help="Folder for NAME.json (one input: a FILE.json will do)."),
    ] = None,
    pretty: Annotated[bool, typer.Option("--pretty", help="Indent the JSON.")] = False,
    no_text: Annotated[bool, typer.Option("--no-text", help="Leave the document's text out.")] = False,
    fields: Annotated[
        str | None, typer.Option("--fields", metavar="NAMES", help="Only these: citations,amounts …")
    ] = None,
    grammars: GrammarsOption = None,
    tagger: TaggerOption = Tagger.hybrid,
    min_confidence: ConfidenceOption = 0.0,
    model: ModelOption = None,
    time_limit: TimeLimit = TIME_LIMIT,
    page_limit: PageLimit = PAGE_LIMIT,
    size_limit: SizeLimit = SIZE_LIMIT,
    memory_limit: MemoryLimit = MEMORY_LIMIT,
) -> None:
    """Turn plans into JSON.

    One document is printed to standard output; several are written to OUT/NAME.json. Files of a folder keep their
    path within it. Exit status: 0 all done, 1 failed, 2 wrong usage, 3 some failed.
    """
    documents = find_inputs(inputs)
    if output is None and len(documents) > 1:
        raise typer.BadParameter(f"{len(documents)} documents need a folder: -o OUT.", param_hint="'--output'")
    paths = output_paths(documents, output) if output else [None]
    kept = None if fields is None else _parse_fields(fields)

    from extractor.pipeline import Extractor
    from extractor.writing.files import print_text, write_text

    extractor = Extractor(grammars, tagger.value, min_confidence, model)
    limits = limits_of(time_limit, page_limit, size_limit, memory_limit)
    failed = 0
    with Child() as child:
        for document, path in zip(documents, paths, strict=True):
            try:
                plan = extractor.extract_document(read_input(document, child, limits))
                json = plan.to_json(pretty=pretty, fields=kept, text=not no_text)
                if path is None:
                    print_text(json)
                else:
                    write_text(path, json)
            except BrokenPipeError:
                raise
            except Exception as error:
                tell(error, debug=ctx.obj, subject=document.argument)
                failed += 1
    if output and len(documents) > 1:
        typer.echo(f"{len(documents) - failed} of {len(documents)} documents written to {output}.", err=True)
    if failed:
        raise typer.Exit(FAILED if failed == len(documents) else SOME_FAILED)


def _parse_fields(names: str) -> list[str]:
    from extractor.plan import Plan

    valid = [name for name in Plan.model_fields if name not in ("schema_version", "source", "text")]
    fields = [name.strip() for name in names.split(",") if name.strip()]
    unknown = [name for name in fields if name not in valid]
    if unknown or not fields:
        wrong = f"no such field: {', '.join(unknown)}" if unknown else "no field is named"
        raise typer.BadParameter(f"{wrong}. The fields are {', '.join(valid)}.", param_hint="'--fields'")
    return fields
