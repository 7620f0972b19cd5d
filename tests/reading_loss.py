"""``make reading``: what is lost by reading the same plans from PDF, Word files, web pages and scans, and how fast.

All texts are laid out by LibreOffice (tests/laying_out.py), read again and scored against their gold by values only:
the bags of key fields, wherever they stand. ``--ocr`` adds scans of a few documents, ``--legacy`` text files in TCVN3
and VNI, ``--differences`` says what a format gave otherwise than the text, ``--memory`` what many pages take.
"""

from __future__ import annotations

import argparse
import io
import resource
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pdfplumber
import pypdfium2

from extractor import Extractor
from extractor.evaluation.gold import GOLD_SUFFIX, KEY_FIELDS, LISTS, Item, read_gold
from extractor.evaluation.sameness import HEADER_FIELDS, normal
from extractor.evaluation.scores import MACRO_TYPES, score_document
from extractor.evaluation.tally import Tally
from extractor.reading import Limits, read_bytes
from extractor.reading.pdf import read_pages
from tests.laying_out import FORMATS, as_images, convert, texts, write_sources

ROOT = Path(__file__).parents[1]
GOLD_FOLDERS = (ROOT / "gold", ROOT.parent / "shared" / "real" / "gold")
EVERYWHERE = {"start": 0, "end": 1}

Files = Mapping[str, bytes]
"""What is read of each document, by its name."""


@dataclass(frozen=True, slots=True)
class Read:
    """The plans of one format by name, and the seconds that reading alone took."""

    plans: dict[str, Item]
    seconds: float


# --- values only ---------------------------------------------------------------------------------------------------


def macro_of_values(golds: Mapping[str, Item], plans: Mapping[str, Item]) -> float:
    """``macro.value`` of the reference scorer with ``--values-only``."""
    totals = {kind: Tally() for kind in MACRO_TYPES}
    for name, gold in golds.items():
        for kind, tally in tallies_of_values(name, gold, plans.get(name, {})).items():
            totals[kind] += tally
    return round(sum(tally.f1 for tally in totals.values()) / len(totals), 4)


def tallies_of_values(name: str, gold: Item, plan: Item) -> dict[str, Tally]:
    """The tallies of one document by type when everything stands in one place, so that only values tell."""
    flat = {**plan, **{field: [{**item, **EVERYWHERE} for item in plan.get(field, [])] for field in LISTS.values()}}
    entities = [{**item, **EVERYWHERE} for item in gold["entities"]]
    citations = [item for item in entities if item["type"] == "citation"]
    others = [item for item in entities if item["type"] != "citation"]  # alone: nothing stands inside a citation
    tallies, _ = score_document(name, {**gold, "entities": others}, flat)
    cited, _ = score_document(name, {**gold, "entities": citations}, {"citations": flat["citations"]})
    tallies["citation.value"] = cited["citation.value"]
    return {kind: tallies[f"{kind}.value"] for kind in MACRO_TYPES}


def differences(text_plan: Item, plan: Item) -> Iterator[str]:
    """What a plan says otherwise than that of the text: "-" what it lacks, "+" what it has more."""
    for kind, field in LISTS.items():
        keys = ("number", "date", "issuer", "value", "min", "max", "per", *KEY_FIELDS.get(kind, ()))
        said, read = (
            Counter(" | ".join(normal(item[key]) for key in keys if item.get(key)) for item in side.get(field, []))
            for side in (text_plan, plan)
        )
        for sign, bag in (("-", said - read), ("+", read - said)):
            yield from (f"{sign} {kind}: {value}" for value in bag.elements())
    for name in HEADER_FIELDS:
        one, other = (side.get("header", {}).get(name) for side in (text_plan, plan))
        if normal(one or "") != normal(other or ""):
            yield f"- header.{name}: {one!r}, + {other!r}"


# --- reading -------------------------------------------------------------------------------------------------------


def read_all(extractor: Extractor, files: Files, ending: str) -> Read:
    """Every file read and extracted; the clock runs for reading only."""
    plans: dict[str, Item] = {}
    seconds = 0.0
    for name, data in files.items():
        start = time.perf_counter()
        document = read_bytes(data, f"{name}.{ending}")
        seconds += time.perf_counter() - start
        plans[name] = extractor.extract_document(document).to_dict()
    return Read(plans, seconds)


def pages_of(pdf: bytes) -> int:
    """How many pages a PDF has."""
    document = pypdfium2.PdfDocument(pdf)
    count = len(document)
    document.close()
    return count


def by_pypdfium(pdf: bytes) -> None:
    """The yardstick: the text of each page as PDFium has it."""
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        page.get_textpage().get_text_range()
    document.close()


def by_pdfplumber(pdf: bytes, *, tables: bool) -> None:
    """The yardstick: pdfplumber's text of each page, and its tables."""
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            page.extract_text()
            if tables:
                page.extract_tables()


def seconds_of(work: Callable[[bytes], object], files: Files) -> float:
    """What a yardstick takes for all files."""
    start = time.perf_counter()
    for data in files.values():
        work(data)
    return time.perf_counter() - start


# --- the tables printed ----------------------------------------------------------------------------------------------


def print_losses(
    golds: Mapping[str, Item], said: Mapping[str, Item], reads: Mapping[str, Read], pages: Mapping[str, int]
) -> None:
    """One row a format."""
    print("| read from | documents | pages | text | read | loss | pages/s |\n|---|---:|---:|---:|---:|---:|---:|")
    for form, read in reads.items():
        asked = {name: gold for name, gold in golds.items() if name in read.plans}
        if not asked:
            continue
        text, found = macro_of_values(asked, said), macro_of_values(asked, read.plans)
        count = sum(pages[name] for name in asked)
        speed = sum(pages[name] for name in read.plans) / read.seconds
        print(f"| {form} | {len(asked)} | {count} | {text:.4f} | {found:.4f} | {text - found:+.4f} | {speed:.1f} |")


