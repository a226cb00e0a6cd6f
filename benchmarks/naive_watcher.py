"""The watcher that one writes in an afternoon, to compare with: on_created → read → write the note.

    python benchmarks/naive_watcher.py VAULT

It reads with MuPDF in its own process and writes text and pictures straight into the vault.
"""

from __future__ import annotations

import hashlib
import sys
import time
from pathlib import Path

import pymupdf
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer


class OnCreated(FileSystemEventHandler):
    """Makes a note of every PDF that is created."""

    def __init__(self, vault: Path) -> None:
        self._vault = vault

    def on_created(self, event: FileSystemEvent) -> None:
        path = Path(str(event.src_path))
        if event.is_directory or path.suffix.lower() != ".pdf":
            return
        try:
            self._make(path)
            print(f"done {path.name}", flush=True)
        except Exception as error:
            print(f"failed {path.name}: {error}", flush=True)

    def _make(self, path: Path) -> None:
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        lines = ["---", f"source_sha256: {sha256}", "---", f"# {path.stem}"]
        with pymupdf.open(path) as document:
            for page in document:
                lines += [f"## Page {page.number + 1}", page.get_text()]
                for xref, *_ in page.get_images():
                    name = f"{path.stem}-{xref}.png"
                    lines.append(f"![[{name}]]")
                    (self._vault / name).write_bytes(document.extract_image(xref)["image"])
        note = self._vault / "Logs" / f"{path.stem}.md"
        number = 1
        while note.exists():
            note, number = note.with_name(f"{path.stem} {number}.md"), number + 1
        note.write_text("\n\n".join(lines), encoding="utf-8")


def main() -> None:
    """Watch until killed."""
    vault = Path(sys.argv[1])
    observer = Observer()
    observer.schedule(OnCreated(vault), str(vault / "Inbox"), recursive=True)
    observer.start()
    print("Watching", flush=True)
    while True:
        time.sleep(1)


if __name__ == "__main__":
    main()
