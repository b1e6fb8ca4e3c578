"""Which language a document is in. The rule itself is in ``text``, where the readers use it for a stretch."""

from __future__ import annotations

from armsledger.text.language import language_of

__all__ = ["language_of"]
