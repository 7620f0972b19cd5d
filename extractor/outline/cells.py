"""The cells of tables that were flattened into text, in the three ways in which copies of plans do it.

Markdown rows (``| a | b |``), one cell a line between lone ``|`` lines (what HTML tables become in web copies), and
tab-separated lines. Each gives the rows of a table as lists of places (start, end) in the view, blanks trimmed;
an empty cell has start == end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

Place = tuple[int, int]
Rows = list[list[Place]]

_PIPE_ROW: Final = re.compile(r"\n[ \t]*+\|([^\n|]*+\|[^\n]*)\|[ \t]*+(?=\n|\Z)")
_BARE_ROW: Final = re.compile(r"\n(?P<cells>[ \t]*+[^\n| \t][^\n|]*+\|[^\n|]*+\|[^\n]*+)")
_DRAWN_LINE: Final = re.compile(r"\n[ \t]*+(?:\|(?P<cells>[^\n|]*+\|[^\n]*)\||(?P<rule>\+[-=+]{3,}\+))[ \t]*+(?=\n|\Z)")
_PIPE_RULE: Final = re.compile(r"[ |:_=-]+")
_LONE_PIPE: Final = re.compile(r"\n[ ]*+\|(?=[ ]*+(?:\n|\Z))")
_MARKER_CELL: Final = re.compile(r"(?:[IVX]{1,6}|[0-9]{1,3}(?:\.[0-9]{1,3}){0,4}|[a-zđA-ZĐ]|[-+])[.)]?")
_LONGEST_CELL: Final = 6000
"""More code points than that between two lone pipes are the text between two tables."""


def trim(text: str, start: int, end: int) -> Place:
    """The place without the blanks at its ends."""
    words = text[start:end].strip()
    start = text.find(words, start, end)
    return start, start + len(words)


def _row(text: str, sign: str, start: int, end: int) -> list[Place]:
    """The cells of a row that a sign parts."""
    row = []
    for cell in text[start:end].split(sign):
        words = cell.strip()
        left = start + cell.find(words)
        row.append((left, left + len(words)))
        start += len(cell) + 1
    return row


def is_marker(text: str) -> bool:
    """Whether a cell holds nothing but the number of its row: "1", "II", "2.1", "a)"."""
    return len(text) < 16 and _MARKER_CELL.fullmatch(text) is not None


def pipe_tables(plain: str) -> Iterator[Rows]:
    """Tables of Markdown rows: two or more neighbouring lines that begin and end with a pipe."""
    rows: Rows = []
    end = 0
    for match in _PIPE_ROW.finditer("\n" + plain):
        if rows and match.start() > end:
            yield rows
            rows = []
        end = match.end()
        if not _PIPE_RULE.fullmatch(match[1]):
            rows.append(_row(plain, "|", match.start(1) - 1, match.end(1) - 1))
    if rows:
        yield rows


def bare_tables(plain: str) -> Iterator[Rows]:
    """Tables whose cells only a pipe parts, with none at the sides: neighbouring lines with as many cells as the first.

    The last row may lack its last cells.
    """
    rows: Rows = []
    end = 0
    for match in _BARE_ROW.finditer("\n" + plain):
        row = _row(plain, "|", match.start(), match.end() - 1)
        if rows and (match.start() > end or len(row) > len(rows[0])):
            yield rows
            rows = []
        end = match.end()
        if not _PIPE_RULE.fullmatch(match[1]):
            rows.append(row)
    if rows:
        yield rows


def drawn_tables(plain: str) -> Iterator[tuple[Rows, frozenset[int]]]:
    """Tables drawn with lines, as terminals and antiword print them: their lines, and which go on with the row above.

    Where rules are drawn they part the rows; without them a line goes on when it has no number and a word of it did
    not fit into the cell above.
    """
    lines: Rows = []
    ruled: set[int] = set()
    end = 0
    for match in _DRAWN_LINE.finditer("\n" + plain):
        if match.start() > end:
            yield from _drawn(plain, lines, ruled)
            lines, ruled = [], set()
        end = match.end()
        if match["rule"]:
            ruled.add(len(lines))
        else:
            lines.append(_row(plain, "|", match.start("cells") - 1, match.end("cells") - 1))
    yield from _drawn(plain, lines, ruled)


def _drawn(plain: str, lines: Rows, ruled: set[int]) -> Iterator[tuple[Rows, frozenset[int]]]:
    """A table, if it is drawn: rules part its rows, or its sides stand below one another and cells go on."""
    if len(lines) < 2:
        return
    if ruled - {0, len(lines)}:
        yield lines, frozenset(range(1, len(lines))) - ruled
    elif len({_sides(plain, line) for line in lines}) == 1 and not any(_is_rule(plain, line) for line in lines):
        pairs = enumerate(pairwise(lines), 1)
        going_on = frozenset(number for number, (above, below) in pairs if _went_on(plain, above, below))
        if going_on:
            yield lines, going_on


def _is_rule(plain: str, line: list[Place]) -> bool:
    """Whether a line is that below the headings of a Markdown table, whose rows have one line each."""
    return _PIPE_RULE.fullmatch(plain, line[0][0], line[-1][1]) is not None


def _sides(plain: str, line: list[Place]) -> tuple[int, ...]:
    """Where in its line each cell ends."""
    start = plain.rfind("\n", 0, line[0][0]) + 1
    return tuple(plain.find("|", end) - start for _, end in line)


def _went_on(plain: str, above: list[Place], below: list[Place]) -> bool:
    """Whether a line without a number goes on in the cells above it, one of which had no room for its first word."""
    filled = [pair for pair in zip(above, below, strict=True) if pair[1][0] < pair[1][1]]
    if below[0][0] < below[0][1] or not all(up[0] < up[1] for up, _ in filled):
        return False
    full = [_was_full(plain, *pair) for pair in filled]
    return any(full) and (full[0] or not plain[filled[0][1][0]].isupper())


def _was_full(plain: str, above: Place, below: Place) -> bool:
    room = plain.find("|", above[1]) - above[1]
    return room <= len(plain[slice(*below)].split()[0]) + 1


def tab_tables(plain: str) -> Iterator[Rows]:
    """Tables of tab-separated lines: neighbouring lines (blank ones between them) with two tabs or more."""
    rows: Rows = []
    at = row_end = 0
    while (tab := plain.find("\t", at)) >= 0:
        start = plain.rfind("\n", at, tab) + 1
        at = plain.find("\n", tab)
        at = at if at >= 0 else len(plain)
        if plain.count("\t", tab, at) < 2:
            continue
        if rows and plain[row_end:start].strip():
            yield rows
            rows = []
        rows.append(_row(plain, "\t", start, at))
        row_end = at
    if rows:
        yield rows


def flattened_tables(plain: str) -> Iterator[tuple[list[Place], list[int]]]:
    """Tables between lone pipes as streams: non-empty cells, and how many pipes stand before each and at the end."""
    text = "\n" + plain  # a document may begin with a pipe
    pipes = [match.end() - 2 for match in _LONE_PIPE.finditer(text)]
    group: list[int] = []
    for pipe in pipes:
        if group and (pipe - group[-1] > _LONGEST_CELL or _parts_tables(plain[group[-1] + 1 : pipe])):
            yield _stream(plain, group)
            group = []
        group.append(pipe)
    if group:
        yield _stream(plain, group)


def _parts_tables(between: str) -> bool:
    """Whether what stands between two pipes parts two tables: an empty line, and words; alone it is an empty cell."""
    return "\n\n" in between and not between.isspace()


def _stream(plain: str, pipes: list[int]) -> tuple[list[Place], list[int]]:
    cells: list[Place] = []
    runs = [1]
    for left, right in pairwise(pipes):
        start, end = trim(plain, left + 1, right)
        if start < end:
            cells.append((start, end))
            runs.append(1)
        else:
            runs[-1] += 1
    return cells, runs


def row_lengths(runs: list[int]) -> list[int]:
    """How many cells stand between one double pipe of a stream and the next: a row holds as many, or more."""
    breaks = [0, *(index for index in range(1, len(runs)) if runs[index] > 1 or index == len(runs) - 1)]
    return [right - left for left, right in pairwise(breaks)]


def rows_of_stream(
    plain: str, cells: list[Place], runs: list[int], header_width: int, width: int, numbered: bool
) -> Rows:
    """The rows of a stream: headings of ``header_width`` cells, then rows of at most ``width``, numbered or not.

    A double pipe is the end of a row or an empty cell: it ends the row when the next cell does not fit into it, or
    is the number of a row.
    """
    rows: Rows = [cells[:header_width], []]
    for place, run in zip(cells[header_width:], runs[header_width:], strict=False):
        row = rows[-1]
        if row and run > 1:
            empty = run - 2
            if len(row) + run > width or (numbered and is_marker(plain[place[0] : place[1]])):
                before = min(empty, max(0, width - len(row)))
                row += [(place[0], place[0])] * before
                rows.append([(place[0], place[0])] * min(empty - before, width - 1))
            else:
                row += [(place[0], place[0])] * (run - 1)
        rows[-1].append(place)
    return [row for row in rows if row]
