"""spaCy's DocBin: corpus.spacy, a Doc a document with ``doc.spans["citation"]`` … and the fields in ``doc.user_data``.

``doc.text`` is the text unchanged. Tokens are words and signs, cut where an entity begins or ends, so that every entity
is a span; training needs a tokenizer of its own. ``doc.user_data["vnplan"]`` is JSON: name, header, and the fields of
every span by its ``id_``.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from extractor.annotating.documents import Annotated, entities_by_kind, entity, fields_of, in_order
from extractor.errors import GoldError

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

_FILE: Final = "corpus.spacy"
_KEY: Final = "vnplan"


def write(documents: Sequence[Annotated], folder: Path) -> None:
    """corpus.spacy. Raises OutputError."""
    from extractor.nlp.docs import new_vocab, save_docs

    vocab = new_vocab()
    save_docs((_doc(document, vocab) for document in documents), folder / _FILE)


def read(folder: Path) -> list[Annotated]:
    """The documents of the DocBin files of a folder. Raises GoldError."""
    from extractor.nlp.docs import load_docs

    paths = sorted(folder.glob("*.spacy"))
    if not paths:
        raise GoldError(f"{folder}: there is no DocBin (.spacy) in this folder.")
    documents: list[Annotated] = []
    for path in paths:
        try:
            docs = load_docs(path)
        except Exception as error:  # zlib, msgpack, whatever a damaged file makes them raise
            raise GoldError(f"{path}: cannot be read as a DocBin: {error}.") from None
        documents += [_document(path, doc) for doc in docs]
    return documents


def _doc(document: Annotated, vocab: Vocab) -> Doc:
    """The spaCy Doc of a document."""
    from extractor.nlp.docs import Place, make_doc, set_spans

    doc = make_doc(document.text, vocab, ((item["start"], item["end"]) for item in document.entities))
    fields: dict[str, dict[str, Any]] = {}
    for kind, items in entities_by_kind(document.entities):
        places = [Place(item["start"], item["end"], kind, f"{kind}-{n}") for n, item in enumerate(items)]
        fields |= {place.id: fields_of(item) for place, item in zip(places, items, strict=True)}
        set_spans(doc, kind, places)
    beside = {"name": document.name, "header": document.header, "fields": fields}
    doc.user_data[_KEY] = json.dumps(beside, ensure_ascii=False)  # as it is, lists would come back as tuples
    return doc


def _document(path: Path, doc: Doc) -> Annotated:
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
