"""Lines with which a part of the text may begin: a title, a close, a web site's matter; one look finds them all."""

from __future__ import annotations

import re
from functools import cache
from typing import Final, NamedTuple

from extractor.grammar import Grammar
from extractor.language.view import UPPER, View
from extractor.outline.forms import Span, forms

_MOST_TITLES: Final = 1000


class Signposts(NamedTuple):
    """Where such lines stand, each list in text order; they are candidates, for the words round them to judge."""

    titles: list[tuple[int, int, int]]
    """The words of the type, or of an annex ("PHỤ LỤC II"), start and end, and the end of what belongs to them."""
    closes: list[tuple[int, bool]]
    """ "Nơi nhận" (true), or a line in whose name or by whom the document is signed."""
    web_ends: list[Span]
    """From the end of the line above to the first words of what a web site put behind a document."""


def find_signposts(view: View, grammar: Grammar) -> Signposts:
    """The signposts of a whole text."""
    found = Signposts([], [], [])
    for match in _pattern(grammar).finditer("\n" + view.folded):
        kind = match.lastgroup
        if kind == "web_end":
            found.web_ends.append((match.start() - 1, match.start("web_end") - 1))
        elif kind == "type":
            if len(found.titles) < _MOST_TITLES:
                found.titles.append((match.start("type") - 1, match.end("type") - 1, match.end() - 1))
        elif match.start():  # a document is more than its close
            found.closes.append((match.end("margin") - 1, kind == "recipients"))
    return found


@cache
def _pattern(grammar: Grammar) -> re.Pattern[str]:
    """The rules as one pattern (each begins with a capital); the name of the group that matched last is the kind."""
    title, recipients, authority, position = (
        forms(grammar)[form].pattern for form in ("title", "recipients", "authority", "position")
    )
    signature = rf"(?=[{UPPER}]{{2}}|[{UPPER}][./]){authority}|(?=[{UPPER}]{{2}}){position}[^|\n]{{0,60}}(?=\n|\||\Z)"
    web_end = grammar.compile(r"(?P<web_end>{web_ends}) ?(?=[:,?.|\n]|\Z)").pattern
    return re.compile(
        rf"\n(?P<margin>[ \t|]*+)(?=[{UPPER}])(?:{title}|(?P<recipients>{recipients})|{signature}|{web_end})"
    )
