"""What a cited document is about, and why it is cited (ANNOTATION.md, "citation": ``subject``, ``relation``)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from extractor.grammar import Grammar
from extractor.language.view import MASK, View
from extractor.plan import Citation, Relation
from extractor.tagging.context import Context

_LONGEST: Final = 1200
"""Code points that a subject may run."""
_REACH: Final = 90
"""Code points before a citation in which "(Ban hành kèm theo" stands."""
_WITHIN_QUOTES: Final = ",đĐvc"
"""An end that begins so is none inside of quotation marks."""
_QUOTES: Final = '"“”„'


@dataclass(frozen=True, slots=True)
class _Patterns:
    opening: re.Pattern[str]
    ends: re.Pattern[str]
    basis: re.Pattern[str]
    preamble: re.Pattern[str]
    issuing: re.Pattern[str]
    promulgation: re.Pattern[str]


@cache
def _patterns(grammar: Grammar) -> _Patterns:
    compile_ = grammar.compile
    return _Patterns(
        opening=compile_(
            r'(?:,? "?(?i:về việc|về|v/v)(?!\w) ?:? ?| "?(?=(?i:{subject_verbs})(?!\w)(?! (?:ngày|kèm)(?!\w))))'
        ),
        ends=compile_(  # all that ends a subject begins with one of these letters and signs: the search leaps to them
            rf"[;|\n\t{MASK}.),đĐvc](?:(?<=[;|\n\t{MASK})])|(?<=[.])(?=[ \n]|\Z)"
            r"|(?<=,)(?= (?:{subject_clauses})(?!\w))|(?<=[ ][đĐ])(?i:(?:ã đ)?ược) (?i:sửa đổi|bổ sung|thay thế)"
            r"|(?P<joined>(?<=[ ]v)à|(?<=[ ]c)ùng)(?= (?:{document_types}) (?i:số)(?!\w)))"
        ),
        basis=compile_(r"[- ]*+(?:(?i:{basis_openers}))(?!\w)"),
        preamble=compile_(r"[- ]*+(?:(?i:{preamble_openers}))(?!\w)"),
        issuing=compile_(r"(?i:ban hành|xây dựng|lập) (?i:{document_types})(?!\w)"),
        promulgation=compile_(r"\( ?(?i:(?:được )?ban hành )?(?i:kèm)(?: (?i:theo))?[^()\n]*\Z"),
    )


def describe(citations: Sequence[Citation], view: View, context: Context) -> None:
    """Sets ``subject`` and ``relation`` of each citation (in text order)."""
    patterns = _patterns(context.grammar)
    before_sections = context.outline.headings[0].start if context.outline.headings else len(view.plain)
    paragraph = subject_end = before = 0
    for index, citation in enumerate(citations):
        end = _describe_one(citations, index, view, patterns)
        if (line := view.plain.rfind("\n", before, citation.start)) >= 0:
            paragraph, subject_end = line + 1, 0
        before = citation.start
        inside = citation.start < subject_end
        relation = _relation(view.plain, (paragraph, citation.start), inside, paragraph < before_sections, patterns)
        citation.settle(relation=relation)
        if not inside:
            subject_end = max(subject_end, end)


def _describe_one(citations: Sequence[Citation], index: int, view: View, patterns: _Patterns) -> int:
    """Sets the subject of one citation and gives its end (that of the citation when there is none)."""
    citation = citations[index]
    opening = patterns.opening.match(view.plain, citation.end)
    if opening is None:
        return citation.end
    start = opening.end()
    following = citations[index + 1].start if index + 1 < len(citations) else len(view.plain)
    if start == following:  # "…, Thông báo số 5": the next document, not a verb
        return citation.end
    end = _subject_end(view.plain, start, following, patterns.ends)
    subject = _unquoted(view.words(start, end))
    citation.settle(subject=subject or None)
    return end if subject else citation.end


def _unquoted(words: str) -> str:
    """A subject without the quotation marks that enclose the whole of it or have lost their partner."""
    words = words.rstrip(" ,:")
    quotes = sum(map(words.count, _QUOTES))
    if not quotes:
        return words
    opens, closes = words[0] in _QUOTES, words[-1] in _QUOTES
    if quotes == 2 and opens and closes:
        return words[1:-1].strip()
    if quotes % 2:
        return words[1:].strip() if opens else words[:-1].strip() if closes else words
    return words


def _subject_end(plain: str, start: int, following: int, ends: re.Pattern[str]) -> int:
    """Where the subject that begins at ``start`` ends; ``following`` is where the next citation begins."""
    limit = min(len(plain), start + _LONGEST)
    for match in ends.finditer(plain, start, limit):
        if match["joined"] is not None and following < match.start():
            continue  # a second document that the subject itself names
        if match.group()[0] in _WITHIN_QUOTES and plain.count('"', start, match.start()) % 2:
            continue
        if match.group() == ")" and plain.count("(", start, match.start()) > plain.count(")", start, match.start()):
            continue
        return match.start()
    return limit


def _relation(plain: str, before: tuple[int, int], inside: bool, preamble: bool, patterns: _Patterns) -> Relation:
    """Why a document is cited; ``before`` is its paragraph up to it, ``inside`` that another's subject names it."""
    paragraph, start = before
    if patterns.promulgation.search(plain, max(paragraph, start - _REACH), start):
        return "promulgation"
    if inside:
        return "mention"
    if preamble and patterns.basis.match(plain, paragraph, start):
        return "basis"
    if preamble and patterns.preamble.match(plain, paragraph, start):
        return "mention" if patterns.issuing.search(plain, max(paragraph, start - _LONGEST), start) else "basis"
    return "mention"
