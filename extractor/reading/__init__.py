"""From files to text: one module a format."""

from extractor.reading.text import Document, read_bytes, read_file

__all__ = ["Document", "read_bytes", "read_file"]
