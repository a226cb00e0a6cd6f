"""Obsidian's dialect of Markdown: write it safely from plain text (`write`), parse it, check it."""

from notegen.markdown.check import check
from notegen.markdown.parse import parse

__all__ = ["check", "parse"]
