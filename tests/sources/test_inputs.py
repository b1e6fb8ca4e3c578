"""What the user names is handed on in order; what cannot be read is an error in its place."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from armsledger.errors import InputError, NotFetched, NotFound, NotPermitted, NotReadable
from armsledger.model import Fetched
from armsledger.sources import gather


def no_input() -> bytes:
    raise AssertionError("standard input was not named")


def gathered(*inputs: str) -> list[Fetched | InputError]:
    return list(gather(inputs, no_input))


def names(found: list[Fetched | InputError]) -> list[str]:
    return [one.name if isinstance(one, Fetched) else one.source for one in found]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """b.txt, a/z.txt, a/.hidden, .git/config, c.html"""
    for name in ("b.txt", "a/z.txt", "a/.hidden", ".git/config", "c.html"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("words", encoding="utf-8")
    return tmp_path


def test_a_file_is_handed_on_as_its_path_and_not_read(folder: Path) -> None:
    (found,) = gathered(str(folder / "b.txt"))
    assert found == Fetched(str(folder / "b.txt"), path=folder / "b.txt")


def test_a_folder_gives_its_files_sorted_and_leaves_hidden_ones_out(folder: Path) -> None:
    found = gathered(str(folder))
    assert names(found) == [str(folder / n) for n in ("a/z.txt", "b.txt", "c.html")]


def test_standard_input_is_read_once_where_it_is_named(folder: Path) -> None:
    found = list(gather([str(folder / "b.txt"), "-"], lambda: b"from a pipe"))
    assert found[1] == Fetched("-", body=b"from a pipe")


def test_errors_stand_in_the_order_of_the_inputs_and_the_batch_goes_on(folder: Path) -> None:
    found = gathered(str(folder / "nothing"), str(folder / "b.txt"), "", "bad\0name", str(folder / "b.txt/below"))
    assert [type(one) for one in found] == [NotFound, Fetched, NotFound, NotFound, NotFound]
    assert "no such file" in str(found[0])
    assert "https://" in str(found[0])


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    (tmp_path / ".only-hidden").write_text("x", encoding="utf-8")
    (found,) = gathered(str(tmp_path))
    assert isinstance(found, NotReadable)
    assert "holds no file" in str(found)


def test_links_that_lead_back_do_not_loop(folder: Path) -> None:
    (folder / "a" / "up").symlink_to(folder)
    (folder / "self").symlink_to(folder / "self")
    found = gathered(str(folder))
    assert [n for n in names(found) if not n.endswith("self")] == [
        str(folder / n) for n in ("a/z.txt", "b.txt", "c.html")
    ]
    assert [type(one) for one in found if not isinstance(one, Fetched)] == [NotReadable]


def test_a_link_that_leads_nowhere_is_told(folder: Path) -> None:
    (folder / "lost").symlink_to(folder / "gone")
    assert [type(one) for one in gathered(str(folder))][-1] is NotFound


def test_many_links_to_one_folder_are_read_once(tmp_path: Path) -> None:
    # Each level links twice to the next: a walk that follows every link would take 2**30 steps.
    for level in range(30):
        (tmp_path / f"{level}").mkdir()
        for link in "xy":
            (tmp_path / f"{level}" / link).symlink_to(tmp_path / f"{level + 1}")
    (tmp_path / "30").mkdir()
    (tmp_path / "30" / "end.txt").write_text("x", encoding="utf-8")
    assert len(gathered(str(tmp_path / "0"))) == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_told_and_the_rest_goes_on(folder: Path) -> None:
    (folder / "b.txt").chmod(0)
    (folder / "a").chmod(0)
    found = gathered(str(folder))
    (folder / "a").chmod(0o700)
    assert [type(one) for one in found] == [NotPermitted, NotPermitted, Fetched]


def test_a_refusal_of_the_system_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> Iterator[Path]:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refuse)
    (found, empty) = (*gathered(str(folder)), None)
    assert isinstance(found, NotPermitted)
    assert empty is None


def test_a_pipe_is_read_at_once_because_it_can_be_read_only_once(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=lambda: pipe.write_bytes(b"through a pipe"))
    writer.start()
    (found,) = gathered(str(pipe))
    writer.join()
    assert found == Fetched(str(pipe), body=b"through a pipe")


def test_a_pipe_in_a_folder_is_passed_over_with_a_word(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    assert [type(one) for one in gathered(str(folder))][-1] is NotReadable


@pytest.mark.parametrize("address", ["ftp://a.example/b", "file:///etc/passwd", "data://text"])
def test_other_addresses_are_not_fetched(address: str) -> None:
    (found,) = gathered(address)
    assert isinstance(found, NotFetched)
    assert "only http and https" in str(found)
