"""What the user names on a command line, as ``Fetched`` values in the same order.

An input is a file, a folder (read through, sorted by name), an address (http, https) or ``-`` for standard input.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from armsledger.errors import InputError, NotFetched, NotFound, NotPermitted, NotReadable
from armsledger.model import Fetched
from armsledger.sources.fetch import Limits, fetch

STANDARD_INPUT = "-"


def gather(
    inputs: Iterable[str], stdin: Callable[[], bytes], limits: Limits | None = None
) -> Iterator[Fetched | InputError]:
    """Yields what each input gives, in the order of the inputs; one that cannot be read yields its error in its place.

    Regular files are handed on as ``path`` and not read here. ``stdin`` is called once, when ``-`` is reached.
    A folder gives its files and those of its folders in the order of their names; hidden ones are left out.
    """
    for name in inputs:
        try:
            yield from _one(name, stdin, limits or Limits())
        except InputError as error:
            yield error


def _one(name: str, stdin: Callable[[], bytes], limits: Limits) -> Iterator[Fetched | InputError]:
    if name == STANDARD_INPUT:
        yield Fetched(name, body=stdin())
    elif name.lower().startswith(("http://", "https://")):
        yield fetch(name, limits)
    elif "://" in name and not _stat(name):
        raise NotFetched(name, "only http and https addresses are fetched", "save it as a file and name the file")
    else:
        yield from _from_disk(name)


def _from_disk(name: str) -> Iterator[Fetched | InputError]:
    found = _stat(name)
    if found is None:
        raise NotFound(name, "no such file or folder", "check the spelling; an address begins with http:// or https://")
    if stat.S_ISDIR(found.st_mode):
        yield from _folder(name)
    elif stat.S_ISREG(found.st_mode):
        yield _file(name)
    else:
        # A pipe such as <(command) can be read only once, so it is read here; a sniffed file is opened twice.
        yield Fetched(name, body=_bytes(name))


def _folder(name: str) -> Iterator[Fetched | InputError]:
    empty = True
    for one in _walk(Path(name)):
        empty = False
        yield one
    if empty:
        raise NotReadable(name, "the folder holds no file", "hidden files are left out")


def _walk(folder: Path) -> Iterator[Fetched | InputError]:
    """The files under a folder, sorted by name. A stack and not recursion: folders may be nested very deep."""
    stack = [folder]
    seen: set[tuple[int, int]] = set()  # every folder is read once, whatever links lead to it: so links cannot loop
    while stack:
        path = stack.pop()
        try:
            found = path.stat()
            if stat.S_ISREG(found.st_mode):
                yield _file(str(path))
            elif not stat.S_ISDIR(found.st_mode):
                yield NotReadable(str(path), "is neither a file nor a folder", "name it alone to read it")
            elif (found.st_dev, found.st_ino) not in seen:
                seen.add((found.st_dev, found.st_ino))
                stack.extend(sorted((p for p in path.iterdir() if not p.name.startswith(".")), reverse=True))
        except InputError as error:
            yield error
        except OSError as error:
            yield _refused(str(path), error)


def _file(name: str) -> Fetched:
    path = Path(name)
    try:
        path.open("rb").close()
    except OSError as error:
        raise _refused(name, error) from error
    return Fetched(name, path=path)


def _bytes(name: str) -> bytes:
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise _refused(name, error) from error


def _stat(name: str) -> os.stat_result | None:
    try:
        return Path(name).stat() if name else None
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return None
    except OSError as error:
        raise _refused(name, error) from error


def _refused(name: str, error: OSError) -> InputError:
    if isinstance(error, FileNotFoundError):
        return NotFound(name, "no such file: it vanished, or is a link that leads nowhere")
    if isinstance(error, PermissionError):
        return NotPermitted(name, "the system does not let it be read", "ask for the right to read it")
    return NotReadable(name, f"the system could not read it: {error.strerror or error}")
