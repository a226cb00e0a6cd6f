"""The tools of one run, gathered once at the door."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from notegen import config
from notegen.compose.templates import Templates
from notegen.config import DraftSettings, Settings
from notegen.draft.drafter import Drafter
from notegen.draft.quoting.extractive import ExtractiveDrafter
from notegen.embed.on_demand import EncoderOnDemand
from notegen.embed.weights import sha256_of
from notegen.errors import UsageError, VaultError
from notegen.store.replies import Replies
from notegen.store.store import Store
from notegen.vault.files import VaultFiles
from notegen.vault.folder import FolderFiles
from notegen.vault.vault import Vault

if TYPE_CHECKING:  # pydantic is for those who name a model
    from notegen.draft.model.check.veto import InferenceVeto


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
    model: str | None = None,
    base_url: str | None = None,
    templates: Path | None = None,
    may_fetch: bool = True,
    offline: bool = False,
    files: Callable[[Path], VaultFiles] = FolderFiles,
) -> Desk:
    """Find the vault, read its settings and lay out the tools.

    drafter, model, base_url: as on the command line, None for the setting.
    templates: a folder that overrides every other one.
    may_fetch: whether the encoder's weights may be fetched, or its server asked, where the settings allow it.
    files: the files of the vault in a folder.
    offline: nothing leaves this machine, so that only a model on it drafts.
    Raises VaultError where there is no vault or it is not initialised, UsageError for a wrong setting.
    """
    store = Store.open()
    vault = Vault.find(vault_path, env, store=store, files=files)
    if vault.storage.stamp(config.FILE_NAME) is None:
        raise VaultError(f"{vault.name} is not set up for notegen.", f"Run: notegen init {vault.name}")
    settings = _with_draft(config.load(vault.storage.read, env), drafter, model, base_url)
    if templates is not None and not templates.is_dir():
        raise UsageError(f"There is no folder {templates}.", "Name the folder that holds your daily.md.j2.")
    folders = [vault.storage.local_path(".notegen/templates"), config.user_folder() / "templates"]
    in_force = Templates([templates, *folders] if templates else folders)
    encoder = encoder_for(settings, env, may_fetch=may_fetch, hash_of=store.sha256_of)
    return Desk(
        vault=vault,
        settings=settings,
        drafter=_drafter(settings, in_force, env, offline, store.sha256_of),
        templates=in_force,
        store=store,
        encoder=encoder,
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


def draft_settings(vault_path: Path | None, env: Mapping[str, str], *, base_url: str | None = None) -> DraftSettings:
    """The settings of drafting, of the vault where one is found and of the environment where none is.

    Raises VaultError for a vault that was named and is none, UsageError for a wrong setting.
    """
    try:
        read = Vault.find(vault_path, env).storage.read
    except VaultError:
        if vault_path is not None:
            raise
        read = None
    settings = config.load(read, env).draft
    return settings if base_url is None else replace(settings, base_url=base_url)


def _with_draft(settings: Settings, drafter: str | None, model: str | None, base_url: str | None) -> Settings:
    """The settings with what the command line says about drafting. Raises UsageError where it contradicts itself."""
    told = settings.draft
    draft = replace(
        told,
        drafter=drafter or told.drafter,
        model=told.model if model is None else model,
        base_url=told.base_url if base_url is None else base_url,
    )
    if drafter == "extractive" and (model or base_url):
        raise UsageError("--drafter extractive asks no model.", "Leave --model and --base-url out, or --drafter.")
    if model and drafter is None:
        draft = replace(draft, drafter="auto")
    if not draft.model and (draft.drafter == "llm" or base_url):
        raise UsageError(
            "No language model is named.",
            "Give --model NAME, or set draft.model in notegen.toml; notegen models lists what a server offers.",
        )
    return replace(settings, draft=draft)


def _drafter(
    settings: Settings,
    templates: Templates,
    env: Mapping[str, str],
    offline: bool,
    hash_of: Callable[[Path], str],
) -> Drafter:
    """A model drafts only where one is named: a key in the environment alone sends nothing."""
    if settings.draft.drafter == "extractive" or not settings.draft.model:
        return ExtractiveDrafter()
    from notegen.draft.model.drafter import LLMDrafter
    from notegen.llm.endpoint import endpoint_of

    endpoint = endpoint_of(settings.draft, env)
    if offline and not endpoint.is_local:
        return ExtractiveDrafter()
    return LLMDrafter(
        endpoint, settings.draft, settings.learner, templates, Replies.open(env), _veto(settings.draft.nli, hash_of)
    )


def _veto(nli: str, hash_of: Callable[[Path], str]) -> InferenceVeto | None:
    """The veto of the model of inference that is named. Raises UsageError where there is none."""
    if not nli:
        return None
    from notegen.draft.model.check.veto import InferenceVeto
    from notegen.embed.model_file import model_file

    file = model_file(nli)
    if file is None:
        raise UsageError(
            f"draft.nli names no model: {nli}.", "Name a folder with model.onnx, tokenizer.json and config.json."
        )
    return InferenceVeto(file, hash_of(file))
