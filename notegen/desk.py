"""The tools of one run, gathered once at the door."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from notegen import config
from notegen.compose.templates import Templates
from notegen.config import Settings
from notegen.draft.drafter import Drafter
from notegen.draft.extractive import ExtractiveDrafter
from notegen.embed.on_demand import EncoderOnDemand
from notegen.errors import UsageError, VaultError
from notegen.store.store import Store
from notegen.vault.vault import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    vault: Vault
    settings: Settings
    drafter: Drafter
    templates: Templates
    store: Store
    encoder: EncoderOnDemand


def open_desk(
    vault_path: Path | None,
    env: Mapping[str, str],
    *,
    drafter: str | None = None,
    templates: Path | None = None,
    may_fetch: bool = True,
) -> Desk:
    """Find the vault, read its settings and lay out the tools.

    drafter: as on the command line, None for the setting. templates: a folder that overrides every other one.
    may_fetch: whether the encoder's weights may be fetched where the settings allow it.
    Raises VaultError where there is no vault or it is not initialised, UsageError for a wrong setting.
    """
    store = Store.open()
    vault = Vault.find(vault_path, env, store=store)
    if not (vault.root / config.FILE_NAME).is_file():
        raise VaultError(f"{vault.root} is not set up for notegen.", f"Run: notegen init {vault.root}")
    settings = config.load(vault.root, env)
    if templates is not None and not templates.is_dir():
        raise UsageError(f"There is no folder {templates}.", "Name the folder that holds your daily.md.j2.")
    folders = [vault.root / ".notegen" / "templates", config.user_folder() / "templates"]
    return Desk(
        vault=vault,
        settings=settings,
        drafter=_drafter(drafter or settings.draft.drafter),
        templates=Templates([templates, *folders] if templates else folders),
        store=store,
        encoder=EncoderOnDemand(
            path=settings.model.path,
            may_fetch=may_fetch and settings.model.fetch,
            hash_of=store.sha256_of,
            env=env,
        ),
    )


def _drafter(choice: str) -> Drafter:
    if choice == "llm":
        raise UsageError("No language model is set up.", "Leave --drafter out, or use --drafter extractive.")
    return ExtractiveDrafter()
