"""What is known about a document before its mentions are read."""

from __future__ import annotations

from dataclasses import dataclass

from extractor.grammar import Grammar, Hits
from extractor.outline.structure import Outline
from extractor.plan import Header


@dataclass(frozen=True, slots=True)
class Context:
    """Handed to every tagger beside the (masked) view."""

    grammar: Grammar
    hits: Hits
    """Where rules may begin, for the whole document."""
    outline: Outline
    header: Header
