"""``make ablation``: rules, models and both in cross-validation over provinces, and what else could stand in their place.

    python -m tests.ablation [GOLD TEXTS REAL]

Every model reads only documents of provinces that it has not seen. "unseen" are the documents with whose faults in
sight no rule was written; of the others the rules know too much to be compared.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from itertools import chain
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rich.console import Console

from extractor.evaluation.scores import evaluate
from extractor.grammar import load_grammar
from extractor.learned.lines import Labelled, label_words, read_lines
from extractor.learned.merging import NONE
from extractor.learned.reader import agency_at
from extractor.linking.roles import assign_roles
from extractor.plan import Agency
from extractor.training.crossvalidation import FOLDS, as_item, cross_validate, folds_of, score
from extractor.training.generator import runs
from extractor.training.samples import Sample, labelled_lines, make_sample, role_lines
from extractor.training.shipped import FIGURES, groups_of
from extractor.training.sources import read_sources, read_unlabelled
from extractor.training.trainer import Settings
from tests import baselines, rivals

ROOT = Path(__file__).parents[1]
SHIPPED = Settings()
HYBRIDS = {
    "hybrid": SHIPPED,
    "hybrid, the rules' findings no features": replace(SHIPPED, hints=False),
    "hybrid, trained on varied lines, too": replace(SHIPPED, varied=True),
    "hybrid, trained on silver, too": replace(SHIPPED, silver=True),
}
SPAN_RIVALS = {
    "chain over underthesea's words": rivals.chain_over_words,
    "spaCy tok2vec CNN": rivals.spacy_network,
}
ROLE_RIVALS = {
    "chain over a line's agencies": rivals.role_chain,
    "logistic regression": rivals.role_regression,
    "spaCy textcat": rivals.role_network,
}
UNIT_RIVALS = (
    ("chain over syllables", rivals.chain, False),
    ("chain over syllables", rivals.chain, True),
    ("spaCy tok2vec CNN", rivals.spacy_network, False),
)
FOREIGN = "underthesea ner"
Rows = Iterator[tuple[str, dict[str, list[Agency]]]]


def main() -> None:
    """Prints the tables."""
    gold, texts, real = (
        Path(one) for one in sys.argv[1:4] or (ROOT / "gold", ROOT / "corpus", ROOT / "../shared/real")
    )
    started = time.monotonic()
    grammar = load_grammar(None)
    samples = [make_sample(source, grammar) for source in read_sources(gold, texts, real)]
    silver = [make_sample(source, grammar) for source in read_unlabelled(gold, real)]
    console = Console(highlight=False, width=160)
    print_agencies(chain(hybrids(samples, silver), foreign(samples), alone(samples)), samples, console)
    print_roles(samples, console)
    print_units(samples, console)
    console.print(f"{len(samples)} documents, {(time.monotonic() - started) / 60:.0f} minutes")


def hybrids(samples: Sequence[Sample], silver: Sequence[Sample]) -> Rows:
    """Rules, model and both, as they are shipped and otherwise."""
    for name, settings in HYBRIDS.items():
        with TemporaryDirectory() as folder:
            found = cross_validate(
                samples, silver if settings.silver else [], settings, Path(folder), lambda folds, *_: folds
            )
            if name == "hybrid":
                yield "rules", found.agencies("rules")
                yield "model", found.agencies("model")
            yield name, found.agencies("hybrid")


def alone(samples: Sequence[Sample]) -> Rows:
    """Each rival alone, its roles those that the rules would give."""
    for name, trainer in SPAN_RIVALS.items():
        for hints in (False, True):
            read = by_folds(samples, partial(read_spans, trainer, hints))
            yield f"{name}, {'with' if hints else 'without'} findings, alone", read


def by_folds(samples: Sequence[Sample], run: Callable[[list[Sample], list[Sample]], dict[str, Any]]) -> dict[str, Any]:
    """What each document's fold gives, two folds at a time: ``run`` gets what trains and what is read."""
    folds = folds_of(samples)
    parts = [[sample for sample in samples if folds[sample.source.province] == fold] for fold in range(FOLDS)]
    others = [[sample for sample in samples if folds[sample.source.province] != fold] for fold in range(FOLDS)]
    with ProcessPoolExecutor(max_workers=2, mp_context=get_context("fork")) as pool:
        return {name: found for part in pool.map(run, others, parts) for name, found in part.items()}


