"""``make baselines``: what others, and a newcomer's pattern, would find in the gold's texts, through the same scorer.

- agencies: the organisations that ``underthesea.ner`` finds, each name as it stands;
- times: what ``dateparser`` (Vietnamese) finds, as day, month or year, as it says itself how exact it is;
- citations: one pattern such as a newcomer would write in an afternoon.

    python -m tests.baselines [GOLD_DIR TEXT_DIR]
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from extractor import Extractor
from extractor.annotating.documents import read_text
from extractor.evaluation.gold import read_gold
from extractor.evaluation.scores import evaluate

ROOT = Path(__file__).parents[1]
ABOUT = ("span", "value", "strict")

CITATION = re.compile(
    r"(?P<type>Quyết định|Nghị định|Nghị quyết|Thông tư|Chỉ thị|Kế hoạch|Công văn|Luật) (?:số )?(?P<number>\d+(?:/\d{4})?/[\w-]+)"
    r"(?: ngày (?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4}))?(?: của (?P<issuer>[A-ZĐ]\w+(?: \w+){1,4}))?"
)

Item = dict[str, Any]


def citations(text: str) -> Iterator[Item]:
    """What the pattern matches."""
    for match in CITATION.finditer(text):
        item = {"doc_type": match["type"], "number": match["number"], **place(match.start(), match.end())}
        if match["year"]:
            item["date"] = f"{match['year']}-{int(match['month']):02}-{int(match['day']):02}"
        if match["issuer"]:
            item["issuer"] = match["issuer"]
        yield item


def agencies(text: str) -> Iterator[Item]:
    """The organisations of underthesea's NER, line by line."""
    from underthesea import ner

    for offset, line in lines(text):
        at, start, end = 0, -1, -1
        for word, _, _, tag in ner(line):
            found = line.find(word, at)
            if found < 0:  # underthesea writes some signs anew
                continue
            at = found + len(word)
            if tag == "I-ORG" and start >= 0:
                end = at
                continue
            if start >= 0:
                yield {"name": line[start:end], **place(offset + start, offset + end)}
                start = -1
            if tag == "B-ORG":
                start, end = found, at
        if start >= 0:
            yield {"name": line[start:end], **place(offset + start, offset + end)}


def times(text: str) -> Iterator[Item]:
    """What dateparser finds, line by line."""
    from dateparser.date import DateDataParser
    from dateparser.search import search_dates

    parser = DateDataParser(languages=["vi"])
    forms = {"day": "%Y-%m-%d", "week": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y", "time": "%Y-%m-%d"}
    for offset, line in lines(text):
        at = 0
        for words, _ in search_dates(line, languages=["vi"]) or ():
            start = line.find(words, at)
            data = parser.get_date_data(words)
            if start < 0 or data.date_obj is None:
                continue
            at = start + len(words)
            yield {"values": [data.date_obj.strftime(forms[data.period])], **place(offset + start, offset + at)}


def lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a text that say something, with where they begin."""
    for match in re.finditer(r"[^\r\n]+", text):
        if match.group().strip():
            yield match.start(), match.group()


def place(start: int, end: int) -> Item:
    """A place as the scorer wants it."""
    return {"start": start, "end": end, "text": ""}


BASELINES: dict[str, tuple[str, str, Callable[[str], Iterator[Item]]]] = {
    "underthesea ner": ("agency", "agencies", agencies),
    "dateparser (vi)": ("time", "times", times),
    "newcomer's pattern": ("citation", "citations", citations),
}


def main() -> None:
    """Prints one table: each baseline, and vnplan on the same type."""
    gold_dir, text_dir = map(Path, sys.argv[1:3]) if len(sys.argv) > 2 else (ROOT / "gold", ROOT / "corpus")
    golds = read_gold(gold_dir)
    texts = {name: read_text(text_dir / f"{name}.txt") for name in golds}
    extractor = Extractor()
    ours = evaluate(golds, {name: extractor.extract(text).to_dict() for name, text in texts.items()})
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("type", "by", "P (value)", "R (value)", *(f"F1 {level}" for level in ABOUT)):
        table.add_column(heading, no_wrap=True)
    for baseline, (kind, field, find) in BASELINES.items():
        theirs = evaluate(golds, {name: {"text": text, field: list(find(text))} for name, text in texts.items()})
        for name, report in ((baseline, theirs), ("vnplan", ours)):
            tally = report.scores[f"{kind}.value"].tally
            levels = (f"{report.f1(f'{kind}.{level}'):.3f}" for level in ABOUT)
            table.add_row(kind, name, f"{tally.precision:.3f}", f"{tally.recall:.3f}", *levels)
    console = Console(highlight=False)
    console.print(table)
    console.print(f"{len(golds)} documents of {gold_dir.name}", style="dim")


if __name__ == "__main__":
    main()
