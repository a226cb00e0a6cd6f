"""Obsidian's dialect of Markdown: write it safely from plain text, parse it, check it."""
