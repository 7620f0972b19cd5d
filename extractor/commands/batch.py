"""``vnplan extract`` for many documents, or for other outputs than one JSON."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from extractor.commands.failures import FAILED, INTERRUPTED, SOME_FAILED
from extractor.commands.inputs import STANDARD_INPUT, Input, json_names
from extractor.errors import FailureKind

if TYPE_CHECKING:
    from extractor.batch.run import Entry, Summary
    from extractor.batch.work import Settings

FormatOption = Annotated[
    list[str] | None,
    typer.Option(
        "--format",
        "-f",
        metavar="NAMES",
        help="json (one a plan), jsonl, parquet, csv, xlsx, duckdb; several: json,xlsx.",
    ),
]
JobsOption = Annotated[
    int | None,
    typer.Option("--jobs", "-j", metavar="N", min=1, help="Documents read at a time (default: one a processor)."),
]
ResumeOption = Annotated[
    bool, typer.Option("--resume", help="Go on where OUT was left: read only what is new, changed or worth a new try.")
]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress and no summary, only failures.")]

ADVICE: Final[dict[FailureKind, str]] = {
    "missing": "no longer there, look where they went",
    "forbidden": "change their mode or their owner",
    "unreadable": "the system cannot read them, check the disk or the folder",
    "empty": "nothing is in them, get them again",
    "too-large": "split them, or raise --size-limit",
    "other-format": "save them as PDF, Word or text",
    "protected": "save them without their password",
    "damaged": "get or save them again",
    "converter": "install LibreOffice or antiword, or save them as .docx",
    "time-limit": "raise --time-limit",
    "memory-limit": "raise --memory-limit",
    "worker-died": "give the machine more memory, or use fewer --jobs",
    "unwritable": "look at their places in the output folder",
    "unforeseen": "a fault of vnplan, please report it with what `vnplan --debug` prints",
}
"""What to do, by why documents have no plan."""


def parse_formats(names: list[str] | None) -> tuple[str, ...]:
    """The formats that ``--format`` names, once each. Raises typer.BadParameter."""
    from extractor.batch.outputs import FORMATS, missing_library

    chosen = [name.strip() for value in names or ["json"] for name in value.split(",") if name.strip()]
    unknown = sorted(set(chosen) - set(FORMATS))
    if unknown or not chosen:
        wrong = f"no such format: {', '.join(unknown)}" if unknown else "no format is named"
        raise typer.BadParameter(f"{wrong}. The formats are {', '.join(FORMATS)}.", param_hint="'--format'")
    if library := missing_library(chosen):
        raise typer.BadParameter(f"{library} is not installed: pip install 'vnplan[tables]'.", param_hint="'--format'")
    return tuple(name for name in FORMATS if name in chosen)


def extract_batch(
    inputs: Sequence[Input],
    output: Path,
    settings: Settings,
    formats: Sequence[str],
    jobs: int | None,
    *,
    resume: bool,
    pretty: bool,
    quiet: bool,
    debug: bool,
) -> None:
    """Reads the documents side by side into ``output``. Ends with 3 when some failed, 1 when all did."""
    from extractor.batch.run import Batch, run
    from extractor.batch.worker import extractor_of
    from extractor.commands.progress import display

    entries = _entries(inputs, output, settings)
    extractor_of(settings)  # a fault of the grammars or the model is told once, here
    batch = Batch(entries, output, settings, formats, jobs or _processors(), resume, pretty)
    try:
        with display(sys.stderr, quiet=quiet, debug=debug) as shown:
            summary = run(batch, shown)
    except KeyboardInterrupt:
        typer.echo(f"Stopped. What was done is kept in {output}; go on with --resume.", err=True)
        raise typer.Exit(INTERRUPTED) from None
    if not quiet:
        typer.echo(how_it_went(summary, output), err=True)
        if retried := sum(failure.retry for failure in summary.failures):
            typer.echo(f"  --resume tries {retried} of them again.", err=True)
    end(summary)


def end(summary: Summary) -> None:
    """Ends with 3 when some documents failed, 1 when all did."""
    if summary.failures:
        raise typer.Exit(FAILED if len(summary.failures) == summary.count else SOME_FAILED)


def _entries(inputs: Sequence[Input], output: Path, settings: Settings) -> list[Entry]:
    from extractor.batch.run import Entry
    from extractor.batch.work import Item

    entries = []
    for one, name in zip(inputs, json_names(inputs, output), strict=True):
        data = None
        if one.argument == STANDARD_INPUT:
            data = sys.stdin.buffer.read(settings.limits.bytes + 1)
        item = Item(one.key, "stdin" if data is not None else one.argument, data)
        entries.append(Entry(item, name, one.fault))
    return entries


def _processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def how_it_went(summary: Summary, output: Path | str) -> str:
    """How it went, and what to do about what failed."""
    written = summary.count - len(summary.failures)
    known = f" ({summary.known} known from before)" if summary.known else ""
    lines = [f"{written} of {summary.count} documents written to {output}{known}."]
    kinds = Counter(failure.kind for failure in summary.failures)
    lines += [f"  {number} failed ({kind}): {ADVICE[kind]}." for kind, number in kinds.most_common()]
    if kinds:
        lines.append(f"  Each is named in {output}/failures.jsonl.")
    return "\n".join(lines)