def read_spans(
    trainer: rivals.Trainer, hints: bool, training: list[Sample], unseen: list[Sample]
) -> dict[str, list[Agency]]:
    """The agencies of unseen documents by name."""
    reader = trainer([line for sample in training for line in labelled_lines(sample)], hints)
    return {sample.source.name: agencies_of(sample, reader(labelled_lines(sample))) for sample in unseen}


def agencies_of(sample: Sample, labels: Iterable[Sequence[str]]) -> list[Agency]:
    """The agencies that labels make, with the rules' roles."""
    found = [
        agency_at(line[first].start, line[last - 1].end, kind, 1.0, sample.view, sample.context)
        for line, said in zip(sample.lines, labels, strict=True)
        for first, last, kind in runs(said)
    ]
    assign_roles(sample.view, found, sample.context)
    return found


def foreign(samples: Sequence[Sample]) -> Rows:
    """What underthesea's own recogniser finds, names as they stand; its offsets are those of the text."""
    found = {}
    for sample in samples:
        items = baselines.agencies(sample.source.text)
        found[sample.source.name] = [Agency(rule="underthesea", **item) for item in items]
    yield FOREIGN, found


def print_agencies(
    rows: Iterable[tuple[str, dict[str, list[Agency]]]], samples: Sequence[Sample], console: Console
) -> None:
    """F1 of agencies, roles and groups by group of documents; each row as soon as it is there."""
    groups = groups_of(samples)
    console.print("Agencies, F1: value, role, group; " + "; ".join(groups))
    for name, agencies in rows:
        reports = [score(group, agencies, placed=name != FOREIGN) for group in groups.values()]
        print_row(name, (f"{report.f1(figure):.3f}" for report in reports for figure in FIGURES), console)


def print_row(name: str, figures: Iterable[str], console: Console) -> None:
    """One row of a table."""
    console.print(f"{name:<56}{'  '.join(figures)}")
    sys.stdout.flush()  # as soon as it is there, in a file, too


def print_roles(samples: Sequence[Sample], console: Console) -> None:
    """F1 of roles at the agencies of the gold: rules, and each rival with and without their word."""
    groups = groups_of(samples)
    console.print("\nRoles at the gold's agencies, F1: " + "; ".join(groups))
    ruled = {
        sample.source.name: [[role or NONE for role in line.said] for line in role_lines(sample)] for sample in samples
    }
    print_row("rules", (f"{role_f1(group, ruled):.3f}" for group in groups.values()), console)
    for name, trainer in ROLE_RIVALS.items():
        for hints in (False, True):
            read = by_folds(samples, partial(read_roles, trainer, hints))
            figures = (f"{role_f1(group, read):.3f}" for group in groups.values())
            print_row(f"{name}, {'with' if hints else 'without'} the rules' word", figures, console)


def read_roles(trainer: Any, hints: bool, training: list[Sample], unseen: list[Sample]) -> dict[str, list[list[str]]]:
    """The roles of the gold's agencies of unseen documents, line by line."""
    lines = [line for sample in training for line in role_lines(sample)]
    reader = trainer([line.features[hints] for line in lines], [line.roles for line in lines])
    return {sample.source.name: reader([line.features[hints] for line in role_lines(sample)]) for sample in unseen}


