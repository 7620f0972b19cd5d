"""spaCy's DocBin: corpus.spacy, a Doc a document with ``doc.spans["citation"]`` … and the fields in ``doc.user_data``.

``doc.text`` is the text unchanged. Tokens are words and signs, cut where an entity begins or ends, so that every entity
is a span; training needs a tokenizer of its own. ``doc.user_data["vnplan"]`` is JSON: name, header, and the fields of
every span by its ``id_``.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from extractor.annotating.documents import Annotated, entities_by_kind, entity, fields_of, in_order
from extractor.annotating.formats.tokens import cut_tokens
from extractor.errors import GoldError, OutputError

_FILE: Final = "corpus.spacy"
_KEY: Final = "vnplan"


def write(documents: Sequence[Annotated], folder: Path) -> None:
    """corpus.spacy. Raises OutputError."""
    import spacy
    from spacy.tokens import DocBin

    vocab = spacy.blank("xx").vocab
    docs = DocBin(docs=[_doc(document, vocab) for document in documents], store_user_data=True)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        docs.to_disk(folder / _FILE)
    except OSError as error:
        raise OutputError(f"{folder / _FILE}: cannot be written: {error.strerror or error}.") from None


def read(folder: Path) -> list[Annotated]:
    """The documents of the DocBin files of a folder. Raises GoldError."""
    import spacy
    from spacy.tokens import DocBin

    paths = sorted(folder.glob("*.spacy"))
    if not paths:
        raise GoldError(f"{folder}: there is no DocBin (.spacy) in this folder.")
    vocab = spacy.blank("xx").vocab
    documents: list[Annotated] = []
    for path in paths:
        try:
            docs = list(DocBin().from_disk(path).get_docs(vocab))
        except Exception as error:  # zlib, msgpack, whatever a damaged file makes them raise
            raise GoldError(f"{path}: cannot be read as a DocBin: {error}.") from None
        documents += [_document(path, doc) for doc in docs]
    return documents


def _doc(document: Annotated, vocab: Any) -> Any:
    """The spaCy Doc of a document."""
    from spacy.tokens import Doc

    tokens = cut_tokens(document.text, document.entities, blanks=True)
    words: list[str] = []
    spaces: list[bool] = []
    for start, end in tokens:
        word = document.text[start:end]
        if word == " " and words and not spaces[-1]:
            spaces[-1] = True  # the blank behind a word belongs to it; every other white space is a token
        else:
            words.append(word)
            spaces.append(False)
    doc = Doc(vocab, words=words, spaces=spaces)
    fields: dict[str, dict[str, Any]] = {}
    for kind, items in entities_by_kind(document.entities):
        spans: list[Any] = []
        for number, item in enumerate(items):
            name = f"{kind}-{number}"
            fields[name] = fields_of(item)
            spans.append(doc.char_span(item["start"], item["end"], label=kind, span_id=name))
        doc.spans[kind] = spans
    beside = {"name": document.name, "header": document.header, "fields": fields}
    doc.user_data[_KEY] = json.dumps(beside, ensure_ascii=False)  # as it is, lists would come back as tuples
    return doc


def _document(path: Path, doc: Any) -> Annotated:
    try:
        data = json.loads(doc.user_data[_KEY])
    except (KeyError, TypeError, ValueError):
        raise GoldError(f"{path}: not written by vnplan: its documents have no user_data[{_KEY!r}].") from None
    entities = [
        entity(kind, doc.text, span.start_char, span.end_char, data["fields"].get(span.id_, {}))
        for kind, spans in doc.spans.items()
        for span in spans
    ]
    return Annotated(data["name"], doc.text, data["header"], in_order(entities))
