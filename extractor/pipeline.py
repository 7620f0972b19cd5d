"""The way of one document, on one screen.

text → view → outline → header → mentions, from the most certain shape to the loosest, each hidden from the
next → roles, canonical names, rows, activities → Plan.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import extractor
from extractor.checking.checks import check_plan
from extractor.grammar import Grammar, load_grammar
from extractor.language.lost_blanks import Syllables
from extractor.language.view import View, make_view
from extractor.learned.merging import How
from extractor.learned.model import SHIPPED, load_model
from extractor.learned.reader import read_agencies, revise_roles
from extractor.linking.activities import read_activities
from extractor.linking.canonical import resolve_agencies
from extractor.linking.references import refer_citations
from extractor.linking.roles import assign_roles
from extractor.linking.rows import read_rows, read_tables
from extractor.outline.header import read_header
from extractor.outline.headings import read_outline
from extractor.outline.structure import Outline
from extractor.plan import Activity, Header, Mention, Plan, Repair, Section, Source, Table, Warning
from extractor.reading import Document, Layout, read_file
from extractor.tagging.abbreviations import tag_abbreviations
from extractor.tagging.agencies import tag_agencies
from extractor.tagging.agency_shorts import tag_short_forms
from extractor.tagging.amounts import tag_amounts
from extractor.tagging.citations import tag_citations
from extractor.tagging.context import Context
from extractor.tagging.quantities import tag_quantities
from extractor.tagging.quantity_rates import link_rates
from extractor.tagging.times import tag_times

DEFAULT_TAGGER: Final = "hybrid"

Tagger = Callable[[View, Context], Sequence[Mention]]

TAGGERS: Final[tuple[tuple[str, Tagger], ...]] = (
    ("citations", tag_citations),
    ("amounts", tag_amounts),
    ("times", tag_times),
    ("quantities", tag_quantities),
    ("agencies", tag_agencies),
)
"""Field of the plan and tagger, in the order in which they take their share of the text."""

LETTERS: Final = {
    "citations": "c",
    "amounts": "a",
    "times": "t",
    "quantities": "q",
    "agencies": "g",
    "abbreviations": "b",
    "rows": "r",
}
"""The letter with which the ids of a field's mentions begin."""


class Extractor:
    """Reads plans with one grammar, loaded once. Holds no state: safe in threads, picklable."""

    def __init__(
        self,
        grammars: Path | str | None = None,
        tagger: How = DEFAULT_TAGGER,
        min_confidence: float = 0.0,
        model: Path | str | None = None,
    ) -> None:
        """``grammars`` is a folder of rule files (default: those of the package).

        ``tagger`` says who reads agencies and roles: "rules", "model" or both together, "hybrid"; ``model`` is a
        folder of ``vnplan train`` (default: that of the package). Mentions and roles less sure than
        ``min_confidence`` (0 to 1) are left out. Raises ``GrammarError`` or ``ModelError``.
        """
        self._grammar = load_grammar(grammars)
        self._tagger: How = tagger
        self._folder = SHIPPED if model is None else Path(model)
        self._model = None if tagger == "rules" else load_model(self._folder)
        self._least = min_confidence

    def __reduce__(self) -> tuple[type[Extractor], tuple[Path, How, float, Path]]:
        return Extractor, (self._grammar.folder, self._tagger, self._least, self._folder)

    def extract(self, text: str, *, name: str | None = None) -> Plan:
        """The plan that ``text`` says; ``name`` goes into ``source``."""
        data = text.encode("utf-8", "surrogatepass")
        digest = hashlib.sha256(data).hexdigest()
        return self.extract_document(Document(text, name, digest, "text/plain", len(data), "utf-8"))

    def extract_file(self, path: Path | str) -> Plan:
        """The plan in a file. Raises ``InputError`` that says what is wrong with it."""
        return self.extract_document(read_file(path))

    def extract_document(self, document: Document) -> Plan:
        """The plan in a document that was read already."""
        repairs: list[Repair] = []
        if document.ocr:
            from extractor.repairing.repairs import repair_ocr  # most documents were never pictures

            document, repairs = repair_ocr(document, self._grammar)
        source = Source(
            name=document.name,
            sha256=document.sha256,
            media_type=document.media_type,
            bytes=document.bytes,
            pages=document.layout.pages,
            page_starts=list(document.layout.starts) or None,
            ocr=document.ocr,
            repairs=repairs or None,
            encoding=document.encoding,
            extractor_version=extractor.__version__,
            grammar_hash=self._grammar.hash,
        )
        plan = self._read_plan(document.text, source, document.layout)
        put_on_pages(plan, document.layout)
        plan.warnings += [
            Warning(code=fault.code, message=fault.message, start=fault.start, end=fault.end)
            for fault in document.faults
        ]
        return plan

    def _read_plan(self, text: str, source: Source, layout: Layout) -> Plan:
        """The whole way of one text."""
        view, context = look(text, self._grammar)
        mentions = tag(view, context)
        if self._model is not None:
            mentions["agencies"] = read_agencies(view, mentions, context, self._model, self._tagger)
        assign_roles(view, mentions["agencies"], context)
        if self._model is not None:
            revise_roles(view, mentions["agencies"], context, self._model, self._tagger, self._least)
        if self._least:
            leave_out_unsure(mentions, self._least, view, layout)
        resolve_agencies(mentions["agencies"], context)
        rows = read_rows(view, mentions["agencies"], mentions["times"], context)
        mentions["rows"] = [read.row for read in rows]
        for field, letter in LETTERS.items():
            name(mentions[field], letter, context.outline)
        refer_citations(mentions["citations"])
        link_rates(mentions["quantities"], view, self._grammar)
        mentions["activities"] = read_activities(view, mentions, rows, context)
        mentions["tables"] = read_tables(view, context)
        mentions["warnings"] = check_plan(view, mentions, context)
        place(mentions, view)
        return Plan(
            source=source,
            text=text,
            header=place_header(context.header, view),
            sections=sections(context.outline, view),
            **mentions,
        )


