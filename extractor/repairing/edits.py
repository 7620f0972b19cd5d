"""Changes of a recognised text, with the places of everything in it moved."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from extractor.plan import Repair
from extractor.reading.document import Document, Fault, Run


@dataclass(frozen=True, slots=True)
class Edit:
    """Code points ``start`` to ``end`` (of one run, where the text was recognised) to be read as ``words``."""

    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Words that were read wrongly, which rule or list proves it, and what to change in them."""

    start: int
    end: int
    rule: str
    edits: tuple[Edit, ...]


def apply(document: Document, findings: Sequence[Finding]) -> tuple[Document, list[Repair]]:
    """The document with the changes of ``findings`` (in order, apart from each other), and what was repaired."""
    edits = [edit for finding in findings for edit in finding.edits]
    moved = mover(edits)
    layout = replace(
        document.layout,
        starts=[moved(start) for start in document.layout.starts],
        runs=[_moved_run(run, edits, moved) for run in document.layout.runs],
    )
    faults = [_moved_fault(fault, moved) for fault in document.faults]
    repairs = [
        Repair(
            start=moved(finding.start),
            end=moved(finding.end),
            read=document.text[finding.start : finding.end],
            rule=finding.rule,
        )
        for finding in findings
    ]
    return replace(document, text=edited(document.text, edits), layout=layout, faults=faults), repairs


def edited(text: str, edits: Sequence[Edit], start: int = 0, end: int | None = None) -> str:
    """Code points ``start`` to ``end`` of a text with ``edits`` made; they are in order and within."""
    pieces: list[str] = []
    for edit in edits:
        pieces += (text[start : edit.start], edit.words)
        start = edit.end
    return "".join([*pieces, text[start:end]])


def mover(edits: Sequence[Edit]) -> Callable[[int], int]:
    """From a place in the text to the same place with the edits made; within one, letters are counted one for one."""
    ends = [edit.end for edit in edits]
    shifts = [0, *accumulate(len(edit.words) - (edit.end - edit.start) for edit in edits)]

    def moved(place: int) -> int:
        passed = bisect_right(ends, place)
        if passed < len(edits) and edits[passed].start < place:
            place = min(place, edits[passed].start + len(edits[passed].words))
        return place + shifts[passed]

    return moved


def _moved_fault(fault: Fault, moved: Callable[[int], int]) -> Fault:
    if fault.start is None or fault.end is None:
        return fault
    return replace(fault, start=moved(fault.start), end=moved(fault.end))


def _moved_run(run: Run, edits: Sequence[Edit], moved: Callable[[int], int]) -> Run:
    """The run in its new place; letters that were added or dropped share the room of those that stood there."""
    end = run.start + len(run.edges) - 1
    first = bisect_right(edits, run.start, key=lambda edit: edit.end)
    last = bisect_right(edits, end, key=lambda edit: edit.end)
    edges = run.edges
    for edit in reversed(edits[first:last]):
        left, right, count = edit.start - run.start, edit.end - run.start, len(edit.words)
        if count != right - left:
            step = (edges[right] - edges[left]) / count
            between = array("f", (edges[left] + step * number for number in range(1, count)))
            edges = edges[: left + 1] + between + edges[right:]
    return replace(run, start=moved(run.start), edges=edges)
