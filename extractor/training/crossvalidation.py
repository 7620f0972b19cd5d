"""Measuring by provinces: every document is read by a model that has seen none of its province.

The confidences of a fold come from the other folds, and only from documents that the rules had not seen either:
where the rules were written with a document in sight they are nearly always right, and that says nothing of others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final

from extractor.evaluation.gold import Item
from extractor.evaluation.scores import Report, evaluate
from extractor.learned.merging import How, Proposal, merge, propose
from extractor.learned.model import Model, load_model
from extractor.learned.reader import agencies_of, read_document, revise_roles
from extractor.linking.roles import assign_roles
from extractor.plan import Agency, Mention
from extractor.training.samples import Sample
from extractor.training.trainer import Case, Settings, agency_cases, fit_tables, role_cases, train_model

FOLDS: Final = 5

Progress = Callable[[Iterable[Any], str, int], Iterable[Any]]
"""Passes things on and shows how far they are: what is done with them, and how many there are."""


@dataclass(frozen=True, slots=True)
class Unseen:
    """A document as a model sees it that has not seen its province."""

    name: str
    fold: int
    seen: bool
    """Whether the rules were written with it in sight."""
    proposals: list[Proposal]
    found: list[Agency]
    """What the model alone sees."""
    cases: list[Case]


@dataclass(frozen=True, slots=True)
class CrossValidation:
    """All documents, and the model of each fold with the confidences that the other folds prove."""

    samples: dict[str, Sample]
    documents: list[Unseen]
    models: list[Model]

    def agencies(self, how: How) -> dict[str, list[Agency]]:
        """The agencies of each document with their roles, read by rules, model or both."""
        return {document.name: self._read(document, how) for document in self.documents}

    def _read(self, document: Unseen, how: How) -> list[Agency]:
        sample, model = self.samples[document.name], self.models[document.fold]
        agencies: Sequence[Agency] = sample.mentions["agencies"]
        if how != "rules":
            agencies = document.found if how == "model" else merge(document.proposals, model.tables)
        agencies = [agency.model_copy(update={"role": None}) for agency in agencies]
        assign_roles(sample.view, agencies, sample.context)
        if how != "rules":
            revise_roles(sample.view, agencies, sample.context, model, how)
        return agencies


def cross_validate(
    samples: Sequence[Sample], silver: Sequence[Sample], settings: Settings, folder: Path, progress: Progress
) -> CrossValidation:
    """Trains a model a fold, in ``folder``, and lets it read the documents of its provinces; two folds at a time."""
    run = partial(_run_fold, samples, silver, settings, folder)
    with ProcessPoolExecutor(max_workers=2, mp_context=get_context("fork")) as pool:
        documents = [
            document for found in progress(pool.map(run, range(FOLDS)), "measuring", FOLDS) for document in found
        ]
    models = [
        replace(load_model(folder / str(fold)), tables=fit_tables(cases_of(documents, without=fold)))
        for fold in range(FOLDS)
    ]
    return CrossValidation({sample.source.name: sample for sample in samples}, documents, models)


def _run_fold(
    samples: Sequence[Sample], silver: Sequence[Sample], settings: Settings, folder: Path, fold: int
) -> list[Unseen]:
    folds = folds_of(samples)
    others = [sample for sample in samples if folds[sample.source.province] != fold]
    train_model(others, silver, settings, folder / str(fold))
    model = load_model(folder / str(fold))
    return [_read_unseen(sample, fold, model) for sample in samples if folds[sample.source.province] == fold]


def _read_unseen(sample: Sample, fold: int, model: Model) -> Unseen:
    readings = read_document(sample.view, sample.mentions, sample.context, model)
    found = agencies_of(readings, sample.view, sample.context)
    proposals = propose(sample.mentions["agencies"], readings, found)
    cases = [*agency_cases(sample, proposals), *role_cases(sample, model)]
    return Unseen(sample.source.name, fold, sample.source.seen, proposals, found, cases)


def cases_of(documents: Sequence[Unseen], without: int | None = None) -> list[Case]:
    """The cases of documents but for those of one fold: of those that the rules had not seen, if there are such."""
    judged = [document for document in documents if not document.seen] or documents
    return [case for document in judged if document.fold != without for case in document.cases]


def folds_of(samples: Sequence[Sample]) -> dict[str, int]:
    """The fold of each province: the largest first, each into the fold that holds least."""
    sizes: dict[str, int] = {}
    for sample in samples:
        sizes[sample.source.province] = sizes.get(sample.source.province, 0) + len(sample.gold)
    held = [0] * FOLDS
    folds = {}
    for province, size in sorted(sizes.items(), key=lambda entry: (-entry[1], entry[0])):
        folds[province] = held.index(min(held))
        held[folds[province]] += size
    return folds


def score(samples: Iterable[Sample], agencies: Mapping[str, Sequence[Agency]], *, placed: bool = True) -> Report:
    """What the reference scorer says of agencies against the gold of some documents.

    ``placed``: their offsets are those of the view, not yet of the text.
    """
    golds: dict[str, Item] = {}
    plans: dict[str, Item] = {}
    for sample in samples:
        name = sample.source.name
        golds[name] = sample.source.gold
        found = agencies[name]
        plans[name] = {
            "text": sample.source.text,
            "agencies": [as_item(one, sample) if placed else one.model_dump(exclude_none=True) for one in found],
            "citations": [as_item(citation, sample) for citation in sample.mentions["citations"]],
        }
    return evaluate(golds, plans)


def as_item(mention: Mention, sample: Sample) -> dict[str, Any]:
    """A mention of the view as the scorer wants it."""
    start, end = sample.view.span(mention.start, mention.end)
    return {**mention.model_dump(exclude_none=True), "start": start, "end": end}
