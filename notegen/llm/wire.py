"""The client of the library that speaks OpenAI's protocol, set up for an endpoint. Nothing is sent here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from notegen.llm.endpoint import Endpoint

if TYPE_CHECKING:
    import openai


def openai_client(endpoint: Endpoint) -> openai.OpenAI:
    """A client that asks this endpoint and nobody else, once."""
    import openai

    transport = openai.DefaultHttpx2Client(
        trust_env=not endpoint.is_local,  # a proxy of the environment would be asked for this machine, too
        follow_redirects=False,  # the document goes where the learner said, and nowhere else
    )
    return openai.OpenAI(
        api_key=endpoint.key or "none", base_url=endpoint.base_url, max_retries=0, http_client=transport
    )


def watched(stream: Any, look: Callable[[bytes], None]) -> Any:
    """The bytes of a response, each piece shown to `look` before anybody waits for the event that it is of: a server
    that only pings, or sends one line without an end, makes no event. What `look` raises ends the stream."""
    import httpx2

    class Watched(httpx2.SyncByteStream):
        def __iter__(self) -> Iterator[bytes]:
            for piece in stream:
                look(piece)
                yield piece

        def close(self) -> None:
            stream.close()

    return Watched()
