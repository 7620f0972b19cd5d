"""Files where Spark has them: on disks, HDFS and object stores, through Hadoop's file systems."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

from extractor.errors import InputError, OutputError
from extractor.reading.document import Limits
from extractor.reading.files import READ_SUFFIXES, check_size

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_SUFFIXES: Final = ",".join("".join(f"[{sign}{sign.upper()}]" for sign in suffix[1:]) for suffix in READ_SUFFIXES)
_LISTING: Final = {
    "recursiveFileLookup": "true",
    "pathGlobFilter": f"*.{{{_SUFFIXES}}}",
    "ignoredPathSegmentRegex": "",  # "_a.txt" is a document as well; only newer Sparks let us say so
    # A file that cannot be read must not stop the job: it is missed afterwards (``why_unread``).
    "ignoreCorruptFiles": "true",
    "ignoreMissingFiles": "true",
}
_GLOB_SIGNS: Final = {ord(sign): f"\\{sign}" for sign in "\\*?[]{}"}


@dataclass(frozen=True, slots=True)
class Found:
    """The documents that an argument means."""

    files: DataFrame
    """As Spark reads them: path, length, content."""
    roots: Mapping[str, str]
    """The folders or files that were named, as Spark writes them → as messages name them."""
    paths: Mapping[str, str]
    """Key → path of each document, as Spark writes it."""


def find_documents(spark: SparkSession, argument: str) -> Found:
    """The documents in a folder, a file or the matches of a glob.

    Raises InputError when there are none, or two of them have one key.
    """
    hadoop, path = _open(spark, argument)
    if hadoop.exists(path):
        roots = {_plain(hadoop.makeQualified(path).toString()): argument.rstrip("/")}
        pattern = argument.translate(_GLOB_SIGNS)
    else:
        matches = (_plain(match.getPath().toString()) for match in hadoop.globStatus(path) or ())
        roots = {match: match.removeprefix("file:") for match in matches}
        pattern = argument
    if not roots:
        raise InputError(f"{argument}: there is no such file. Check the path.", "missing")
    files = spark.read.format("binaryFile").options(**_LISTING).load(pattern)
    paths: dict[str, str] = {}
    for path in map(_plain, map(unquote, files.inputFiles())):
        key, place = place_of(path, roots)
        if key in paths:
            other = place_of(paths[key], roots)[1]
            raise InputError(f"{other} and {place} would both be {key}; name the folder that holds both.")
        paths[key] = path
    if not paths:
        raise InputError(f"{argument}: there is no PDF, Word, HTML or text file in this folder.", "unreadable")
    return Found(files, roots, paths)


def place_of(path: str, roots: Mapping[str, str]) -> tuple[str, str]:
    """The key of the document at ``path`` (its path within the root that holds it) and how messages name its place."""
    if path in roots:
        return path.rpartition("/")[2], roots[path]
    root = path
    while root not in roots:
        root = root.rpartition("/")[0]
    key = path[len(root) + 1 :]
    return key, f"{roots[root]}/{key}"


def why_unread(spark: SparkSession, path: str, place: str, limits: Limits) -> InputError:
    """Why the document at ``path`` was not read: Spark skips empty files, we skip those over the limit."""
    from py4j.protocol import Py4JError

    try:
        hadoop, file = _open(spark, path)
        check_size(hadoop.getFileStatus(file).getLen(), place.rpartition("/")[2], limits)
    except InputError as error:
        return error
    except Py4JError:
        return InputError(f"{place}: there is no such file. Check the path.", "missing")
    return InputError(f"{place}: cannot be read: Spark skipped it.", "unreadable")


def remove(spark: SparkSession, path: str) -> None:
    """Removes a file or a folder, if it is there."""
    hadoop, place = _open(spark, path)
    hadoop.delete(place, True)


def write_lines(spark: SparkSession, path: str, lines: Iterable[str]) -> None:
    """Writes a file of lines. Raises OutputError."""
    from py4j.protocol import Py4JError

    try:
        hadoop, place = _open(spark, path)
        hadoop.setWriteChecksum(False)  # no .crc beside it
        stream = hadoop.create(place, True)
        for line in lines:
            stream.write(bytearray(f"{line}\n", "utf-8"))
        stream.close()
    except Py4JError as error:
        raise OutputError(f"{path}: cannot be written. Choose another place.") from error


def _open(spark: SparkSession, path: str) -> tuple[Any, Any]:
    """The file system that holds ``path``, and the path for it."""
    jvm: Any = spark._jvm
    place = jvm.org.apache.hadoop.fs.Path(path)
    return place.getFileSystem(spark._jsc.hadoopConfiguration()), place


def _plain(path: str) -> str:
    """A path as the column of Spark has it."""
    return path.replace("file:///", "file:/", 1).rstrip("/")
