"""The tools of one run, gathered once at the door."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from notegen import config
from notegen.compose.templates import Templates
from notegen.config import Settings
from notegen.draft.drafter import Drafter
from notegen.draft.extractive import ExtractiveDrafter
from notegen.embed.on_demand import EncoderOnDemand
from notegen.embed.weights import sha256_of
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
    may_fetch: whether the encoder's weights may be fetched, or its server asked, where the settings allow it.
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
        encoder=encoder_for(settings, env, may_fetch=may_fetch, hash_of=store.sha256_of),
    )


def encoder_for(
    settings: Settings, env: Mapping[str, str], *, may_fetch: bool, hash_of: Callable[[Path], str] = sha256_of
) -> EncoderOnDemand:
    """The encoder that the settings name. may_fetch, hash_of: as `open_desk`, `open_encoder`."""
    model = settings.model
    return EncoderOnDemand(
        path=model.path,
        may_fetch=may_fetch and model.fetch,
        served=model.served,
        base_url=model.base_url,
        max_texts=model.max_texts,
        may_send=may_fetch,
        hash_of=hash_of,
        env=env,
    )


def _drafter(choice: str) -> Drafter:
    if choice == "llm":
        raise UsageError("No language model is set up.", "Leave --drafter out, or use --drafter extractive.")
    return ExtractiveDrafter()
