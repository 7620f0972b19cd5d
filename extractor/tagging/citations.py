"""References to identifiable documents (ANNOTATION.md, "citation")."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final, NamedTuple

from extractor.grammar import Grammar, Rule
from extractor.language.dates import read_date
from extractor.language.folding import fold_tones
from extractor.language.view import MASK, UPPER, View
from extractor.plan import Citation
from extractor.tagging.agency_names import key, spelling_of
from extractor.tagging.context import Context
from extractor.tagging.subjects import describe

_NOT_PRINTED: Final = re.compile(r"[\s…_]+|^[.…_\s]+")
_JOINT_CODE: Final = re.compile(r"/(?:TT|NQ|KH|HD|QC)LT\b")
_TYPE_LETTERS: Final = re.compile(r"^[0-9.]*[A-Za-zĐđ]?[-/](?:[0-9]{4}/)?([A-ZĐ][A-Za-zĐđ]*)")
_DOMAIN_CODE: Final = re.compile(rf"(?<!\w)(Bộ|Sở|Phòng) ([{UPPER}][{UPPER}&,-]+)(?!\w)")
_TYPE_OF_LAW: Final = re.compile(r"(?:(?:bộ|pháp)[ ]++)?+\w++[ ]*+", re.IGNORECASE)
"""The type word of a law, which may be two words: what ends a name is looked for behind it."""
_LONGEST_LAW: Final = 240
"""Code points of the longest name of a law."""
_MOST_AMENDED: Final = 15
"""Laws that one law amends."""
_LONGEST_LAW_TYPE: Final = 24
"""Code points in which the first two words of a law stand."""
_LONGEST_HEAD: Final = 4
"""Words of the head of a body's name."""
_ISSUERS: Final = ("early_issuer", "issuer", "plenum", "bare_issuer")
_NUMBER_WORD: Final = " số"
_DESCRIBED_REACH: Final = 72
"""So near its type word the number of a described document is announced."""
_TWO_PROVISIONS: Final = re.compile(r"\s*;\s*|,?\s+và\s+(?:các\s+)?|,\s*(?=(?:Điều|Phụ lục|Chương|Phần)\s)")


@dataclass(frozen=True, slots=True)
class _Words:
    """What the lexicon says, arranged for reading citations."""

    types: Mapping[str, str]
    """Canonical type by its folded name in lower case."""
    letters: Mapping[str, str]
    """Canonical type by its letters in capitals."""
    parts: Mapping[str, Rule]
    """The rules that read a part of a citation, by form: "tail" follows a number, "law_tail" the name of a law …"""
    laws: tuple[Rule, ...]
    """The rules that read the name of one law: those of the lexicon first."""
    grammar: Grammar


class _Found(NamedTuple):
    """A match of a rule and of the tail behind it, read as one."""

    head: re.Match[str]
    tail: re.Match[str]
    said: Mapping[str, str | None]
    """The words of every group of both; they share none."""

    @property
    def start(self) -> int:
        return self.head.start()

    @property
    def end(self) -> int:
        return self.tail.end()

    def get(self, *groups: str) -> str | None:
        """The words of the first of these groups that took part."""
        for group in groups:
            if words := self.said.get(group):
                return words
        return None

    def span(self, group: str) -> tuple[int, int]:
        """The place of a group."""
        return (self.head if group in self.head.re.groupindex else self.tail).span(group)


@cache
def _words(grammar: Grammar) -> _Words:
    kinds = [*grammar.lexicon["document_types"], *grammar.lexicon["cited_types"]]
    return _Words(
        types={fold_tones(kind["name"]).lower(): kind["name"] for kind in kinds},
        letters={kind["code"].upper(): kind["name"] for kind in kinds if "code" in kind},
        parts={rule.form: rule for rule in grammar.rules["citation"] if rule.form not in ("numbered", "law")},
        laws=tuple(rule for rule in grammar.rules["citation"] if rule.form in ("law", "law_by_shape")),
        grammar=grammar,
    )


