"""Which plan carries out which decision, as a graph: GraphML for Gephi and yEd, node-link JSON for d3 and networkx."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Final
from xml.sax.saxutils import escape, quoteattr

from extractor.asking.queries import ask

if TYPE_CHECKING:
    import duckdb

_NODES: Final = "FROM graph_nodes"
_LINKS: Final = "FROM graph_links"
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_GRAPHML_HEAD: Final = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
"""
Form = Callable[["duckdb.DuckDBPyConnection"], Iterator[str]]


def graphml(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """The graph as GraphML, piece by piece; the order is that of the ids. What XML cannot hold becomes U+FFFD."""
    yield _GRAPHML_HEAD
    nodes = ask(connection, f"DESCRIBE {_NODES}").rows
    for name, *_ in nodes:
        if name != "id":
            yield f'  <key id="{name}" for="node" attr.name="{name}" attr.type="string"/>\n'
    yield '  <key id="relation" for="edge" attr.name="relation" attr.type="string"/>\n'
    yield '  <key id="mentions" for="edge" attr.name="mentions" attr.type="int"/>\n'
    yield '  <graph edgedefault="directed">\n'
    for node in _records(connection, _NODES):
        yield f"    <node id={_attribute(node.pop('id'))}>{_data(node)}</node>\n"
    for number, link in enumerate(_records(connection, _LINKS), 1):
        ends = f"source={_attribute(link.pop('source'))} target={_attribute(link.pop('target'))}"
        yield f'    <edge id="e{number}" {ends}>{_data(link)}</edge>\n'
    yield "  </graph>\n</graphml>\n"


def node_link(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """The graph as node-link JSON, piece by piece: an object with "nodes" and "links", in the order of their ids."""
    yield '{"directed": true, "multigraph": true, "graph": {},\n"nodes": ['
    yield from _listed(_records(connection, _NODES))
    yield '],\n"links": ['
    yield from _listed(_records(connection, _LINKS))
    yield "]}\n"


FORMS: Final[dict[str, Form]] = {"graphml": graphml, "json": node_link}


def _records(connection: duckdb.DuckDBPyConnection, sql: str) -> Iterator[dict[str, Any]]:
    """Rows as records; a value that is not there is left out."""
    answer = ask(connection, sql)
    for row in answer.rows:
        yield {name: value for name, value in zip(answer.columns, row, strict=True) if value is not None}


def _listed(records: Iterator[dict[str, Any]]) -> Iterator[str]:
    separator = "\n"
    for record in records:
        yield separator + json.dumps(record, ensure_ascii=False)
        separator = ",\n"


def _data(record: dict[str, Any]) -> str:
    return "".join(f'<data key="{name}">{escape(_xml(str(value)))}</data>' for name, value in record.items())


def _attribute(words: str) -> str:
    return quoteattr(_xml(words))


def _xml(words: str) -> str:
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", words)
