"""A spaCy tokenizer that never changes the text: ``[nlp.tokenizer] @tokenizers = "vnplan_tokenizer"``.

"1419/QĐ-TTg," is "1419/QĐ-TTg" and ",", "955.651.000" is one token. With ``words = true`` a Doc carries underthesea's
words, too: ``token._.vnplan_word`` is the Span of the word that a token (a syllable) belongs to.
"""

# no "from __future__ import annotations" here: spaCy checks the settings by the types of a factory's parameters

from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import DummyTokenizer
from spacy.vocab import Vocab

from extractor.nlp.docs import make_doc
from extractor.nlp.extensions import keep_words
from extractor.nlp.segmentation import find_words


class PlanTokenizer(DummyTokenizer):
    """Text → Doc with ``doc.text == text``; it has nothing to save, which is what spaCy's base class says for it."""

    def __init__(self, vocab: Vocab, *, words: bool) -> None:
        """``words`` asks underthesea for words of several syllables."""
        self.vocab = vocab
        self.words = words

    def __call__(self, text: str) -> Doc:
        doc = make_doc(text, self.vocab)
        if self.words:
            keep_words(doc, find_words(text))
        return doc


def create_tokenizer(words: bool = False) -> Callable[[Language], PlanTokenizer]:
    """What ``@tokenizers = "vnplan_tokenizer"`` in a config makes."""

    def create(nlp: Language) -> PlanTokenizer:
        return PlanTokenizer(nlp.vocab, words=words)

    return create
