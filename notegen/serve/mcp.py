"""The face for assistants: the methods as tools of the Model Context Protocol, some of them as resources.

A method that writes only tells what it would write, unless it is told `dry_run` false.
"""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import mcp_types as types
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server

from notegen import __version__
from notegen.errors import UsageError
from notegen.serve.call import Call
from notegen.serve.fault import Fault, fault_of
from notegen.serve.jobs import Jobs
from notegen.serve.methods import METHODS, Method
from notegen.serve.waiting import FaultError, Waiting, run_beside

HOW_TO_USE = (
    "notegen makes study notes of PDFs in an Obsidian vault. A tool that writes only says what it would write: show "
    "that to the person, and call it again with dry_run false once they agree. Every quotation has its page."
)
NOTE_URI = "notegen://note/"
"""Then the path of a note in the vault."""
_TOOLS = {name.replace(".", "_"): each for name, each in METHODS.items()}
"""By the name of the tool: some clients take no dots."""
_RESOURCES = {f"notegen://{name}": METHODS[name] for name in ("status", "history", "library.status")}


def serve_mcp(vault: Path | None) -> None:
    """Serve a vault on standard input and output, until the end of input."""
    jobs = Jobs()
    face = _Face(Waiting(vault, jobs))
    run_beside(jobs, face.serve)


def tool_of(name: str, method: Method) -> types.Tool:
    """A method as a tool."""
    schema = method.request.model_json_schema()
    schema["properties"].pop("vault", None)
    described = method.summary
    if _says_first(method):
        schema["properties"]["dry_run"]["default"] = True
        described += " Says what it would write; with dry_run false it writes."
    return types.Tool(
        name=name,
        description=described,
        input_schema=schema,
        output_schema=method.result.model_json_schema(),
        annotations=types.ToolAnnotations(
            read_only_hint="dry_run" not in method.request.model_fields and not method.writes,
            destructive_hint=False,
            idempotent_hint=True,
            open_world_hint=False,
        ),
    )


class _Face:
    def __init__(self, waiting: Waiting) -> None:
        self._waiting = waiting

    async def serve(self) -> None:
        """Answer one client until it has gone."""
        server: Server[Any] = Server(
            "notegen",
            version=__version__,
            instructions=HOW_TO_USE,
            on_list_tools=self._list_tools,
            on_call_tool=self._call_tool,
            on_list_resources=self._list_resources,
            on_list_resource_templates=self._list_templates,
            on_read_resource=self._read,
        )
        async with stdio_server() as (read, write):
            await server.run(read, write, server.create_initialization_options())

    async def _list_tools(self, ctx: Any, params: Any) -> types.ListToolsResult:
        return types.ListToolsResult(tools=[tool_of(name, method) for name, method in _TOOLS.items()])

    async def _call_tool(self, ctx: Any, params: types.CallToolRequestParams) -> types.CallToolResult:
        method = _TOOLS.get(params.name)
        asked = dict(params.arguments or {})
        if method is not None and _says_first(method):
            asked.setdefault("dry_run", True)
        told: asyncio.Queue[tuple[int, int, str]] = asyncio.Queue()
        telling = asyncio.create_task(_tell(ctx, told))
        try:
            name = method.name if method else params.name
            answer = await self._waiting.answer(name, asked, lambda *each: told.put_nowait(each))
        except FaultError as error:
            return _refusal(error.fault)
        finally:
            telling.cancel()
        text = types.TextContent(type="text", text=json.dumps(answer, ensure_ascii=False))
        return types.CallToolResult(content=[text], structured_content=answer)

    async def _list_resources(self, ctx: Any, params: Any) -> types.ListResourcesResult:
        return types.ListResourcesResult(
            resources=[
                types.Resource(uri=uri, name=method.name, description=method.summary, mime_type="application/json")
                for uri, method in _RESOURCES.items()
            ]
        )

    async def _list_templates(self, ctx: Any, params: Any) -> types.ListResourceTemplatesResult:
        template = types.ResourceTemplate(
            uri_template=NOTE_URI + "{+path}",
            name="note",
            description="A note of the vault.",
            mime_type="text/markdown",
        )
        return types.ListResourceTemplatesResult(resource_templates=[template])

    async def _read(self, ctx: Any, params: types.ReadResourceRequestParams) -> types.ReadResourceResult:
        uri = str(params.uri)
        try:
            if uri in _RESOURCES:
                answer = await self._waiting.answer(_RESOURCES[uri].name, {}, lambda *each: None)
                text, kind = json.dumps(answer, ensure_ascii=False), "application/json"
            else:
                text, kind = await asyncio.to_thread(note_at, uri, self._waiting.vault), "text/markdown"
        except FaultError as error:
            raise ValueError(_words(error.fault)) from error
        except UsageError as error:
            raise ValueError(_words(fault_of(error))) from error
        return types.ReadResourceResult(contents=[types.TextResourceContents(uri=uri, text=text, mime_type=kind)])


def note_at(uri: str, vault_path: Path | None) -> str:
    """The text of the note that a URI names. Raises UsageError for what is no note of the vault."""
    from urllib.parse import unquote

    from notegen.vault.vault import Vault

    vault = Vault.find(vault_path, Call(vault=vault_path).env)
    path = vault.files.exact(unquote(uri.removeprefix(NOTE_URI))) if uri.startswith(NOTE_URI) else None
    if not path or not path.lower().endswith(".md"):
        raise UsageError(f"There is no note at {uri}.", f"Name one as {NOTE_URI}Folder/Note.md")
    return vault.text(path)


async def _tell(ctx: Any, told: asyncio.Queue[tuple[int, int, str]]) -> None:
    """Pass progress on. The protocol wants it to grow, so what only says something else counts as a little more."""
    sent = 0.0
    while True:
        done, total, text = await told.get()
        sent = max(float(done), sent + 0.001)
        await ctx.session.report_progress(sent, float(total) if total else None, text)


def _says_first(method: Method) -> bool:
    """Whether it only says what it would write, until it is told otherwise."""
    return "dry_run" in method.request.model_fields


def _refusal(fault: Fault) -> types.CallToolResult:
    text = types.TextContent(type="text", text=_words(fault))
    return types.CallToolResult(content=[text], structured_content={"error": fault.as_data()}, is_error=True)


def _words(fault: Fault) -> str:
    return f"{fault.reason} {fault.next_step}".strip()
