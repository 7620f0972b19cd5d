"""The same gold under damage made on purpose: what each kind costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from extractor.evaluation.damage import damage, repaired
from extractor.evaluation.gold import Item
from extractor.evaluation.rules import as_recognised
from extractor.evaluation.scores import Report, evaluate
from extractor.pipeline import Extractor

RECOGNISED = "ocr"
"""The kind whose copies are read as what Tesseract has recognised on a page."""


def evaluate_damaged(
    golds: Mapping[str, Item], texts: Mapping[str, str], kinds: Sequence[str], extractor: Extractor
) -> dict[str, Report]:
    """The scores of the texts as they are ("none") and under each kind of damage; gold and texts by document name."""
    reports = {"none": evaluate(*_read(golds, texts, None, extractor))}
    for kind in kinds:
        reports[kind] = evaluate(*_read(golds, texts, kind, extractor))
    return reports


def _read(
    golds: Mapping[str, Item], texts: Mapping[str, str], kind: str | None, extractor: Extractor
) -> tuple[dict[str, Item], dict[str, Item]]:
    """Gold and plans of the texts under one kind of damage."""
    wanted: dict[str, Item] = {}
    plans: dict[str, Item] = {}
    for name, text in texts.items():
        gold: Item = {field: golds[name][field] for field in ("header", "entities")}  # activities keep no places
        copy = text
        if kind:
            copy, gold = damage(kind, text, gold, name)
        if kind == RECOGNISED:
            plans[name] = extractor.extract_document(as_recognised(copy)).to_dict()
            gold = repaired(gold, copy, plans[name])
        else:
            plans[name] = extractor.extract(copy).to_dict()
        wanted[name] = gold
    return wanted, plans
