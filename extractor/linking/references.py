"""Short forms of citations: "Quyết định số 1132/QĐ-TTg" refers to the citation that gives its date and issuer.

OUTPUT.md, "citations": ``refers_to`` leads to the fullest citation of the same document in the text. Where a number
or a law's name stands for two documents (another date, another issuer), a short form that tells neither refers to none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from extractor.plan import Citation
from extractor.tagging.agency_names import key

_SAID: Final = ("subject", "date", "issuer")
_FULL_DATE: Final = len("2019-06-15")
_MOST_FORMS: Final = 30
"""A name with more dates and issuers than that is no name of one document."""


def refer_citations(citations: Sequence[Citation]) -> None:
    """Sets ``refers_to`` of citations (ids given) that say less of their document than another one does."""
    forms: dict[str, dict[tuple[str | None, str | None], Citation]] = {}
    has_short = any(citation.number and citation.number.isdigit() for citation in citations)
    names = [_full_name(citation) for citation in citations]
    for citation, name in zip(citations, names, strict=True):
        if name is not None:
            _keep_fullest(forms.setdefault(name, {}), citation)
            if has_short and (bare := _bare(citation)) is not None and bare != name:
                _keep_fullest(forms.setdefault(bare, {}), citation)
    for citation, name in zip(citations, names, strict=True):
        if name is not None and len(forms[name]) <= _MOST_FORMS:
            _refer(citation, [other for other in forms[name].values() if other is not citation])


def _keep_fullest(forms: dict[tuple[str | None, str | None], Citation], citation: Citation) -> None:
    """Keeps a citation if it says most of those with its date and issuer."""
    kept = forms.setdefault((citation.date, citation.issuer), citation)
    if kept.subject is None and citation.subject is not None:
        forms[citation.date, citation.issuer] = citation


def _full_name(citation: Citation) -> str | None:
    """The name of a law, or a number; one without a code ("Quyết định 1419") needs its type."""
    if citation.name:
        return key(citation.name)
    if citation.number is None or not citation.number[0].isdigit():  # a blank number names no document
        return None
    return _bare(citation) if citation.number.isdigit() else citation.number.upper()


def _bare(citation: Citation) -> str | None:
    """ "quyết định 1419" of "1419/QĐ-TTg", as running text says it for short."""
    figures = re.match(r"[0-9]+", citation.number or "")
    return f"{key(citation.doc_type)} {figures[0]}" if figures else None


def _refer(citation: Citation, others: Sequence[Citation]) -> None:
    """Sets ``refers_to`` to the fullest of the others, if all that may be meant are one document."""
    if not others:
        return
    meant = [other for other in others if _agree(citation, other)]
    fullest = max(meant, key=_fullness, default=None)  # the first of several
    if fullest is None or not all(_agree(fullest, other) for other in meant):
        return
    if _fullness(fullest) > _fullness(citation):
        citation.settle(refers_to=fullest.id)


def _fullness(citation: Citation) -> tuple[int, int]:
    """How much a citation says of its document: how many fields, and how exact a date."""
    return sum(getattr(citation, field) is not None for field in _SAID), len(citation.date or "")


def _agree(one: Citation, other: Citation) -> bool:
    """Whether two citations of one name can mean one document: of one day, or with no other date and issuer."""
    dates = one.date or "", other.date or ""
    if dates[0] == dates[1] and len(dates[0]) == _FULL_DATE:
        return True
    return _goes_with(*dates) and _goes_with(key(one.issuer or ""), key(other.issuer or ""))


def _goes_with(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)
