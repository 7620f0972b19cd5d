"""``vnplan evaluate``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from extractor.commands.failures import FAILED
from extractor.errors import InputError

if TYPE_CHECKING:
    from extractor.evaluation.scores import Report


def evaluate(
    gold: Annotated[
        Path, typer.Argument(metavar="GOLD_DIR", exists=True, file_okay=False, help="Folder of NAME.gold.json.")
    ],
    text: Annotated[
        Path | None,
        typer.Option("--text", metavar="DIR", exists=True, file_okay=False, help="Extract and score DIR/NAME.txt."),
    ] = None,
    pred: Annotated[
        Path | None,
        typer.Option("--pred", metavar="DIR", exists=True, file_okay=False, help="Score DIR/NAME.json."),
    ] = None,
    errors: Annotated[bool, typer.Option("--errors", help="List each miss, wrong value and extra.")] = False,
    json_file: Annotated[
        str | None, typer.Option("--json", metavar="FILE", help="Write the figures as JSON; - for stdout.")
    ] = None,
    minimums: Annotated[
        list[str] | None,
        typer.Option("--min", metavar="SCORE=F1", help="Fail below this, as macro.value=0.95; may be repeated."),
    ] = None,
) -> None:
    """Score plans against gold: precision, recall and F1 by type, on value, strict and span.

    Exit status 1 when a --min does not hold.
    """
    if (text is None) == (pred is None):
        raise typer.BadParameter("give one of the two.", param_hint="'--text' / '--pred'")
    wanted = [_parse_minimum(minimum) for minimum in minimums or []]

    from rich.console import Console

    from extractor.evaluation import reports, scores
    from extractor.evaluation.gold import read_gold, read_predictions

    names = list(read_gold(gold))
    plans = _extract_texts(text, names) if text else read_predictions(pred, names) if pred else {}
    if not plans:
        raise InputError(f"{text or pred}: holds no {'NAME.txt' if text else 'NAME.json'} for any gold in {gold}.")
    report = scores.evaluate(gold, plans)
    console = Console(stderr=json_file == "-", highlight=False)  # standard output is the JSON's
    if errors:
        reports.print_faults(report, console)
        console.print()
    reports.print_scores(report, console)
    for name in report.missing:
        typer.echo(f"vnplan: {name}: nothing to score; counted as a plan in which nothing was found.", err=True)
    if json_file:
        _write_json(report, json_file)
    below = [(name, least) for name, least in wanted if report.f1(name) < least]
    for name, least in below:
        typer.echo(f"vnplan: {name} is {report.f1(name):.4f}, below the {least:g} asked for.", err=True)
    if below:
        raise typer.Exit(FAILED)


def _extract_texts(folder: Path, names: list[str]) -> Mapping[str, dict[str, Any]]:
    from extractor.pipeline import Extractor

    extractor = Extractor()
    paths = {name: folder / f"{name}.txt" for name in names}
    return {name: extractor.extract_file(path).to_dict() for name, path in paths.items() if path.exists()}


def _parse_minimum(minimum: str) -> tuple[str, float]:
    from extractor.evaluation.activities import ACTIVITY_SCORES
    from extractor.evaluation.scores import SCORES

    name, _, figure = minimum.partition("=")
    known = (*SCORES, *ACTIVITY_SCORES)
    if name not in known:
        raise typer.BadParameter(f"no score {name!r}. The scores are {', '.join(known)}.", param_hint="'--min'")
    try:
        least = float(figure)
    except ValueError:
        least = -1.0
    if not 0 <= least <= 1:
        raise typer.BadParameter(f"{minimum!r}: write {name}=0.95, a figure from 0 to 1.", param_hint="'--min'")
    return name, least


def _write_json(report: Report, target: str) -> None:
    from extractor.writing.files import write_text

    text = json.dumps(report.to_dict(), indent=1) + "\n"
    if target == "-":
        typer.echo(text, nl=False)
    else:
        write_text(Path(target), text)
