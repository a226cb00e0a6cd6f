"""Calls to an OpenAI-compatible server: where, how, what they cost. Nothing here knows of notes."""
