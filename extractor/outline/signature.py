"""The close of a document: recipients and signature block (Decree 30/2020, Điều 8, boxes 7 and 9b; Điều 13).

The two stand one below the other, side by side with blanks between, or in cells; more than one document in a text
gives more than one close.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from extractor.grammar import Grammar
from extractor.language.view import UPPER, View
from extractor.outline.forms import Span, bare, forms, lines_down, opening
from extractor.outline.structure import Zone

_MOST_LINES: Final = 120
_BULLETS: Final = "-+•●▪✓"
_BULLET: Final = re.compile(r"[ \t|]*+(?:\*?[-+•●▪✓]|\*(?=[ \t]))")
"""As it stands in the text; an asterisk is blank in the view."""
_PIECE: Final = re.compile(r"(?:[-+•●▪✓] *)?[^\s|](?:(?! {3}|[\t|\n]).)*")
_LONGEST_STRAY: Final = 30
"""Code points of a typist's mark below the list of recipients."""
_SEVERAL_ITEMS: Final = re.compile(r"[;.] *(?=[-+•] )")
_NO_ITEM: Final = re.compile(r"\W*\Z")


@dataclass(slots=True)
class Close:
    """Where the parts of one close stand."""

    start: int
    end: int
    recipients: list[Span] = field(default_factory=list)
    """One for each line of the list, bullet and all."""
    authority: list[Span] = field(default_factory=list)
    position: Span | None = None
    signer: Span | None = None
    zones: list[Zone] = field(default_factory=list)


@dataclass(slots=True)
class _State:
    """What has been read of a close so far."""

    close: Close
    listing: bool = False
    """Whether the lines of the list of recipients are being read."""
    item_open: bool = False
    """Whether the last of them may go on in the next line."""
    last: str = ""
    """What the last words of the signature were: "authority", "position" or nothing."""


def find_closes(view: View, grammar: Grammar, after: int, tables: Sequence[Span]) -> list[Close]:
    """The closes of all documents in a text, behind the place ``after``, in text order."""
    found: list[Close] = []
    for match in _anchor(grammar).finditer(view.folded, after):
        start = match.start() + len(match.group()) - len(match.group().lstrip("\n \t|"))
        if (found and start < found[-1].end) or any(left <= start < right for left, right in tables):
            continue
        if match["recipients"] is None and not match["signature"].isupper():
            continue
        close = read_close(view, grammar, start)
        if close.recipients or close.authority or close.signer:
            found.append(close)
    return found


@cache
def _anchor(grammar: Grammar) -> re.Pattern[str]:
    patterns = forms(grammar)
    position = rf"{patterns['position'].pattern}[^|\n]{{0,60}}(?=\n|\||\Z)"
    return re.compile(
        rf"\n[ \t|]*+(?=[{UPPER}])(?:(?P<recipients>{patterns['recipients'].pattern})"
        rf"|(?P<signature>{patterns['authority'].pattern}|{position}))"
    )


def read_close(view: View, grammar: Grammar, start: int) -> Close:
    """The close that begins at ``start``, with "Nơi nhận" or with the signature block."""
    state = _State(Close(start, start))
    for line_start, line_end in lines_down(view.folded, start, _MOST_LINES):
        pieces = list(_PIECE.finditer(view.folded, line_start, line_end))
        if not any(bare(piece.group()) for piece in pieces):
            state.item_open = False
            continue
        leftmost = True
        for piece in pieces:
            kind = _take(view, grammar, state, piece, leftmost)
            leftmost = False
            if kind is None:
                return state.close
            if kind:
                state.close.end = piece.end()
                _add_zone(state.close.zones, kind, piece.start(), piece.end())
        if state.close.signer and state.close.recipients and not state.listing:
            break
    return state.close


