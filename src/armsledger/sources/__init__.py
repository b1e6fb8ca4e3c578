"""ROOM 1: what the user names becomes bytes, with where they were got.

``gather`` is the way in; the module ``fetch`` is the only code of the project that opens a network connection.
"""

from armsledger.sources.fetch import Limits
from armsledger.sources.inputs import gather

__all__ = ["Limits", "gather"]
