"""Publishers as they are shown: country, kind and grade, the grade by rule or by the user's own file."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from armsledger.errors import InputError

if TYPE_CHECKING:
    from armsledger.lexicon.entries import OutletEntry
    from armsledger.lexicon.outlets import Published

publishers_option = click.option(
    "--publishers",
    metavar="FILE",
    help="Your own grades of publishers, as YAML: outlet: A to F.  [default: publishers.yml in your settings]",
)

NO_PUBLISHER, NOT_LISTED, OWN = "its publisher is not stated", "the lexicon does not have this publisher", "your file"


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who published something: the lexicon's outlet (None where unknown), its grade A to F, and why it has it."""

    outlet: OutletEntry | None
    grade: str
    because: str


@dataclass(frozen=True, slots=True)
class Grades:
    """A user's own grades: by the id of an outlet, and by the folded name or the domain of other publishers.

    ``others`` keeps those that are not in the lexicon as they were written, so that a misspelt one can be seen.
    """

    by_outlet: Mapping[str, str] = field(default_factory=dict)
    by_name: Mapping[str, str] = field(default_factory=dict)
    others: Mapping[str, str] = field(default_factory=dict)

    def of(self, document: Published) -> Publisher:
        """The publisher of a document with its grade."""
        from armsledger.lexicon.outlets import UNKNOWN, fold_name, outlet_of, place_of

        outlet = outlet_of(document)
        if outlet is not None:
            return self.of_outlet(outlet)
        place = (place_of(document.url) if document.url else None) or ""
        for key in (fold_name(document.publisher or ""), place.partition("/")[0]):
            if key in self.by_name:
                return Publisher(None, self.by_name[key], OWN)
        return Publisher(None, UNKNOWN, NOT_LISTED if document.publisher or document.url else NO_PUBLISHER)

    def of_outlet(self, outlet: OutletEntry) -> Publisher:
        """An outlet of the lexicon with its grade."""
        from armsledger.lexicon.outlets import default_grade

        if outlet.id in self.by_outlet:
            return Publisher(outlet, self.by_outlet[outlet.id], OWN)
        return Publisher(outlet, default_grade(outlet), f"its kind, {outlet.kind}")


def grades_from(given: str | None) -> Grades:
    """The grades of a file, or those of the user's settings, or none. Raises InputError where they make no sense."""
    path = Path(given) if given is not None else settings_file()
    if given is None and not path.is_file():
        return Grades()
    return _graded(_told(path), str(path))


def settings_file() -> Path:
    """Where a user's own grades are kept: ``armsledger/publishers.yml`` below the folder of settings."""
    below = os.environ.get("XDG_CONFIG_HOME")
    return (Path(below) if below else Path("~/.config").expanduser()) / "armsledger" / "publishers.yml"


def _told(path: Path) -> dict[Any, Any]:
    """The file as YAML. Raises InputError where it is no mapping, or has a key twice."""
    import yaml

    try:
        text = path.read_text(encoding="utf-8")
        told, node = yaml.safe_load(text), yaml.compose(text, Loader=yaml.SafeLoader)
    except OSError as error:
        raise InputError(str(path), error.strerror or "cannot be read", "name another file with --publishers") from None
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError):
        raise InputError(str(path), "is not YAML", "write lines such as: reuters: A") from None
    if told is None:
        return {}
    if not isinstance(told, dict):
        raise InputError(str(path), "is no list of publishers and grades", "write lines such as: reuters: A")
    written = [str(key.value) for key, _ in node.value] if isinstance(node, yaml.MappingNode) else []
    twice = next((name for name in written if written.count(name) > 1), None)  # of two, YAML keeps the last in silence
    if twice is not None:
        raise InputError(str(path), f"{twice}: graded twice", "keep one of the two")
    return told


def _graded(told: Mapping[Any, Any], path: str) -> Grades:
    from armsledger.lexicon.outlets import GRADES, fold_name, outlet_named

    by_outlet: dict[str, str] = {}
    by_name: dict[str, str] = {}
    others: dict[str, str] = {}
    for said, grade in told.items():
        letter = grade.strip().upper() if isinstance(grade, str) else ""
        if not isinstance(said, str) or not fold_name(said):
            raise InputError(path, f"{said!r} is no name of a publisher", "put names in quotation marks")
        if letter not in GRADES:
            raise InputError(path, f"{said}: {grade!r} is no grade", f"give one of {', '.join(GRADES)}")
        outlet = outlet_named(said)
        table, key = (by_outlet, outlet.id) if outlet else (by_name, _key(said))
        if table.setdefault(key, letter) != letter:
            raise InputError(path, f"{said}: graded {table[key]} and {letter}", "keep one of the two")
        if outlet is None:
            others[said] = letter
    return Grades(by_outlet, by_name, others)


def _key(said: str) -> str:
    from armsledger.lexicon.outlets import fold_name, place_of

    place = place_of(said) if "." in said and " " not in said.strip() else None
    return place.partition("/")[0] if place else fold_name(said)


# -- in words ---------------------------------------------------------------------------------------------


def publisher_told(publisher: Publisher) -> dict[str, Any]:
    """The outlet and its grade as JSON; ``agency_copy`` is null where it is not known."""
    outlet = publisher.outlet
    entry = None
    if outlet is not None:
        entry = {
            "id": outlet.id,
            "name": outlet.name,
            "country": outlet.party,
            "kind": outlet.kind,
            "agency_copy": outlet.agency_copy,
        }
    return {"outlet": entry, "grade": publisher.grade, "grade_from": publisher.because}


def publisher_line(publisher: Publisher) -> str:
    """``agency, United Kingdom (GBR); source graded B (usually reliable) by its kind, agency``."""
    from armsledger.lexicon.outlets import GRADES
    from armsledger.views.names import party_label

    grade = f"source graded {publisher.grade} ({GRADES[publisher.grade]})"
    outlet = publisher.outlet
    if outlet is None:
        return f"{grade}: {publisher.because}" if publisher.because != OWN else f"{grade} by {OWN}"
    return f"{outlet.kind}, {party_label(outlet.party)}; {grade} by {publisher.because}"


def copy_told(outlet: OutletEntry) -> str:
    """Whether an outlet carries agency copy: ``yes``, ``no`` or ``not known``."""
    return {True: "yes", False: "no", None: "not known"}[outlet.agency_copy]
