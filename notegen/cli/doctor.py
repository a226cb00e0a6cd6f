"""`notegen doctor`."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import platform
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from notegen import __version__, config
from notegen.cli.options import json_option, say_json, vault_option
from notegen.desk import draft_settings
from notegen.embed.weights import MODEL_NAME, is_here, model_folder
from notegen.errors import NotegenError
from notegen.extract.ocr.tesseract import HOW_TO_INSTALL, installed_languages, missing_data, tesseract_path
from notegen.extract.worker.workers import guards
from notegen.llm.endpoint import KEYRING_SERVICE
from notegen.run.inbox import look
from notegen.store.folder import state_folder
from notegen.vault.vault import Vault

LIBRARIES = (
    "pymupdf", "pypdfium2", "jinja2", "markdown-it-py", "ruamel.yaml", "pydantic", "openai", "click", "rich",
    "numpy", "onnxruntime", "tokenizers",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at."""

    what: str
    ok: bool
    found: str
    next_step: str = ""


@click.command(name="doctor", short_help="Show what is installed, configured and missing.")
@vault_option("The vault to look at; needs none.")
@json_option()
def command(vault: Path | None, as_json: bool) -> int:
    """Show what is installed, configured and missing, and how to get it. Changes nothing, needs no vault.

    \b
    notegen doctor
    notegen doctor --vault ~/MyVault --json

    Exit status: 0 notes can be made, 1 something that they need is missing.
    """
    findings = [*_installation(), *_extras(vault), *_vault(vault)]
    broken = [each for each in findings if not each.ok]
    if as_json:
        rows = [{"what": f.what, "ok": f.ok, "found": f.found, "next_step": f.next_step} for f in findings]
        say_json({"ok": not broken, "findings": rows})
    else:
        for each in findings:
            click.echo(f"{_sign(each)} {each.what}: {each.found}")
            if each.next_step:
                click.echo(f"    {each.next_step}")
    return 1 if broken else 0


def _sign(finding: Finding) -> str:
    """Fine, could be better, or broken."""
    if not finding.ok:
        return "✗"
    return "·" if finding.next_step else "✓"


def _installation() -> Iterator[Finding]:
    yield Finding(what="notegen", ok=True, found=__version__)
    python = f"{platform.python_version()} on {platform.system()} ({sys.executable})"
    yield Finding(what="Python", ok=sys.version_info >= (3, 11), found=python)
    for name in LIBRARIES:
        try:
            yield Finding(what=name, ok=True, found=importlib.metadata.version(name))
        except importlib.metadata.PackageNotFoundError:
            yield Finding(what=name, ok=False, found="not installed", next_step=f"python -m pip install {name}")
    yield _templates()
    yield _worker()
    folder = state_folder(os.environ)
    nearest = next((each for each in (folder, *folder.parents) if each.exists()), folder)
    writable = os.access(nearest, os.W_OK)
    note = "" if writable else "Set NOTEGEN_STATE to a folder that you can write; notegen also works without."
    yield Finding(
        what="State folder", ok=True, found=str(folder) if writable else f"{folder} cannot be written", next_step=note
    )


def _worker() -> Finding:
    granted = guards()
    limits = [each for each in granted if each != "network"]
    found = f"limited by the system: {', '.join(limits)}" if limits else "time and memory are watched from outside"
    network = "it has no network" if "network" in granted else "this system does not let it give up the network"
    return Finding(what="PDF worker", ok=True, found=f"{found}; {network}")


def _templates() -> Finding:
    from notegen.compose.templates import shipped_folder

    try:
        return Finding(what="Templates", ok=True, found=str(shipped_folder()))
    except NotegenError as error:
        return Finding(what="Templates", ok=False, found=error.reason, next_step=error.next_step)


