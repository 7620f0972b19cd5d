"""doccano, sequence labelling with overlapping spans: one JSONL of all documents, and the labels to create.

doccano's labels have no fields; those travel in the record's ``fields``, which doccano keeps as metadata.
An agency's role is part of its label ("agency:lead"), so that it can be corrected.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, get_args

from extractor.annotating.documents import Annotated
from extractor.annotating.formats.carried import with_fields
from extractor.annotating.schema import FIELDS
from extractor.errors import GoldError
from extractor.plan import Role
from extractor.writing.files import write_text

_FILE: Final = "doccano.jsonl"
_COLOURS: Final = ("#667085", "#5b8def", "#e0a100", "#2f9e6e", "#9b59d0", "#e0663c", "#98a2b3", "#c2477f")


def write(documents: Sequence[Annotated], folder: Path) -> None:
    """doccano.jsonl, and labels.json for the project's settings. Raises OutputError."""
    records = [json.dumps(_record(number, document), ensure_ascii=False) for number, document in enumerate(documents)]
    write_text(folder / _FILE, "".join(f"{record}\n" for record in records))
    write_text(folder / "labels.json", json.dumps(list(_label_settings()), indent=1) + "\n")


def read(folder: Path) -> list[Annotated]:
    """The documents of a folder's JSONL files, as they were written or as doccano exports them. Raises GoldError."""
    paths = sorted(folder.glob("*.jsonl"))
    if not paths:
        raise GoldError(f"{folder}: there is no JSONL of doccano in this folder.")
    return [
        _read(f"{path}: line {number}", line)
        for path in paths
        for number, line in enumerate(path.read_text("utf-8").split("\n"), 1)
        if line.strip()
    ]


def _record(number: int, document: Annotated) -> dict[str, Any]:
    entities = [
        {"id": place, "label": _label(item), "start_offset": item["start"], "end_offset": item["end"]}
        for place, item in enumerate(document.entities)
    ]
    return {
        "id": number,
        "text": document.text,
        "entities": entities,
        "relations": [],
        "name": document.name,
        "header": document.header,
        "fields": document.entities,
    }


def _label(item: Mapping[str, Any]) -> str:
    return f"{item['type']}:{item['role']}" if item["type"] == "agency" and "role" in item else str(item["type"])


def _label_settings() -> Iterator[dict[str, str]]:
    for kind, colour in zip(FIELDS, _COLOURS, strict=True):
        for label in [kind, *(f"{kind}:{role}" for role in get_args(Role) if kind == "agency")]:
            yield {"text": label, "background_color": colour, "text_color": "#ffffff"}


def _read(where: str, line: str) -> Annotated:
    try:
        record = json.loads(line)
        name, text, header, known = (record[key] for key in ("name", "text", "header", "fields"))
        labels = [(item["label"], item["start_offset"], item["end_offset"]) for item in record["entities"]]
        roles = {(kind, start, end): role for kind, role, start, end in (_split(*label) for label in labels)}
    except (ValueError, KeyError, TypeError) as error:
        raise GoldError(f"{where}: not a record of doccano with the metadata that vnplan gave it: {error!r}.") from None
    entities = with_fields(text, roles, known)
    for item in entities:
        if item["type"] == "agency":
            item.pop("role", None)
            if role := roles.get((item["type"], item["start"], item["end"])):
                item["role"] = role
    return Annotated(name, text, header, entities)


def _split(label: str, start: int, end: int) -> tuple[str, str, int, int]:
    kind, _, role = label.partition(":")
    if kind not in FIELDS:
        raise ValueError(f"no type {kind!r}")
    return kind, role, start, end
