"""Words and sentences of a language. Nothing here knows of PDFs or notes."""
