"""Concept notes whose PDF was moved: their page links follow, like those of the log that made them."""

from __future__ import annotations

from collections.abc import Sequence

from notegen.link.following import follow_source
from notegen.vault.atomic import sha256
from notegen.vault.note import Plan, Write
from notegen.vault.vault import Vault


def with_mended(plan: Plan, paths: Sequence[str], pdf_path: str, vault: Vault) -> Plan:
    """The plan, before it the notes at `paths` whose links to their PDF lead to another place than `pdf_path`.

    A note that cannot be read is left as it is.
    """
    mended = []
    for path in paths:
        try:
            before = (vault.root / path).read_bytes()
            text = before.decode("utf-8")
        except (OSError, UnicodeDecodeError):
            continue
        data = follow_source(text, path, pdf_path, vault).encode("utf-8")
        if data != before:
            mended.append(Write(path=path, data=data, status="updated", before_sha256=sha256(before)))
    return Plan(writes=(*mended, *plan.writes))
