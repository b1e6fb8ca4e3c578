"""What was made once and is good as long as its stamp is: so many things at most, those not asked for longest go."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

Kept = TypeVar("Kept")


class Memo(Generic[Kept]):
    """Values by name, ``most`` of them. Several threads may ask at the same time.

    >>> memo = Memo[int](2)
    >>> for name in "abac":
    ...     memo.keep(name, ord(name))
    >>> memo.get("a"), memo.get("b")
    (97, None)
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: OrderedDict[Hashable, Kept] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, name: Hashable) -> Kept | None:
        """What is kept under a name; None where nothing is."""
        with self._lock:
            if name not in self._held:
                return None
            self._held.move_to_end(name)
            return self._held[name]

    def keep(self, name: Hashable, value: Kept) -> None:
        """Keeps a value; what was asked for least lately makes room for it."""
        with self._lock:
            self._held[name] = value
            self._held.move_to_end(name)
            while len(self._held) > self._most:
                self._held.popitem(last=False)
