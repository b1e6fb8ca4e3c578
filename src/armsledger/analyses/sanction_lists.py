"""Lists of sanctioned names that a user brings: file -> entries. The form is known by what only it has.

Read are: OFAC's SDN.CSV and CONS_PRIM.CSV (no head line), the United Nations consolidated list (XML), the European
Union's consolidated financial sanctions file (CSV with semicolons), and OpenSanctions' targets.simple.csv.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable, Iterator
from io import StringIO

from armsledger.analyses.sanctions import Listed
from armsledger.errors import NotReadable

CodeOf = Callable[[str], str | None]


def read_list(data: bytes, name: str, code_of: CodeOf) -> tuple[str, tuple[Listed, ...]]:
    """What the list is called and its entries; ``code_of`` leads the name of a country to its code, where it is known.

    Raises NotReadable for a file of none of the known forms, or one without an entry.
    """
    head = data[:4096].decode("utf-8", "replace")
    for known, (told, read) in _FORMS.items():
        if known in head:
            entries = tuple(read(data, told, code_of))
            break
    else:
        if not head[:1].isdigit() or head.count(",") < 10:
            raise NotReadable(name, f"is none of: {', '.join(t for t, _ in _FORMS.values())}, OFAC", "see the how-to")
        told, entries = "OFAC", tuple(_ofac(data, "OFAC", code_of))
    if not entries:
        raise NotReadable(name, f"looks like {told} and has no entry", "fetch it again")
    return told, entries


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _ofac(data: bytes, told: str, code_of: CodeOf) -> Iterator[Listed]:
    """ent_num, name, type, programmes, ...; "-0- " is nothing; persons are left out, for nobody is scored here."""
    for row in csv.reader(StringIO(_text(data))):
        if len(row) >= 4 and row[0].strip().isdigit() and row[2].strip().lower() != "individual":
            programmes = tuple(p.strip() for p in row[3].replace("] [", ";").strip("[] ").split(";") if p.strip())
            countries = {c for word in (row[-1], row[1]) for c in _countries(word, code_of)}
            yield Listed(told, row[0].strip(), (row[1].strip(),), tuple(sorted(countries)), programmes)


def _countries(words: str, code_of: CodeOf) -> Iterator[str]:
    for part in words.replace(";", ",").split(","):
        code = code_of(part.strip().rstrip("."))
        if code:
            yield code


def _opensanctions(data: bytes, told: str, code_of: CodeOf) -> Iterator[Listed]:
    for row in csv.DictReader(StringIO(_text(data))):
        if row.get("schema") in ("Person", "Vessel", "Airplane"):
            continue
        names = (row.get("name") or "", *(row.get("aliases") or "").split(";"))
        countries = {c for part in (row.get("countries") or "").split(";") if (c := code_of(part.strip().upper()))}
        yield Listed(
            told,
            row.get("id") or "",
            tuple(n.strip() for n in names if n.strip()),
            tuple(sorted(countries)),
            tuple(p.strip() for p in (row.get("dataset") or "").split(";") if p.strip()),
            (row.get("first_seen") or "")[:10] or None,
        )


def _european(data: bytes, told: str, code_of: CodeOf) -> Iterator[Listed]:
    """One row a name of an entity; rows of one entity follow one another or not."""
    names: dict[str, list[str]] = defaultdict(list)
    about: dict[str, dict[str, set[str]]] = defaultdict(lambda: {"countries": set(), "programmes": set()})
    for row in csv.DictReader(StringIO(_text(data)), delimiter=";"):
        key = row.get("Entity_LogicalId") or ""
        if not key or (row.get("Entity_SubjectType") or "").upper().startswith("P"):
            continue
        if name := (row.get("NameAlias_WholeName") or "").strip():
            names[key].append(name)
        about[key]["programmes"].add((row.get("Entity_Regulation_Programme") or "").strip())
        about[key]["countries"].update(_countries(row.get("Address_CountryDescription") or "", code_of))
    for key, held in names.items():
        countries, programmes = (tuple(sorted(about[key][n] - {""})) for n in ("countries", "programmes"))
        yield Listed(told, key, tuple(dict.fromkeys(held)), countries, programmes)


def _united_nations(data: bytes, told: str, code_of: CodeOf) -> Iterator[Listed]:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    for entity in etree.fromstring(data, parser).iter("ENTITY"):
        names = [entity.findtext("FIRST_NAME") or ""]
        names += [alias.findtext("ALIAS_NAME") or "" for alias in entity.iter("ENTITY_ALIAS")]
        places = [a.findtext("COUNTRY") or "" for a in entity.iter("ENTITY_ADDRESS")]
        yield Listed(
            told,
            (entity.findtext("REFERENCE_NUMBER") or entity.findtext("DATAID") or "").strip(),
            tuple(n.strip() for n in names if n.strip()),
            tuple(sorted({c for place in places for c in _countries(place, code_of)})),
            (entity.findtext("UN_LIST_TYPE") or "",),
            (entity.findtext("LISTED_ON") or "")[:10] or None,
        )


# words that only this form has near its beginning -> what it is called, how it is read
_FORMS: dict[str, tuple[str, Callable[[bytes, str, CodeOf], Iterator[Listed]]]] = {
    "CONSOLIDATED_LIST": ("United Nations", _united_nations),
    "Entity_LogicalId": ("European Union", _european),
    "first_seen": ("OpenSanctions", _opensanctions),
}
