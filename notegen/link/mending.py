"""Concept notes whose PDF was moved: their page links follow, like those of the log that made them."""

from __future__ import annotations

from collections.abc import Sequence

from notegen.errors import VaultError
from notegen.link.following import follow_source
from notegen.vault.note import Plan, Write
from notegen.vault.vault import Vault


def with_mended(plan: Plan, paths: Sequence[str], pdf_path: str, vault: Vault) -> Plan:
    """The plan, before it the notes at `paths` whose links to their PDF lead to another place than `pdf_path`.

    A note that cannot be read is left as it is.
    """
    mended = []
    for path in paths:
        try:
            text, version = vault.read_text(path)
        except VaultError:
            continue
        after = follow_source(text, path, pdf_path, vault)
        if after != text:
            mended.append(Write(path=path, data=after.encode(), status="updated", before_sha256=version))
    return Plan(writes=(*mended, *plan.writes))
