"""From a pattern as it stands in a grammar file to a regular expression.

A pattern is a regular expression with three conveniences:

- ``{name}`` stands for a named part of the file, of ``parts.yaml``, or for any word of a lexicon list;
- a blank stands for one or more blanks of the view, a blank followed by ``?`` for any number of them;
- either place of the tone mark may be written (hòa, hoà).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final

from extractor.grammar.cache import Cache
from extractor.language.folding import fold_tones
from extractor.language.view import LOWER, UPPER

_PART: Final = re.compile(r"\{([a-z][a-z_]*)\}")
_SIGN: Final = re.compile(r" ?[-/&,] ?|.", re.DOTALL)
_ELASTIC: Final = {"-": " ?- ?", "/": " ?/ ?", ",": " ?, ?", "&": r"(?: ?[&,.+-] ?| và )?"}
_LETTER_CLASSES: Final = {"upper": UPPER, "lower": LOWER, "letter": UPPER + LOWER}


def expand(pattern: str, part: Callable[[str], str]) -> str:
    """``pattern`` with every ``{name}`` replaced by ``part(name)``, again and again (parts may hold parts).

    ``{upper}``, ``{lower}`` and ``{letter}`` are the letters of Vietnamese, for use inside a class: ``[{upper}]``.
    Raises ``ValueError`` where parts hold one another.
    """
    for _ in range(12):
        if not _PART.search(pattern):
            return pattern
        pattern = _PART.sub(lambda match: _LETTER_CLASSES.get(match[1]) or part(match[1]), pattern)
    raise ValueError("parts that hold one another")


def flexible_blanks(pattern: str) -> str:
    """Blanks outside of classes made elastic: ``"a b"`` → ``"a ++b"``, ``"a ?b"`` → ``"a *+b"``."""
    pieces: list[str] = []
    in_class = False
    at = 0
    while at < len(pattern):
        sign = pattern[at]
        if sign == "\\":
            pieces.append(pattern[at : at + 2])
            at += 2
            continue
        if sign == "[":
            in_class = True
        elif sign == "]":
            in_class = False
        if sign == " " and not in_class:
            optional = pattern.startswith("?", at + 1)
            pieces.append("[ ]*+" if optional else "[ ]++")
            at += 2 if optional else 1
            continue
        pieces.append(sign)
        at += 1
    return "".join(pieces)


def compile_pattern(pattern: str, part: Callable[[str], str], cache: Cache, sheet: str = "") -> re.Pattern[str]:
    """The regular expression of a pattern of a sheet (its name, for a part may mean different things in two sheets).

    Raises ``ValueError`` (``re.error`` is one) with a reason for people.
    """
    try:
        return cache.compile(f"{sheet}: {pattern}", lambda: fold_tones(flexible_blanks(expand(pattern, part))))
    except re.error as error:
        raise ValueError(f"not a regular expression: {error}") from error


def alternation(words: Iterable[str], *, elastic: bool = False) -> str:
    """A pattern that matches the longest of ``words`` (taken literally), arranged as a tree so that it is fast.

    ``elastic``: blanks round a dash, a slash and a comma do not matter, and "&" stands for any way to join the
    parts of a code ("TN&MT": TNMT, TN-MT, TN, MT, TN và MT).
    """
    tree: dict[str, dict] = {}  # type: ignore[type-arg]
    for word in words:
        node = tree
        folded = fold_tones(word)
        for sign in _SIGN.findall(folded) if elastic else folded:
            sign = _ELASTIC.get(sign.strip(), sign) if elastic else sign
            node = node.setdefault(sign, {})
        node[""] = {}
    return _branch(tree)


def _piece(sign: str) -> str:
    return sign if sign == " " or len(sign) > 1 else re.escape(sign)


def _branch(tree: dict[str, dict]) -> str:  # type: ignore[type-arg]
    ends = "" in tree
    branches = []
    for sign, below in tree.items():
        if not sign:
            continue
        piece = _piece(sign)
        while len(below) == 1 and "" not in below:
            (sign, below), *_ = below.items()
            piece += _piece(sign)
        branches.append(piece + (_branch(below) if set(below) != {""} else ""))
    if not branches:
        return ""
    body = branches[0] if len(branches) == 1 and not ends else f"(?:{'|'.join(branches)})"
    return f"(?:{body})?" if ends and len(branches) == 1 else body + ("?" if ends else "")
