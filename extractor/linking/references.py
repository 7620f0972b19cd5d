"""Short forms of citations: "Quyết định số 1132/QĐ-TTg" refers to the citation that gives its date and issuer.

OUTPUT.md, "citations": ``refers_to`` leads to the fullest citation of the same document in the text. Where a number
or a law's name stands for two documents (another date, another issuer), a short form that tells neither refers to none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from extractor.plan import Citation
from extractor.tagging.agency_names import key

_SAID: Final = ("subject", "date", "issuer")
_FULL_DATE: Final = len("2019-06-15")


def refer_citations(citations: Sequence[Citation]) -> None:
    """Sets ``refers_to`` of citations (ids given) that say less of their document than another one does."""
    by_number: dict[str, list[Citation]] = {}
    for citation in citations:
        for name in _names(citation):
            by_number.setdefault(name, []).append(citation)
    for citation in citations:
        named = _full_name(citation)
        if named is not None:
            _refer(citation, [other for other in by_number[named] if other is not citation])


def _names(citation: Citation) -> Iterator[str]:
    """What a citation may be called by: the law's name, or its number with and without the code."""
    name = _full_name(citation)
    if name is not None:
        yield name
        bare = _bare(citation)
        if bare and bare != name:
            yield bare


def _full_name(citation: Citation) -> str | None:
    """The name of a law, or a number; one without a code ("Quyết định 1419") needs its type."""
    if citation.name:
        return key(citation.name)
    if citation.number is None or not citation.number[0].isdigit():  # a blank number names no document
        return None
    return _bare(citation) if citation.number.isdigit() else key(citation.number)


def _bare(citation: Citation) -> str | None:
    """ "quyết định 1419" of "1419/QĐ-TTg", as running text says it for short."""
    figures = re.match(r"[0-9]+", citation.number or "")
    return f"{key(citation.doc_type)} {figures[0]}" if figures else None


def _refer(citation: Citation, others: Sequence[Citation]) -> None:
    """Sets ``refers_to`` to the fullest of the others, if all that may be meant are one document."""
    meant = [other for other in others if _agree(citation, other)]
    fullest = max(meant, key=_fullness, default=None)  # the first of several
    if fullest is None or not all(_agree(fullest, other) for other in meant):
        return
    if _fullness(fullest) > _fullness(citation) and any(
        getattr(fullest, field) and not getattr(citation, field) for field in _SAID
    ):
        citation.settle(refers_to=fullest.id)


def _fullness(citation: Citation) -> tuple[int, int]:
    """How much a citation says of its document: how many fields, and how exact a date."""
    return sum(getattr(citation, field) is not None for field in _SAID), len(citation.date or "")


def _agree(one: Citation, other: Citation) -> bool:
    """Whether two citations of one name can mean one document: of one day, or with no other date and issuer."""
    dates = one.date or "", other.date or ""
    if dates[0] == dates[1] and len(dates[0]) == _FULL_DATE:
        return True
    issuers = key(one.issuer or ""), key(other.issuer or "")
    return all(a.startswith(b) or b.startswith(a) for a, b in (dates, issuers))
