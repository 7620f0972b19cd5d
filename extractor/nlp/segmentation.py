"""Words of several syllables, as underthesea finds them, as places of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from extractor.language.view import make_view

_PARAGRAPH: Final = re.compile(r"[^\n]+")


def find_words(text: str) -> Iterator[tuple[int, int]]:
    """The words of a text that underthesea finds, as (start, end) in text order, code points.

    Paragraph by paragraph: a word may run over a hard wrap.
    """
    view = make_view(text)
    for paragraph in _PARAGRAPH.finditer(view.plain):
        at = paragraph.start()
        for start, end in _words_of(view.composed[slice(*paragraph.span())]):
            yield view.span(at + start, at + end)


def _words_of(paragraph: str) -> Iterator[tuple[int, int]]:
    """The words of a paragraph; one that underthesea writes otherwise is left out."""
    from underthesea import word_tokenize  # takes a second: only who asks for words waits for it

    at = 0
    for word in word_tokenize(paragraph, use_token_normalize=False) if paragraph.strip() else ():
        syllables = str(word).split()
        found = [place for syllable in syllables if (place := paragraph.find(syllable, at)) >= 0]
        if len(found) == len(syllables) > 0:
            at = found[-1] + len(syllables[-1])
            yield found[0], at
