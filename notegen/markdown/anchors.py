"""Places inside a note that a link can name: headings and blocks."""

from __future__ import annotations

import re
import unicodedata

from notegen.markdown.parsed import ParsedNote


def heading_key(text: str) -> str:
    """What Obsidian compares when a link names a heading: case, punctuation and the Unicode form do not count."""
    shown = re.sub(r"\[\[(?:[^\]|]*\|)?([^\]]*)\]\]", r"\1", unicodedata.normalize("NFC", text.casefold()))
    return " ".join(re.sub(r"[!\"#$%&()*+,.:;<=>?@^`{|}~/\[\]\\]", " ", shown).split())


def has_subpath(note: ParsedNote, subpath: str) -> bool:
    """Whether `note` has the heading path ("#Heading", "#H1#H2") or block ("#^id") that a link's subpath names."""
    parts = [part for part in subpath.split("#") if part.strip()]
    if parts and parts[0].startswith("^"):
        return any(block.text.lower() == parts[0][1:].strip().lower() for block in note.block_ids)
    position, level = 0, 0
    for part in parts:
        for index, heading in enumerate(note.headings[position:], position):
            if heading_key(heading.text) == heading_key(part) and heading.level > level:
                position, level = index + 1, heading.level
                break
        else:
            return False
    return True
