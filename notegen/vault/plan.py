"""What writing some notes would change in the vault. Nothing is written here."""

from __future__ import annotations

from collections.abc import Iterable

from notegen.errors import VaultError
from notegen.vault import property_merge, regions
from notegen.vault.appending import append
from notegen.vault.frontmatter import fault
from notegen.vault.identity import Identity, book_id, properties_of, with_comment, yaml_of
from notegen.vault.names import collision_key, free_path
from notegen.vault.note import Attachment, Edit, Note, Plan, Regenerated, Write
from notegen.vault.properties import render, split
from notegen.vault.property_record import PropertyRecord, read_record, record_of_properties, with_record
from notegen.vault.vault import Vault

LEARNERS = frozenset({"reviewed"})
"""Properties that notegen sets once; from then on they are the learner's."""


def plan(notes: Iterable[Note | Edit], vault: Vault) -> Plan:
    """Return the writes that bring `notes` into the vault as it is now, attachments before notes.

    A note that its kind finds in the vault goes there, wherever the learner moved it, and changes only notegen's own
    properties and what the kind's way to merge allows. Any other file in the way keeps its name, and the new note takes
    the next free one. Raises VaultError when a place is not allowed or a file cannot be read.
    """
    notes = tuple(notes)
    vault.refresh()
    attachments: dict[str, Write] = {}
    for attachment in (attachment for note in notes for attachment in note.attachments):
        write = _plan_attachment(attachment, vault)
        earlier = attachments.setdefault(write.path, write)
        if earlier.data != write.data:
            raise _other_content(write.path)
    writes = list(attachments.values())
    taken: set[str] = set()
    for note in notes:
        writes.append(_plan_edit(note) if isinstance(note, Edit) else _plan_note(note, vault, taken))
        taken.add(collision_key(writes[-1].path))
    return Plan(writes=tuple(writes))


def _plan_attachment(attachment: Attachment, vault: Vault) -> Write:
    """The write of a file that is named by its content. Raises VaultError where another one has that name."""
    vault.storage.check(attachment.path)
    path = vault.storage.spelling(attachment.path)
    if not vault.storage.is_there(path):
        return Write(path=path, data=attachment.data, status="written")
    before, version = vault.read(path)
    if before != attachment.data:
        raise _other_content(path)
    return Write(path=path, data=attachment.data, status="unchanged", before_sha256=version)


def _other_content(path: str) -> VaultError:
    return VaultError(
        f"“{path}” is there with other content than its name stands for.",
        "Look at the file; if nobody needs it, move it away and run again.",
    )


def _plan_edit(edit: Edit) -> Write:
    return Write(path=edit.path, data=edit.text.encode(), status="updated", before_sha256=edit.version)


def _plan_note(note: Note, vault: Vault, taken: set[str]) -> Write:
    same = [record.path for record in note.kind.known(note.properties, vault)] if note.kind else []
    place = collision_key(note.path)
    path = min(same, key=lambda path: (collision_key(path) != place, len(path), path), default=None)
    return _plan_update(note, path, vault) if path else _plan_new(note, vault, taken)


def _plan_new(note: Note, vault: Vault, taken: set[str]) -> Write:
    files = vault.storage
    files.check(note.path)

    def is_taken(path: str) -> bool:
        return collision_key(path) in taken or files.is_there(files.spelling(path))

    folder = files.spelling(note.path).rpartition("/")[0]
    name = note.path.rpartition("/")[2]
    path = free_path(f"{folder}/{name}" if folder else name, is_taken)
    body = _with_comments(regions.with_roster(note.body), note, record_of_properties(note.properties))
    text = render(note.properties) + body
    return Write(path=path, data=text.encode(), status="written")


def _plan_update(note: Note, path: str, vault: Vault) -> Write:
    vault.storage.check(path)
    before, version = vault.read(path)
    if note.kind and note.kind.merge == "once":
        return Write(path=path, data=before, status="unchanged", before_sha256=version)
    try:
        text = before.decode("utf-8")
    except UnicodeDecodeError:
        why = "The note is no UTF-8 text, so it was left as it is."
        return Write(path=path, data=before, status="kept", before_sha256=version, said=(why,))
    if error := fault(text):
        why = f"The note was left as it is: {error.message} (line {error.line})."
        return Write(path=path, data=before, status="kept", before_sha256=version, said=(why,))
    after, said, regenerated = _merged(text, note, vault)
    data = after.encode()
    return Write(
        path=path,
        data=data,
        status="updated" if data != before else "kept" if said else "unchanged",
        before_sha256=version,
        said=said,
        regenerated=regenerated,
    )


def _merged(text: str, note: Note, vault: Vault) -> tuple[str, tuple[str, ...], tuple[Regenerated, ...]]:
    """(the text on disk with what is new of the note in it, what was left alone and why, its regions)."""
    merged = property_merge.merge(text, note.properties, keep=LEARNERS | _theirs(text))
    said = merged.said
    _, disk_body = split(merged.text)
    regenerated: tuple[Regenerated, ...] = ()
    if note.kind and note.kind.merge == "append":
        body = append(disk_body, note.body)
    else:
        body, left_alone, regenerated = regions.merge(disk_body, note.body, vault.bases.text)
        said += left_alone
    after = merged.text[: len(merged.text) - len(disk_body)] + _with_comments(body, note, merged.record)
    return after, (*said, *merged.stays) if after != text else said, regenerated


def _with_comments(body: str, note: Note, record: PropertyRecord | None) -> str:
    """The body with what its last comments say: what notegen wrote into the properties, and which note it is."""
    if note.kind is None or note.kind.merge == "once":
        record = None
    key = note.kind.identity(note.properties) if note.kind else None
    body = with_comment(body, Identity(note.kind.name, key) if note.kind and key else None)
    return with_record(body, record) if record else body


def _theirs(text: str) -> frozenset[str]:
    """A property `book` that the learner had before notegen knew books stays theirs."""
    value = properties_of(yaml_of(text)).get("book")
    is_theirs = value is not None and not book_id(value) and read_record(text) is None
    return frozenset({"book"} if is_theirs else ())
