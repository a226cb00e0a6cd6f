"""Private state outside the vault: caches that can be deleted at any time, and what is under way."""

from notegen.store.cache import Cache
from notegen.store.folder import private_folder, state_folder
from notegen.store.ledger import Ledger
from notegen.store.lock import Lock
from notegen.store.replies import Replies
from notegen.store.store import Store

__all__ = ["Cache", "Ledger", "Lock", "Replies", "Store", "private_folder", "state_folder"]
