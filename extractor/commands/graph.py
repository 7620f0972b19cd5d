"""``vnplan graph``."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from extractor.commands.query import CorpusDir


class GraphFormat(StrEnum):
    """How a graph is written."""

    graphml = "graphml"
    json = "json"


def graph(
    folder: CorpusDir,
    form: Annotated[GraphFormat, typer.Option("--format", "-f", help="GraphML, or JSON of nodes and links.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write a file instead of standard output.")
    ] = None,
) -> None:
    """Write which plan carries out which decision: plans and what they cite, by basis, promulgation, mention."""
    from extractor.asking.corpus import open_corpus
    from extractor.asking.graph import FORMS
    from extractor.writing.files import print_text, write_text

    with open_corpus(folder) as connection:
        pieces = FORMS[form](connection)
        if output:
            write_text(output, "".join(pieces))
        else:
            for piece in pieces:
                print_text(piece)
