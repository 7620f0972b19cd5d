"""The form of the document: headings, header, zones, tables."""
