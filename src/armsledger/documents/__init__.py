"""ROOM 2: bytes become documents: their exact text, what each stretch of it is, and where it was published."""

from armsledger.documents.reading import read_documents

__all__ = ["read_documents"]
