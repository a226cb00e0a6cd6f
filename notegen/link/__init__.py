"""Connections: what in the vault belongs to a text, which words become links, which concepts get a note."""
