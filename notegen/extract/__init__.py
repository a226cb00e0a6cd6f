"""PDF path → Document, made in a worker process with time and memory limits."""

from .process import extract
from .workers import Limits

__all__ = ["Limits", "extract"]
