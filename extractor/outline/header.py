"""Header fields (to be written)."""

from __future__ import annotations

from extractor.grammar import Grammar
from extractor.language.view import View
from extractor.outline.structure import Outline
from extractor.plan import Header


def read_header(view: View, outline: Outline, grammar: Grammar) -> Header:
    """The header of a document; ``spans`` in offsets of the view."""
    return Header()
