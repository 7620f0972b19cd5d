"""``vnplan train``: the model that travels with the package, its confidences and its card."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from rich.console import Console

from extractor.errors import ModelError, OutputError
from extractor.evaluation.scores import evaluate
from extractor.grammar import load_grammar
from extractor.learned.calibration import EDGES
from extractor.learned.model import CARD_FILE, ROLES_FILE, WORDS_FILE
from extractor.pipeline import Extractor
from extractor.training.crossvalidation import FOLDS, CrossValidation, Progress, cases_of, cross_validate, score
from extractor.training.samples import Sample, make_sample
from extractor.training.sources import read_sources, read_unlabelled
from extractor.training.trainer import Settings, fit_tables, train_model, write_card

FIGURES: Final = ("agency.value", "agency_role.value", "agency_generic.span")
_HOW: Final = ("rules", "model", "hybrid")
_LIMITS: Final = (
    "Reads agencies and their roles only; their names are written out by the rules' lexicon.",
    "Most of the documents are plans of provinces of 2025.",
    "The annotators were language models; no person has read the gold.",
    "Confidences were measured on text, not on what character recognition makes of it.",
)


def train_shipped(
    gold: Path, texts: Path, real: Path | None, output: Path, settings: Settings, progress: Progress
) -> dict[str, Any]:
    """Writes a model into ``output``, and gives its card; the same documents and settings give the same chains.

    It is trained on all documents but the test split of the corpus, which stays to measure it. The tables of
    confidence and the figures of the card come from cross-validation over provinces. Raises GoldError, ModelError or
    OutputError.
    """
    grammar = load_grammar(None)
    sources = read_sources(gold, texts, real)
    if len({source.province for source in sources}) < FOLDS:
        raise ModelError(f"{gold}: training measures by provinces and needs plans of {FOLDS} of them, or more.")
    samples = [make_sample(source, grammar) for source in progress(sources, "reading", len(sources))]
    silver = [make_sample(source, grammar) for source in read_unlabelled(gold, real)] if settings.silver else []
    trained = [sample for sample in samples if not sample.source.held_out]
    _make_folder(output)  # before minutes are spent
    with TemporaryDirectory() as folder:
        found = cross_validate(samples, silver, settings, Path(folder), progress)
        figures = figures_of(found)
        model = Path(folder) / "shipped"
        for _ in progress([model], "training", 1):
            train_model(trained, silver, settings, model)
        tables = {name: table.to_dict() for name, table in fit_tables(cases_of(found.documents)).items()}
        card = {
            **_origin(trained, silver, settings, model),
            "figures": figures,
            **json.loads((model / CARD_FILE).read_text("utf-8")),
            "tables": tables,
        }
        write_card(model, card)
        card["held out"] = held_out_figures(samples, model)
        write_card(model, card)
        _move(model, output)
    return card


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{folder}: cannot be made: {error.strerror}. Choose another place.") from None


def _move(model: Path, output: Path) -> None:
    """Puts a whole model into its place: the card last, without which it is none."""
    try:
        for name in (WORDS_FILE, ROLES_FILE, CARD_FILE):
            shutil.copy(model / name, output / name)
    except OSError as error:
        raise OutputError(f"{output}: cannot be written: {error.strerror}. Choose another place.") from None


def _origin(trained: Sequence[Sample], silver: Sequence[Sample], settings: Settings, model: Path) -> dict[str, Any]:
    """What a model was made of, when, and what it cannot do."""
    return {
        "trained": date.today().isoformat(),
        "versions": {name: version(name) for name in ("vnplan", "underthesea-core")},
        "settings": asdict(settings),
        "data": {
            "documents": len(trained),
            "real": sum(sample.source.folder != "corpus" for sample in trained),
            "agencies": sum(len(sample.gold) for sample in trained),
            "silver": len(silver),
            "grammar": trained[0].context.grammar.hash,
            "sha256": _digest(trained),
        },
        "chains": {name: sha256((model / name).read_bytes()).hexdigest() for name in (WORDS_FILE, ROLES_FILE)},
        "limits": _LIMITS,
    }


def figures_of(found: CrossValidation) -> dict[str, Any]:
    """F1 in cross-validation by group of documents, who read them, and score; groups of ``groups_of``."""
    agencies = {how: found.agencies(how) for how in _HOW}
    return {
        group: {
            "documents": len(samples),
            **{
                how: {name: report.f1(name) for name in FIGURES}
                for how in _HOW
                for report in [score(samples, agencies[how])]
            },
        }
        for group, samples in groups_of(found.samples.values()).items()
    }


def held_out_figures(samples: Iterable[Sample], folder: Path) -> dict[str, float]:
    """F1 of a finished model on the documents that it was not trained on."""
    extractor = Extractor(model=folder)
    kept = [sample for sample in samples if sample.source.held_out]
    golds = {sample.source.name: sample.source.gold for sample in kept}
    report = evaluate(golds, {sample.source.name: extractor.extract(sample.source.text).to_dict() for sample in kept})
    return {name: report.f1(name) for name in FIGURES} if kept else {}


def print_card(card: Mapping[str, Any], console: Console) -> None:
    """The figures of a card, and how often a chance of the model was right in each situation."""
    console.print(f"{'F1 over provinces':<34}{'value':>8}{'role':>8}{'group':>8}", style="bold")
    for group, figures in card["figures"].items():
        for how in _HOW:
            found = "".join(f"{figures[how][figure]:8.4f}" for figure in FIGURES)
            console.print(f"{group + ', ' + how:<34}{found}  {figures['documents']} documents")
    held_out = "".join(f"{figure:8.4f}" for figure in card["held out"].values())
    console.print(f"{'the shipped model, held out':<34}{held_out}\n")
    steps = (f"<{EDGES[0]}", *(f"{edge}-" for edge in EDGES))
    console.print(f"{'right of cases':<19}{''.join(f'{step:>9}' for step in steps)}", style="bold")
    for situation, found in card["tables"].items():
        cells = [f"{right}/{cases}" * bool(cases) for right, cases in zip(found["right"], found["cases"], strict=True)]
        console.print(f"{situation:<19}{''.join(f'{cell:>9}' for cell in cells)}")
        console.print(f"{'':<19}{''.join(f'{sure:9.2f}' for sure in found['confidence'])}", style="dim")


def groups_of(samples: Iterable[Sample]) -> dict[str, list[Sample]]:
    """The documents that the rules had not seen, the thirteen real plans whose whole gold was given, and all."""
    every = list(samples)
    groups = {
        "unseen by the rules": [sample for sample in every if not sample.source.seen],
        "real plans": [sample for sample in every if sample.source.folder == "text"],
        "all": every,
    }
    return {name: samples for name, samples in groups.items() if samples}


def _digest(samples: Sequence[Sample]) -> str:
    """One sum of all texts and their gold: the same data has the same."""
    digest = sha256()
    for sample in samples:
        digest.update(sample.source.text.encode())
        digest.update(json.dumps(sample.source.gold["entities"], sort_keys=True, ensure_ascii=False).encode())
    return digest.hexdigest()
