"""The client of the library that speaks OpenAI's protocol, set up for an endpoint. Nothing is sent here."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
