"""From the signs of pages to text: lines, tables, columns, running heads, footnotes, paragraphs."""
