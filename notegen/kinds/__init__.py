"""The kinds of note: where each goes, what it is made from and how."""
