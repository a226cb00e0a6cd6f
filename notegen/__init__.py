"""notegen: PDF pages become study notes in an Obsidian vault."""

__version__ = "0.1.0"
