"""Sections (to be written)."""

from __future__ import annotations

from extractor.grammar import Grammar
from extractor.language.view import View
from extractor.outline.structure import Outline


def read_outline(view: View, grammar: Grammar) -> Outline:
    """Sections, zones and tables of a document."""
    return Outline()