@lru_cache(maxsize=8)
def syllables_of(grammar: Grammar) -> Syllables:
    """The syllables that a grammar knows, and what was found out with them."""
    return Syllables(grammar.words("syllables"))


def look(text: str, grammar: Grammar) -> tuple[View, Context]:
    """What is known about a text before its mentions are read."""
    view = make_view(text, syllables_of(grammar))
    outline = read_outline(view, grammar)
    header = read_header(view, outline, grammar)
    return view, Context(grammar, grammar.scanner.scan(view.lower), outline, header)


def tag(view: View, context: Context) -> dict[str, Any]:
    """The mentions by field of the plan, offsets of the view; what one tagger takes is hidden from the next."""
    view = view.hide(context.outline.zones_of("furniture", "letterhead", "signature"))
    mentions: dict[str, Any] = {"abbreviations": tag_abbreviations(view, context)}
    for field, tagger in TAGGERS:
        found = tagger(view, context)
        mentions[field] = found
        view = view.hide([(mention.start, mention.end) for mention in found])
    mentions["agencies"] = tag_short_forms(view, mentions["agencies"], mentions["abbreviations"])
    return mentions


def leave_out_unsure(mentions: Mapping[str, list[Mention]], least: float, view: View, layout: Layout) -> None:
    """Takes mentions less sure than ``least`` out, before anything refers to them."""
    for found in mentions.values():
        found[:] = [
            mention
            for mention in found
            if min(mention.confidence, layout.confidence(*view.span(mention.start, mention.end))) >= least
        ]


def name(mentions: Sequence[Mention], letter: str, outline: Outline) -> None:
    """Gives mentions their ids and their sections."""
    for number, mention in enumerate(mentions, 1):
        section = outline.section_at(mention.start)
        mention.settle(id=f"{letter}{number}", section=None if section is None else f"s{section + 1}")


def place(mentions: Mapping[str, Sequence[Mention | Table | Activity | Warning]], view: View) -> None:
    """Puts everything in its place in the text as it was read, where that is not the view's."""
    if view.offsets is None:
        return
    for found in mentions.values():
        for item in found:
            if item.start is None or item.end is None:  # a warning about the whole document
                continue
            item.start, item.end = view.span(item.start, item.end)
            if isinstance(item, Mention):
                item.text = view.text[item.start : item.end]


def put_on_pages(plan: Plan, layout: Layout) -> None:
    """Says of every mention on which page it stands, and where, as far as the format tells."""
    if not layout.starts:
        return
    for field in LETTERS:
        for mention in getattr(plan, field):
            runs = list(layout.runs_at(mention.start, mention.end))
            mention.settle(
                page=layout.page_at(mention.start),
                boxes=[run.box for run in runs] or None,
                confidence=min(mention.confidence, layout.confidence(mention.start, mention.end)),
            )


def sections(outline: Outline, view: View) -> list[Section]:
    """The section tree of the plan."""
    found = []
    for number, heading in enumerate(outline.headings, 1):
        start, end = view.span(heading.start, heading.end)
        body_start, body_end = view.span(heading.end, heading.body_end)
        found.append(
            Section(
                id=f"s{number}",
                parent=None if heading.parent is None else f"s{heading.parent + 1}",
                level=heading.level,
                marker=heading.marker,
                title=heading.title,
                start=start,
                end=end,
                body_start=body_start,
                body_end=body_end,
                path=heading.path,
            )
        )
    return found


def place_header(header: Header, view: View) -> Header:
    """The header with its spans in the text as it was read."""
    if view.offsets is None or header.spans is None:
        return header
    return header.model_copy(update={"spans": {name: view.span(*span) for name, span in header.spans.items()}})


def extract(text: str) -> Plan:
    """The plan that ``text`` says, with the grammars of the package."""
    return Extractor().extract(text)


def extract_file(path: Path | str) -> Plan:
    """The plan in a file, with the grammars of the package. Raises ``InputError``."""
    return Extractor().extract_file(path)