def tag_citations(view: View, context: Context) -> list[Citation]:
    """The citations of a (masked) view, in text order; each ends at the last of its number, date and issuer."""
    words = _words(context.grammar)
    found: list[Citation] = []
    leading: re.Match[str] | None = None
    leading_rule = ""
    end = 0
    plain = view.plain
    for start, rules in context.hits.get("citation", ()):
        if start < end or plain[start] == MASK:
            continue
        for rule in rules:
            form = rule.form
            if form == "described" and view.lower.find(_NUMBER_WORD, start, start + _DESCRIBED_REACH) < 0:
                continue
            match = _match(view, rule, start, words) if form == "law_by_shape" else rule.pattern.match(plain, start)
            if match is None or form == "continued":
                continue
            if rule.form == "provisions":
                leading, leading_rule, end = match, rule.id, match.end()
                break
            citation = _READERS[rule.form](view, rule, _with_tail(view, rule, match, words), words)
            if citation is None:
                continue
            if leading is not None and leading.end() == start:
                _lead(view, citation, leading, leading_rule)
            chain = [citation, *_further(view, citation, words)]
            found += chain
            end = chain[-1].end
            break
    describe(found, view, context)
    return found


def _match(view: View, rule: Rule, start: int, words: _Words) -> re.Match[str] | None:
    """The match of a rule at a place; the name of an unknown law ends before a word that no name holds."""
    if rule.form != "law_by_shape":
        return rule.pattern.match(view.plain, start)
    after_type = _TYPE_OF_LAW.match(view.plain, start).end()  # type: ignore[union-attr]
    stop = words.parts["law_end"].pattern.search(view.plain, after_type, start + _LONGEST_LAW)
    return rule.pattern.match(view.plain, start, stop.start() if stop else start + _LONGEST_LAW)


def _with_tail(view: View, rule: Rule, match: re.Match[str], words: _Words) -> _Found:
    """The match with the date and the issuer that follow it."""
    end = match.end()
    if rule.form == "amending_law" and match["amended"] is not None:
        end = _end_of_amended(view, end, words)
    form = "law_tail" if rule.form in ("law", "law_by_shape", "amending_law") else "tail"
    tail = words.parts[form].pattern.match(view.plain, end)
    assert tail is not None  # a tail may be empty
    return _Found(match, tail, match.groupdict() | tail.groupdict())


def _end_of_amended(view: View, place: int, words: _Words) -> int:
    """Where the list of laws ends that a law amends: "Luật A, Luật B số 1/2020/QH14 và Luật C"."""
    for _ in range(_MOST_AMENDED):
        law = next((match for rule in words.laws if (match := _match(view, rule, place, words))), None)
        if law is None:
            break
        place = law.end()
        number = words.parts["amended_number"].pattern.match(view.plain, place)
        if number is None:
            break
        place = number.end()
        if number["joint"] is None:
            break
    return place


_date: Final = lru_cache(maxsize=4096)(read_date)
"""Plans cite the same few days again and again."""


@lru_cache(maxsize=1024)
def _written_out(name: str, grammar: Grammar) -> str:
    """The name of a body with its short words written out and its head mended: "UBND tỉnh" → "Ủy ban nhân dân tỉnh"."""
    spelling = spelling_of(grammar)

    def domain(match: re.Match[str]) -> str:
        return f"{match[1]} {spelling.code(match[1], match[2]) or match[2]}"

    words = spelling.write_out(_DOMAIN_CODE.sub(domain, name)).split()
    for count in range(_LONGEST_HEAD, 1, -1):
        mended = spelling.misprints.get(key(" ".join(words[:count])))
        if mended and not key(" ".join(words)).startswith(key(mended)):
            return " ".join([mended, *words[count:]])
    return " ".join(words)


def _numbered(view: View, rule: Rule, found: _Found, words: _Words) -> Citation:
    """A type word (or its letters) and a number."""
    if letters := found.get("letters"):
        doc_type = words.letters.get(letters.upper(), letters)
    else:
        doc_type = words.types[" ".join((found.get("type") or "").lower().split())]
    return _citation(view, rule, found, words, doc_type, found.get("number", "plain_number", "blank") or "")


