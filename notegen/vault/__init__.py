"""The learner's vault: what is in it, what a note would change, and the only writes that reach it."""

from notegen.vault.adopt import adopt
from notegen.vault.apply import apply
from notegen.vault.plan import plan
from notegen.vault.vault import Vault
from notegen.vault.writing import writing

__all__ = ["Vault", "adopt", "apply", "plan", "writing"]
