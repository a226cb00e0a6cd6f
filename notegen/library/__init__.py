"""The library: the units of all books that the vault knows, and what speaks to a question or a claim in them."""
