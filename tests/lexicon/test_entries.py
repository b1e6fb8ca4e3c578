"""The schema's guard: what is wrong in an entry is named with its file and field; faults between entries are all told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from armsledger.errors import LexiconError
from armsledger.lexicon.entries import (
    Lexicon,
    MakerEntry,
    OfficeEntry,
    OutletEntry,
    PartyEntry,
    SystemEntry,
    Variant,
    compile_lexicon,
    faults,
    load_compiled,
    read_lexicon,
)

GOOD = {
    "parties.yml": "- {code: ATL, kind: state, name: Atlantis, names: [Atlantica], source: invented}\n",
    "systems-a.yml": (
        "- {id: qx-77, name: QX-77, type: light tank, head: tank, register: I, maker: acme, origin: ATL,\n"
        "   variants: [QX-77B, {name: QX-77C, names: [Grizzly], origin: [ATL]}], source: invented}\n"
    ),
    "makers.yml": "- {id: acme, name: Acme, state: ATL, source: invented}\n",
    "offices.yml": "- {id: atl-mod, name: Ministry of Waves, party: ATL, kind: ministry, source: invented}\n",
    "outlets.yml": "- {id: wave, name: The Wave, party: ATL, kind: paper, source: invented}\n",
    "currencies.yml": "- {code: XTS, name: shell, party: ATL, source: invented}\n",
}


def written(folder: Path, **changed: str) -> Path:
    for name, text in (GOOD | {k.replace("__", "-") + ".yml": v for k, v in changed.items()}).items():
        (folder / name).write_text(text)
    return folder


def test_a_sound_lexicon_is_read_whole(tmp_path: Path) -> None:
    read = read_lexicon(written(tmp_path))
    (tank,) = read.systems
    assert (tank.register, tank.origin) == ("I", ("ATL",))
    assert tank.variants == (Variant("QX-77B"), Variant("QX-77C", ("Grizzly",), None, ("ATL",)))
    assert faults(read) == []


@pytest.mark.parametrize(
    ("row", "told"),
    [
        # a field that the schema does not know
        ("- {id: a, name: A, state: ATL, sauce: x, source: y}", "makers.yml: a: unknown field 'sauce'"),
        # no source
        ("- {id: a, name: A, state: ATL}", "makers.yml: a: missing source"),
        # YAML's own idea of a number or of yes
        ("- {id: a, name: A, state: ATL, source: x, names: [1]}", "names must be a list of strings"),
        ("- {id: a, name: A, state: no, source: x}", "state must be a string, has False (quote it)"),
        # an empty name
        ("- {id: a, name: A, state: ATL, source: x, weak: [' ']}", "weak must be a list of strings"),
        # not a mapping
        ("- just words", "makers.yml: entry 1 is not a mapping"),
    ],
)
def test_a_broken_entry_is_named(tmp_path: Path, row: str, told: str) -> None:
    with pytest.raises(LexiconError, match=r"makers\.yml") as error:
        read_lexicon(written(tmp_path, makers=row))
    assert told in str(error.value)


def test_a_broken_variant_is_named(tmp_path: Path) -> None:
    row = "- {id: a, name: A, type: t, head: t, source: x, variants: [{called: B}]}"
    with pytest.raises(LexiconError, match=r"systems-a\.yml: a: variant"):
        read_lexicon(written(tmp_path, systems__a=row))


def test_all_faults_between_entries_are_told_at_once(tmp_path: Path) -> None:
    sound = read_lexicon(written(tmp_path))
    broken = replace(
        sound,
        parties=(*sound.parties, *sound.parties, PartyEntry("XXX", "empire", "X", "invented")),
        systems=(SystemEntry("No Good", "N", "t", "t", "x", register="IX", maker="nobody", origin=("ZZZ",)),),
        makers=(MakerEntry("m", "M", "ZZZ", "x", now="gone"),),
        offices=(OfficeEntry("o", "O", "ATL", "club", "x"),),
        outlets=(OutletEntry("p", "P", "ATL", "leaflet", "x"),),
    )
    told = "\n".join(faults(broken))
    for fault in (
        "party ATL: defined 2 times", "party XXX: kind 'empire'", "id must be lower-case", "register 'IX'",
        "maker 'nobody'", "origin 'ZZZ'", "no name to match", "state 'ZZZ'", "now 'gone'", "kind 'club'",
        "kind 'leaflet'",
    ):  # fmt: skip
        assert fault in told


def test_the_compiled_form_is_the_same_lexicon(tmp_path: Path) -> None:
    sound = read_lexicon(written(tmp_path))
    for name, text in compile_lexicon(sound, tmp_path).items():
        (tmp_path / f"{name}.json").write_text(text)
    assert load_compiled(tmp_path) == sound


def test_a_damaged_compiled_form_says_how_to_make_it_again(tmp_path: Path) -> None:
    (tmp_path / "parties.json").write_text("[{")
    with pytest.raises(LexiconError, match="--compile"):
        load_compiled(tmp_path)
    with pytest.raises(LexiconError, match="--compile"):
        load_compiled(tmp_path / "missing")


def test_an_empty_lexicon_is_sound() -> None:
    assert faults(Lexicon((), (), (), (), (), ())) == []
