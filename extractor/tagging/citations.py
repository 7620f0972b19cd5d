"""Tagger of one kind of mention: citation (to be written)."""

from __future__ import annotations

from extractor.language.view import View
from extractor.plan import Citation
from extractor.tagging.context import Context


def tag_citations(view: View, context: Context) -> list[Citation]:
    """The citation mentions of a (masked) view, in text order."""
    return []
