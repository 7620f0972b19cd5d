"""Which documents the arguments mean, and where the JSON of each goes."""

from __future__ import annotations

import glob
import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Annotated

import typer

from extractor.errors import InputError
from extractor.reading import Document, Limits
from extractor.reading.child import Child
from extractor.reading.document import MAX_BYTES, MAX_MEMORY, MAX_PAGES, MAX_SECONDS
from extractor.reading.files import READ_SUFFIXES, load

STANDARD_INPUT = "-"
MB = 1024 * 1024

TimeLimit = Annotated[
    float, typer.Option("--time-limit", metavar="S", min=0.1, help="Seconds that reading a document may take.")
]
PageLimit = Annotated[int, typer.Option("--page-limit", metavar="N", min=1, help="Pages of a document that are read.")]
SizeLimit = Annotated[float, typer.Option("--size-limit", metavar="MB", min=0, help="Size of the largest file.")]
MemoryLimit = Annotated[
    int, typer.Option("--memory-limit", metavar="MB", min=64, help="Memory that reading a document may take.")
]
TIME_LIMIT, PAGE_LIMIT, SIZE_LIMIT, MEMORY_LIMIT = MAX_SECONDS, MAX_PAGES, MAX_BYTES / MB, MAX_MEMORY // MB


def limits_of(time: float, pages: int, size: float, memory: int) -> Limits:
    """The limits as the options name them: seconds, pages, and twice megabytes."""
    return Limits(bytes=int(size * MB), pages=pages, seconds=time, memory=memory * MB)


@dataclass(frozen=True, slots=True)
class Input:
    """One document to read: a file or "-", its key (its path within the folder that was named), or a fault."""

    argument: str
    key: str
    fault: InputError | None = None


def find_inputs(arguments: list[str]) -> list[Input]:
    """The documents that files, folders, globs and "-" mean, in order, each once.

    A folder gives its files that can be read, whatever depth, sorted; their keys are their paths within the folder.
    A file that is not there is given as it stands: reading it says so.
    """
    found: dict[str, Input] = {}
    for argument in arguments:
        for one in _expand(argument):
            found.setdefault(one.argument if one.argument == STANDARD_INPUT else os.path.realpath(one.argument), one)
    return list(found.values())


def read_input(one: Input, child: Child, limits: Limits) -> Document:
    """The document of one input, read by ``child`` within ``limits``. Raises InputError when it cannot be read."""
    if one.fault:
        raise one.fault
    if one.argument == STANDARD_INPUT:
        return child.read(sys.stdin.buffer.read(limits.bytes + 1), "stdin", limits)
    data, name = load(one.argument, limits)
    return child.read(data, name, limits)


def output_paths(inputs: Sequence[Input], output: Path) -> list[Path]:
    """Where the JSON of each input goes: ``output`` is a folder or, for one input, may be a file that ends in .json.

    Raises typer.BadParameter when two inputs would write one file, or one would be written over.
    """
    if len(inputs) == 1 and output.suffix == ".json" and not output.is_dir():
        paths = [output]
    elif output.exists() and not output.is_dir():
        raise typer.BadParameter(f"{output} is a file; name a folder.", param_hint="'--output'")
    else:
        paths = [output / name for name in json_names(inputs)]
    sources = {os.path.realpath(one.argument) for one in inputs}
    writers: dict[Path, Input] = {}
    for one, path in zip(inputs, paths, strict=True):
        if one.fault:
            continue
        if os.path.realpath(path) in sources:
            raise typer.BadParameter(f"{path} is itself an input and would be lost.", param_hint="'--output'")
        if path in writers:
            raise typer.BadParameter(
                f"{writers[path].argument} and {one.argument} would both be written to {path}; "
                "name the folder that holds both, or extract them one by one.",
                param_hint="'INPUT'",
            )
        writers[path] = one
    return paths


def json_names(inputs: Sequence[Input]) -> list[str]:
    """The path of each input's JSON within the output folder: NAME.json, or NAME.pdf.json beside a NAME.docx.json."""
    names = Counter(_json_name(key) for key in {one.key for one in inputs})
    return [f"{one.key}.json" if names[_json_name(one.key)] > 1 else _json_name(one.key) for one in inputs]


def _json_name(key: str) -> str:
    return str(PurePosixPath(key).with_suffix(".json"))


def _key(path: Path) -> str:
    """A path as text that can be written anywhere: file names need not be UTF-8."""
    return path.as_posix().encode("utf-8", "backslashreplace").decode("utf-8")


def _expand(argument: str) -> Iterator[Input]:
    # glob.glob, for Path.glob refuses absolute patterns
    path = Path(argument)
    if argument == STANDARD_INPUT:
        yield Input(argument, "stdin")
    elif path.is_dir():
        yield from _expand_folder(path)
    elif not os.path.lexists(path) and (matches := glob.glob(argument, recursive=True)):  # noqa: PTH207
        for match in sorted(matches):
            yield from _expand(match)
    else:
        yield Input(argument, _key(Path(path.name)))


def _expand_folder(folder: Path) -> Iterator[Input]:
    files: list[Path] = []
    faults: list[OSError] = []
    for parent, _, names in os.walk(folder, onerror=faults.append):
        files += [Path(parent, name) for name in names if name.lower().endswith(READ_SUFFIXES)]
    for file in sorted(files):
        yield Input(str(file), _key(file.relative_to(folder)))
    for fault in faults:
        yield _unreadable(fault.filename, f"the folder cannot be read: {fault.strerror}")
    if not files and not faults:
        yield _unreadable(str(folder), "there is no PDF, Word, HTML or text file in this folder")


def _unreadable(folder: str, reason: str) -> Input:
    return Input(folder, _key(Path(folder)), InputError(f"{folder}: {reason}.", "unreadable"))
