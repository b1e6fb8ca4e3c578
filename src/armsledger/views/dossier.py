"""Where the bundled examples are: in the installed package, or in the checkout that is worked on."""

from __future__ import annotations

from pathlib import Path

import armsledger
from armsledger.errors import InputError


def dossier() -> Path:
    """The folder with the example documents. Raises InputError where an install has left them out."""
    package = Path(armsledger.__file__).parent
    for folder in (package / "examples", package.parents[1] / "examples"):
        if (folder / "dossier").is_dir():
            return folder / "dossier"
    raise InputError(
        "examples", "this install has no bundled examples", "install armsledger from a wheel or a checkout"
    )
