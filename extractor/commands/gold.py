"""``vnplan gold build | check | export | import``."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.commands.failures import FAILED
from extractor.errors import GoldError

if TYPE_CHECKING:
    from extractor.annotating.documents import Annotated as Document

gold_commands = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


class FormatName(StrEnum):
    """The forms of annotation tools (extractor/annotating/formats)."""

    BRAT = "brat"
    DOCCANO = "doccano"
    LABEL_STUDIO = "label-studio"
    DOCBIN = "docbin"
    CONLL2002 = "conll2002"


GoldDir = Annotated[Path, typer.Argument(metavar="GOLD_DIR", exists=True, file_okay=False, help="Folder of the gold.")]
TextDir = Annotated[
    Path, typer.Option("--text", metavar="DIR", exists=True, file_okay=False, help="Folder of NAME.txt.")
]
OutDir = Annotated[Path, typer.Option("--output", "-o", metavar="DIR", file_okay=False, help="Folder to write.")]
FormatOption = Annotated[FormatName, typer.Option("--format", "-f", help="The tool.")]


@gold_commands.command()
def build(gold: GoldDir, text: TextDir) -> None:
    """Make NAME.gold.json of each NAME.ann.jsonl: lines and quotes become places.

    Exit status 1 when a line does not match its text or the guideline; that file is then left as it was.
    """
    from extractor.annotating.annotations import ANNOTATIONS_SUFFIX
    from extractor.annotating.annotations import build as build_one
    from extractor.annotating.documents import read_text
    from extractor.evaluation.gold import GOLD_SUFFIX
    from extractor.writing.files import write_text

    sources = sorted(gold.glob(f"*{ANNOTATIONS_SUFFIX}"))
    if not sources:
        raise GoldError(f"{gold}: there is no NAME{ANNOTATIONS_SUFFIX} in this folder.")
    wrong = 0
    for path in sources:
        name = path.name.removesuffix(ANNOTATIONS_SUFFIX)
        document, faults = build_one(name, read_text(text / f"{name}.txt"), read_text(path))
        for fault in faults:
            typer.echo(f"{path}:{fault}.", err=True)
        if faults:
            wrong += 1
        else:
            write_text(gold / f"{name}{GOLD_SUFFIX}", document.to_json())
    typer.echo(f"{len(sources) - wrong} of {len(sources)} files built.", err=True)
    if wrong:
        raise typer.Exit(FAILED)


@gold_commands.command()
def check(
    gold: GoldDir,
    text: TextDir,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Faults only, no places that nothing covers.")] = False,
) -> None:
    """Find what is wrong in gold, and what nobody annotated.

    Spans that do not match, values outside their normal forms, doubles: exit status 1. Numbers and words with which
    names of agencies begin, where nothing covers them, are listed for a look; many of them are rightly bare.
    """
    from extractor.annotating.checks import faults, uncovered
    from extractor.annotating.documents import read_documents
    from extractor.grammar import load_grammar

    documents = read_documents(gold, text)
    wrong = 0
    for document in documents:
        for fault in faults(document):
            typer.echo(f"{document.name}: {fault}.", err=True)
            wrong += 1
    if not quiet:
        grammar = load_grammar()
        for document in documents:
            for place in uncovered(document, grammar):
                typer.echo(f"{document.name}:{place.line}: {place.before}[{place.words}]{place.after}")
    typer.echo(f"{len(documents)} documents, {wrong} faults.", err=True)
    if wrong:
        raise typer.Exit(FAILED)


@gold_commands.command(name="export")
def export_gold(gold: GoldDir, text: TextDir, form: FormatOption, output: OutDir) -> None:
    """Write gold for an annotation tool; `import` brings it back without loss."""
    from extractor.annotating.documents import read_documents

    write_form(read_documents(gold, text), form, output)


@gold_commands.command(name="import")
def import_gold(
    source: Annotated[
        Path, typer.Argument(metavar="DIR", exists=True, file_okay=False, help="Folder with the tool's files.")
    ],
    form: FormatOption,
    output: OutDir,
) -> None:
    """Read an annotation tool's files into NAME.txt, NAME.ann.jsonl and NAME.gold.json.

    What still lacks a field (a new span of a tool that knows no fields) is listed, with exit status 1: its line in
    NAME.ann.jsonl wants completing, then `vnplan gold build`.
    """
    from extractor.annotating.checks import faults
    from extractor.annotating.formats import FORMATS

    wrong = 0
    documents = FORMATS[form].read(source)
    for document in documents:
        write_document(document, output)
        for fault in faults(document):
            typer.echo(f"{document.name}: {fault}.", err=True)
            wrong += 1
    typer.echo(f"{len(documents)} documents written to {output}, {wrong} faults.", err=True)
    if wrong:
        raise typer.Exit(FAILED)


def write_form(documents: list[Document], form: FormatName, output: Path) -> None:
    """Writes documents as a tool's files, and says so."""
    from extractor.annotating.formats import FORMATS

    FORMATS[form].write(documents, output)
    typer.echo(f"{len(documents)} documents written to {output} for {form}.", err=True)


def write_document(document: Document, output: Path) -> None:
    """Writes NAME.txt, NAME.ann.jsonl and NAME.gold.json of a document."""
    from extractor.annotating.annotations import ANNOTATIONS_SUFFIX, write_annotations
    from extractor.evaluation.gold import GOLD_SUFFIX
    from extractor.writing.files import write_text

    write_text(output / f"{document.name}.txt", document.text)
    write_text(output / f"{document.name}{ANNOTATIONS_SUFFIX}", write_annotations(document))
    write_text(output / f"{document.name}{GOLD_SUFFIX}", document.to_json())
