"""ROOM 3: a document becomes claims, each anchored to exact words and passed through one gate."""

from armsledger.claims.anchor import admit, check
from armsledger.claims.reader import read

__all__ = ["admit", "check", "read"]
