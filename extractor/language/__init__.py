"""What holds for Vietnamese text whatever the document: the view, number words."""
