"""Plan ↔ Doc: the plan in the Doc's user data, its places as spans; and DocBin files of plans."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pydantic import ValidationError
from spacy.tokens import Doc
from spacy.vocab import Vocab

from extractor.errors import InputError, VnplanError
from extractor.nlp.docs import Place, load_docs, make_doc, new_vocab, save_docs, set_spans
from extractor.nlp.extensions import HEADER, keep_plan, plan_json, warning_id
from extractor.plan import Mention, Plan
from extractor.writing.display import KINDS


def to_doc(plan: Plan, vocab: Vocab | None = None) -> Doc:
    """The plan as a spaCy Doc: ``doc.text == plan.text``, every place of the plan a span of exactly its text.

    Without ``vocab`` the Doc has a vocabulary of its own.
    """
    groups = span_groups(plan)
    bounds = ((place.start, place.end) for places in groups.values() for place in places)
    doc = make_doc(plan.text, new_vocab() if vocab is None else vocab, bounds)
    keep_plan(doc, plan)
    for key, places in groups.items():
        set_spans(doc, key, places)
    return doc


def from_doc(doc: Doc) -> Plan:
    """The plan that a Doc carries, yours to change. Raises VnplanError when it carries none."""
    return Plan.model_validate_json(plan_json(doc))


def write_docbin(plans: Iterable[Plan], path: Path | str) -> None:
    """Plans as one DocBin file (``.spacy``), with all that is in them. Raises OutputError."""
    vocab = new_vocab()
    save_docs((to_doc(plan, vocab) for plan in plans), Path(path))


def read_docbin(path: Path | str) -> list[Plan]:
    """The plans of a DocBin file whose Docs carry plans. Raises InputError."""
    try:
        return [from_doc(doc) for doc in load_docs(Path(path))]
    except (VnplanError, ValidationError) as error:
        raise InputError(f"{path}: {error}") from None
    except Exception as error:  # zlib, msgpack, whatever a damaged file makes them raise
        raise InputError(f"{path}: cannot be read as a DocBin: {error}.") from None


def span_groups(plan: Plan) -> dict[str, list[Place]]:
    """All that ``doc.spans`` can hold of a plan, by key. A section reaches to the end of all that it holds."""
    mentions = {kind: _places(kind, getattr(plan, field)) for kind, field in KINDS.items()}
    groups = {
        "header": [Place(*span, field, HEADER) for field, span in (plan.header.spans or {}).items()],
        "section": [Place(one.start, one.body_end, "section", one.id) for one in plan.sections],
        **mentions,
        "role": [Place(one.start, one.end, one.role, one.id) for one in plan.agencies if one.role],
        "table": [Place(one.start, one.end, "table", one.id) for one in plan.tables],
        "activity": [Place(one.start, one.end, "activity", one.id) for one in plan.activities],
        "warning": [
            Place(one.start, one.end, one.code, warning_id(number))
            for number, one in enumerate(plan.warnings, 1)
            if one.start is not None and one.end is not None
        ],
        "vnplan": sorted(place for kind, places in mentions.items() if kind != "row" for place in places),
    }
    return {key: [place for place in places if place.start < place.end] for key, places in groups.items()}


def _places(kind: str, mentions: Iterable[Mention]) -> list[Place]:
    return [Place(one.start, one.end, kind, one.id) for one in mentions]
