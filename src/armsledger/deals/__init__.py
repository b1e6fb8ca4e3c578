"""ROOM 4: claims become deals. A pure function of claims and judgements: rebuilt, never edited."""

from armsledger.deals.assemble import ORDER, assemble, conflicts, deal_id, furthest
from armsledger.deals.chains import Chain, chains
from armsledger.deals.changes import Change, changes
from armsledger.deals.credibility import Credibility, credibility, likelihood
from armsledger.deals.disputes import Dispute, disputes
from armsledger.deals.explaining import why
from armsledger.deals.findings import Case, Finding, findings
from armsledger.deals.grounds import place
from armsledger.deals.keys import deal_key, names_buyer, shared_contract
from armsledger.deals.life import Life, Status, life, status
from armsledger.deals.origins import Origin, origins
from armsledger.deals.removal import Removal, without
from armsledger.deals.settling import settle
from armsledger.deals.sketch import Sketch, sketch, sketch_from
from armsledger.deals.ties import judged_ties, representatives
from armsledger.deals.timeline import timeline

__all__ = [
    "ORDER",
    "Case",
    "Chain",
    "Change",
    "Credibility",
    "Dispute",
    "Finding",
    "Life",
    "Origin",
    "Removal",
    "Sketch",
    "Status",
    "assemble",
    "chains",
    "changes",
    "conflicts",
    "credibility",
    "deal_id",
    "deal_key",
    "disputes",
    "findings",
    "furthest",
    "judged_ties",
    "life",
    "likelihood",
    "names_buyer",
    "origins",
    "place",
    "representatives",
    "settle",
    "shared_contract",
    "sketch",
    "sketch_from",
    "status",
    "timeline",
    "why",
    "without",
]
