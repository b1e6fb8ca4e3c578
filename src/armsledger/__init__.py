"""Armsledger reads what is published about arms transfers and keeps, for each deal, what was said, by whom and how
surely.
"""

__version__ = "0.1.0"

__all__ = ["__version__"]
