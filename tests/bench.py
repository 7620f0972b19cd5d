"""``make bench``: how fast the whole way and each stage is, beside plain yardsticks over the same bytes, in one run.

The texts are those of ../shared/real/text where that folder is there, else those of corpus/. Figures are the best of
several rounds on one core; read ratios, not seconds.
"""

from __future__ import annotations

import os
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from extractor import Extractor
from extractor.checking.checks import check_plan
from extractor.grammar import load_grammar
from extractor.language.view import make_view
from extractor.linking.activities import read_activities
from extractor.linking.canonical import resolve_agencies
from extractor.linking.references import refer_citations
from extractor.linking.roles import assign_roles
from extractor.linking.rows import read_rows
from extractor.outline.header import read_header
from extractor.outline.headings import read_outline
from extractor.pipeline import LETTERS, TAGGERS, name, tag
from extractor.tagging.abbreviations import tag_abbreviations
from extractor.tagging.context import Context
from extractor.tagging.quantity_rates import link_rates

ROOT = Path(__file__).parents[1]
REAL = ROOT.parent / "shared" / "real" / "text"
ROUNDS = 7
NEWCOMER = re.compile(
    r"(?:Quyết định|Nghị định|Nghị quyết|Thông tư|Kế hoạch|Chỉ thị|Công văn)\s+(?:số\s*:?\s*)?\d+[\w./-]*"
    r"(?:\s+ngày\s+\d{1,2}(?:/|\s+tháng\s+)\d{1,2}(?:/|\s+năm\s+)\d{4})?"
)


def best(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The shortest of several runs, seconds."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def stages(texts: list[str]) -> list[tuple[str, float]]:
    """Seconds of each stage over all texts, each stage given what those before it made."""
    grammar = load_grammar()
    views = [make_view(text) for text in texts]
    outlines = [read_outline(view, grammar) for view in views]
    headers = [read_header(view, outline, grammar) for view, outline in zip(views, outlines, strict=True)]
    contexts = [
        Context(grammar, grammar.scanner.scan(view.lower), outline, header)
        for view, outline, header in zip(views, outlines, headers, strict=True)
    ]
    pairs = list(zip(views, contexts, strict=True))
    rows: list[tuple[str, float]] = [
        ("view", best(lambda: [make_view(text) for text in texts])),
        ("outline", best(lambda: [read_outline(view, grammar) for view in views])),
        ("header", best(lambda: [read_header(v, o, grammar) for v, o in zip(views, outlines, strict=True)])),
        ("scan", best(lambda: [grammar.scanner.scan(view.lower) for view in views])),
    ]
    masked = []
    for view, context in pairs:
        taken = context.outline.zones_of("furniture", "letterhead", "signature")
        steps = {}
        for field, tagger in TAGGERS:
            steps[field] = view.hide(taken)
            taken = taken + [(mention.start, mention.end) for mention in tagger(steps[field], context)]
        masked.append(steps)
    for field, tagger in TAGGERS:
        rows.append(
            (field, best(lambda field=field, tagger=tagger: [
                tagger(steps[field], context) for steps, (_, context) in zip(masked, pairs, strict=True)
            ]))
        )  # fmt: skip
    rows.append(("abbreviations", best(lambda: [tag_abbreviations(view, context) for view, context in pairs])))
    mentions = [tag(view, context) for view, context in pairs]
    agencies = [found["agencies"] for found in mentions]
    rows.append(("roles", best(lambda: [assign_roles(v, a, c) for a, (v, c) in zip(agencies, pairs, strict=True)])))
    rows.append(
        ("canonical", best(lambda: [resolve_agencies(a, c) for a, (_, c) in zip(agencies, pairs, strict=True)]))
    )
    for found, (view, context) in zip(mentions, pairs, strict=True):
        found["rows"] = [read.row for read in read_rows(view, found["agencies"], found["times"], context)]
        for field, letter in LETTERS.items():
            name(found[field], letter, context.outline)

    def link() -> None:
        for found, (view, context) in zip(mentions, pairs, strict=True):
            refer_citations(found["citations"])
            link_rates(found["quantities"], view, grammar)
            read_activities(view, found, read_rows(view, found["agencies"], found["times"], context), context)

    rows.append(("rows, references, activities", best(link)))
    rows.append(("warnings", best(lambda: [check_plan(v, m, c) for m, (v, c) in zip(mentions, pairs, strict=True)])))
    return rows


def underthesea_ner(texts: list[str]) -> float | None:
    """Seconds that underthesea's ``ner`` takes for the first 20,000 code points, scaled to all; ``None`` without it."""
    try:
        from underthesea import ner
    except ImportError:
        return None
    sample = "\n".join(texts)[:20000]
    lines = [line for line in sample.split("\n") if line.strip()]
    ner(lines[0])
    return best(lambda: [ner(line) for line in lines], rounds=1) * sum(map(len, texts)) / len(sample)


def cold_start() -> float:
    """Seconds of ``vnplan extract`` on one plan of about 12 KB, from process start to exit (best of five)."""
    folder = REAL if REAL.is_dir() else ROOT / "corpus"
    plan = min(folder.glob("*.txt"), key=lambda path: abs(path.stat().st_size - 12_000))
    command = [str(Path(sys.executable).parent / "vnplan"), "extract", str(plan)]
    return best(lambda: subprocess.run(command, check=True, capture_output=True), rounds=5)


WHOLE = """
import sys, time, pathlib
sys.path.insert(0, sys.argv[1])
from extractor import Extractor
reader, best = Extractor(), 9.0
texts = [path.read_bytes().decode("utf-8") for path in sorted(pathlib.Path(sys.argv[2]).glob("*.txt"))]
for _ in range(5):
    start = time.perf_counter()
    for text in texts:
        reader.extract(text)
    best = min(best, time.perf_counter() - start)
print(best)
"""


def whole_of(checkout: Path, folder: Path) -> float:
    """Seconds of the whole way of a checkout of this repository, in a process of its own."""
    command = [sys.executable, "-c", WHOLE, str(checkout), str(folder)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True, cwd=folder).stdout)