def role_f1(samples: Iterable[Sample], found: dict[str, list[list[str]]]) -> float:
    """F1 of roles at the agencies of the gold."""
    pairs = [
        (role, said)
        for sample in samples
        for line, roles in zip(role_lines(sample), found[sample.source.name], strict=True)
        for role, said in zip(line.roles, roles, strict=True)
    ]
    right = sum(role == said != NONE for role, said in pairs)
    return 2 * right / sum((role != NONE) + (said != NONE) for role, said in pairs)


def print_units(samples: Sequence[Sample], console: Console) -> None:
    """F1 (value) of quantities when another reads what the number counts: the number stays the rules'."""
    counted = [
        sample for sample in samples if any(item["type"] == "quantity" for item in sample.source.gold["entities"])
    ]
    groups = ([sample for sample in counted if not sample.source.seen], counted)
    console.print("\nCounted nouns, F1 of quantity.value: unseen by the rules; all")
    by_rules: dict[str, dict[int, str]] = {sample.source.name: {} for sample in counted}
    print_row("rules", (f"{quantity_f1(group, by_rules):.3f}" for group in groups), console)
    for name, trainer, hints in UNIT_RIVALS:
        read = by_folds(counted, partial(read_units, trainer, hints))
        figures = (f"{quantity_f1(group, read):.3f}" for group in groups)
        print_row(f"{name}, {'with' if hints else 'without'} findings", figures, console)


def read_units(
    trainer: rivals.Trainer, hints: bool, training: list[Sample], unseen: list[Sample]
) -> dict[str, dict[int, str]]:
    """For each unseen document the noun that a model reads behind the number at a place of the view."""
    reader = trainer([line for sample in training for line in unit_lines(sample)], hints)
    found = {}
    for sample in unseen:
        lines = unit_lines(sample)
        found[sample.source.name] = {
            quantity.start: " ".join(word.form for word in line[first:last])
            for (line, _, _), labels in zip(lines, reader(lines), strict=True)
            for first, last, _ in runs(labels)
            for quantity in sample.mentions["quantities"]
            if quantity.start < line[first].start < quantity.start + 24 and line[first].start <= quantity.end + 1
        }
    return found


def unit_lines(sample: Sample) -> list[Labelled]:
    """The lines of a document with the nouns that numbers count, by the gold and by the rules."""
    gold = [item for item in sample.source.gold["entities"] if item["type"] == "quantity"]
    told = (
        [noun(sample, item["start"], item["end"], item["unit"]) for item in gold] if sample.view.offsets is None else []
    )
    ruled = [noun(sample, one.start, one.end, one.unit) for one in sample.mentions["quantities"]]
    lines = read_lines(sample.view, {**sample.mentions, "quantities": []}, sample.context)
    return [
        Labelled(line, label_words(line, within(told, line)), label_words(line, within(ruled, line))) for line in lines
    ]


def noun(sample: Sample, start: int, end: int, unit: str) -> tuple[int, int, str]:
    """The place of a quantity's noun in the view; an empty place where it does not stand as it is written."""
    at = sample.view.lower.find(unit.lower(), start, end)
    return (at, at + len(unit), "unit") if at >= 0 else (start, start, "unit")


def within(spans: Iterable[tuple[int, int, str]], line: Any) -> list[tuple[int, int, str]]:
    """The spans that begin in a line and are not empty."""
    return [span for span in spans if line[0].start <= span[0] < line[-1].end and span[0] < span[1]]


def quantity_f1(samples: Iterable[Sample], units: dict[str, dict[int, str]]) -> float:
    """quantity.value of the rules' quantities with other nouns."""
    golds, plans = {}, {}
    for sample in samples:
        found = units[sample.source.name]
        golds[sample.source.name] = sample.source.gold
        plans[sample.source.name] = {
            "text": sample.source.text,
            "quantities": [
                {**as_item(one, sample), "unit": found.get(one.start, one.unit)}
                for one in sample.mentions["quantities"]
            ],
            "citations": [as_item(one, sample) for one in sample.mentions["citations"]],
        }
    return evaluate(golds, plans).f1("quantity.value")


if __name__ == "__main__":
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    main()
