"""The header of a document: what letterhead, title block, preamble and close say (ANNOTATION.md, "header")."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from extractor.grammar import Grammar
from extractor.language.folding import fold_tones
from extractor.language.view import View
from extractor.outline.bodies import (
    Body,
    Territory,
    canonical,
    complete,
    find_territories,
    is_central,
    key,
    province_of,
    read_body,
    sentence_case,
)
from extractor.outline.forms import Span, forms, opening, unmarked
from extractor.outline.issuer import issuing_bodies
from extractor.outline.letterhead import Letterhead, printed_number, read_letterhead
from extractor.outline.structure import Close, Outline, Zone, ZoneKind
from extractor.outline.zones import main_title, metadata
from extractor.plan import Header

_BULLET: Final = re.compile(r"[\s*|]*(?:[-+•●▪✓][\s*]*)?")
_YEAR: Final = re.compile(r"(?:19|20)[0-9]{2}")
_ROUND_YEAR: Final = 40
"""Code points before and behind a year in which the words stand that say what year it is."""
_CARD_DATE: Final = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_BEHIND_TITLE: Final = 400
"""Code points behind a title in which "(Ban hành kèm theo …)" stands."""


@dataclass(slots=True)
class _Found:
    """Fields as they are found, the surest source first: a field that is set stays."""

    values: dict[str, Any] = field(default_factory=dict)
    spans: dict[str, Span] = field(default_factory=dict)

    def put(self, name: str, value: Any, span: Span | None = None) -> None:
        if value and name not in self.values:
            self.values[name] = value
            if span is not None:
                self.spans[name] = span


def read_header(view: View, outline: Outline, grammar: Grammar) -> Header:
    """The header of the first document in a text; ``spans`` in offsets of the view."""
    found = _Found()
    title = main_title(outline.zones)
    letterhead = _letterhead(view, outline, grammar, title)
    close = outline.close
    if letterhead is not None:
        found.put("number", letterhead.number, letterhead.number_span)
        found.put("place", letterhead.place, letterhead.place_span)
        found.put("date", letterhead.date, letterhead.date_span)
    _read_title(view, grammar, found, title, letterhead)
    attached = _attached(view, grammar, found, title)
    card = metadata(view, grammar, outline.zones)
    _read_close(view, grammar, found, close)
    _read_years(grammar, found)
    _read_issuer(grammar, found, *issuing_bodies(view, outline, grammar, letterhead, attached, close, card))
    _read_card(view, grammar, found, card)
    return Header(**found.values, spans=found.spans or None)


def _first(outline: Outline, kind: ZoneKind) -> Zone | None:
    return next((zone for zone in outline.zones if zone.kind == kind), None)


def _letterhead(view: View, outline: Outline, grammar: Grammar, title: Zone | None) -> Letterhead | None:
    """The letterhead of the first document: the one above its title, or without a title the one at the top."""
    zone = _first(outline, "letterhead")
    if zone is None or (title is not None and zone.start > title.start):
        return None
    return read_letterhead(view, grammar, (zone.start, zone.end))


def _read_title(view: View, grammar: Grammar, found: _Found, title: Zone | None, letterhead: Letterhead | None) -> None:
    """Type and subject, from the title block or from the "V/v" of an official letter."""
    if title is None:
        subject = letterhead.subject_span if letterhead else None
        addressed = opening(grammar, "address").match(view.folded[letterhead.end if letterhead else 0 :].lstrip(" \n|"))
        if subject is not None or addressed:
            found.put("doc_type", canonical(grammar, "document_types", "Công văn"))
        if subject is not None:
            found.put("title", clean(view, *subject), subject)
        return
    match = forms(grammar)["title"].match(view.folded, title.start) or forms(grammar)["title_run_in"].match(
        view.folded, title.start
    )
    start = title.start
    if match is not None:
        words = " ".join(match["type"].split())
        name = canonical(grammar, "document_types", words) or sentence_case(re.split(r" (?:số|[0-9IVX])", words)[0])
        found.put("doc_type", name, match.span("type"))
        start = match.end()
    found.put("title", clean(view, start, title.end), (start, title.end))
    if "title" in found.spans:
        start, end = found.spans["title"]
        inner = view.folded[start:end]
        found.spans["title"] = (start + len(inner) - len(inner.lstrip(" \n\t|:-")), end)


def clean(view: View, start: int, end: int) -> str:
    """The document's words of a place without Markdown signs and cell borders, lines joined."""
    return unmarked(view.composed[start:end].replace("|", " ")).strip(" :-")


def _attached(view: View, grammar: Grammar, found: _Found, title: Zone | None) -> re.Match[str] | None:
    """What the brackets under the first title say: by which document this one is promulgated."""
    if title is None:
        return None
    start = (
        title.end
        + len(view.folded[title.end :][:_BEHIND_TITLE])
        - len(view.folded[title.end : title.end + _BEHIND_TITLE].lstrip())
    )
    match = forms(grammar)["attached"].match(view.folded, start)
    if match is not None:
        found.put("attached_to", printed_number(match), match.span())
    return match


