"""Concept notes whose PDF was moved: their page links follow, like those of the log that made them."""

from __future__ import annotations

from collections.abc import Sequence

from notegen.errors import VaultError
from notegen.link.following import follow_source
from notegen.vault.note import Edit
from notegen.vault.vault import Vault


def mended(paths: Sequence[str], pdf_path: str, vault: Vault) -> list[Edit]:
    """The notes at `paths` whose links to their PDF lead to another place than `pdf_path`, with links that lead there.

    A note that cannot be read is left as it is.
    """
    edits = []
    for path in paths:
        try:
            text, version = vault.read_text(path)
        except VaultError:
            continue
        after = follow_source(text, path, pdf_path, vault)
        if after != text:
            edits.append(Edit(path=path, text=after, version=version))
    return edits
