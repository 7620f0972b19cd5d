"""What becomes of a plan: files, a terminal, a page."""
