"""Tagger of one kind of mention: agency (to be written)."""

from __future__ import annotations

from extractor.language.view import View
from extractor.plan import Agency
from extractor.tagging.context import Context


def tag_agencies(view: View, context: Context) -> list[Agency]:
    """The agency mentions of a (masked) view, in text order."""
    return []
