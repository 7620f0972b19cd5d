"""The options that say who reads agencies and roles, and how sure a reading must be."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Tagger(StrEnum):
    """Who reads agencies and roles."""

    rules = "rules"
    model = "model"
    hybrid = "hybrid"


TaggerOption = Annotated[
    Tagger, typer.Option("--tagger", help="Who reads agencies and their roles: rules, the trained model, or both.")
]
ConfidenceOption = Annotated[
    float,
    typer.Option("--min-confidence", metavar="P", min=0, max=1, help="Leave out what is less sure than P (0.9, say)."),
]
ModelOption = Annotated[
    Path | None,
    typer.Option("--model", metavar="DIR", exists=True, file_okay=False, help="A model that `vnplan train` wrote."),
]
