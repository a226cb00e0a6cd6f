"""Words, sentences and scripts of a language, and which language a text is in. Nothing here knows of PDFs or notes.

Languages are named by their ISO 639-1 codes. What differs by language stands in `lists/<code>/`, as plain text.
"""
