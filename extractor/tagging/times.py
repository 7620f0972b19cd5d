"""Tagger of one kind of mention: time (to be written)."""

from __future__ import annotations

from extractor.language.view import View
from extractor.plan import Time
from extractor.tagging.context import Context


def tag_times(view: View, context: Context) -> list[Time]:
    """The time mentions of a (masked) view, in text order."""
    return []
