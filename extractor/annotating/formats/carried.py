"""Fields for tools that know only spans: they travel beside, and find their spans again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from extractor.annotating.documents import entity, fields_of, in_order
from extractor.evaluation.matching import overlap

Span = tuple[str, int, int]
"""Type, start, end."""


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A span without the blanks that a hand has selected with it."""
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())


def with_fields(text: str, spans: Iterable[Span], known: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Entities for the spans that came back, each with the fields of the entity that was sent there.

    A span that was moved takes the fields of the entity of its type that it shares most with and that no other span
    has; a new one has none, and ``vnplan gold check`` says what must be added.
    """
    free = {(item["type"], item["start"], item["end"]): item for item in known}
    wanted = sorted({(kind, *trimmed(text, start, end)) for kind, start, end in spans})
    found = {span: free.pop(span) for span in wanted if span in free}
    for kind, start, end in wanted:
        place = {"start": start, "end": end}
        near = [item for item in free.values() if item["type"] == kind and overlap(item, place)]
        if (kind, start, end) not in found and near:
            best = max(near, key=lambda item: overlap(item, place))
            found[kind, start, end] = free.pop((kind, best["start"], best["end"]))
    return in_order([entity(*_placed(text, span), fields_of(found.get(span, {}))) for span in wanted])


def _placed(text: str, span: Span) -> tuple[str, str, int, int]:
    kind, start, end = span
    return kind, text, start, end
