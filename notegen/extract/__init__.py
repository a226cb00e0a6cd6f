"""PDF path → Document, made in a worker process with time and memory limits."""

from notegen.extract.worker.process import extract
from notegen.extract.worker.workers import Limits

__all__ = ["Limits", "extract"]
