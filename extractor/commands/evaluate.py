"""``vnplan evaluate``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from extractor.commands.failures import FAILED
from extractor.commands.taggers import ConfidenceOption, ModelOption, Tagger, TaggerOption
from extractor.errors import InputError

if TYPE_CHECKING:
    from rich.console import Console

    from extractor.evaluation.gold import Item
    from extractor.evaluation.metadata import Metadata
    from extractor.evaluation.scores import Report
    from extractor.pipeline import Extractor


GoldDir = Annotated[
    Path, typer.Argument(metavar="GOLD_DIR", exists=True, file_okay=False, help="Folder of NAME.gold.json.")
]
TextDir = Annotated[
    Path | None,
    typer.Option("--text", metavar="DIR", exists=True, file_okay=False, help="Extract and score DIR/NAME.txt."),
]
PredDir = Annotated[
    Path | None, typer.Option("--pred", metavar="DIR", exists=True, file_okay=False, help="Score DIR/NAME.json.")
]
Errors = Annotated[bool, typer.Option("--errors", help="List each miss, wrong value and extra.")]
JsonFile = Annotated[
    str | None, typer.Option("--json", metavar="FILE", help="Write the figures as JSON; - for stdout.")
]
Minimums = Annotated[
    list[str] | None,
    typer.Option("--min", metavar="SCORE=F1", help="Fail below this, as macro.value=0.95; may be repeated."),
]
Split = Annotated[
    str | None, typer.Option("--split", metavar="NAME", help="Only train, dev or test of GOLD_DIR/documents.yaml.")
]
ReportDir = Annotated[
    Path | None,
    typer.Option("--report", metavar="DIR", file_okay=False, help="Write report.html and report.json there."),
]
Against = Annotated[
    Path | None,
    typer.Option("--against", metavar="OLD.json", exists=True, dir_okay=False, help="Compare with a report.json."),
]
Damage = Annotated[
    str | None, typer.Option("--damage", metavar="KINDS", help="Score under damage, too: wrap,nfd,ocr … or all.")
]


def evaluate(
    gold: GoldDir,
    text: TextDir = None,
    pred: PredDir = None,
    errors: Errors = False,
    json_file: JsonFile = None,
    minimums: Minimums = None,
    split: Split = None,
    report_dir: ReportDir = None,
    against: Against = None,
    damage: Damage = None,
    tagger: TaggerOption = Tagger.hybrid,
    min_confidence: ConfidenceOption = 0.0,
    model: ModelOption = None,
) -> None:
    """Score plans against gold: precision, recall and F1 by type, on value, strict and span.

    Exit status 1 when a --min does not hold, or when --against finds a significant loss.
    """
    if (text is None) == (pred is None):
        raise typer.BadParameter("give one of the two.", param_hint="'--text' / '--pred'")
    wanted = [_parse_minimum(minimum) for minimum in minimums or []]
    kinds = _parse_kinds(damage) if damage else []
    if kinds and text is None:
        raise typer.BadParameter("needs the texts: give --text DIR.", param_hint="'--damage'")

    from rich.console import Console

    from extractor.evaluation import reports, scores
    from extractor.evaluation.gold import read_gold, read_predictions
    from extractor.evaluation.metadata import read_metadata
    from extractor.pipeline import Extractor

    reader = partial(Extractor, None, tagger.value, min_confidence, model)  # made where texts are read, not for --pred
    golds: Mapping[str, Item] = read_gold(gold)
    metadata = read_metadata(gold, golds)
    if split:
        golds = _only(split, golds, metadata, gold)
    plans = _extract_texts(text, list(golds), reader()) if text else read_predictions(pred, list(golds)) if pred else {}
    if not plans:
        raise InputError(f"{text or pred}: holds no {'NAME.txt' if text else 'NAME.json'} for any gold in {gold}.")
    report = scores.evaluate(golds, plans)
    console = Console(stderr=json_file == "-", highlight=False)  # standard output is the JSON's
    if errors:
        reports.print_faults(report.faults, console)
        console.print()
    reports.print_scores(report, console)
    damaged = _damage(golds, text, kinds, reader()) if kinds and text else {}
    if damaged:
        console.print()
        reports.print_damage(damaged, console)
    if report_dir:
        _write_report(report, golds, plans, metadata, damaged, report_dir)
    losses = _compare(report, against, console) if against else []
    for name in report.missing:
        typer.echo(f"vnplan: {name}: nothing to score; counted as a plan in which nothing was found.", err=True)
    if json_file:
        _write_json(report, json_file)
    if _tell_failures(report, wanted, losses, against):
        raise typer.Exit(FAILED)


def _tell_failures(report: Report, wanted: list[tuple[str, float]], losses: list[str], against: Path | None) -> bool:
    """Says which --min does not hold and what is lost since --against; whether there is anything to say."""
    below = [(name, least) for name, least in wanted if report.f1(name) < least]
    for name, least in below:
        typer.echo(f"vnplan: {name} is {report.f1(name):.4f}, below the {least:g} asked for.", err=True)
    for loss in losses:
        typer.echo(f"vnplan: {loss} is significantly lower than in {against}.", err=True)
    return bool(below or losses)


def _only(split: str, golds: Mapping[str, Item], metadata: Mapping[str, Metadata], folder: Path) -> Mapping[str, Item]:
    """The gold of one split."""
    kept = {name: gold for name, gold in golds.items() if metadata[name].split == split}
    if not kept:
        known = sorted({one.split for one in metadata.values()})
        raise typer.BadParameter(f"{folder} has no split {split!r}, only {', '.join(known)}.", param_hint="'--split'")
    return kept


def _damage(golds: Mapping[str, Item], folder: Path, kinds: list[str], extractor: Extractor) -> dict[str, Report]:
    """The scores under each kind of damage."""
    from extractor.annotating.documents import read_text
    from extractor.evaluation.robustness import evaluate_damaged

    paths = {name: folder / f"{name}.txt" for name in golds}
    texts = {name: read_text(path) for name, path in paths.items() if path.exists()}
    return evaluate_damaged(golds, texts, kinds, extractor)


def _write_report(
    report: Report,
    golds: Mapping[str, Item],
    plans: Mapping[str, Item],
    metadata: Mapping[str, Metadata],
    damaged: Mapping[str, Report],
    folder: Path,
) -> None:
    from extractor.evaluation.analysis import analyse
    from extractor.evaluation.record import dumps, origin_of, to_record
    from extractor.evaluation.report_page import report_page
    from extractor.writing.files import write_text

    analysis = analyse(golds, plans, report.tallies, metadata)
    origin = origin_of(plans)
    write_text(folder / "report.json", dumps(to_record(report, analysis, metadata, origin, damaged)))
    write_text(folder / "report.html", report_page(report, analysis, origin, damaged))
    typer.echo(f"The report is in {folder / 'report.html'} and {folder / 'report.json'}.", err=True)


def _compare(report: Report, old: Path, console: Console) -> list[str]:
    """Prints what has changed since another evaluation; gives the scores that are significantly lower."""
    from extractor.evaluation import reports
    from extractor.evaluation.record import read_tallies
    from extractor.evaluation.significance import compare, document_changes

    before = read_tallies(old)
    if not before.keys() & report.tallies.keys():
        raise InputError(f"{old}: has none of the documents of this evaluation.")
    changes = compare(before, report.tallies)
    console.print()
    reports.print_changes(changes, document_changes(before, report.tallies), console)
    return [change.score for change in changes if change.is_loss]


def _parse_kinds(names: str) -> list[str]:
    from extractor.evaluation.damage import KINDS

    kinds = list(KINDS) if names == "all" else [name.strip() for name in names.split(",") if name.strip()]
    unknown = [name for name in kinds if name not in KINDS]
    if unknown or not kinds:
        wrong = f"no kind {', '.join(unknown)}" if unknown else "no kind is named"
        raise typer.BadParameter(f"{wrong}. The kinds are {', '.join(KINDS)}; or all.", param_hint="'--damage'")
    return kinds


def _extract_texts(folder: Path, names: list[str], extractor: Extractor) -> Mapping[str, dict[str, Any]]:
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