def _described(view: View, rule: Rule, found: _Found, words: _Words) -> Citation | None:
    """A type word and, behind other words, a number whose letters must be those of the type."""
    citation = _numbered(view, rule, found, words)
    letters = _TYPE_LETTERS.search(citation.number or "")
    return citation if letters and words.letters.get(letters[1].upper()) == citation.doc_type else None


def _standard(view: View, rule: Rule, found: _Found, words: _Words) -> Citation:
    """TCVN 14423:2025."""
    number = found.get("number") or ""
    return _citation(view, rule, found, words, "Quy chuẩn" if number.startswith("QC") else "Tiêu chuẩn", number)


def _law(view: View, rule: Rule, found: _Found, words: _Words) -> Citation:
    """A law by its name; of several laws that it amends, each with its number, the numbers belong to the name."""
    start = found.span("name")[0]
    end = found.span("revised")[1] if found.get("revised") else found.tail.start()
    name = view.words(start, end)
    number = found.get("number")
    citation = _citation(view, rule, found, words, _law_type(name, words), number)
    if number and re.search(r"\d/\d{4}/", name):
        name = view.words(start, found.span("number")[1])
        citation.number = None
    citation.name = name
    return citation


def _law_type(name: str, words: _Words) -> str:
    """The type word with which the name of a law begins."""
    first, second = fold_tones(name[:_LONGEST_LAW_TYPE]).lower().split()[:2]
    return words.types.get(first) or words.types[f"{first} {second}"]


_Reader = Callable[[View, Rule, _Found, _Words], Citation | None]
_READERS: Final[Mapping[str, _Reader]] = {
    "numbered": _numbered,
    "described": _described,
    "standard": _standard,
    "law": _law,
    "law_by_shape": _law,
    "amending_law": _law,
}


def _citation(view: View, rule: Rule, found: _Found, words: _Words, doc_type: str, number: str | None) -> Citation:
    """The citation of a match; a second issuer counts for a joint document only."""
    start, end = found.start, found.end
    joint = "liên tịch" in doc_type or (number is not None and _JOINT_CODE.search(number) is not None)
    said = found.said
    issuer = next((group for group in _ISSUERS if said.get(group)), None)
    issuer_place = found.span(issuer) if issuer else (end, end)
    late = said.get("late_date")
    if said.get("partners"):
        if joint:
            issuer_place = (issuer_place[0], found.span("partners")[1])
        else:
            end, late = found.span("partners")[0], None
    date = said.get("date") or said.get("date_without_day") or late
    return Citation(
        start=start,
        end=end,
        text=view.composed[start:end],
        rule=rule.id,
        confidence=rule.confidence,
        doc_type=doc_type,
        number=_NOT_PRINTED.sub("", number) if number else None,
        date=_date(date) if date else None,
        issuer=_written_out(view.words(*issuer_place), words.grammar) if issuer else None,
    )


def _lead(view: View, citation: Citation, leading: re.Match[str], rule: str) -> None:
    """Puts the provisions that lead to a citation before it."""
    citation.rule = rule
    citation.start = leading.start()
    citation.text = view.composed[citation.start : citation.end]
    provisions = view.words(*leading.span("provisions"))
    citation.provisions = [provision for provision in _TWO_PROVISIONS.split(provisions) if provision]


def _further(view: View, first: Citation, words: _Words) -> list[Citation]:
    """The citations that share the type word of ``first``: "Quyết định số 1/QĐ-TTg và số 2/QĐ-TTg"."""
    found: list[Citation] = []
    at = first.end
    rule = words.parts["continued"]
    while first.number and (match := rule.pattern.match(view.plain, at)):
        whole = _with_tail(view, rule, match, words)
        citation = _citation(view, rule, whole, words, first.doc_type, match["number"])
        citation.start = match.start("own")
        citation.text = view.composed[citation.start : citation.end]
        found.append(citation)
        at = citation.end
    return found
