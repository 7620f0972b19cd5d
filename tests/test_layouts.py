"""The corpus laid out by LibreOffice as PDF, Word files and web pages gives what its texts give."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from extractor import Extractor
from extractor.evaluation.gold import Item, read_gold
from tests.conftest import CORE_PLANS
from tests.laying_out import FORMATS, ROOT, convert, write_sources
from tests.reading_loss import differences, macro_of_values, read_all

pytestmark = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not on this machine")

CORPUS = CORE_PLANS
MOST_LOST = 0.01
LETTERHEAD = ("number", "issuer", "place", "date", "doc_type", "title", "signer", "position")


@pytest.fixture(scope="session")
def said(reader: Extractor) -> dict[str, Item]:
    """The plans of the texts."""
    return {path.stem: reader.extract(path.read_bytes().decode("utf-8")).to_dict() for path in CORPUS}


@pytest.fixture(scope="session")
def sources(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The texts laid out."""
    return write_sources(CORPUS, tmp_path_factory.mktemp("laid-out"))


@pytest.fixture(scope="session", params=FORMATS)
def read(request: pytest.FixtureRequest, sources: list[Path], reader: Extractor) -> Mapping[str, Item]:
    """The plans of the files of one format, all made in one run of LibreOffice."""
    made = convert(sources, request.param, sources[0].parent)
    return read_all(reader, {path.stem: path.read_bytes() for path in made}, request.param).plans


def test_little_is_lost(read: Mapping[str, Item], said: Mapping[str, Item]) -> None:
    golds = {name: gold for name, gold in read_gold(ROOT / "gold").items() if name in said}
    lines = [f"{name} {line}" for name in golds for line in differences(said[name], read[name])]
    assert macro_of_values(golds, read) >= macro_of_values(golds, said) - MOST_LOST, "\n".join(lines)


def test_the_letterhead_is_that_of_the_text(read: Mapping[str, Item], said: Mapping[str, Item]) -> None:
    for name, plan in said.items():
        headers = plan["header"], read[name]["header"]
        wanted, found = ({field: header.get(field) for field in LETTERHEAD} for header in headers)
        assert {k: _plain(v) for k, v in found.items()} == {k: _plain(v) for k, v in wanted.items()}, name


def _plain(value: str | None) -> str | None:
    return value and " ".join(value.split())
