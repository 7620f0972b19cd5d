"""A worker: a process that loads the extractor once and reads one document after the other."""

from __future__ import annotations

import hashlib
import traceback
from functools import cache
from pathlib import PurePath

from extractor.batch.work import Failure, Item, Outcome, Settings, Stage, pack
from extractor.errors import FailureKind, InputError
from extractor.pipeline import Extractor
from extractor.plan import Plan
from extractor.reading.child import Child
from extractor.reading.files import load
from extractor.reading.process import die_with_parent, more_memory

REPORT = "This is a fault of vnplan: please report it with what `vnplan --debug` prints."


@cache
def extractor_of(settings: Settings) -> Extractor:
    """The extractor of these settings, loaded once a process. Raises GrammarError or ModelError."""
    return Extractor(settings.grammars, settings.tagger, settings.min_confidence, settings.model)


@cache
def _child() -> Child:
    """The process that takes PDF and Word files apart; it goes when this one does."""
    return Child()


def start(settings: Settings, parent: int) -> None:
    """What a worker does first: it loads, so that its first document takes no longer than the others."""
    die_with_parent(parent)
    extractor_of(settings)


def read_item(item: Item, settings: Settings) -> Outcome:
    """The plan of one document, or why there is none; never raises but for what ends the process."""
    with more_memory(settings.limits.memory):
        return _read(item, settings)


def _read(item: Item, settings: Settings) -> Outcome:
    stage: Stage = "reading"
    digest = None
    try:
        data, name = load(item.path, settings.limits) if item.data is None else (item.data, PurePath(item.path).name)
        digest = hashlib.sha256(data).hexdigest()
        document = _child().read(data, name, settings.limits)
        stage = "extracting"
        plan = extractor_of(settings).extract_document(document)
        return Outcome(item.key, digest, pack(plan.to_json(fields=settings.fields, text=settings.text)), _is_cut(plan))
    except InputError as error:
        return _failed(item, digest, stage, error.kind, str(error))
    except MemoryError:
        megabytes = settings.limits.memory / 1024**2
        message = f"{item.path}: it takes more than {megabytes:.0f} MB of memory (--memory-limit)."
        return _failed(item, digest, stage, "memory-limit", message)
    except Exception as error:
        message = f"{item.path}: unforeseen {type(error).__name__}: {error}. {REPORT}"
        return _failed(item, digest, stage, "unforeseen", message, traceback.format_exc())


def _is_cut(plan: Plan) -> bool:
    return any(warning.code == "truncated" for warning in plan.warnings)


def _failed(item: Item, digest: str | None, stage: Stage, kind: FailureKind, message: str, trace: str = "") -> Outcome:
    return Outcome(item.key, digest, failure=Failure(item.key, stage, kind, message), traceback=trace)