def _read_close(view: View, grammar: Grammar, found: _Found, close: Close | None) -> None:
    """Recipients and signature block."""
    if close is None:
        return
    recipients = [words for span in close.recipients if (words := _recipient(view, *span))]
    found.put("recipients", recipients, (close.recipients[0][0], close.recipients[-1][1]) if recipients else None)
    authority = [_authority(view, grammar, *span) for span in close.authority]
    found.put("authority", authority, (close.authority[0][0], close.authority[-1][1]) if authority else None)
    if close.position is not None:
        found.put("position", _office(view, grammar, clean(view, *close.position)), close.position)
    elif authority and authority[-1].startswith("Q."):  # acting: his position and in whose place he signs are one
        found.put("position", authority[-1], close.authority[-1])
    if close.signer is not None:
        words = clean(view, *close.signer)
        found.put("signer", words.title() if words.isupper() else words, close.signer)


def _recipient(view: View, start: int, end: int) -> str:
    """One line under "Nơi nhận" without bullet and final sign."""
    return clean(view, _BULLET.match(view.composed, start, end).end(), end).rstrip(" ;.,")  # type: ignore[union-attr]


def _authority(view: View, grammar: Grammar, start: int, end: int) -> str:
    """In whose name one signs: "TM. Ủy ban nhân dân", "KT. Chủ tịch"."""
    match = forms(grammar)["authority"].match(view.folded, start)
    if match is None:
        return clean(view, start, end)
    name = clean(view, match.start("name"), end)
    form = match["form"]
    return f"{form} {_office(view, grammar, name)}" if "/" in form else f"{form}. {_office(view, grammar, name)}"


def _office(view: View, grammar: Grammar, words: str) -> str:
    """A position or a body in capitals as the JSON spells it: "Phó Chủ tịch", "Ủy ban nhân dân"."""
    match = opening(grammar, "positions").match(fold_tones(words))
    if match is None:
        body = read_body(view, grammar, words)
        return str(body) if body else sentence_case(words)
    position = canonical(grammar, "positions", match.group()) or words
    rest = words[match.end() :].strip(" ,")
    if not rest:
        return position
    return f"{position}{',' if words[match.end()] == ',' else ''} {_office(view, grammar, rest)}"


def _read_years(grammar: Grammar, found: _Found) -> None:
    """The year or the years that the title says the document covers; a year counts before those of a programme."""
    patterns = forms(grammar)
    title = patterns["law_year"].sub("", key(found.values.get("title", "")))
    named = [match.start() for match in _YEAR.finditer(title)]
    if not named:
        return
    place = max(0, named[0] - _ROUND_YEAR), named[-1] + _ROUND_YEAR
    period = patterns["period"].search(title, *place) if len(named) > 1 else None
    covered = period.span() if period is not None else (0, 0)
    years = [year for year in patterns["year"].finditer(title, *place) if not covered[0] <= year.start() < covered[1]]
    if years:
        year = years[0] if found.values.get("doc_type") == "Báo cáo" else years[-1]
        found.put("year", year["year"])
        if period is None or not patterns["year_and_period"].search(title):
            return
    last = patterns["last_year"].search(title) if not years and period is None else None
    if last is not None:
        found.put("year", last["year"])
    if period is not None:
        found.put("period", f"{period['first']}/{period['last']}")


def _read_issuer(grammar: Grammar, found: _Found, bodies: Sequence[Body], span: Span | None) -> None:
    """Who issues the document, and the territory that it is for."""
    words = found.values.get("title", "")
    named = list(dict.fromkeys(find_territories(grammar, words)))
    own = next((body.territory for body in reversed(bodies) if body.is_complete), None)
    home = own or _home(grammar, bodies, named, found.values.get("place"))
    if bodies:
        found.put("issuer", str(complete(bodies[-1], home)), span)
    title = key(words) if named else ""
    of_title = next((territory for territory in named if key(f"địa bàn {territory}") in title), None)
    territory = of_title or home or (named[0] if len(named) == 1 else None)
    if territory is not None and territory.name:
        found.put("jurisdiction", str(territory))


def _home(grammar: Grammar, bodies: Sequence[Body], named: Sequence[Territory], place: str | None) -> Territory | None:
    """The territory of a local body that does not name it: one that the title names, else the place of issue."""
    if any(is_central(grammar, body) for body in bodies):
        return None
    if not any(body.head in grammar.lexicon["local_bodies"] for body in bodies):
        return None
    kind = next((body.territory.kind for body in reversed(bodies) if body.territory), None)
    of_kind = next((territory for territory in named if kind in (None, territory.kind)), None)
    if of_kind is not None or place is None:
        return of_kind
    return Territory(kind, place) if kind else province_of(grammar, place)


def _read_card(view: View, grammar: Grammar, found: _Found, card: Mapping[str, Span]) -> None:
    """What only the card of a web site says."""
    for label, name in grammar.lexicon["card_fields"].items():
        if label not in card:
            continue
        words = clean(view, *card[label])
        if name == "doc_type":
            found.put(name, canonical(grammar, "document_types", words), card[label])
        elif name == "date":
            date = _CARD_DATE.search(words)
            found.put(name, date and f"{date[3]}-{int(date[2]):02}-{int(date[1]):02}", card[label])
        else:
            found.put(name, words, card[label])
