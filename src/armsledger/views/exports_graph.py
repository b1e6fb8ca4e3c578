"""Deals between parties as GraphML (http://graphml.graphdrawing.org): parties are nodes, each deal is an edge."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from armsledger.ledger import ClaimFilter, Ledger
    from armsledger.views.exports_deals import ShownDeal

_SPACE = "http://graphml.graphdrawing.org/xmlns"
_OF_EDGES = (
    "deal", "key", "what", "systems", "stage", "status", "contested", "values", "shared_contract", "first", "last",
    "claims", "documents",
)  # fmt: skip


def write_graph(file: IO[str], book: Ledger, which: ClaimFilter) -> int:
    """Writes the graph; gives how many edges. A deal of which a side is not stated is no edge: it is counted."""
    from xml.etree import ElementTree

    from armsledger.views.exports_deals import shown_deals
    from armsledger.views.names import party_name

    ElementTree.register_namespace("", _SPACE)
    root = ElementTree.Element(f"{{{_SPACE}}}graphml")
    for name in ("name", *_OF_EDGES, "left_out"):
        of = {"name": "node", "left_out": "graph"}.get(name, "edge")
        _under(root, "key", {"id": name, "for": of, "attr.name": name, "attr.type": "string"})
    graph = _under(root, "graph", {"edgedefault": "directed"})
    edges, out = [], 0
    for shown in shown_deals(book, which):
        if shown.deal.supplier is None or shown.deal.recipient is None:
            out += 1
        else:
            edges.append(shown)
    _data(graph, "left_out", f"{out} deals of which a side is not stated; asked: {which.sentence()}")
    for code in sorted({str(side) for one in edges for side in (one.deal.supplier, one.deal.recipient)}):
        _data(_under(graph, "node", {"id": _fit(code)}), "name", party_name(code))
    for one in edges:
        ends = {"source": _fit(str(one.deal.supplier)), "target": _fit(str(one.deal.recipient))}
        edge = _under(graph, "edge", {"id": one.deal.id, **ends})
        for name, value in _told(one):
            _data(edge, name, value)
    ElementTree.indent(root)
    file.write('<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n")
    return len(edges)


def _told(one: ShownDeal) -> Iterator[tuple[str, str]]:
    from armsledger.views.words import exact_money, what_of

    deal, told = one.deal, one.told
    yield "deal", deal.id
    yield "key", deal.key
    yield "what", what_of(told.claims)
    yield "systems", " ".join(sorted({c.system for c in told.claims if c.system}))
    yield "stage", told.stage or ""
    yield "status", one.status.sentence()
    yield "contested", "true" if one.status.contested else "false"
    yield "values", "; ".join(dict.fromkeys(exact_money(c.value) for c in told.claims if c.value))
    yield "shared_contract", told.contract.key if told.contract else ""
    yield "first", deal.first or ""
    yield "last", deal.last or ""
    yield "claims", " ".join(deal.claims)
    yield "documents", " ".join(told.documents)


def _under(parent: Element, tag: str, attributes: dict[str, str]) -> Element:
    from xml.etree import ElementTree

    return ElementTree.SubElement(parent, f"{{{_SPACE}}}{tag}", attributes)


def _data(parent: Element, key: str, value: str) -> None:
    """A value; what is not stated is left out."""
    if value:
        _under(parent, "data", {"key": key}).text = _fit(value)


def _fit(text: str) -> str:
    from armsledger.views.atom import fit_for_xml

    return fit_for_xml(text)
