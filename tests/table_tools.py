"""What other programs read from the tables of ``vnplan extract``, as JSON on standard output.

Run by tests/test_tables_out.py with the Python of ``make tools``, where those programs are and vnplan is not:

    .venv-tools/bin/python tests/table_tools.py pandas OUT TABLE

The JSON is a list of the table's rows: [plan, id, start, text].
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

COLUMNS = ["plan", "id", "start", "text"]
Rows = list[list[Any]]


def pandas(folder: Path) -> Rows:
    """A folder of Parquet."""
    import pandas as library

    return library.read_parquet(folder)[COLUMNS].values.tolist()


def polars(folder: Path) -> Rows:
    """Files by a pattern."""
    import polars as library

    return [list(row) for row in library.read_parquet(folder / "*.parquet").select(COLUMNS).rows()]


def datasets(folder: Path) -> Rows:
    """Hugging Face datasets."""
    import datasets as library

    files = [str(path) for path in sorted(folder.glob("*.parquet"))]
    rows = library.load_dataset("parquet", data_files=files, split="train", cache_dir=str(folder.parent / "cache"))
    return [[row[column] for column in COLUMNS] for row in rows]


def main() -> None:
    """Prints the rows of OUT/parquet/TABLE as the named program reads them."""
    program, output, table = sys.argv[1:]
    rows = {"pandas": pandas, "polars": polars, "datasets": datasets}[program](Path(output, "parquet", table))
    json.dump(rows, sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    main()
