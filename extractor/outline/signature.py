"""The close of a document: recipients and signature block (Decree 30/2020, Điều 8, boxes 7 and 9b; Điều 13).

The two stand one below the other, side by side with blanks between, or in cells; more than one document in a text
gives more than one close.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, repeat
from typing import Final

from extractor.grammar import Grammar
from extractor.language.view import View
from extractor.outline.forms import Span, bare, forms, opening
from extractor.outline.structure import Close, Stretches, Zone

_MOST_LINES: Final = 120
_LONGEST_STRAY: Final = 30
"""Code points of a typist's mark below the list of recipients."""
_LONGEST_LAST_ITEM: Final = 80
"""Code points of a line without a bullet that ends the list of recipients: "Lưu: VT."."""
_BULLETS: Final = "-+•●▪✓"
_BULLET: Final = re.compile(r"[ \t|]*+(?:\*?[-+•●▪✓]|\*(?=[^\S\n]))")
"""As it stands in the text; an asterisk is blank in the view."""
_PIECE: Final = re.compile(r"(?:[-+•●▪✓] *)?[^\s|](?:[^\n\t| ]++| (?! {2}))*+")
"""The words of one column in one line."""
_NEXT_ITEM: Final = re.compile(r"[;.] *(?=[-+•] )")
_LAST_WORD: Final = re.compile(r"(?<= )\w+$")
_NO_ITEM: Final = re.compile(r"\W*\Z")


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

    @property
    def signing(self) -> bool:
        """Whether the signature block has begun."""
        return bool(self.close.authority) or self.close.position is not None


def find_closes(view: View, grammar: Grammar, lines: Sequence[tuple[int, bool]], tables: Stretches) -> list[Close]:
    """The closes of all documents in a text, in text order. ``lines``: where one may begin (``Signposts.closes``)."""
    found: list[Close] = []
    end = 0  # of the lines that were read, as a close or as a position that turned out to be none
    for start, with_recipients in lines:
        if start < end:
            continue
        if not with_recipients and start in tables:
            continue
        close = read_close(view, grammar, start)
        end = close.end
        if close.recipients or close.authority or close.signer:
            found.append(close)
    return found


def read_close(view: View, grammar: Grammar, start: int) -> Close:
    """The close that begins at ``start``, with "Nơi nhận" or with the signature block."""
    state = _State(Close(start, start))
    close = state.close
    for piece, lines_down in _pieces(view.folded, grammar, start):
        if lines_down and close.signer and close.recipients and not state.listing:
            break
        state.item_open = state.item_open and lines_down < 2
        kind = _take(view, grammar, state, piece, leftmost=lines_down > 0 or piece[0] == start)
        if kind is None:
            break
        if kind:
            close.end = piece[1]
            _add_zone(close.zones, kind, piece)
    return close


def _pieces(folded: str, grammar: Grammar, start: int) -> Iterator[tuple[Span, int]]:
    """The words of each line by columns, and how many lines each stands below the last.

    The parts of a signature that run on in one line are pieces of their own.
    """
    authority = forms(grammar)["authority"]
    lines, above = 0, start
    for match in _PIECE.finditer(folded, start):
        words = match.group().rstrip()
        if not bare(words):
            continue
        left, right = match.start(), match.start() + len(words)
        down = folded.count("\n", above, left)
        lines += down
        if lines >= _MOST_LINES:
            return
        if words.isupper() or not authority.match(folded, left):
            yield (left, right), down
        else:
            yield from zip(_parts(folded, grammar, left, right), chain([down], repeat(0)), strict=False)
        above = right


def _parts(folded: str, grammar: Grammar, start: int, end: int) -> Iterator[Span]:
    """The parts of a signature in one line: "TM. … KT. CHỦ TỊCH PHÓ CHỦ TỊCH Lê Văn An"."""
    patterns = forms(grammar)
    while start < end:
        authority = patterns["authority"].match(folded, start, end)
        words = authority.start("name") if authority else start
        position = patterns["position"].match(folded, words, end)
        known = authority or position
        following = _part_start(grammar).search(folded, position.end() if position else words, end) if known else None
        yield start, following.start() if following else end
        start = following.end() if following else end


@cache
def _part_start(grammar: Grammar) -> re.Pattern[str]:
    """The blank before the next part."""
    name = forms(grammar)["name"].pattern
    return grammar.compile(rf"[ ](?={{signing_forms}}\.|(?i:{{positions}})(?!\w)|{name})")


