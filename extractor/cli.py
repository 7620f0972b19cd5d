"""The command line: ``vnplan``."""

from __future__ import annotations

import io
import json
import os
import sys
from typing import Annotated

import typer

from extractor.commands.agreement import agreement
from extractor.commands.annotate import annotate
from extractor.commands.compare import compare
from extractor.commands.evaluate import evaluate
from extractor.commands.extract import GrammarsOption, extract
from extractor.commands.failures import FAILED, CommandGroup
from extractor.commands.gold import gold_commands
from extractor.commands.graph import graph
from extractor.commands.query import query
from extractor.commands.report import report
from extractor.commands.show import show
from extractor.commands.train import train

app = typer.Typer(
    name="vnplan",
    cls=CommandGroup,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain sentences, and no import of rich for them
)
grammar_commands = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
app.add_typer(grammar_commands, name="grammars", help="Rules as data.")
app.command()(extract)
app.command()(show)
app.command()(compare)
app.command()(evaluate)
app.command()(annotate)
app.command()(agreement)
app.command()(train)
app.command()(query)
app.command()(report)
app.command()(graph)
app.add_typer(gold_commands, name="gold", help="Annotated plans: build, check, export, import.")


def main() -> None:
    """Entry point of the ``vnplan`` command."""
    os.environ.setdefault(
        "PYDANTIC_DISABLE_PLUGINS", "__all__"
    )  # looking for them takes 20 ms, and none has a say here
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # Vietnamese, whatever the locale says
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    app()


def _print_version(wanted: bool) -> None:
    if wanted:
        from extractor import __version__

        typer.echo(f"vnplan {__version__}")
        raise typer.Exit()


@app.callback()
def options(
    ctx: typer.Context,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of a failure.")] = False,
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_print_version, help="Print the version.")
    ] = False,
) -> None:
    """Vietnamese administrative plans into structured JSON."""
    ctx.obj = debug


@app.command()
def schema() -> None:
    """Print the JSON Schema of what `extract` writes."""
    from extractor.plan import Plan

    typer.echo(json.dumps(Plan.model_json_schema(), ensure_ascii=False, indent=2))


@grammar_commands.command()
def check(grammars: GrammarsOption = None) -> None:
    """Try every rule on its examples and near misses. Exit status 1 when one does not hold."""
    from extractor.evaluation.rules import check_grammar

    faults = check_grammar(grammars)
    for fault in faults:
        typer.echo(fault, err=True)
    if faults:
        raise typer.Exit(FAILED)
    typer.echo("Every rule finds its examples and none of its near misses.")


if __name__ == "__main__":
    main()
