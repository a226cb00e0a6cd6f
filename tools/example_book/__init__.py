"""The example book: its text (text/*.md), the numbers in it, its figures, and the small typesetter that prints it.

The text is the notegen authors' own, under CC BY 4.0.
"""
