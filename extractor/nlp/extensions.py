"""What Docs, Spans and Tokens know of a plan: ``doc._.vnplan``, ``span._.vnplan``, ``token._.vnplan_word``.

All of it is read from ``doc.user_data``, so it goes wherever that goes: ``to_bytes``, ``nlp.pipe`` with processes,
a DocBin with ``store_user_data=True``.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from spacy.tokens import Doc, Span, Token

from extractor.errors import VnplanError
from extractor.plan import Plan, Record
from extractor.writing.display import KINDS

HEADER: Final = "header"
"""The ``id_`` of the spans of the plan's header."""

_PLAN: Final = "vnplan_plan"
_WORDS: Final = "vnplan_words"


def keep_plan(doc: Doc, plan: Plan) -> None:
    """Puts a plan into the Doc's user data."""
    doc.user_data[_PLAN] = plan.model_dump_json(exclude_none=True)


def plan_json(doc: Doc) -> str:
    """The JSON of the plan that a Doc carries. Raises VnplanError when it carries none."""
    try:
        return str(doc.user_data[_PLAN])
    except KeyError:
        raise VnplanError(
            "This Doc carries no plan. It comes from a vnplan component, from to_doc, "
            "or from a DocBin of such Docs with store_user_data=True."
        ) from None


def plan_of(doc: Doc) -> Plan | None:
    """The plan that a Doc carries, to look at; ``None`` when it carries none."""
    return _read(plan_json(doc))[0] if _PLAN in doc.user_data else None


def record_of(span: Span) -> Record | None:
    """The record of the plan (Citation, Agency, Section …) that a span stands for; ``None`` when it is not ours."""
    return _read(plan_json(span.doc))[1].get(span.id_) if _PLAN in span.doc.user_data else None


def keep_words(doc: Doc, words: Iterable[tuple[int, int]]) -> None:
    """Puts the words of the text, (start, end) in text order, into the Doc's user data."""
    doc.user_data[_WORDS] = [place for word in words for place in word]


def word_of(token: Token) -> Span:
    """The word that a token belongs to: the token itself where no longer word is known."""
    doc = token.doc
    bounds = doc.user_data.get(_WORDS, ())
    place = bisect_right(bounds, token.idx)  # odd within a word: behind its start, not yet behind its end
    word = doc.char_span(bounds[place - 1], bounds[place], alignment_mode="expand") if place % 2 else None
    return doc[token.i : token.i + 1] if word is None else word


def warning_id(number: int) -> str:
    """The ``id_`` of the span of a plan's warning, counted from 1."""
    return f"w{number}"


@lru_cache(maxsize=8)
def _read(json: str) -> tuple[Plan, dict[str, Record]]:
    """A plan and its records by the ids of their spans; kept, for every span of a Doc asks for it."""
    plan = Plan.model_validate_json(json)
    records: dict[str, Record] = {HEADER: plan.header}
    for field in ("sections", *KINDS.values(), "tables", "activities"):
        records |= {record.id: record for record in getattr(plan, field)}
    records |= {warning_id(number): warning for number, warning in enumerate(plan.warnings, 1)}
    return plan, records


Doc.set_extension("vnplan", getter=plan_of, force=True)
Span.set_extension("vnplan", getter=record_of, force=True)
Token.set_extension("vnplan_word", getter=word_of, force=True)
