"""The pydantic models of the JSON: what ``vnplan extract`` writes for one document.

Every offset is a code point of ``Plan.text``; ``text[start:end] == mention.text`` for every mention.
A field without a value is ``None`` here and is left out of the JSON. Money is in whole units of its
currency (VND unless said), dates are ISO 8601, time values the forms of docs/annotation.md.
"""

# no "from __future__ import annotations" here: pydantic would compile every annotation at each start

import json
from collections.abc import Collection
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

SCHEMA_VERSION = "1.0"

Relation = Literal["basis", "promulgation", "mention"]
Bound = Literal["approx", "min", "max"]
TimeKind = Literal["point", "period", "deadline", "recurring"]
Role = Literal["lead", "coordinate", "report_to", "issuer", "recipient", "approve"]
Level = Literal["central", "province", "district", "commune", "party", "mass", "unit", "media", "enterprise"]


class Record(BaseModel):
    """One object of the JSON: no field that the contract does not know."""

    model_config = ConfigDict(extra="forbid", ser_json_inf_nan="null")


class Mention(Record):
    """A place of the text that a rule or a model has read: ``text == document.text[start:end]``."""

    id: str = ""
    start: int
    end: int
    text: str
    section: str | None = None
    source: Literal["rule", "model"] = "rule"
    rule: str
    confidence: float = 1.0
    page: int | None = None
    """From 1, where the document has pages."""
    boxes: list[tuple[int, float, float, float, float]] | None = None
    """One a line: page, x0, top, x1, bottom; points (1/72 inch) from the upper left corner of the page."""

    def settle(self, **fields: Any) -> None:
        """Fills in fields that later stages find; trusted, for checking them costs as much as making the mention."""
        vars(self).update(fields)


class Citation(Mention):
    """A reference to an identifiable document: "Quyết định số 1419/QĐ-TTg ngày 07/9/2009 của …"."""

    doc_type: str
    number: str | None = None
    name: str | None = None
    date: str | None = None
    issuer: str | None = None
    subject: str | None = None
    provisions: list[str] | None = None
    relation: Relation | None = None
    refers_to: str | None = None


class Amount(Mention):
    """Money, in whole units of ``currency``; ``words_value`` is what the words say, right or wrong."""

    value: int | float | None = None
    min: int | float | None = None
    max: int | float | None = None
    currency: str = "VND"
    words: str | None = None
    words_value: int | None = None
    per: str | None = None


class Quantity(Mention):
    """A number of something that is neither money nor a point in time."""

    value: int | float | None = None
    min: int | float | None = None
    max: int | float | None = None
    unit: str
    item: str | None = None
    per: str | None = None
    bound: Bound | None = None
    per_ref: str | None = None
    per_total: int | float | None = None


class Time(Mention):
    """A temporal expression: "2019-Q2", "2016/2020", "../2019-12-25", "P1Y" …"""

    values: list[str]
    kind: TimeKind


class Agency(Mention):
    """An organisation that acts in the plan; ``generic`` for a group without a name of its own."""

    name: str
    generic: bool | None = None
    role: Role | None = None
    canonical: str | None = None
    level: Level | None = None


class Abbreviation(Mention):
    """A short form where the text defines it: "sản xuất sạch hơn (SXSH)"."""

    short: str
    long: str


class Row(Mention):
    """One data row of a table: what is to be done, by whom, from when to when, with what result."""

    table: str
    marker: str | None = None
    title: str | None = None
    lead: list[str] | None = None
    coordinate: list[str] | None = None
    start_time: str | None = None
    end_time: str | None = None
    outputs: str | None = None


class Section(Record):
    """A heading or a numbered item. ``start``/``end`` cover its marker, ``body_*`` all that it holds."""

    id: str
    parent: str | None = None
    level: int
    marker: str
    title: str | None = None
    start: int
    end: int
    body_start: int
    body_end: int
    path: str


class Table(Record):
    """A table of the text: its cells row by row, and what each column holds."""

    id: str
    section: str | None = None
    start: int
    end: int
    columns: list[str] | None = None
    cells: list[list[str]] | None = None


class Activity(Record):
    """Who does what, by when, how many, for how much."""

    id: str
    section: str | None = None
    row: str | None = None
    title: str | None = None
    start: int
    end: int
    lead: list[str] | None = None
    coordinate: list[str] | None = None
    report_to: list[str] | None = None
    times: list[str] | None = None
    quantities: list[str] | None = None
    amounts: list[str] | None = None
    outputs: list[str] | None = None


class Warning(Record):
    """A fault of the document or of its reading; it never stops the extraction."""

    code: str
    message: str
    refs: list[str] | None = None
    start: int | None = None
    end: int | None = None


class Header(Record):
    """Letterhead, title block and signature block (Decree 30/2020 Điều 8)."""

    doc_type: str | None = None
    number: str | None = None
    title: str | None = None
    issuer: str | None = None
    place: str | None = None
    date: str | None = None
    year: str | None = None
    period: str | None = None
    jurisdiction: str | None = None
    signer: str | None = None
    position: str | None = None
    authority: list[str] | None = None
    attached_to: str | None = None
    recipients: list[str] | None = None
    spans: dict[str, tuple[int, int]] | None = None


class Repair(Record):
    """Words that a picture was read wrongly for, put right where the lexicon or a rule proves what stood there."""

    start: int
    end: int
    read: str
    """What Tesseract read."""
    rule: str
    """The rule of grammars/ocr.yaml or the list of grammars/lexicon that proves it."""


class Source(Record):
    """Where the text came from and what read it."""

    name: str | None = None
    sha256: str
    media_type: str
    bytes: int
    pages: int | None = None
    page_starts: list[int] | None = None
    """The code point of ``text`` with which each page begins, as far as it was read."""
    ocr: bool | None = None
    repairs: list[Repair] | None = None
    """What was repaired in recognised pages; ``start`` and ``end`` are code points of the repaired ``text``."""
    encoding: str | None = None
    extractor_version: str
    grammar_hash: str


class Plan(Record):
    """One document, read."""

    schema_version: str = SCHEMA_VERSION
    source: Source
    text: str
    header: Header
    sections: list[Section] = []
    citations: list[Citation] = []
    amounts: list[Amount] = []
    quantities: list[Quantity] = []
    times: list[Time] = []
    agencies: list[Agency] = []
    abbreviations: list[Abbreviation] = []
    tables: list[Table] = []
    rows: list[Row] = []
    activities: list[Activity] = []
    warnings: list[Warning] = []

    def to_dict(self, *, fields: Collection[str] | None = None, text: bool = True) -> dict[str, Any]:
        """The JSON's object. ``fields`` names the lists (and "header") to keep; ``text=False`` leaves the text out."""
        data = self.model_dump(mode="json", exclude_none=True)
        if not text:
            del data["text"]
        if fields is not None:
            kept = {"schema_version", "source", "text", *fields}
            data = {key: value for key, value in data.items() if key in kept}
        return data

    def to_json(self, *, pretty: bool = False, fields: Collection[str] | None = None, text: bool = True) -> str:
        """What ``vnplan extract`` writes: one line (or indented), UTF-8 letters as they are, a final line feed."""
        if fields is None and text and not pretty:
            return self.model_dump_json(exclude_none=True) + "\n"
        data = self.to_dict(fields=fields, text=text)
        separators = None if pretty else (",", ":")
        return json.dumps(data, ensure_ascii=False, indent=1 if pretty else None, separators=separators) + "\n"
