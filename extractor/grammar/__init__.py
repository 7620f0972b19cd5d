"""Grammars as data: loading, compiling and scanning ``grammars/``."""

from extractor.grammar.loading import Grammar, Rule, load_grammar
from extractor.grammar.scanning import Hits, Scanner

__all__ = ["Grammar", "Hits", "Rule", "Scanner", "load_grammar"]
