"""What Tesseract broke, put right where a lexicon or a rule proves what stood there."""
