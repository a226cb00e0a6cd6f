"""Where a log stands."""

from __future__ import annotations

from dataclasses import dataclass

from notegen.vault.vault import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a log stands: in which vault, under which path, and where its PDF is."""

    vault: Vault
    note_path: str
    """Relative to the vault; the note's own place when it exists already."""
    pdf_path: str
    """Relative to the vault; where the page links go."""
    attachment_folder: str
    """Relative to the vault, "" for its root."""
    date: str
    """YYYY-MM-DD."""
    tags: tuple[str, ...]
    concept_tags: tuple[str, ...]
    """Tags of the notes of new concepts."""
    made_from: str
    """Fingerprint of what the note is made from; the same one again means that nothing is to be done."""
    raw_extract: bool = False
    """Add the text of the pages, folded."""
    language: str = ""
    """ISO 639-1: what notegen itself says is said in it; "" = in the source's."""
