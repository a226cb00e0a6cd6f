"""PDF path → Document, made in a worker process with time and memory limits."""

from .process import Limits, extract

__all__ = ["Limits", "extract"]
