"""The example book: its text (text/*.md), the numbers in it, its figures, and the small typesetter that prints it."""