def _take(view: View, grammar: Grammar, state: _State, piece: Span, *, leftmost: bool) -> str | None:
    """Reads one piece of a line: the zone it belongs to, "" for a stray mark, ``None`` when the close is over."""
    start, end = piece
    head = None if state.close.recipients else forms(grammar)["recipients"].match(view.folded, start)
    if head is not None:
        state.listing = True
        if not _NO_ITEM.match(view.folded, head.end(), end):
            _add_items(view, state, head.end(), end)
        return "recipients"
    if _take_signature(view, grammar, state, piece):
        state.item_open = state.item_open and not leftmost
        return "signature"
    return _take_recipient(view, state, piece) if state.listing else None


def _take_recipient(view: View, state: _State, piece: Span) -> str | None:
    """Reads a line of the list of recipients, or the rest of one."""
    start, end = piece
    line_start = view.composed.rfind("\n", 0, start) + 1
    bulleted = _BULLET.match(view.composed, line_start) and not view.folded[line_start:start].strip(" \t|")
    if state.close.signer and not bulleted:
        return None
    items, last = state.close.recipients, view.folded[end - 1]
    if bulleted or view.folded[start] in _BULLETS:
        _add_items(view, state, start, end)
    elif state.item_open and items:
        items[-1] = (items[-1][0], end)
        state.item_open = last not in ";."
    elif last in ";," or not items or (last == "." and end - start < _LONGEST_LAST_ITEM):
        _add_items(view, state, start, end)
    else:
        state.listing = False
        return "" if end - start < _LONGEST_STRAY else None
    return "recipients"


def _add_items(view: View, state: _State, start: int, end: int) -> None:
    """One item of the list, or several in one line."""
    for match in _NEXT_ITEM.finditer(view.folded, start, end):
        state.close.recipients.append((start, match.start() + 1))
        start = match.end()
    state.close.recipients.append((start, end))
    state.item_open = view.folded[end - 1] not in ";."


def _take_signature(view: View, grammar: Grammar, state: _State, piece: Span) -> bool:
    """Reads a piece of the signature block, if it is one."""
    patterns, folded, close = forms(grammar), view.folded, state.close
    start, end = piece
    if close.signer is not None or folded[start] in _BULLETS:
        return False
    capitals = folded[start:end].isupper()
    if patterns["authority"].match(folded, start) and (capitals or close.authority):
        close.authority.append(piece)
        state.last = "authority"
        return True
    signer = None if capitals and _is_unfinished(grammar, folded, close) else _signer(grammar, folded, piece)
    if signer and (state.signing or (close.recipients and not state.item_open)):
        close.signer = signer
        return True
    if capitals:
        return _take_capitals(grammar, folded, state, piece)
    if not state.signing:
        return False
    position = patterns["position"].match(folded, start)
    if position is not None and position.end() == end and close.position is None:
        close.position = piece
        return True
    return patterns["signed"].match(folded, start) is not None


def _is_unfinished(grammar: Grammar, folded: str, close: Close) -> bool:
    """Whether the position ends with the kind of a body whose name must follow: "CỤC TRƯỞNG CỤC"."""
    last = _LAST_WORD.search(folded, *close.position) if close.position else None
    return last is not None and opening(grammar, "body_heads").fullmatch(last.group()) is not None


def _take_capitals(grammar: Grammar, folded: str, state: _State, piece: Span) -> bool:
    """Reads a line in capitals: a position, or the rest of the line above it."""
    close = state.close
    runs_on = state.last == "authority" and folded[close.authority[-1][1] - 1] == ","
    if forms(grammar)["position"].match(folded, piece[0]) and not runs_on:
        close.position = piece
        state.last = "position"
        return True
    if state.last == "authority":
        close.authority[-1] = (close.authority[-1][0], piece[1])
    elif close.position is not None:
        close.position = (close.position[0], piece[1])
    return state.signing


def _signer(grammar: Grammar, folded: str, piece: Span) -> Span | None:
    """The name of the one who signs, if the words are one: a family name first, or a name in small letters."""
    match = forms(grammar)["name"].match(folded, *piece)
    if match is None or match.end() < piece[1]:
        return None
    if opening(grammar, "family_names").match(match["name"]) is None and (
        match["name"].isupper() or opening(grammar, "body_heads").match(match["name"])
    ):
        return None
    return match.span("name")


def _add_zone(zones: list[Zone], kind: str, piece: Span) -> None:
    start, end = piece
    if zones and zones[-1].kind == kind:
        start = zones.pop().start
    zones.append(Zone("recipients" if kind == "recipients" else "signature", start, end))