def print_speeds(files: Files, said: Mapping[str, Item], pages: Mapping[str, int]) -> None:
    """How fast PDF is read, beside plain yardsticks over the same bytes in the same run."""
    yardsticks: dict[str, Callable[[bytes], object]] = {
        "vnplan (read_bytes)": lambda pdf: read_bytes(pdf, "plan.pdf"),
        "pypdfium2 get_text_range": by_pypdfium,
        "pdfplumber extract_text": partial(by_pdfplumber, tables=False),
        "pdfplumber extract_text + extract_tables": partial(by_pdfplumber, tables=True),
    }
    without = {name: data for name, data in files.items() if not said[name].get("tables")}
    with_tables = {name: data for name, data in files.items() if name not in without}
    print("\n| pages a second of PDF | without tables | with tables |\n|---|---:|---:|")
    for what, work in yardsticks.items():
        speeds = [
            sum(pages[name] for name in some) / seconds_of(work, some) if some else 0.0
            for some in (without, with_tables)
        ]
        print(f"| {what} | {speeds[0]:.1f} | {speeds[1]:.1f} |")
    counts = [sum(pages[name] for name in some) for some in (without, with_tables)]
    print(f"| (documents, pages) | {len(without)}, {counts[0]} | {len(with_tables)}, {counts[1]} |")


def scans(files: Files, count: int) -> dict[str, Files]:
    """Scans of the shortest documents, clean and bad."""
    some = dict(sorted(files.items(), key=lambda item: (pages_of(item[1]), item[0]))[:count])
    return {
        "scan, 300 dpi": {name: as_images(pdf) for name, pdf in some.items()},
        "scan, noise, 1° skew": {name: as_images(pdf, noise=0.05, skew=1.0) for name, pdf in some.items()},
    }


def legacy(paths: Sequence[Path]) -> dict[str, Files]:
    """The texts in the encodings of old fonts."""
    from tests.legacy_fonts import plain_tcvn3, to_vni

    encoders = {"TXT in TCVN3": plain_tcvn3, "TXT in VNI": to_vni}
    return {
        form: {path.stem: _bytes(encode(path.read_bytes().decode("utf-8"))) for path in paths}
        for form, encode in encoders.items()
    }


def _bytes(signs: str) -> bytes:
    """The bytes of signs as Windows has them; what it has not is a question mark."""
    return b"".join(sign.encode("cp1252", "ignore") or sign.encode("latin-1", "replace") for sign in signs)


def print_memory(files: Files, least: int = 500) -> None:
    """What reading one file of many pages takes, page by page (Linux: the memory of this process)."""
    long = pypdfium2.PdfDocument.new()
    while len(long) < least:
        for pdf in files.values():
            source = pypdfium2.PdfDocument(pdf)
            long.import_pages(source)
            source.close()
    out = io.BytesIO()
    long.save(out)
    long.close()
    before = _memory()
    kept = []
    for found in read_pages(out.getvalue(), "long.pdf", Limits()):
        kept.append(found)
        if not isinstance(found, int) and found.number % 100 == 0:
            print(f"page {found.number}: {_memory() - before:+.0f} MB")


def _memory() -> float:
    """MB of this process that are in memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 1024**2


def options() -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(description="What is lost by reading plans from PDF, Word files and web pages.")
    parser.add_argument("--ocr", action="store_true", help="also scans of some documents (needs tesseract)")
    parser.add_argument("--documents", type=int, default=3, help="how many documents are scanned")
    parser.add_argument("--legacy", action="store_true", help="also text files in TCVN3 and VNI")
    parser.add_argument("--differences", action="store_true", help="what each format gave otherwise than the text")
    parser.add_argument("--memory", action="store_true", help="only what a PDF of 500 pages takes")
    parser.add_argument("--formats", nargs="*", default=FORMATS, help="of pdf, docx, doc, html")
    return parser.parse_args()


def main() -> None:
    """Lays out, reads, scores, prints."""
    asked = options()
    extractor = Extractor()
    paths = texts()
    golds = {name: gold for folder in GOLD_FOLDERS if folder.is_dir() for name, gold in read_gold(folder).items()}
    said = {path.stem: extractor.extract(path.read_bytes().decode("utf-8")).to_dict() for path in paths}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        sources = write_sources(paths, folder)
        made = {to: convert(sources, to, folder) for to in dict.fromkeys(["pdf", *asked.formats])}
        files = {to: {path.stem: path.read_bytes() for path in results} for to, results in made.items()}
    if asked.memory:
        print_memory(files["pdf"])
        return
    pages = {name: pages_of(pdf) for name, pdf in files["pdf"].items()}
    more: dict[str, Files] = {form.upper(): files[form] for form in asked.formats}
    more |= scans(files["pdf"], asked.documents) if asked.ocr else {}
    more |= legacy(paths) if asked.legacy else {}
    reads = {form: read_all(extractor, some, form.split()[0].lower()) for form, some in more.items()}
    for of, folder in zip(("corpus", "real plans"), GOLD_FOLDERS, strict=True):
        names = {path.name.removesuffix(GOLD_SUFFIX) for path in folder.glob(f"*{GOLD_SUFFIX}")} & said.keys()
        if names:
            print(f"\n{of}, values only\n")
            print_losses({name: golds[name] for name in sorted(names)}, said, reads, pages)
    if "pdf" in asked.formats:
        print_speeds(files["pdf"], said, pages)
    if asked.differences:
        for form, read in reads.items():
            for name, plan in read.plans.items():
                for line in differences(said[name], plan):
                    print(f"{form} {name}: {line}")


if __name__ == "__main__":
    main()
