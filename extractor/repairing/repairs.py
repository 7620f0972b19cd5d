"""Repairs of a text that Tesseract has read: the lexicon, a rule, or the order of an outline must prove each."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from extractor.grammar import Grammar
from extractor.plan import Repair
from extractor.reading.document import Document, Layout
from extractor.repairing.edits import Edit, Finding, apply
from extractor.repairing.markers import find_markers
from extractor.repairing.phrases import find_phrases
from extractor.repairing.shapes import find_shapes

Span = tuple[int, int]


def repair_ocr(document: Document, grammar: Grammar) -> tuple[Document, list[Repair]]:
    """The document with what its recognised pages say repaired, and what was repaired; as it was if that is nothing."""
    if document.ocr is not True:
        return document, []
    lines = recognised_lines(document.layout)
    text = document.text
    found = [*find_shapes(text, grammar), *find_markers(text), *find_phrases(text, lines, grammar)]
    findings = list(_apart(finding for finding in found if _are_within(finding.edits, lines)))
    return apply(document, findings) if findings else (document, [])


def recognised_lines(layout: Layout) -> list[Span]:
    """Where the lines of pages stand that were recognised from a picture, in the order of the text."""
    pages = {run.page for run in layout.runs if run.confidence < 1.0}
    return [(run.start, run.start + len(run.edges) - 1) for run in layout.runs if run.page in pages]


def _are_within(edits: Iterable[Edit], lines: list[Span]) -> bool:
    """Whether all that is to be changed was recognised, each word within one line."""
    for edit in edits:
        index = bisect_right(lines, edit.start, key=lambda line: line[0]) - 1
        if index < 0 or edit.end > lines[index][1]:
            return False
    return True


def _apart(findings: Iterable[Finding]) -> Iterable[Finding]:
    """The findings in the order of the text, without those that overlap the one before."""
    end = 0
    for finding in sorted(findings, key=lambda finding: finding.start):
        if finding.start >= end:
            yield finding
            end = finding.end
