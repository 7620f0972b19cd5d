"""An evaluation as JSON, to keep and to compare with a later one."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import extractor
from extractor.errors import GoldError
from extractor.evaluation.analysis import Analysis, error_counts
from extractor.evaluation.metadata import Metadata
from extractor.evaluation.scores import Report
from extractor.evaluation.tally import Tally


@dataclass(frozen=True, slots=True)
class Origin:
    """What was measured: version of the program, hash of its grammar, commit of its checkout ("" when installed)."""

    version: str
    grammar_hash: str
    commit: str


def origin_of(plans: Mapping[str, Any]) -> Origin:
    """The origin of plans, of which the first speaks for all."""
    source: Mapping[str, str] = next((plan["source"] for plan in plans.values() if "source" in plan), {})
    return Origin(
        version=source.get("extractor_version", extractor.__version__),
        grammar_hash=source.get("grammar_hash", ""),
        commit=_commit(),
    )


def to_record(
    report: Report,
    analysis: Analysis,
    metadata: Mapping[str, Metadata],
    origin: Origin,
    damaged: Mapping[str, Report] | None = None,
) -> dict[str, Any]:
    """The JSON's object: origin, scores, groups, confusion, errors, and what was counted document by document."""
    record: dict[str, Any] = {
        "version": origin.version,
        "grammar_hash": origin.grammar_hash,
        "commit": origin.commit,
        "scores": report.to_dict(),
        "groups": {
            grouping: {group: {"documents": count, **scores} for group, (count, scores) in groups.items()}
            for grouping, groups in analysis.groups.items()
        },
        "quantities": {form: _row(tally) for form, tally in analysis.forms.items()},
        "confusion": [
            {"gold": wanted, "found": found, "count": count} for (wanted, found), count in analysis.confusion.items()
        ],
        "errors": error_counts(analysis.errors),
        "documents": {
            name: {
                "split": metadata[name].split,
                "tallies": {score: [tally.right, tally.gold, tally.found] for score, tally in tallies.items()},
            }
            for name, tallies in report.tallies.items()
        },
    }
    if damaged:
        record["damage"] = {kind: {"macro.value": one.macro} for kind, one in damaged.items()}
    return record


def read_tallies(path: Path) -> dict[str, dict[str, Tally]]:
    """What was counted by document and score in a record. Raises GoldError when the file is none."""
    try:
        documents = json.loads(path.read_text("utf-8"))["documents"]
        return {
            name: {score: Tally(*counts) for score, counts in document["tallies"].items()}
            for name, document in documents.items()
        }
    except OSError as error:
        raise GoldError(f"{path}: cannot be read: {error.strerror}.") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise GoldError(f"{path}: is no report.json of `vnplan evaluate --report`.") from None


def dumps(record: Mapping[str, Any]) -> str:
    """The record as text: a line for every leaf object, so that a change is seen in a diff."""
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"


def _row(tally: Tally) -> dict[str, Any]:
    return {
        "p": round(tally.precision, 4),
        "r": round(tally.recall, 4),
        "f1": tally.f1,
        "right": tally.right,
        "gold": tally.gold,
        "found": tally.found,
    }


def _commit() -> str:
    """The commit of the checkout that this program runs from, "-dirty" where it has changed; "" when installed."""
    here = Path(extractor.__file__)
    try:
        _git(here.parent, "ls-files", "--error-unmatch", here.name)  # an environment may lie in somebody's repository
        return _git(here.parent, "describe", "--always", "--dirty", "--abbrev=40", "--exclude=*")
    except (OSError, subprocess.SubprocessError):
        return ""


def _git(folder: Path, *arguments: str) -> str:
    command = ("git", "-C", str(folder), *arguments)
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=10).stdout.strip()
