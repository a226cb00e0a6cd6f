"""What writing some notes would change in the vault. Nothing is written here."""

from __future__ import annotations

from collections.abc import Iterable

from notegen.errors import VaultError
from notegen.vault import properties, regions
from notegen.vault.frontmatter import fault
from notegen.vault.identity import book_id, identity_of, properties_of, with_comment, yaml_of
from notegen.vault.logs import LogRecord, record_of, same_passage
from notegen.vault.names import collision_key, free_path
from notegen.vault.note import Attachment, Note, Plan, Write
from notegen.vault.vault import Vault

LEARNERS = frozenset({"reviewed"})
"""Properties that notegen sets once; from then on they are the learner's."""


def plan(notes: Iterable[Note], vault: Vault) -> Plan:
    """Return the writes that bring `notes` into the vault as it is now, attachments before notes.

    A note of a passage that has one on disk goes there, wherever the learner moved it, and changes only notegen's own
    properties and the regions that the learner left alone. Any other file in the way keeps its name, and the new note
    takes the next free one. Raises VaultError when a place is not allowed or a file cannot be read.
    """
    notes = tuple(notes)
    vault.refresh()
    logs = vault.logs() if any(record_of(note.path, note.properties) for note in notes) else ()
    attachments: dict[str, Write] = {}
    for attachment in (attachment for note in notes for attachment in note.attachments):
        write = plan_attachment(attachment, vault)
        earlier = attachments.setdefault(write.path, write)
        if earlier.data != write.data:
            raise _other_content(write.path)
    writes = list(attachments.values())
    taken: set[str] = set()
    for note in notes:
        path = _path_on_disk(note, logs)
        writes.append(_plan_update(note, path, vault) if path else _plan_new(note, vault, taken))
        taken.add(collision_key(writes[-1].path))
    return Plan(writes=tuple(writes))


def plan_attachment(attachment: Attachment, vault: Vault) -> Write:
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


def _path_on_disk(note: Note, logs: Iterable[LogRecord]) -> str | None:
    """Return the place of the note that the vault already has of the same passage."""
    mine = record_of(note.path, note.properties)
    if mine is None:
        return None
    same = [log.path for log in same_passage(mine, logs)]
    key = collision_key(note.path)
    return min(same, key=lambda path: (collision_key(path) != key, path), default=None)


def _plan_new(note: Note, vault: Vault, taken: set[str]) -> Write:
    files = vault.storage
    files.check(note.path)

    def is_taken(path: str) -> bool:
        return collision_key(path) in taken or files.is_there(files.spelling(path))

    folder = files.spelling(note.path).rpartition("/")[0]
    name = note.path.rpartition("/")[2]
    path = free_path(f"{folder}/{name}" if folder else name, is_taken)
    text = properties.render(note.properties) + _with_identity(regions.with_roster(note.body), note)
    return Write(path=path, data=text.encode(), status="written")


def _plan_update(note: Note, path: str, vault: Vault) -> Write:
    vault.storage.check(path)
    before, version = vault.read(path)
    try:
        text = before.decode("utf-8")
    except UnicodeDecodeError:
        why = "The note is no UTF-8 text, so it was left as it is."
        return Write(path=path, data=before, status="kept", before_sha256=version, said=(why,))
    if error := fault(text):
        why = f"The note was left as it is: {error.message} (line {error.line})."
        return Write(path=path, data=before, status="kept", before_sha256=version, said=(why,))
    text, said_of_properties = properties.update(text, note.properties, keep=LEARNERS | _theirs(text))
    _, disk_body = properties.split(text)
    body, said_of_regions = regions.merge(disk_body, note.body)
    body = _with_identity(body, note)
    data = (text[: len(text) - len(disk_body)] + body).encode()
    said = said_of_properties + said_of_regions
    return Write(
        path=path,
        data=data,
        status="updated" if data != before else "kept" if said else "unchanged",
        before_sha256=version,
        said=said,
    )


def _with_identity(body: str, note: Note) -> str:
    return with_comment(body, identity_of(note.properties))


def _theirs(text: str) -> frozenset[str]:
    """A property `book` that the learner had before notegen knew books stays theirs."""
    value = properties_of(yaml_of(text)).get("book")
    return frozenset({"book"} if value is not None and not book_id(value) else ())