def compare_with(before: Path, folder: Path) -> None:
    """Prints the whole way of another checkout beside this one's, in turns, so that a slow minute slows both."""
    pairs = [(whole_of(before, folder), whole_of(ROOT, folder)) for _ in range(ROUNDS)]
    old, new = (min(times) for times in zip(*pairs, strict=True))
    print(f"\nbefore {old * 1000:.1f} ms, now {new * 1000:.1f} ms: {old / new:.2f} of its speed")


def main() -> None:
    """Prints the tables of docs/performance.md; ``BEFORE`` in the environment names another checkout to compare with."""
    folder = REAL if REAL.is_dir() else ROOT / "corpus"
    texts = [path.read_bytes().decode("utf-8") for path in sorted(folder.glob("*.txt"))]
    size = sum(len(text.encode()) for text in texts)
    extractor, by_rules = Extractor(), Extractor(tagger="rules")
    hybrid = best(lambda: [extractor.extract(text) for text in texts])
    whole = best(lambda: [by_rules.extract(text) for text in texts])
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for number in range(1000):
        extractor.extract(texts[number % len(texts)])
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    plans = [extractor.extract(text) for text in texts]
    rows = [("rules and model (--tagger hybrid, the default)", hybrid)]
    rows.append(("the whole way by the rules (text in memory → Plan)", whole))
    rows += [(f"  {name}", seconds) for name, seconds in stages(texts)]
    rows.append(("Plan → JSON", best(lambda: [plan.to_json() for plan in plans])))
    rows.append(("one citation pattern, one pass (re)", best(lambda: [NEWCOMER.findall(text) for text in texts])))
    ner = underthesea_ner(texts)
    if ner is not None:
        rows.append(("underthesea ner (sample, scaled)", ner))
    print(f"{len(texts)} texts of {folder.parent.name}/{folder.name}, {size / 1000:.0f} KB of UTF-8, one core\n")
    print("| what | ms | MB/s | share of the whole way |\n|---|---:|---:|---:|")
    for what, seconds in rows:
        print(f"| {what} | {seconds * 1000:.1f} | {size / seconds / 1e6:.2f} | {seconds / whole:.2f} |")
    print(f"\ncold `vnplan extract` of one plan: {cold_start():.3f} s")
    if before_checkout := os.environ.get("BEFORE"):
        compare_with(Path(before_checkout).resolve(), folder)
    print(f"peak memory after {len(texts)} plans {before / 1024:.0f} MB, after 1,000 more {after / 1024:.0f} MB")


if __name__ == "__main__":
    main()
