"""From files to text: one module a format."""

from extractor.reading.document import Document, Layout, Limits
from extractor.reading.files import read_bytes, read_file

__all__ = ["Document", "Layout", "Limits", "read_bytes", "read_file"]
