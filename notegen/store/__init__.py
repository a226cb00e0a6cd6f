"""Private state outside the vault: a cache that can be deleted at any time."""

from notegen.store.folder import state_folder
from notegen.store.store import Store

__all__ = ["Store", "state_folder"]
