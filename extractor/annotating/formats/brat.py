"""brat standoff: NAME.txt, NAME.ann, and the configuration that makes a folder a collection.

A span that runs over a line break has a fragment for each line, as brat wants it. Role, kind, relation, bound and
generic are attributes, to be set with the mouse; the rest of the fields is a note, as JSON. The header is an entity on
the first line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, get_args

from extractor.annotating.documents import Annotated, entity, fields_of, in_order, read_text
from extractor.annotating.schema import FIELDS
from extractor.errors import GoldError
from extractor.plan import Bound, Relation, Role, TimeKind
from extractor.writing.files import write_text

_HEADER: Final = "header"
_ATTRIBUTES: Final = {  # field → the type it belongs to, and what it may be
    "role": ("agency", get_args(Role)),
    "generic": ("agency", ()),
    "kind": ("time", get_args(TimeKind)),
    "relation": ("citation", get_args(Relation)),
    "bound": ("quantity", get_args(Bound)),
}
_TEXT_BOUND: Final = re.compile(r"T\d+\t(?P<kind>\S+) (?P<fragments>[\d ;]+)\t")
_NOTE: Final = re.compile(r"#\d+\tAnnotatorNotes (?P<target>T\d+)\t(?P<note>.*)")
_ATTRIBUTE: Final = re.compile(r"[AM]\d+\t(?P<field>\S+) (?P<target>T\d+)(?: (?P<value>\S+))?\s*")


def write(documents: Sequence[Annotated], folder: Path) -> None:
    """NAME.txt and NAME.ann of each document, annotation.conf and visual.conf. Raises OutputError."""
    write_text(folder / "annotation.conf", _annotation_conf())
    write_text(folder / "visual.conf", "[labels]\n\n[drawing]\nSPAN_DEFAULT bgColor:#ffe8b3, borderColor:darken\n")
    for document in documents:
        write_text(folder / f"{document.name}.txt", document.text)
        write_text(folder / f"{document.name}.ann", "".join(f"{line}\n" for line in _lines(document)))


def read(folder: Path) -> list[Annotated]:
    """The documents of a brat folder. Raises GoldError when there are none, or one is not standoff."""
    paths = sorted(folder.glob("*.ann"))
    if not paths:
        raise GoldError(f"{folder}: there is no NAME.ann of brat in this folder.")
    return [_read(path) for path in paths]


def _lines(document: Annotated) -> Iterator[str]:
    number = note = attribute = 0
    items = [*_header_item(document), *document.entities]
    for number, item in enumerate(items, 1):
        fragments = list(_fragments(document.text, item["start"], item["end"]))
        places = ";".join(f"{start} {end}" for start, end in fragments)
        words = " ".join(document.text[start:end] for start, end in fragments)
        yield f"T{number}\t{item['type']} {places}\t{words}"
        fields = fields_of(item)
        for field in [field for field in fields if field in _ATTRIBUTES and item["type"] == _ATTRIBUTES[field][0]]:
            value = fields.pop(field)
            attribute += 1
            yield f"A{attribute}\t{field} T{number}" + ("" if value is True else f" {value}")
        if fields:
            note += 1
            yield f"#{note}\tAnnotatorNotes T{number}\t{json.dumps(fields, ensure_ascii=False)}"


def _header_item(document: Annotated) -> Iterator[dict[str, Any]]:
    first = re.search(r"\S(?:[^\r\n]*\S)?", document.text)
    if document.header and first:
        yield entity(_HEADER, document.text, *first.span(), document.header)


def _fragments(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of a span on their lines, without the line breaks and the blanks beside them."""
    for match in re.compile(r"[^\s](?:[^\r\n]*[^\s])?").finditer(text, start, end):
        yield match.span()


def _read(path: Path) -> Annotated:
    text = read_text(path.with_suffix(".txt"))
    spans: dict[str, tuple[str, int, int]] = {}
    fields: dict[str, dict[str, Any]] = {}
    for number, line in enumerate(read_text(path).split("\n"), 1):
        if bound := _TEXT_BOUND.match(line):
            places = [int(place) for place in re.findall(r"\d+", bound["fragments"])]
            spans[line.partition("\t")[0]] = bound["kind"], places[0], places[-1]
        elif note := _NOTE.fullmatch(line):
            fields.setdefault(note["target"], {}).update(_note(path, number, note["note"]))
        elif attribute := _ATTRIBUTE.fullmatch(line):
            fields.setdefault(attribute["target"], {})[attribute["field"]] = attribute["value"] or True
        elif line.strip() and not line.startswith(("#", "R", "E", "*", "N")):  # brat's other kinds: nothing of gold
            raise GoldError(f"{path}: line {number}: not brat standoff: {line[:60]!r}.")
    header = next((fields.get(target, {}) for target, span in spans.items() if span[0] == _HEADER), {})
    for target, (kind, _, end) in spans.items():
        if kind not in (*FIELDS, _HEADER) or end > len(text):
            raise GoldError(f"{path}: {target}: {kind} up to {end} is no entity of {path.with_suffix('.txt').name}.")
    entities = [
        entity(kind, text, start, end, fields.get(target, {}))
        for target, (kind, start, end) in spans.items()
        if kind != _HEADER
    ]
    return Annotated(path.stem, text, header, in_order(entities))


def _note(path: Path, number: int, note: str) -> Mapping[str, Any]:
    try:
        fields = json.loads(note)
    except ValueError:
        fields = None
    if not isinstance(fields, dict):
        raise GoldError(
            f'{path}: line {number}: a note must be the fields as JSON, as {{"unit": "lớp"}}: {note[:60]!r}.'
        )
    return fields


def _annotation_conf() -> str:
    attributes = [
        f"{field} Arg:{kind}" + (f", Value:{'|'.join(values)}" if values else "")
        for field, (kind, values) in _ATTRIBUTES.items()
    ]
    sections = {"entities": [_HEADER, *FIELDS], "relations": [], "events": [], "attributes": attributes}
    return "\n".join(f"[{name}]\n" + "".join(f"{line}\n" for line in lines) for name, lines in sections.items())
