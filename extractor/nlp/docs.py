"""spaCy Docs whose text is the text unchanged, their spans, and files of them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import spacy
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

from extractor.errors import OutputError
from extractor.nlp.tokens import cut_tokens


class Place(NamedTuple):
    """What becomes a span: code points of the text, its label, its ``id_``."""

    start: int
    end: int
    label: str
    id: str


def make_doc(text: str, vocab: Vocab, spans: Iterable[tuple[int, int]] = ()) -> Doc:
    """A Doc with ``doc.text == text``; a token begins and ends wherever one of ``spans`` does."""
    words: list[str] = []
    spaces: list[bool] = []
    for start, end in cut_tokens(text, spans, blanks=True):
        word = text[start:end]
        if word == " " and words and not spaces[-1]:
            spaces[-1] = True  # the blank behind a word belongs to it; every other white space is a token
        else:
            words.append(word)
            spaces.append(False)
    return Doc(vocab, words=words, spaces=spaces)


def set_spans(doc: Doc, key: str, places: Iterable[Place]) -> None:
    """``doc.spans[key]``; a place that begins or ends within a token becomes the span of whole tokens round it."""
    spans = (
        doc.char_span(place.start, place.end, label=place.label, span_id=place.id, alignment_mode="expand")
        for place in places
    )
    doc.spans[key] = [span for span in spans if span is not None]


def new_vocab() -> Vocab:
    """An empty vocabulary without a language."""
    return spacy.blank("xx").vocab


def save_docs(docs: Iterable[Doc], path: Path) -> None:
    """One DocBin file of Docs with their user data. Raises OutputError."""
    docbin = DocBin(docs=docs, store_user_data=True)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        docbin.to_disk(path)
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {error.strerror or error}.") from None


def load_docs(path: Path) -> list[Doc]:
    """The Docs of a DocBin file. Raises whatever zlib, msgpack or the disk raise."""
    return list(DocBin(store_user_data=True).from_disk(path).get_docs(new_vocab()))
