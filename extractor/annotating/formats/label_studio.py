"""Label Studio: tasks.json with the annotation as a prediction to correct, and config.xml for the project.

Role and generic are choices of a region, its other fields a text of the region (JSON); the header is one of the task.
Export from Label Studio as JSON; it is read from "annotations", else from "predictions".
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, get_args
from xml.sax.saxutils import quoteattr

from extractor.annotating.documents import Annotated, entity, fields_of, in_order
from extractor.annotating.formats.carried import trimmed
from extractor.annotating.schema import FIELDS
from extractor.errors import GoldError
from extractor.plan import Role
from extractor.writing.files import write_text

_TASKS: Final = "tasks.json"
_MODEL: Final = "vnplan"


def write(documents: Sequence[Annotated], folder: Path) -> None:
    """tasks.json and config.xml. Raises OutputError."""
    tasks = [_task(number, document) for number, document in enumerate(documents, 1)]
    write_text(folder / _TASKS, json.dumps(tasks, ensure_ascii=False, indent=1) + "\n")
    write_text(folder / "config.xml", _config())


def read(folder: Path) -> list[Annotated]:
    """The documents of the JSON files of a folder. Raises GoldError."""
    paths = sorted(folder.glob("*.json"))
    if not paths:
        raise GoldError(f"{folder}: there is no JSON of Label Studio in this folder.")
    return [document for path in paths for document in _read(path)]


def _task(number: int, document: Annotated) -> dict[str, Any]:
    results = [result for place, item in enumerate(document.entities) for result in _region(f"e{place}", item)]
    header = json.dumps(document.header, ensure_ascii=False)
    frame = {"id": "header", "from_name": "header", "to_name": "text", "type": "textarea"}
    results.append({**frame, "value": {"text": [header]}})
    return {
        "id": number,
        "data": {"text": document.text, "name": document.name},
        "predictions": [{"model_version": _MODEL, "result": results}],
    }


def _region(name: str, item: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    place = {"start": item["start"], "end": item["end"], "text": item["text"]}
    fields = fields_of(item)
    frame = {"id": name, "to_name": "text"}
    yield {**frame, "from_name": "type", "type": "labels", "value": {**place, "labels": [item["type"]]}}
    if "role" in fields:
        yield {**frame, "from_name": "role", "type": "choices", "value": {**place, "choices": [fields.pop("role")]}}
    if fields.pop("generic", False):
        yield {**frame, "from_name": "generic", "type": "choices", "value": {**place, "choices": ["generic"]}}
    if fields:
        words = json.dumps(fields, ensure_ascii=False)
        yield {**frame, "from_name": "fields", "type": "textarea", "value": {**place, "text": [words]}}


def _read(path: Path) -> Iterator[Annotated]:
    try:
        tasks = json.loads(path.read_text("utf-8"))
        for task in tasks:
            done = (task.get("annotations") or task["predictions"])[0]["result"]
            yield _document(task["data"]["name"], task["data"]["text"], done)
    except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        raise GoldError(f"{path}: not tasks of Label Studio as vnplan writes them: {error!r}.") from None


def _document(name: str, text: str, results: list[dict[str, Any]]) -> Annotated:
    regions: dict[str, dict[str, Any]] = {}
    header: dict[str, Any] = {}
    for result in results:
        value, region = result["value"], regions.setdefault(result["id"], {})
        match result["from_name"]:
            case "type":
                region |= {"place": trimmed(text, value["start"], value["end"]), "type": value["labels"][0]}
            case "role":
                region["role"] = value["choices"][0]
            case "generic":
                region["generic"] = True
            case "fields":
                region["fields"] = json.loads(value["text"][0])
            case "header":
                header = json.loads(value["text"][0])
    entities = [_entity(text, region) for region in regions.values() if "type" in region]
    return Annotated(name, text, header, in_order(entities))


def _entity(text: str, region: Mapping[str, Any]) -> dict[str, Any]:
    start, end = region["place"]
    chosen = {field: region[field] for field in ("generic", "role") if field in region}
    return entity(region["type"], text, start, end, region.get("fields", {}) | chosen)


def _config() -> str:
    labels = "".join(f"    <Label value={quoteattr(kind)}/>\n" for kind in FIELDS)
    roles = "".join(f"    <Choice value={quoteattr(role)}/>\n" for role in get_args(Role))
    of_agency = (
        'toName="text" perRegion="true" visibleWhen="region-selected" whenTagName="type" whenLabelValue="agency"'
    )
    return f"""<View>
  <Labels name="type" toName="text">
{labels}  </Labels>
  <Text name="text" value="$text" granularity="symbol"/>
  <Choices name="role" choice="single" {of_agency}>
{roles}  </Choices>
  <Choices name="generic" choice="multiple" {of_agency}>
    <Choice value="generic"/>
  </Choices>
  <TextArea name="fields" toName="text" perRegion="true" maxSubmissions="1" editable="true"/>
  <TextArea name="header" toName="text" maxSubmissions="1" editable="true"/>
</View>
"""
