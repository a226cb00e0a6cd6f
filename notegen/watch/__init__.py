"""Dropped PDFs become notes by themselves: the inbox folders are watched, and each PDF comes to one end."""

from notegen.watch.watcher import Watcher

__all__ = ["Watcher"]
