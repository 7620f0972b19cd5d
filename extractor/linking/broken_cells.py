"""Cells that run over several lines of a drawn table: "Sở Thông tin và | Truyền thông".

No mention can stand for what lies in two places of the text, but the row can say what its cells mean: their words are
joined and read again.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractor.language.view import View, make_view
from extractor.linking.canonical import resolve_agencies
from extractor.linking.roles import assign_roles
from extractor.outline.structure import Cell, ColumnKind, Outline
from extractor.plan import Agency, Role, Time
from extractor.tagging.agencies import tag_agencies
from extractor.tagging.context import Context
from extractor.tagging.times import tag_times


def agencies_of(view: View, parts: Sequence[Cell], kind: ColumnKind, context: Context) -> list[Agency]:
    """The agencies that the parts of one cell name together, with the roles that its column gives them."""
    joined, alone = _joined(view, parts, context)
    found = tag_agencies(joined, alone)
    assign_roles(joined, found, alone)
    resolve_agencies(found, alone)
    for agency in found:
        role: Role | None = agency.role
        if kind == "coordinate" or (kind == "lead" and role != "coordinate"):
            role = kind
        agency.settle(role=role)
    return found


def times_of(view: View, parts: Sequence[Cell], context: Context) -> list[Time]:
    """The times that the parts of one cell say together."""
    return tag_times(*_joined(view, parts, context))


def _joined(view: View, parts: Sequence[Cell], context: Context) -> tuple[View, Context]:
    joined = make_view(" ".join(view.words(part.start, part.end) for part in parts))
    return joined, Context(context.grammar, context.grammar.scanner.scan(joined.lower), Outline(), context.header)
