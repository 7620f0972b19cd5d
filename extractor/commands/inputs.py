"""Which documents the arguments mean, and where the JSON of each goes."""

from __future__ import annotations

import glob
import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
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
            found.setdefault(one.argument if one.argument == STANDARD_INPUT else _real_path(one.argument), one)
    return list(found.values())


def read_input(one: Input, child: Child, limits: Limits) -> Document:
    """The document of one input, read by ``child`` within ``limits``. Raises InputError when it cannot be read."""
    if one.fault:
        raise one.fault
    if one.argument == STANDARD_INPUT:
        return child.read(sys.stdin.buffer.read(limits.bytes + 1), "stdin", limits)
    data, name = load(one.argument, limits)
    return child.read(data, name, limits)


def output_path(one: Input, output: Path) -> Path:
    """The file ``output``, which the JSON of one input may become.

    Raises typer.BadParameter when that is the input itself.
    """
    _check_places([one], [str(output)])
    return output


def json_names(inputs: Sequence[Input], output: Path) -> list[str]:
    """The place of each input's JSON in the folder ``output``: NAME.json, or NAME.pdf.json beside a NAME.docx.json.

    Raises typer.BadParameter when ``output`` is a file, two inputs would write one file, or one would be written over.
    """
    if output.exists() and not output.is_dir():
        raise typer.BadParameter(f"{output} is a file; name a folder.", param_hint="'--output'")
    stems = {key: _stem(key) for key in {one.key for one in inputs}}
    shared = Counter(stems.values())
    names = [f"{one.key if shared[stems[one.key]] > 1 else stems[one.key]}.json" for one in inputs]
    _check_places(inputs, [os.path.join(output, name) for name in names])  # noqa: PTH118 - of a hundred thousand
    return names


def _check_places(inputs: Sequence[Input], places: Sequence[str]) -> None:
    sources = {_real_path(one.argument) for one in inputs}
    writers: dict[str, Input] = {}
    for one, place in zip(inputs, places, strict=True):
        if one.fault:
            continue
        if _real_path(place) in sources:
            raise typer.BadParameter(f"{place} is itself an input and would be lost.", param_hint="'--output'")
        if place in writers:
            raise typer.BadParameter(
                f"{writers[place].argument} and {one.argument} would both be written to {place}; "
                "name the folder that holds both, or extract them one by one.",
                param_hint="'INPUT'",
            )
        writers[place] = one


def _stem(key: str) -> str:
    """A key without its ending, as pathlib sees endings."""
    name = key.rpartition("/")[2]
    dot = name.rfind(".")
    return key[: dot - len(name)] if 0 < dot < len(name) - 1 else key


def _real_path(path: str) -> str:
    """The path without links, by one look at the disk where its folder is known."""
    folder, name = os.path.split(path)
    if name in ("", os.curdir, os.pardir) or os.path.islink(path):  # noqa: PTH114
        return os.path.realpath(path)
    return os.path.join(_real_folder(folder), name)  # noqa: PTH118


@lru_cache(maxsize=1024)
def _real_folder(folder: str) -> str:
    return os.path.realpath(folder)


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