def _take(view: View, grammar: Grammar, state: _State, piece: re.Match[str], leftmost: bool) -> str | None:
    """Reads one piece of a line: the zone that it belongs to, "" for a rule between, ``None`` when the close is over."""
    patterns = forms(grammar)
    close, words = state.close, piece.group().rstrip()
    start, end = piece.start(), piece.start() + len(words)
    if not bare(words):
        return ""
    if (head := patterns["recipients"].match(view.folded, start)) and not close.recipients:
        state.listing = True
        if not _NO_ITEM.match(view.folded, head.end(), piece.end()):
            _add_item(view, state, head.end(), end)
        return "recipients"
    if _take_signature(view, grammar, state, piece):
        state.item_open = state.item_open and not leftmost
        return "signature"
    if not state.listing:
        return None
    return _take_recipient(view, state, start, end)


def _take_recipient(view: View, state: _State, start: int, end: int) -> str | None:
    """Reads a line of the list of recipients, or the rest of one."""
    line_start = view.composed.rfind("\n", 0, start) + 1
    bulleted = _BULLET.match(view.composed, line_start) and not view.folded[line_start:start].strip(" \t|")
    if state.close.signer and not bulleted:
        return None
    if bulleted or view.folded[start] in _BULLETS:
        _add_item(view, state, start, end)
    elif state.item_open and state.close.recipients:
        state.close.recipients[-1] = (state.close.recipients[-1][0], end)
        state.item_open = view.folded[end - 1] not in ";."
    elif view.folded[end - 1] in ";," or not state.close.recipients:
        _add_item(view, state, start, end)
    else:
        state.listing = False
        return "" if end - start < _LONGEST_STRAY else None
    return "recipients"


def _add_item(view: View, state: _State, start: int, end: int) -> None:
    """One item of the list, or several in one line."""
    for match in _SEVERAL_ITEMS.finditer(view.folded, start, end):
        state.close.recipients.append((start, match.start() + 1))
        start = match.end()
    state.close.recipients.append((start, end))
    state.item_open = view.folded[end - 1] not in ";."


def _take_signature(view: View, grammar: Grammar, state: _State, piece: re.Match[str]) -> bool:
    """Reads a piece of the signature block, if it is one."""
    patterns, folded = forms(grammar), view.folded
    close, words = state.close, piece.group().rstrip()
    start, end = piece.start(), piece.start() + len(words)
    if words[0] in _BULLETS:
        return False
    capitals = words.isupper()
    if close.signer is None and patterns["authority"].match(folded, start) and (capitals or bool(close.authority)):
        close.authority.append((start, end))
        state.last = "authority"
        return True
    begun = bool(close.authority) or close.position is not None
    signed_by = _signer(grammar, folded, start, end, begun or not state.item_open)
    if close.signer is None and capitals and not (signed_by and begun):
        runs_on = state.last == "authority" and folded[close.authority[-1][1] - 1] == ","
        if patterns["position"].match(folded, start) and not runs_on:
            close.position = (start, end)
            state.last = "position"
            return True
        if state.last == "authority":
            close.authority[-1] = (close.authority[-1][0], end)
        elif close.position is not None:
            close.position = (close.position[0], end)
        return begun
    if begun and patterns["signed"].match(folded, start):
        return True
    if begun and close.position is None and (position := patterns["position"].match(folded, start)):
        if position.end() == end:
            close.position = (start, end)
            state.last = "position"
            return True
    if signed_by and close.signer is None and (begun or (close.recipients and not state.item_open)):
        close.signer = signed_by
        return True
    return False


def _signer(grammar: Grammar, folded: str, start: int, end: int, possible: bool) -> Span | None:
    """The name of the one who signs, if the words are one: a family name first, or a name in small letters."""
    match = forms(grammar)["name"].match(folded, start, end) if possible else None
    if match is None or match.end() < end:
        return None
    known = opening(grammar, "family_names").match(match["name"]) is not None
    if not known and (match["name"].isupper() or opening(grammar, "body_heads").match(match["name"])):
        return None
    return match.span("name")


def _add_zone(zones: list[Zone], kind: str, start: int, end: int) -> None:
    if zones and zones[-1].kind == kind:
        start = zones.pop().start
    zones.append(Zone("recipients" if kind == "recipients" else "signature", start, end))

