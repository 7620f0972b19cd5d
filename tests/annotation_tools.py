"""What annotation tools' own packages read from what ``vnplan gold export`` has written, as JSON on standard output.

Run by tests/test_formats.py with the Python of ``make tools``, where those packages are and vnplan is not:

    .venv-tools/bin/python tests/annotation_tools.py brat FOLDER

The JSON is {document: [[type, start, end], …]}, sorted; of CoNLL-2002, which has no places, [[type, first token, …], …].
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

Spans = dict[str, list[list[Any]]]


def brat(folder: Path) -> Spans:
    """pybrat."""
    from pybrat.parser import BratParser

    return {
        example.id: [
            [one.type, min(s.start for s in one.spans), max(s.end for s in one.spans)] for one in example.entities
        ]
        for example in BratParser(error="raise").parse(str(folder))
    }


def doccano(folder: Path) -> Spans:
    """doccano's own reader of an upload."""
    from backend.data_import.pipeline.parsers import JSONLParser
    from backend.data_import.pipeline.readers import FileName, Reader

    path = str(folder / "doccano.jsonl")
    parser = JSONLParser(encoding="utf-8")
    records = list(Reader([FileName(path, "doccano.jsonl", "doccano.jsonl")], parser))
    assert not parser.errors, parser.errors
    known = {label["text"] for label in json.loads((folder / "labels.json").read_text("utf-8"))}
    spans: Spans = {}
    for record in records:
        for one in record["entities"]:
            assert one["label"] in known, one
            assert 0 <= one["start_offset"] < one["end_offset"] <= len(record["text"]), one
        spans[record["name"]] = [
            [one["label"].partition(":")[0], one["start_offset"], one["end_offset"]] for one in record["entities"]
        ]
    return spans


def label_studio(folder: Path) -> Spans:
    """Label Studio's SDK: the configuration is valid, and every region fits it."""
    from label_studio_sdk.label_interface import LabelInterface

    interface = LabelInterface((folder / "config.xml").read_text("utf-8"))
    interface.validate()
    spans: Spans = {}
    for task in json.loads((folder / "tasks.json").read_text("utf-8")):
        prediction = task["predictions"][0]
        faults = interface.validate_prediction(prediction, return_errors=True)
        assert not faults, faults[:3]
        text = task["data"]["text"]
        regions = [one["value"] for one in prediction["result"] if one["type"] == "labels"]
        assert all(text[one["start"] : one["end"]] == one["text"] for one in regions)
        spans[task["data"]["name"]] = [[one["labels"][0], one["start"], one["end"]] for one in regions]
    return spans


def conll2002(folder: Path) -> Spans:
    """NLTK's reader of CoNLL's columns; the last column is the flat layer."""
    import nltk
    from nltk.corpus.reader import ConllCorpusReader

    nltk.data.path.append(str(folder))  # NLTK reads corpora from known folders only
    spans: Spans = {}
    for path in sorted(folder.glob("*.conll")):
        width = len(path.read_text("utf-8").split("\n", 1)[0].split(" "))
        columns = ["words", *["ignore"] * (width - 2), "pos"]
        reader = ConllCorpusReader(str(folder), [path.name], columns, separator=" ")
        found: list[list[Any]] = []
        for word, tag in reader.tagged_words():
            prefix, _, kind = tag.partition("-")
            if prefix == "B":
                found.append([kind, word])
            elif prefix == "I":
                found[-1].append(word)
        spans[path.stem] = found
    return spans


TOOLS = {"brat": brat, "doccano": doccano, "label-studio": label_studio, "conll2002": conll2002}


if __name__ == "__main__":
    read = TOOLS[sys.argv[1]](Path(sys.argv[2]))
    json.dump({name: sorted(spans) for name, spans in sorted(read.items())}, sys.stdout, ensure_ascii=False)
