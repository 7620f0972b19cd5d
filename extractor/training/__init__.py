"""Training the models of ``extractor.learned`` on gold, and measuring them by provinces."""
