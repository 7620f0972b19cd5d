"""``vnplan query``."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

CorpusDir = Annotated[
    Path, typer.Argument(metavar="OUT", exists=True, file_okay=False, help="What `extract --format parquet` wrote.")
]


class AnswerFormat(StrEnum):
    """How an answer is printed."""

    table = "table"
    csv = "csv"
    json = "json"


def query(
    folder: CorpusDir,
    sql: Annotated[
        str, typer.Argument(metavar="SQL", help='Such as "SELECT doc_type, count(*) FROM plans GROUP BY ALL".')
    ],
    form: Annotated[
        AnswerFormat, typer.Option("--format", "-f", help="How the answer is printed.")
    ] = AnswerFormat.table,
) -> None:
    """Ask an extracted corpus in SQL (DuckDB): plans, citations, activities … are tables; nothing is changed."""
    from extractor.asking.answers import print_csv, print_json, print_table, standard_output
    from extractor.asking.corpus import open_corpus
    from extractor.asking.queries import ask

    with open_corpus(folder) as connection:
        answer = ask(connection, sql)
        if form is AnswerFormat.csv:
            print_csv(answer)
        elif form is AnswerFormat.json:
            print_json(answer)
        else:
            print_table(answer, standard_output())