def _extras(vault: Path | None) -> Iterator[Finding]:
    languages = installed_languages() - {"osd"}
    if languages:
        scans = Finding(what="Scans", ok=True, found=f"read by tesseract, in {', '.join(sorted(languages))}")
    elif tesseract_path():
        scans = Finding(what="Scans", ok=True, found="tesseract has no language data", next_step=missing_data(["eng"]))
    else:
        scans = Finding(
            what="Scans", ok=True, found="shown as page pictures", next_step=f"{HOW_TO_INSTALL} to read their text."
        )
    yield scans
    stored = importlib.util.find_spec("keyring") is not None
    yield Finding(
        what="Locked PDFs",
        ok=True,
        found=f"--password, a question on the terminal{', or the keyring' if stored else ''}",
        next_step=""
        if stored
        else "To have passwords looked up in the system's keyring: python -m pip install keyring",
    )
    yield from _drafting(vault)
    yield _model()


def _model() -> Finding:
    there = is_here(model_folder())
    found = (
        f"{MODEL_NAME} in {model_folder()}" if there else f"{MODEL_NAME} is not here yet, so no figures of attention"
    )
    return Finding(what="Model", ok=True, found=found, next_step="" if there else "To get it: notegen model fetch")


def _drafting(vault: Path | None) -> Iterator[Finding]:
    """Who drafts, and which servers on this machine could. Nothing is asked beyond the lists of their models."""
    from notegen.llm.endpoint import endpoint_of
    from notegen.llm.local_servers import local_servers

    found, step = "extractive: quotes the source, needs no key and no network", ""
    try:
        settings = draft_settings(vault, os.environ)
        if settings.model and settings.drafter != "extractive":
            endpoint = endpoint_of(settings, os.environ)
            found = f"{settings.model} at {endpoint.base_url}, {'with a key' if endpoint.key else 'without a key'}"
            if endpoint.needs_key:
                step = f"Keep the key: keyring set {KEYRING_SERVICE} {endpoint.host}, or set OPENAI_API_KEY."
    except NotegenError as error:
        found, step = error.reason, error.next_step
    yield Finding(what="Drafting", ok=True, found=found, next_step=step)
    for server in local_servers():
        names = ", ".join(server.models[:5]) or "no models yet"
        first = server.models[0] if server.models else "NAME"
        lines = (
            "To draft with it, in notegen.toml:",
            "[draft]",
            f'model = "{first}"',
            f'base_url = "{server.base_url}"',
        )
        found = f"runs on this machine, with {names}"
        yield Finding(what=server.name, ok=True, found=found, next_step="\n    ".join(lines))


def _vault(path: Path | None) -> Iterator[Finding]:
    try:
        vault = Vault.find(path, os.environ)
    except NotegenError as error:
        yield Finding(what="Vault", ok=path is None, found=error.reason, next_step=error.next_step)
        return
    set_up = vault.storage.stamp(config.FILE_NAME) is not None
    step = "" if set_up else f"Run: notegen init {vault.name}"
    yield Finding(what="Vault", ok=set_up, found=f"{vault.name}{'' if set_up else ' is not set up'}", next_step=step)
    try:
        settings = config.load(vault.storage.read, os.environ)
    except NotegenError as error:
        yield Finding(what="Settings", ok=False, found=error.reason, next_step=error.next_step)
        return
    missing = [each for each in settings.extract.ocr_languages if each not in installed_languages()]
    if missing and tesseract_path():
        found = f"extract.ocr_languages names {', '.join(missing)}"
        yield Finding(what="Scans", ok=True, found=found, next_step=missing_data(missing))
    for folder in settings.inbox.folders:
        there = vault.storage.local_path(folder).is_dir()
        pdfs = sum(not each.ignored for each in look(vault.storage, [folder]).files.values())
        found = f"{folder}, {pdfs} PDF{'s' * (pdfs != 1)}" if there else f"{folder} is missing"
        yield Finding(
            what="Inbox",
            ok=there or not set_up,
            found=found,
            next_step="" if there else f"Make the folder {folder} in the vault.",
        )
    obsidian = vault.settings
    style = "Markdown links" if obsidian.use_markdown_links else "wikilinks"
    yield Finding(
        what="Obsidian",
        ok=True,
        found=f"{style}, {obsidian.link_format} paths, attachments in “{obsidian.attachment_folder}”",
    )
    if not os.access(vault.storage.local_path(""), os.W_OK):
        yield Finding(
            what="Writing", ok=False, found="the vault cannot be written", next_step="Check the folder's permissions."
        )
