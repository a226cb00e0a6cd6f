"""Make a folder ready for notegen, without changing anything that is there."""

from __future__ import annotations

from pathlib import Path

from notegen.errors import VaultError


def adopt(root: Path, config_text: str, inbox: str = "Inbox") -> list[str]:
    """Make `root`, its inbox folder and notegen.toml where they are missing.

    Return what was made, one sentence each; nothing for a vault that is ready. Raises VaultError.
    """
    made: list[str] = []
    config = root / "notegen.toml"
    try:
        for folder, meaning in ((root, "the vault"), (root / inbox, "for the PDFs you want to read")):
            if not folder.is_dir():
                folder.mkdir(parents=True)
                made.append(f"Made the folder {folder} ({meaning}).")
        if not config.exists():
            with config.open("x", encoding="utf-8", newline="\n") as file:
                file.write(config_text)
            made.append(f"Made {config} (every setting, with its default).")
    except OSError as error:
        raise VaultError(
            f"{error.filename or root} cannot be made ({error.strerror}).", "Choose a folder that you may write to."
        ) from error
    return made
