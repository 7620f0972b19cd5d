"""``vnplan report``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from extractor.commands.query import CorpusDir


def report(
    folder: CorpusDir,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write one self-contained HTML page with charts, too.")
    ] = None,
) -> None:
    """Count an extracted corpus: by province, year, kind; totals, cited documents, who leads, activities by quarter."""
    from extractor.asking.answers import standard_output
    from extractor.asking.corpus import open_corpus
    from extractor.asking.queries import ask
    from extractor.asking.reports import make_reports, print_reports

    with open_corpus(folder) as connection:
        reports = make_reports(connection)
        (plans,) = next(ask(connection, "SELECT count(*) FROM plans").rows)
    if html:
        from extractor.asking.page import page
        from extractor.writing.files import write_text

        write_text(html, page(reports, folder.resolve().name, plans))
    print_reports(reports, standard_output())
