"""``vnplan train``."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import typer


def train(
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="DIR", file_okay=False, help="Folder for the model.")
    ],
    gold: Annotated[
        Path, typer.Option("--gold", metavar="DIR", exists=True, file_okay=False, help="Folder of NAME.gold.json.")
    ] = Path("gold"),
    text: Annotated[
        Path, typer.Option("--text", metavar="DIR", exists=True, file_okay=False, help="Folder of NAME.txt.")
    ] = Path("corpus"),
    real: Annotated[
        Path, typer.Option("--real", metavar="DIR", file_okay=False, help="Real plans that GOLD/real annotates.")
    ] = Path("../shared/real"),
) -> None:
    """Train the models of agencies and roles, measure them over provinces, and write model and card.

    The same documents give the same model. Use it with `vnplan extract --model DIR`.
    """
    from rich.console import Console
    from rich.progress import track

    from extractor.training.shipped import print_card, train_shipped
    from extractor.training.trainer import Settings

    console = Console(stderr=True, highlight=False)

    def progress(things: Iterable[Any], doing: str, count: int) -> Iterable[Any]:
        return track(things, doing, total=count, console=console)

    if not real.is_dir():
        console.print(f"{real} is not there: trained on {text} alone, the model is not the one that is shipped.")
    card = train_shipped(gold, text, real, output, Settings(), progress)
    print_card(card, Console(highlight=False))
    console.print(f"The model and its card are in {output}.")
