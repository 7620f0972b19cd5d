"""``vnplan extract``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.commands.batch import (
    FormatOption,
    JobsOption,
    QuietOption,
    ResumeOption,
    extract_batch,
    parse_formats,
)
from extractor.commands.cluster import Engine, EngineOption, MasterOption, extract_on_cluster, only_local
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
    find_inputs,
    limits_of,
    output_path,
    read_input,
)
from extractor.commands.taggers import ConfidenceOption, ModelOption, Tagger, TaggerOption
from extractor.reading.child import Child

if TYPE_CHECKING:
    from extractor.batch.work import Settings

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
        str | None,
        typer.Option(
            "--output", "-o", metavar="OUT", help="Folder of what is made (of one input: a FILE.json will do)."
        ),
    ] = None,
    formats: FormatOption = None,
    jobs: JobsOption = None,
    resume: ResumeOption = False,
    quiet: QuietOption = False,
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
    engine: EngineOption = Engine.local,
    master: MasterOption = None,
) -> None:
    """Turn plans into JSON, tables, a workbook or a database.

    One document is printed to standard output; of several the JSON is written to OUT/NAME.json, with the path within
    their folder. They are read side by side (--jobs); --resume goes on where a run was left. Exit status: 0 all done,
    1 failed, 2 wrong usage, 3 some failed (OUT/failures.jsonl names them).
    """
    from extractor.batch.work import Settings

    kept = None if fields is None else tuple(_parse_fields(fields))
    limits = limits_of(time_limit, page_limit, size_limit, memory_limit)
    settings = Settings(grammars, tagger.value, min_confidence, model, limits, kept, not no_text)
    if engine is Engine.spark:
        only_local({"--jobs": jobs, "--resume": resume, "--pretty": pretty})
        extract_on_cluster(inputs, output, settings, formats, master, quiet=quiet, debug=ctx.obj)
        return
    if master is not None:
        raise typer.BadParameter("it is for --engine spark.", param_hint="'--master'")
    _extract_here(
        find_inputs(inputs),
        output,
        settings,
        parse_formats(formats),
        jobs,
        resume=resume,
        pretty=pretty,
        quiet=quiet,
        debug=ctx.obj,
    )


def _extract_here(
    documents: list[Input],
    output: str | None,
    settings: Settings,
    formats: tuple[str, ...],
    jobs: int | None,
    *,
    resume: bool,
    pretty: bool,
    quiet: bool,
    debug: bool,
) -> None:
    """On this machine: one document by itself, or a batch into a folder."""
    into_folder = output is not None and (not output.endswith(".json") or Path(output).is_dir())
    if len(documents) == 1 and formats == ("json",) and not resume and not into_folder:
        path = output_path(documents[0], Path(output)) if output is not None else None
        _extract_one(documents[0], path, settings, pretty=pretty)
    elif output is None:
        raise typer.BadParameter(f"{_many(documents, formats)} need a folder: -o OUT.", param_hint="'--output'")
    else:
        extract_batch(
            documents,
            Path(output),
            settings,
            formats,
            jobs,
            resume=resume,
            pretty=pretty,
            quiet=quiet,
            debug=debug,
        )


def _many(documents: list[Input], formats: tuple[str, ...]) -> str:
    return f"{len(documents)} documents" if len(documents) > 1 else f"{', '.join(formats)} and --resume"


def _extract_one(document: Input, path: Path | None, settings: Settings, *, pretty: bool) -> None:
    """One plan as JSON, to standard output or into a file."""
    from extractor.pipeline import Extractor
    from extractor.writing.files import print_text, write_text

    extractor = Extractor(settings.grammars, settings.tagger, settings.min_confidence, settings.model)
    with Child() as child:
        plan = extractor.extract_document(read_input(document, child, settings.limits))
    json = plan.to_json(pretty=pretty, fields=settings.fields, text=settings.text)
    if path is None:
        print_text(json)
    else:
        write_text(path, json)


def _parse_fields(names: str) -> list[str]:
    from extractor.plan import Plan

    valid = [name for name in Plan.model_fields if name not in ("schema_version", "source", "text")]
    fields = [name.strip() for name in names.split(",") if name.strip()]
    unknown = [name for name in fields if name not in valid]
    if unknown or not fields:
        wrong = f"no such field: {', '.join(unknown)}" if unknown else "no field is named"
        raise typer.BadParameter(f"{wrong}. The fields are {', '.join(valid)}.", param_hint="'--fields'")
    return fields
