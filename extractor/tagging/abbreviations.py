"""Tagger of one kind of mention: abbreviation (to be written)."""

from __future__ import annotations

from extractor.language.view import View
from extractor.plan import Abbreviation
from extractor.tagging.context import Context


def tag_abbreviations(view: View, context: Context) -> list[Abbreviation]:
    """The abbreviation mentions of a (masked) view, in text order."""
    return []
