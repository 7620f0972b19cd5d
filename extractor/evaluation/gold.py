"""Reading what is compared: gold files and predictions."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from extractor.errors import GoldError, InputError, VnplanError

GOLD_SUFFIX = ".gold.json"
ACTIVITIES_SUFFIX = ".activities.json"
LISTS = {  # type of a gold entity: the list of the plan that is compared with it
    "section": "sections",
    "citation": "citations",
    "amount": "amounts",
    "quantity": "quantities",
    "time": "times",
    "agency": "agencies",
    "row": "rows",
    "abbreviation": "abbreviations",
}
KEY_FIELDS = {
    "section": ("marker", "level"),
    "citation": ("doc_type",),
    "quantity": ("unit",),
    "time": ("values",),
    "agency": ("name",),
    "abbreviation": ("short", "long"),
}

Item = Mapping[str, Any]
"""A gold entity, a mention, a header, or a whole document, as its JSON object."""


def read_gold(folder: Path) -> dict[str, Item]:
    """The gold documents of a folder by name, ``{"header": …, "entities": […]}``, sorted.

    Where NAME.activities.json stands beside one, they have its "activities" and "warnings", too.

    Raises GoldError when there are none, or one is not what docs/annotation.md says.
    """
    paths = sorted(folder.glob(f"*{GOLD_SUFFIX}"), key=lambda path: path.name.removesuffix(GOLD_SUFFIX))
    if not paths:
        raise GoldError(f"{folder}: there is no NAME{GOLD_SUFFIX} in this folder. Name the folder that holds the gold.")
    return {path.name.removesuffix(GOLD_SUFFIX): _read_gold_file(path) for path in paths}


def read_predictions(folder: Path, names: list[str]) -> dict[str, Item]:
    """What ``vnplan extract`` wrote into a folder: the JSON objects of those names that have a ``NAME.json``.

    Raises InputError when a file is not a plan's JSON.
    """
    paths = {name: folder / f"{name}.json" for name in names}
    return {name: _read_prediction(path) for name, path in paths.items() if path.exists()}


def _read_gold_file(path: Path) -> Item:
    data = _read_object(path, GoldError)
    if not isinstance(data.get("header"), dict) or not isinstance(data.get("entities"), list):
        raise GoldError(f'{path}: not a gold file: "header" (an object) and "entities" (a list) must be there.')
    for place, entity in enumerate(data["entities"], 1):
        kind = entity.get("type") if isinstance(entity, dict) else None
        if kind not in LISTS:
            raise GoldError(f'{path}: entity {place}: its "type" must be one of {", ".join(LISTS)}.')
        missing = [key for key in ("start", "end", "text", *KEY_FIELDS.get(kind, ())) if key not in entity]
        if missing:
            raise GoldError(f"{path}: entity {place} ({kind}): {', '.join(missing)} must be there.")
    beside = path.with_name(path.name.removesuffix(GOLD_SUFFIX) + ACTIVITIES_SUFFIX)
    return data | _read_activities(beside) if beside.exists() else data


def _read_activities(path: Path) -> dict[str, Any]:
    """The activities and warnings of a document, each with "start" and "end"."""
    data = _read_object(path, GoldError)
    found = {field: data.get(field) for field in ("activities", "warnings")}
    for field, items in found.items():
        if not isinstance(items, list) or not all(isinstance(item, dict) and _is_placed(item) for item in items):
            raise GoldError(f'{path}: "{field}" must be a list of objects with "start" and "end".')
    for fault in data["warnings"]:
        if not isinstance(fault.get("code"), str) or not isinstance(fault.get("text"), str):
            raise GoldError(f'{path}: each of "warnings" must have a "code" and its "text".')
    return found


def _read_prediction(path: Path) -> Item:
    data = _read_object(path, InputError)
    for plural in (*LISTS.values(), "activities"):
        items = data.get(plural, [])
        if not isinstance(items, list) or not all(isinstance(item, dict) and _is_placed(item) for item in items):
            raise InputError(f'{path}: not a plan: "{plural}" must be a list of objects with "start" and "end".')
    return data


def _is_placed(item: Item) -> bool:
    return isinstance(item.get("start"), int) and isinstance(item.get("end"), int)


def _read_object(path: Path, fault: type[VnplanError]) -> dict[str, Any]:
    try:
        data = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise fault(f"{path}: cannot be read: {error.strerror}.") from None
    except ValueError as error:  # neither UTF-8 nor JSON
        raise fault(f"{path}: is not JSON: {error}.") from None
    if not isinstance(data, dict):
        raise fault(f"{path}: must hold one JSON object.")
    return data
