"""An extracted corpus as a DuckDB database in memory: one view a table, and nothing that can be changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import TYPE_CHECKING, Final

from extractor.errors import InputError, VnplanError
from extractor.grammar import load_grammar
from extractor.tables.columns import TABLES

if TYPE_CHECKING:
    import duckdb

VIEWS: Final = Path(__file__).with_name("views.sql")
_OFFLINE: Final = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}


class QueryError(VnplanError):
    """A question that cannot be answered as it was put."""


@contextmanager
def open_corpus(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database with the tables of ``folder``/parquet, word lists of grammars/lexicon and the views of views.sql.

    It reads the files of that folder, and no other; what does not fit in memory goes to a temporary folder.
    Raises InputError when there is no such corpus or it cannot be read.
    """
    parquet = folder / "parquet"
    files = {table: _files(folder, table) for table in TABLES}
    duckdb = _duckdb()
    with TemporaryDirectory(prefix="vnplan-") as scratch, duckdb.connect(config=_OFFLINE) as connection:
        connection.execute(f"SET temp_directory = {_quoted(scratch)}")
        try:
            for table, paths in files.items():
                listed = ", ".join(_quoted(_literal(path)) for path in paths)
                connection.execute(f"CREATE VIEW {table} AS FROM read_parquet([{listed}])")
            _add_words(connection)
            connection.execute(VIEWS.read_text("utf-8"))
        except duckdb.Error as error:
            raise InputError(f"{parquet}: cannot be read: {told(error)}. {_make_it(folder)}") from None
        # Read these folders, no other file and no address; and no SET may take that back.
        own = ", ".join(map(_quoted, {str(parquet), _literal(parquet)}))  # the pattern is looked up as it stands, too
        connection.execute(f"SET allowed_directories = [{own}]")
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        yield connection


def told(error: Exception) -> str:
    """What DuckDB says of a fault, without its kind, the advice about other names, and the drawing of the place."""
    message = str(error).split("\n\nLINE", 1)[0].split("\nDid you mean", 1)[0].split("\n\n", 1)[0]
    kind, colon, words = message.partition(" Error: ")
    return " ".join((words if colon and " " not in kind.strip() else message).split()).rstrip(".!")


def _duckdb() -> ModuleType:
    try:
        import duckdb
    except ImportError:
        raise QueryError("DuckDB is not installed: pip install 'vnplan[tables]'.") from None
    return duckdb


def _files(folder: Path, table: str) -> list[Path]:
    """The parts of a table, in order; drafts and the marks that Spark leaves are none."""
    found = sorted(path for path in (folder / "parquet" / table).glob("*.parquet") if path.name[0] not in "._")
    if not found:
        raise InputError(f"{folder}: holds no Parquet of {table}. {_make_it(folder)}")
    return found


def _make_it(folder: Path) -> str:
    return f"`vnplan extract PLANS -o {folder} --resume --format parquet` makes it."


def _literal(path: Path) -> str:
    """A path that DuckDB does not take for a pattern."""
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in str(path))


def _quoted(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"


def _add_words(connection: duckdb.DuckDBPyConnection) -> None:
    """The lists of grammars/lexicon that the views need, a table each."""
    grammar = load_grammar()
    provinces = [
        {"name": one["name"], "kind": one["kind"], "spelling": spelling}
        for one in grammar.lexicon["provinces"]
        for spelling in (one["name"], *one.get("spellings", ()))
    ]
    ministries = [one["name"] for one in grammar.lexicon["ministries"]]
    connection.execute("CREATE TABLE provinces AS SELECT unnest($1, recursive := true)", [provinces])
    for table, words in (
        ("central_bodies", grammar.words("issuer_central")),
        ("ministries", ministries),
        ("local_codes", grammar.words("local_codes")),
        ("total_words", grammar.words("whole_totals")),
    ):
        connection.execute(f"CREATE TABLE {table} AS SELECT unnest($1) AS words", [words])
