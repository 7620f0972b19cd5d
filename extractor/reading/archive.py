"""The parts of an Office file, a ZIP container of XML: bounded, without entities, never unpacked to disk."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Final

from lxml import etree

from extractor.errors import InputError

MAX_PART: Final = 64 * 1024 * 1024
"""Bytes of one part, unpacked."""
MAX_RATIO: Final = 200
"""A part that shrinks more than that was made to grow when it is unpacked."""
_DAMAGED: Final = (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, ValueError)
"""What zipfile raises where the container, or the table of its parts, is damaged."""
_SMALL: Final = 1024 * 1024
"""Bytes below which the ratio says nothing: an empty page shrinks well, too."""


class Archive:
    """The parts of a container by name. Raises InputError where one is damaged, protected or made to do harm."""

    def __init__(self, data: bytes, name: str) -> None:
        self._name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _DAMAGED:
            raise InputError(f"{name} is a damaged or cut-off Office file: its ZIP container cannot be read.") from None

    def xml(self, part: str) -> etree._Element | None:
        """The root of an XML part, ``None`` when there is no such part."""
        data = self._read(part)
        if data is None:
            return None
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            raise InputError(f"{self._name}: {part} declares entities, which no Office program writes. Not read.")
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
        try:
            return etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            raise InputError(f"{self._name}: {part} is damaged: {error.msg}.") from None

    def _read(self, part: str) -> bytes | None:
        info = self._zip.NameToInfo.get(part)
        if info is None:
            return None
        if info.flag_bits & 1:
            raise InputError(f"{self._name} is protected by a password. Save it without one.", "protected")
        if info.file_size > MAX_PART or (
            info.file_size > _SMALL and info.file_size > MAX_RATIO * max(info.compress_size, 1)
        ):
            raise InputError(f"{self._name}: {part} unpacks to {info.file_size // 1024**2} MB. Not read.")
        try:
            with self._zip.open(info) as stream:
                data = stream.read(MAX_PART + 1)
        except _DAMAGED as error:
            raise InputError(f"{self._name}: {part} is damaged: {error}.") from None
        if len(data) > MAX_PART:
            raise InputError(f"{self._name}: {part} unpacks to more than {MAX_PART // 1024**2} MB. Not read.")
        return data
