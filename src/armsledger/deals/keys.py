"""Which claims belong to one deal, in the first, conservative form: the same official number and the same buyer.

A transmittal number joins the papers of a notified case, a contract number those of a contract and one buyer. A claim
with neither stands alone. Lettered numbers (26-0G) are cases of their own here: nothing says yet what they amend.
"""

from __future__ import annotations

from armsledger.model import Claim, Subject


def deal_key(claim: Claim) -> str:
    """Why a claim belongs where it does: ``transmittal USA 25-33 TUR``, ``contract FA867523C0037 PAK``, or ``claim``
    and its id.

    A contract's own claim, which names no buyer, has ``-`` for him: it is shown with every buyer's deal and is none's.
    """
    supplier, recipient = claim.supplier or "-", claim.recipient or "-"
    transmittals = claim.anchored("transmittal")
    if transmittals:
        return f"transmittal {supplier} {transmittals[0].value.upper()} {recipient}"
    contracts = claim.anchored("contract")
    if contracts:
        return f"contract {contracts[0].value.replace('-', '').upper()} {recipient}"
    return f"claim {claim.id}"


def shared_contract(key: str) -> str | None:
    """The key of the contract that a buyer's deal stands under, where it stands under one; None for other deals.

    >>> shared_contract("contract FA867523C0037 PAK"), shared_contract("transmittal USA 25-33 TUR")
    ('contract FA867523C0037 -', None)
    """
    kind, _, rest = key.partition(" ")
    if kind != "contract" or rest.endswith(" -"):
        return None
    return f"contract {rest.rsplit(' ', 1)[0]} -"


def names_buyer(claim: Claim) -> bool:
    """Whether a claim is about a transfer to somebody, not about a contract as a whole."""
    return claim.subject is Subject.TRANSFER
