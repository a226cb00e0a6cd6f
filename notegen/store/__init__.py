"""Private state outside the vault: caches that can be deleted at any time."""

from notegen.store.cache import Cache
from notegen.store.folder import state_folder
from notegen.store.replies import Replies
from notegen.store.store import Store

__all__ = ["Cache", "Replies", "Store", "state_folder"]
