"""A session of Spark, and what must be there for one."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from extractor.errors import VnplanError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

NEEDED: Final = ("pyspark", "pyarrow", "pandas")
"""What Spark itself asks for before it gives documents to Python."""
JAVA: Final = 17
"""The oldest Java that Spark 4 runs on."""
UTF_8: Final = "C.UTF-8"
SETTINGS: Final[dict[str, str | bool | int | float | None]] = {
    # File names are UTF-8, whatever the locale of a node says.
    "spark.executorEnv.LC_ALL": UTF_8,
    # Files are large and records few: a batch of them must fit in memory (only newer Sparks know the limit in bytes).
    "spark.sql.execution.arrow.maxRecordsPerBatch": "4",
    "spark.sql.execution.arrow.maxBytesPerBatch": "64m",
    # Reading a plan takes as long as copying megabytes: some sixteen small ones are a task, and what a dead node loses.
    "spark.sql.files.openCostInBytes": "8m",
}
_OUR_ERROR: Final = re.compile(r"extractor(?:\.\w+)+Error: (.+)")


class ClusterError(VnplanError):
    """A cluster that cannot be used, or a job that it gave up."""


@contextmanager
def open_session(master: str, *, progress: bool) -> Iterator[SparkSession]:
    """Spark at ``master`` for as long as the block lasts, with its bar if ``progress``.

    Settings of a site come from its spark-defaults.conf, as for every program of Spark. Raises ClusterError when
    PySpark or Java is missing, the cluster cannot be had, or Spark gives up what is done in the block.
    """
    if said := missing():
        raise ClusterError(said)
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    os.environ["LC_ALL"] = UTF_8
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    log = Path(__file__).with_name("log4j2.properties").as_uri()
    os.environ.setdefault("SPARK_SUBMIT_OPTS", f"-Dlog4j2.configurationFile={log}")
    builder = SparkSession.builder.master(master).appName("vnplan").config(map=SETTINGS)
    try:
        spark = builder.config("spark.ui.showConsoleProgress", progress).getOrCreate()
        try:
            yield spark
        finally:
            spark.stop()
    except (PySparkException, Py4JError) as error:
        raise ClusterError(f"{master}: {_reason(error)}") from error


def missing() -> str | None:
    """What Spark needs and does not find here, in a sentence; ``None`` where it may begin."""
    if not all(map(find_spec, NEEDED)):
        return "PySpark is not installed: pip install 'vnplan[spark]'."
    home = os.environ.get("JAVA_HOME")
    java = shutil.which("java", path=f"{home}/bin" if home else None)
    said = subprocess.run([java, "-version"], capture_output=True, text=True).stderr if java else ""
    version = re.search(r'version "(\d+)', said)
    if version and int(version[1]) >= JAVA:
        return None
    found = f"Java {version[1]}" if version else "none"
    return f"Spark needs Java {JAVA} or later, and here is {found}: install it, or set JAVA_HOME."


def _reason(error: Exception) -> str:
    """What went wrong, in a line: our own words where a worker said them, else the first of Spark's."""
    said = str(getattr(error, "java_exception", error))
    if ours := _OUR_ERROR.search(said):
        return ours[1]
    return f"Spark gave up: {said.strip().splitlines()[0].rstrip('.')}. `vnplan --debug` prints the whole."
