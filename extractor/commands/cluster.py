"""``vnplan extract --engine spark``: documents read on a cluster."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Annotated, Final

import typer

from extractor.commands.batch import end, how_it_went, parse_formats
from extractor.commands.inputs import STANDARD_INPUT

if TYPE_CHECKING:
    from extractor.batch.work import Settings


class Engine(StrEnum):
    """What reads many documents."""

    local = "local"
    spark = "spark"


EngineOption = Annotated[
    Engine, typer.Option("--engine", help="Many documents on this machine, or on a cluster (Apache Spark).")
]
MasterOption = Annotated[
    str | None, typer.Option("--master", metavar="URL", help="The cluster of --engine spark (default: local[*]).")
]
THIS_MACHINE: Final = "local[*]"


def only_local(options: Mapping[str, object]) -> None:
    """Refuses options that only the local engine has. Raises typer.BadParameter."""
    if given := [name for name, value in options.items() if value]:
        raise typer.BadParameter(f"{', '.join(given)}: only --engine local has it.", param_hint="'--engine'")


def extract_on_cluster(
    inputs: Sequence[str],
    output: str | None,
    settings: Settings,
    formats: list[str] | None,
    master: str | None,
    *,
    quiet: bool,
    debug: bool,
) -> None:
    """Reads the documents of one input into ``output``. Ends with 3 when some failed, 1 when all did."""
    from extractor.batch.run import Summary
    from extractor.batch.worker import extractor_of
    from extractor.cluster.run import PARQUET, Job, run
    from extractor.commands.progress import Teller

    if not output:
        raise typer.BadParameter("--engine spark needs a folder: -o OUT.", param_hint="'--output'")
    if len(inputs) > 1 or STANDARD_INPUT in inputs:
        raise typer.BadParameter("--engine spark reads one folder, file or glob.", param_hint="'INPUT'")
    chosen = _parse_formats(formats or [PARQUET])
    settings = replace(
        settings,
        grammars=settings.grammars and settings.grammars.resolve(),
        model=settings.model and settings.model.resolve(),
    )
    extractor_of(settings)  # a fault of the grammars or the model is told once, here
    progress = not quiet and sys.stderr.isatty()
    done = run(Job(master or THIS_MACHINE, inputs[0], output.rstrip("/"), settings, chosen, progress))
    teller = Teller(partial(typer.echo, err=True), debug=debug)
    for outcome in done.failed:
        teller.tell(outcome)
    summary = Summary(done.count, 0, [outcome.failure for outcome in done.failed if outcome.failure])
    if not quiet:
        typer.echo(how_it_went(summary, output), err=True)
    end(summary)


def _parse_formats(names: list[str]) -> tuple[str, ...]:
    """The formats that a cluster is to write. Raises typer.BadParameter."""
    from extractor.cluster.run import FORMATS

    chosen = parse_formats(names)
    if others := [name for name in chosen if name not in FORMATS]:
        wrong = f"a cluster does not write {', '.join(others)}, only {' and '.join(FORMATS)}"
        raise typer.BadParameter(f"{wrong}.", param_hint="'--format'")
    return chosen
