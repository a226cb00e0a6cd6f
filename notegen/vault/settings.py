"""What Obsidian itself is set to in this vault. Read only: notegen never writes into `.obsidian`."""

from __future__ import annotations

import json
import posixpath
from dataclasses import dataclass
from typing import Any, Literal

from notegen.vault.files import VaultFiles

_TEMPLATE_SETTINGS = (
    ("templates.json", "folder"),
    ("plugins/templater-obsidian/data.json", "templates_folder"),
)
"""File under `.obsidian` → the key that names a folder of templates: the core plugin's, and Templater's."""

LinkFormat = Literal["shortest", "relative", "absolute"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ObsidianSettings:
    """The settings that decide where notegen puts files and how it writes links. The defaults are Obsidian's."""

    attachment_folder: str = "/"
    """As in app.json: "/" the vault's root, "./" the note's folder, "./x" in that, else a folder of the vault."""
    link_format: LinkFormat = "shortest"
    use_markdown_links: bool = False
    strict_line_breaks: bool = False
    """False: a single line end is shown as a line break."""
    ignore_filters: tuple[str, ...] = ()
    """Paths (or /regular expressions/) that the learner hides from search and suggestions."""
    daily_folder: str = ""
    """Relative to the vault; "" is its root."""
    daily_format: str = "YYYY-MM-DD"
    """A Moment format; "/" in it makes sub-folders."""

    template_folders: tuple[str, ...] = ()
    """Where the core plugin and Templater find templates, relative to the vault."""

    @classmethod
    def read(cls, files: VaultFiles) -> ObsidianSettings:
        """Read what Obsidian keeps in `.obsidian`. What is missing or cannot be read has its default."""
        app = _read_json(files, "app.json")
        daily = _read_json(files, "daily-notes.json")
        templates = (_text(_read_json(files, name), key).strip("/ ") for name, key in _TEMPLATE_SETTINGS)
        link_format = app.get("newLinkFormat")
        filters = app.get("userIgnoreFilters")
        return cls(
            attachment_folder=_text(app, "attachmentFolderPath") or "/",
            link_format=link_format if link_format in ("shortest", "relative", "absolute") else "shortest",
            use_markdown_links=app.get("useMarkdownLinks") is True,
            strict_line_breaks=app.get("strictLineBreaks") is True,
            ignore_filters=tuple(str(entry) for entry in filters) if isinstance(filters, list) else (),
            daily_folder=_text(daily, "folder").strip("/"),
            daily_format=_text(daily, "format") or "YYYY-MM-DD",
            template_folders=tuple(folder for folder in templates if folder),
        )

    def attachments_of(self, note_path: str) -> str:
        """Return the folder for the attachments of a note, relative to the vault; "" is its root."""
        folder = self.attachment_folder
        if folder == "." or folder.startswith("./"):
            folder = posixpath.join(posixpath.dirname(note_path), folder[2:])
        inside = posixpath.normpath("/" + folder).strip("/")
        return "" if inside == "." else inside


def _read_json(files: VaultFiles, name: str) -> dict[str, Any]:
    try:
        data = json.loads(files.read(f".obsidian/{name}")[0].decode("utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


def _text(settings: dict[str, Any], key: str) -> str:
    value = settings.get(key)
    return value if isinstance(value, str) else ""
