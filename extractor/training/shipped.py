"""``vnplan train``: the model that travels with the package, its confidences and its card."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from extractor.evaluation.scores import Report
from extractor.grammar import load_grammar
from extractor.learned.model import CARD_FILE, ROLES_FILE, WORDS_FILE
from extractor.training.crossvalidation import FOLDS, Unseen, cases_of, cross_validate, score
from extractor.training.samples import Sample, make_sample
from extractor.training.sources import Source, read_sources, read_unlabelled
from extractor.training.trainer import Settings, fit_tables, train_model, write_card

FIGURES: Final = ("agency.value", "agency_role.value", "agency_generic.span")
LIMITS: Final = (
    "Reads agencies and their roles only; names are written out by the rules' lexicon.",
    "Trained on plans of 2009 to 2026, most of them of provinces and of 2025; no person has read the gold.",
    "A body whose name nothing tells from other words (no head, no capital) is seldom found.",
    "Confidences hold for text; what character recognition does to them was not measured.",
)

Progress = Callable[[Sequence[Any], str], Any]
"""Passes a sequence on and shows how far it is."""


def train_shipped(gold: Path, texts: Path, real: Path | None, output: Path, settings: Settings, progress: Progress) -> None:
    """Writes a model and its card into ``output``; the same documents and settings give the same chains.

    It is trained on all documents but the test split of the corpus, which stays to measure it. Its confidences and the
    figures of its card come from cross-validation over provinces. Raises GoldError or ModelError.
    """
    grammar = load_grammar(None)
    sources = read_sources(gold, texts, real)
    samples = [make_sample(source, grammar) for source in progress(sources, "reading")]
    silver = read_silver(gold, real) if settings.silver else []
    with TemporaryDirectory() as folder:
        found = cross_validate(samples, silver, settings, Path(folder), lambda folds: progress(folds, "measuring"))
    for _ in progress([output], "training"):
        train_model([sample for sample in samples if not is_held_out(sample.source)], silver, settings, output)
    card = json.loads((output / CARD_FILE).read_text("utf-8"))
    reports = {how: _reports(samples, found.agencies(how)) for how in ("rules", "model", "hybrid")}
    write_card(output, {**_origin(sources, silver, settings, output), "figures": reports, **card,
        "tables": {situation: table.to_dict() for situation, table in fit_tables(cases_of(found.documents)).items()}})  # fmt: skip


def read_silver(gold: Path, real: Path | None) -> list[Sample]:
    """The real texts that nobody annotated, as the rules read them."""
    grammar = load_grammar(None)
    empty: dict[str, Any] = {"header": {}, "entities": []}
    return [
        make_sample(Source(name, text, empty, "", seen=True, held_out=False), grammar)
        for name, text in read_unlabelled(gold, real).items()
    ]
