"""Who issues a document, from whatever part of it says so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Final

from extractor.grammar import Grammar
from extractor.language.view import View
from extractor.outline.bodies import Body, read_body
from extractor.outline.forms import Span, forms, opening
from extractor.outline.letterhead import Letterhead
from extractor.outline.structure import Close, Outline

_REACH: Final = 8000
"""Code points of a preamble in which the issuing body says that it issues."""
_PARAGRAPH: Final = re.compile(r"[^\s|][^\n|]*")


def issuing_bodies(
    view: View,
    outline: Outline,
    grammar: Grammar,
    letterhead: Letterhead | None,
    attached: re.Match[str] | None,
    close: Close | None,
    card: Mapping[str, Span],
) -> tuple[Sequence[Body], Span | None]:
    """The bodies that a document names as its issuer (the last issues, those before are above it), and where."""
    if letterhead is not None and letterhead.bodies:
        named = [_read(view, grammar, pieces) for pieces in letterhead.bodies]
        bodies = [body for body in named if body is not None]
        if bodies:
            return bodies, (letterhead.bodies[-1][0][0], letterhead.bodies[-1][-1][1])
    promulgated = [attached.span("issuer")] if attached is not None and attached["issuer"] else []
    sources = (_in_text(view, outline, grammar), _signed_by(grammar, view, close), _by_web(view, grammar, card))
    for place in chain(promulgated, *sources):
        body = _read(view, grammar, [place])
        if body is not None:
            return [body], place
    return [], None


def _read(view: View, grammar: Grammar, pieces: Sequence[Span]) -> Body | None:
    return read_body(view, grammar, " ".join(view.words(*piece) for piece in pieces))


def _in_text(view: View, outline: Outline, grammar: Grammar) -> Iterator[Span]:
    """The body in capitals above "Căn cứ", or the one of which the preamble says that it issues the plan."""
    for start, end in outline.zones_of("preamble")[:1]:
        first = _PARAGRAPH.search(view.plain, start, end)
        if first is not None and first.group().isupper():
            yield first.span()
            holder = opening(grammar, "positions").match(first.group())
            if holder is not None:  # "CHỦ TỊCH ỦY BAN NHÂN DÂN …"
                yield first.start() + holder.end() + 1, first.end()
        said = [
            match.span("body")
            for match in forms(grammar)["issuing_body"].finditer(view.lower, start, min(end, start + _REACH))
        ]
        yield from said[-1:]  # those before issue what the preamble names as its grounds


def _signed_by(grammar: Grammar, view: View, close: Close | None) -> Iterator[Span]:
    """The collective on whose behalf the document is signed."""
    for start, end in close.authority[:1] if close else ():
        match = forms(grammar)["authority"].match(view.folded, start)
        if match is not None and not opening(grammar, "positions").match(match["name"]):
            yield match.start("name"), end


def _by_web(view: View, grammar: Grammar, card: Mapping[str, Span]) -> Iterator[Span]:
    """The body that a web site names, in its card or as its source."""
    yield from (card[label] for label in grammar.lexicon["card_issuers"] if label in card)
    match = forms(grammar)["source"].search(view.folded)
    if match is not None:
        yield match.span("body")
