"""ROOM 4: claims become deals. A pure function of claims and judgements: rebuilt, never edited."""

from armsledger.deals.assemble import ORDER, assemble, conflicts, deal_id, furthest
from armsledger.deals.keys import deal_key, names_buyer, shared_contract

__all__ = ["ORDER", "assemble", "conflicts", "deal_id", "deal_key", "furthest", "names_buyer", "shared_contract"]
