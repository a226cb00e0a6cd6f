"""The files that chat programs export: JSON of several shapes.

- ChatGPT, `conversations.json`: a list of conversations, each with a `mapping` of nodes (`message`, `parent`,
  `children`); the branch that ends in `current_node` is the one that is shown. A message has `author.role` and
  `content.parts`.
- Claude, `conversations.json`: a list of conversations with `chat_messages`, each with `sender` (`human`, `assistant`)
  and `text`, or `content` blocks of type `text`.
- Lists of `{role, content}`, alone or as `messages`: what programs for the servers of models keep.
- ShareGPT, `conversations` of `{from, value}`: what browser extensions and data sets keep.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from notegen.chats.chat import Chat, Role, Turn

_ROLES: dict[str, Role] = {
    "user": "learner",
    "human": "learner",
    "assistant": "assistant",
    "gpt": "assistant",
    "model": "assistant",
    "ai": "assistant",
}
"""Every other one (system, tool) speaks to nobody who learns."""


def chats_in(data: Any) -> tuple[Chat, ...]:
    """The chats in parsed JSON; none where it has another shape. What cannot be read of one is passed over."""
    return tuple(chat for each in _conversations(data) if (chat := _chat(each)) and chat.turns)


def _conversations(data: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(data, list) and data and all(_is_message(each) for each in data):
        yield {"messages": data}
    elif isinstance(data, list):
        yield from (each for each in data if isinstance(each, Mapping))
    elif isinstance(data, Mapping):
        inner = data.get("conversations")
        if isinstance(inner, list) and inner and not all(_is_message(each) for each in inner):
            yield from (each for each in inner if isinstance(each, Mapping))
        else:
            yield data


def _chat(one: Mapping[str, Any]) -> Chat | None:
    turns = list(_tree(one)) if isinstance(one.get("mapping"), Mapping) else list(_line(one))
    began = one.get("create_time") or one.get("created_at") or ""
    return Chat(
        turns=_joined(turns),
        title=_text(one.get("title") or one.get("name")),
        id=_text(one.get("conversation_id") or one.get("id") or one.get("uuid")),
        date=_date(began),
    )


def _tree(one: Mapping[str, Any]) -> Iterator[Turn]:
    """The turns of ChatGPT's tree, from its root to the node that was shown last."""
    mapping = one["mapping"]
    at = one.get("current_node")
    if at not in mapping:
        leaves = [key for key, node in mapping.items() if isinstance(node, Mapping) and not node.get("children")]
        at = leaves[-1] if leaves else None
    branch: list[Mapping[str, Any]] = []
    seen: set[Any] = set()
    while isinstance(node := mapping.get(at), Mapping) and at not in seen:
        seen.add(at)
        branch.append(node)
        at = node.get("parent")
    for node in reversed(branch):
        message = node.get("message")
        if isinstance(message, Mapping) and (turn := _turn(message)):
            yield turn


def _line(one: Mapping[str, Any]) -> Iterator[Turn]:
    for key in ("chat_messages", "messages", "conversations"):
        messages = one.get(key)
        if isinstance(messages, list):
            for message in messages:
                if isinstance(message, Mapping) and (turn := _turn(message)):
                    yield turn
            return


def _is_message(each: Any) -> bool:
    return isinstance(each, Mapping) and _role(each) != "" and bool({"content", "text", "value"} & each.keys())


def _role(message: Mapping[str, Any]) -> str:
    author = message.get("author")
    named = author.get("role") if isinstance(author, Mapping) else author
    said = named or message.get("sender") or message.get("role") or message.get("from")
    return str(said).lower() if isinstance(said, str) else ""


def _turn(message: Mapping[str, Any]) -> Turn | None:
    role = _ROLES.get(_role(message))
    metadata = message.get("metadata")
    is_hidden = isinstance(metadata, Mapping) and bool(metadata.get("is_visually_hidden_from_conversation"))
    if role is None or is_hidden or message.get("recipient", "all") != "all":
        return None
    text = _text(message.get("text")) or _content(message.get("content")) or _text(message.get("value"))
    return Turn(role, text) if text.strip() else None


def _content(content: Any) -> str:
    """The text of a message's content: a text, a list of parts or blocks, or an object that has one of these."""
    if isinstance(content, str):
        return content
    if isinstance(content, list):
        return "\n\n".join(text for each in content if (text := _content(each)))
    if isinstance(content, Mapping):
        kind = content.get("type") or content.get("content_type") or "text"
        if kind not in ("text", "multimodal_text", "code", "input_text", "output_text"):
            return ""  # thoughts, calls of tools and their results
        text = _content(content.get("parts")) or _text(content.get("text"))
        return f"```\n{text}\n```" if kind == "code" and text else text
    return ""


def _joined(turns: list[Turn]) -> tuple[Turn, ...]:
    """The turns, what one role said several times in a row as one."""
    found: list[Turn] = []
    for turn in turns:
        if found and found[-1].role == turn.role:
            found[-1] = Turn(turn.role, f"{found[-1].text}\n\n{turn.text}")
        else:
            found.append(turn)
    return tuple(found)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _date(began: Any) -> str:
    try:
        if isinstance(began, (int, float)):
            return dt.datetime.fromtimestamp(began, dt.UTC).date().isoformat()
        return dt.date.fromisoformat(str(began)[:10]).isoformat()
    except (ValueError, OverflowError, OSError):
        return ""
