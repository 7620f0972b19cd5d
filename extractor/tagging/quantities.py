"""Tagger of one kind of mention: quantity (to be written)."""

from __future__ import annotations

from extractor.language.view import View
from extractor.plan import Quantity
from extractor.tagging.context import Context


def tag_quantities(view: View, context: Context) -> list[Quantity]:
    """The quantity mentions of a (masked) view, in text order."""
    return []
