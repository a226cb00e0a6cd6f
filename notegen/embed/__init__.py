"""Texts to vectors, a sentence to attention weights."""

from notegen.embed.opening import open_encoder

__all__ = ["open_encoder"]
