"""A made-up corpus of deals with known truth: what papers would say of them, with the faults that papers have.

Everything is invented but the names of states and systems. The shares of faults were set before the rules were fitted
and say what such papers are like, not what the rules can bear: of claims in news a fifth name no variant, a third no
quantity, half no sum, one in twenty-five no supplier, one in a hundred no system at all; one in twenty has a wrong quantity; sums are rounded, of another year's budget or of a whole package; recaps tell an older deal beside the new one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from armsledger.model import (
    Anchor,
    Certainty,
    Claim,
    ClaimId,
    DateInterval,
    DocumentId,
    Meaning,
    Mode,
    Money,
    Polarity,
    SpeakerKind,
    Stage,
    Subject,
)

RECIPIENTS = (
    "TUR IND PAK SAU ARE QAT KWT EGY MAR DZA POL ROU GRC ITA ESP NOR FIN JPN KOR TWN THA IDN MYS SGP AUS BRA CHL PER COL UKR"
).split()


@dataclass(frozen=True, slots=True)
class Article:
    """A family of systems: the lexicon's id, how papers name it with and without a variant, who sells it, the price of
    one in millions, and usual quantities.
    """

    system: str
    family: str
    variants: tuple[str, ...]
    kind: str
    suppliers: tuple[str, ...]
    price: float
    counts: tuple[int, int]


ARTICLES = (
    Article("aim-120", "AMRAAM", ("AIM-120C-7", "AIM-120C-8", "AIM-120D-3"), "air-to-air missile", ("USA",), 1.6, (20, 400)),
    Article("aim-9", "Sidewinder missile", ("AIM-9X Block II", "AIM-9M"), "air-to-air missile", ("USA",), 0.7, (20, 300)),
    Article("agm-114", "Hellfire missile", ("AGM-114R", "AGM-114K"), "missile", ("USA",), 0.2, (50, 1000)),
    Article("javelin", "Javelin missile", ("FGM-148E", "FGM-148F"), "anti-tank missile", ("USA",), 0.25, (50, 800)),
    Article("f-16", "F-16 fighter", ("F-16C/D", "F-16V", "F-16A/B"), "fighter jet", ("USA", "NLD", "DNK"), 60.0, (6, 48)),
    Article("f-35", "F-35 fighter", ("F-35A", "F-35B"), "fighter jet", ("USA",), 110.0, (8, 64)),
    Article("f-15", "F-15 fighter", ("F-15EX", "F-15QA"), "fighter jet", ("USA",), 120.0, (12, 72)),
    Article("c-130", "C-130 Hercules", ("C-130J", "C-130H"), "transport aircraft", ("USA", "GBR", "ITA"), 90.0, (2, 12)),
    Article("ah-64", "Apache helicopter", ("AH-64E", "AH-64D"), "attack helicopter", ("USA",), 45.0, (6, 48)),
    Article("uh-60", "Black Hawk helicopter", ("UH-60M", "UH-60L"), "helicopter", ("USA",), 25.0, (4, 40)),
    Article("p-8", "P-8 Poseidon", ("P-8A", "P-8I"), "maritime patrol aircraft", ("USA",), 180.0, (2, 9)),
    Article("mq-9", "MQ-9 drone", ("MQ-9A", "MQ-9B"), "drone", ("USA",), 30.0, (2, 18)),
    Article("m1-abrams", "Abrams tank", ("M1A1", "M1A2"), "tank", ("USA",), 9.0, (50, 250)),
    Article("gmlrs", "GMLRS rocket", ("M30A1", "M31A1"), "rocket", ("USA",), 0.15, (100, 900)),
    Article("pac-3", "PAC-3 missile", ("PAC-3 MSE",), "missile", ("USA",), 4.2, (30, 300)),
    Article("s-400", "S-400", (), "air defence system", ("RUS",), 500.0, (2, 6)),
    Article("su-30", "Su-30 fighter", ("Su-30MKI", "Su-30SM"), "fighter jet", ("RUS",), 55.0, (6, 40)),
    Article("mi-17", "Mi-17 helicopter", ("Mi-17V-5",), "helicopter", ("RUS",), 17.0, (6, 60)),
    Article("t-90", "T-90 tank", ("T-90S", "T-90MS"), "tank", ("RUS",), 4.0, (60, 460)),
    Article("rafale", "Rafale fighter", (), "fighter jet", ("FRA",), 150.0, (6, 42)),
    Article("leopard-2", "Leopard 2 tank", ("Leopard 2A4", "Leopard 2A7"), "tank", ("DEU", "NLD", "ESP"), 9.0, (14, 120)),
    Article("iris-t-slm", "IRIS-T SLM", (), "air defence system", ("DEU",), 140.0, (2, 6)),
    Article("tb2", "Bayraktar TB2", (), "drone", ("TUR",), 7.0, (6, 36)),
    Article("k9-thunder", "K9 howitzer", ("K9A1", "K9A2"), "howitzer", ("KOR",), 5.0, (24, 212)),
    Article("fa-50", "FA-50 jet", ("FA-50PH", "FA-50GF"), "jet", ("KOR",), 35.0, (8, 48)),
    Article("jf-17", "JF-17 fighter", (), "fighter jet", ("CHN", "PAK"), 32.0, (8, 50)),
    Article("spike", "Spike missile", ("Spike LR2", "Spike NLOS"), "anti-tank missile", ("ISR",), 0.2, (50, 800)),
    Article("gripen", "Gripen fighter", ("Gripen C", "Gripen E"), "fighter jet", ("SWE",), 85.0, (6, 36)),
)  # fmt: skip

_NAMES = {
    "USA": "the United States", "RUS": "Russia", "FRA": "France", "DEU": "Germany", "TUR": "Turkey", "KOR": "South Korea",
    "CHN": "China", "PAK": "Pakistan", "ISR": "Israel", "SWE": "Sweden", "NLD": "the Netherlands", "DNK": "Denmark",
    "GBR": "Britain", "ITA": "Italy", "ESP": "Spain",
}  # fmt: skip


@dataclass(slots=True)
class TrueDeal:
    """What really happened: the truth that the claims are told from."""

    number: int
    article: Article
    variant: str | None
    supplier: str
    recipient: str
    quantity: int
    millions: float
    days: dict[Stage, date]
    mode: Mode = Mode.SALE
    used: bool = False
    follow_on: bool = False
    before: TrueDeal | None = None
    transmittal: str | None = None
    contracts: list[str] = field(default_factory=list)

    @property
    def start(self) -> date:
        """The day of its first stage."""
        return min(self.days.values())


@dataclass(frozen=True, slots=True)
class Corpus:
    """Claims with the dates of their documents and the deal that each is of."""

    claims: tuple[Claim, ...]
    published: dict[DocumentId, str | None]
    truth: dict[ClaimId, str]


def corpus(deals: int = 300, seed: int = 20310401) -> Corpus:
    """The corpus of so many deals. The same seed gives the same corpus."""
    random = Random(seed)
    true = list(_deals(random, deals))
    teller = _Teller(random, true)
    for deal in true:
        teller.tell(deal)
    return Corpus(tuple(teller.claims), teller.published, teller.truth)


# -- what happened ----------------------------------------------------------------------------------------


RELATED = 0.32  # of the deals since 2005 in a register, those of a recipient and family that had one before
MOST_OF_A_PAIR = 5  # in the register, 97 in a hundred pairs have no more


def _deals(random: Random, number: int) -> Iterator[TrueDeal]:
    """Deals, more than a third of them of a recipient and a family that have had one before."""
    made: list[TrueDeal] = []
    count: Counter[tuple[str, str]] = Counter()
    for n in range(number):
        again = [d for d in made if count[d.recipient, d.article.system] < MOST_OF_A_PAIR]
        earlier = random.choice(again) if again and random.random() < RELATED else None
        deal = _related(random, n, earlier) if earlier else _fresh(random, n)
        made.append(deal)
        count[deal.recipient, deal.article.system] += 1
        yield deal


def _fresh(random: Random, number: int) -> TrueDeal:
    article = random.choice(ARTICLES)
    supplier = random.choices(article.suppliers, weights=[8, *[1] * (len(article.suppliers) - 1)])[0]
    recipient = random.choice([r for r in RECIPIENTS if r != supplier])
    start = date(2006, 1, 1) + timedelta(days=random.randrange(365 * 19))
    used = supplier != article.suppliers[0] or random.random() < 0.06
    mode = random.choices([Mode.SALE, Mode.AID, Mode.LEASE], weights=[88, 8, 4])[0]
    variant = random.choice(article.variants) if article.variants else None
    return _dealt(random, TrueDeal(number, article, variant, supplier, recipient, 0, 0.0, {}, mode, used), start)


def _related(random: Random, number: int, earlier: TrueDeal) -> TrueDeal:
    """Another deal of the same recipient and family: a follow-on order, a sibling variant, another source, a lease."""
    article = earlier.article
    what = random.choices(["more", "sibling", "source", "lease"], weights=[55, 22, 13, 10])[0]
    new = replace(earlier, number=number, days={}, before=earlier, transmittal=None, contracts=[], follow_on=False)
    new.mode, new.used = Mode.SALE, False
    start = earlier.start + timedelta(days=random.randint(300, 365 * 7))
    if what == "sibling" and len(article.variants) > 1:
        new.variant = random.choice([v for v in article.variants if v != earlier.variant])
        start = earlier.start + timedelta(days=random.randint(30, 365 * 4))
    elif what == "source" and len(article.suppliers) > 1:
        sources = [s for s in article.suppliers if s not in (earlier.supplier, earlier.recipient)]
        new.supplier, new.used = random.choice(sources or [earlier.supplier]), True
    elif what == "lease":
        new.mode = Mode.LEASE
    else:
        new.follow_on = True
    return _dealt(random, new, start)


def _dealt(random: Random, deal: TrueDeal, start: date) -> TrueDeal:
    """The deal with its quantity, its price and the days of its stages; most deals end before they are delivered."""
    low, high = deal.article.counts
    deal.quantity = random.randint(low, high)
    if random.random() < 0.4 and high > 40:
        deal.quantity = max(10, round(deal.quantity, -1))
    factor = 0.3 if deal.used else 1.0
    deal.millions = round(deal.quantity * deal.article.price * factor * random.uniform(0.8, 1.7), 1)
    day = start
    first = random.choice([Stage.CONSIDERED, Stage.REQUESTED, Stage.OFFERED, Stage.NEGOTIATED])
    deal.days[first] = day
    for stage, share, least, most in (
        (Stage.APPROVED, 0.8, 20, 500),
        (Stage.ORDERED, 0.75, 30, 900),
        (Stage.DELIVERED, 0.6, 200, 1700),
    ):
        if random.random() > share:
            break
        day += timedelta(days=random.randint(least, most))
        deal.days[stage] = day
    return deal


# -- what is told of it -----------------------------------------------------------------------------------


@dataclass(slots=True)
class _Teller:
    """Writes the documents of deals and keeps their claims."""

    random: Random
    deals: Sequence[TrueDeal]
    claims: list[Claim] = field(default_factory=list)
    published: dict[DocumentId, str | None] = field(default_factory=dict)
    truth: dict[ClaimId, str] = field(default_factory=dict)
    serial: int = 0

    def tell(self, deal: TrueDeal) -> None:
        """All documents of one deal."""
        if deal.supplier == "USA" and not deal.used and deal.mode is Mode.SALE:
            self._official(deal)
        for stage, day in deal.days.items():
            for _ in range(self.random.choices([0, 1, 2, 3, 5], weights=[20, 35, 25, 13, 7])[0]):
                self._story(deal, stage, day)

    def _keep(self, deal: str, claims: Sequence[Claim]) -> None:
        for claim in claims:
            self.claims.append(claim)
            self.truth[claim.id] = deal

    def _document(self, day: date | None) -> DocumentId:
        self.serial += 1
        made = DocumentId(f"document-{self.serial:05}")
        self.published[made] = None if day is None else day.isoformat()
        return made

    # -- notices and contracts

    def _official(self, deal: TrueDeal) -> None:
        approved, ordered = deal.days.get(Stage.APPROVED), deal.days.get(Stage.ORDERED)
        if approved and self.random.random() < 0.85:
            deal.transmittal = f"{approved.year % 100:02}-{deal.number % 90 + 10}"
            for lag in (0, 50)[: self.random.choice((1, 2))]:
                self._notice(deal, approved + timedelta(days=lag))
        if ordered and self.random.random() < 0.7:
            number = f"FA{8000 + deal.number}-{ordered.year % 100:02}-C-{self.random.randint(1, 9999):04}"
            deal.contracts.append(number)
            shared = self.random.random() < 0.3
            days = [ordered, *(ordered + timedelta(days=self.random.randint(90, 900)) for _ in range(2))]
            for n, day in enumerate(days[: self.random.choice((1, 1, 2, 3))]):
                self._contract(deal, number, day, shared=shared, first=n == 0)

    def _notice(self, deal: TrueDeal, day: date) -> None:
        document = self._document(day)
        name = deal.variant or deal.article.family
        words = _Words()
        told = {"recipient": words.add(deal.recipient), "transmittal": words.add(deal.transmittal or "")}
        told["quantity"] = words.add(str(deal.quantity))
        told["item"] = words.add(name)
        value = Money(Decimal(round(deal.millions * 1.15)) * 1_000_000, "USD", Meaning.CEILING)
        told["value"] = words.add(f"${value.amount / 1_000_000} million")
        base = words.claim(
            document, "notices/1", Stage.APPROVED, {k: told[k] for k in ("recipient", "transmittal")},
            supplier="USA", recipient=deal.recipient, mode=Mode.SALE, speaker_kind=SpeakerKind.OFFICE,
            date=DateInterval(day.isoformat()),
        )  # fmt: skip
        whole = replace(
            base, item=name, system=deal.article.system, value=value,
            anchors=_sorted(base.anchors, words.anchor("value", "USD " + str(value.amount), *told["value"])),
        )  # fmt: skip
        article = replace(
            base, item=name, system=deal.article.system, quantity=Decimal(deal.quantity),
            anchors=_sorted(
                base.anchors, words.anchor("quantity", str(deal.quantity), *told["quantity"]),
                words.anchor("item", name, *told["item"]),
            ),
        )  # fmt: skip
        self._keep(f"deal {deal.number}", [whole, article])

    def _contract(self, deal: TrueDeal, number: str, day: date, *, shared: bool, first: bool) -> None:
        document = self._document(day)
        name = deal.article.family if self.random.random() < 0.45 else deal.variant or deal.article.family
        words = _Words()
        part = self.random.uniform(0.5, 0.95) if first else self.random.uniform(0.01, 0.1)
        amount = Decimal(round(deal.millions * part * (4 if shared else 1) * 1_000_000))
        told = {
            "contract": words.add(number), "recipient": words.add(deal.recipient), "item": words.add(name),
            "amount": words.add(f"${amount:,}"),
        }  # fmt: skip
        award = Money(amount, "USD", Meaning.AWARD)
        base = words.claim(
            document, "contracts/1", Stage.ORDERED, told,
            supplier="USA", recipient=deal.recipient, item=name, system=deal.article.system, mode=Mode.SALE,
            speaker_kind=SpeakerKind.OFFICE, date=DateInterval(day.isoformat()), values={"amount": f"USD {amount}"},
        )  # fmt: skip
        if shared:
            whole = replace(base, subject=Subject.CONTRACT, recipient=None, value=award)
            self._keep(f"contract {number}", [whole])
            self._keep(f"deal {deal.number}", [base])
        else:
            counted = Decimal(deal.quantity) if first and self.random.random() < 0.3 else None
            self._keep(f"deal {deal.number}", [replace(base, value=award, quantity=counted)])

    # -- news

    def _story(self, deal: TrueDeal, stage: Stage, day: date) -> None:
        """One report, with copies; a recap may tell the deal before beside it."""
        random = self.random
        lag = random.randint(0, 25) if random.random() < 0.88 else random.randint(30, 700)
        told = day + timedelta(days=lag)
        document = self._document(told if random.random() > 0.02 else None)
        claims = [(f"deal {deal.number}", self._said(deal, document, stage, day, told))]
        reached = [s for s in deal.days if deal.days[s] <= day]
        for _ in range(random.choices((0, 1, 2), weights=(45, 40, 15))[0]):
            again = random.choice([stage, random.choice(reached)])
            claims.append((f"deal {deal.number}", self._said(deal, document, again, deal.days[again], told)))
        if deal.before and random.random() < 0.25:
            before = deal.before
            if passed := [s for s in before.days if before.days[s] < told]:
                past = passed[-1]
                said = self._said(before, document, past, before.days[past], told, dated=random.random() < 0.75)
                claims.append((f"deal {before.number}", said))
        self._printed(claims, told)

    def _printed(self, claims: Sequence[tuple[str, Claim]], told: date) -> None:
        copies = self.random.choices([0, 1, 2, 4], weights=[75, 13, 8, 4])[0]
        for copy in range(copies + 1):
            document = claims[0][1].document if not copy else self._document(told + timedelta(days=copy // 2))
            for place, (deal, claim) in enumerate(claims):
                moved = replace(claim, document=document, start=claim.start + 400 * place, end=claim.end + 400 * place)
                anchors = (replace(a, start=a.start + 400 * place, end=a.end + 400 * place) for a in claim.anchors)
                self._keep(deal, [replace(moved, anchors=tuple(anchors))])

    def _said(
        self, deal: TrueDeal, document: DocumentId, stage: Stage, day: date, told: date, *, dated: bool = False
    ) -> Claim:
        """One claim of a report on a deal, with the faults of reports."""
        random, words = self.random, _Words()
        stage = random.choice(list(deal.days)) if random.random() < 0.05 else stage
        further = random.random() < (0.65 if deal.follow_on else 0.03)
        supplier = deal.supplier if random.random() > 0.04 else None
        spans = {"recipient": words.add(deal.recipient)}
        words.add({Stage.DELIVERED: "has received", Stage.ORDERED: "has ordered"}.get(stage, "may get"))
        if further:
            words.add(random.choice(("an additional", "another", "a further", "a follow-on batch of")))
        quantity, counted = self._counted(deal, stage)
        if quantity is not None:
            spans["quantity"] = words.add(counted)
        name, system = self._named(deal)
        spans["item"] = words.add(name)
        if supplier:
            spans["supplier"] = words.add(f"from {_NAMES[supplier]}")
        value, valued = self._valued(deal)
        if value is not None:
            spans["value"] = words.add(valued)
        when = DateInterval(_vague(random, day)) if dated or random.random() < 0.35 else None
        lent = deal.mode is not Mode.SALE
        return words.claim(
            document, "news/1", stage, spans,
            supplier=supplier, recipient=deal.recipient, item=name, system=system, quantity=quantity, value=value,
            mode=deal.mode if random.random() < (0.85 if lent else 0.35) else None,
            second_hand=deal.used and random.random() < 0.75,
            polarity=Polarity.DENIED if random.random() < 0.03 else Polarity.AFFIRMED,
            certainty=random.choice((Certainty.CERTAIN, Certainty.CERTAIN, Certainty.POSSIBLE)),
            speaker=random.choice(("a minister", "officials", "the maker")), date=when,
        )  # fmt: skip

    def _counted(self, deal: TrueDeal, stage: Stage) -> tuple[Decimal | None, str]:
        random = self.random
        if random.random() < 0.35:
            return None, ""
        number = deal.quantity
        if random.random() < 0.05:
            number = max(1, round(number * random.choice((0.5, 0.8, 1.2, 2))) + random.choice((-1, 0, 1)))
        elif stage is Stage.DELIVERED and random.random() < 0.45:
            number = random.randint(max(1, number // 6), number)
        elif number > 20 and random.random() < 0.15:
            number = round(number, -1)
            return Decimal(number), f"{random.choice(('about', 'some', 'around', 'up to'))} {number}"
        return Decimal(number), f"{number}"

    def _named(self, deal: TrueDeal) -> tuple[str, str | None]:
        random = self.random
        if random.random() < 0.01:
            return deal.article.kind + "s", None
        if deal.variant is None or random.random() < 0.2:
            return deal.article.family + "s", deal.article.system
        return deal.variant, deal.article.system

    def _valued(self, deal: TrueDeal) -> tuple[Money | None, str]:
        random = self.random
        if random.random() < 0.55:
            return None, ""
        millions = deal.millions * (1.15 if deal.transmittal and random.random() < 0.6 else 1.0)
        fault = random.random()
        if fault < 0.05:
            millions *= random.uniform(1.5, 4)  # of the package with arms and training
        elif fault < 0.09:
            return Money(Decimal(round(millions * 0.9)) * 1_000_000, "EUR", Meaning.REPORTED), "for euros"
        digits = 1 if random.random() < 0.5 else 2
        if millions >= 1000:
            amount = Decimal(str(round(millions / 1000, digits)))
            return Money(amount * 1_000_000_000, "USD", Meaning.REPORTED), f"worth ${amount} billion"
        rounded = Decimal(round(millions) if digits == 2 or millions < 100 else round(millions, -1))
        return Money(rounded * 1_000_000, "USD", Meaning.REPORTED), f"worth ${rounded} million"


def _vague(random: Random, day: date) -> str:
    """A date as precise as news give it."""
    return random.choice((day.isoformat(), day.isoformat()[:7], day.isoformat()[:4]))


# -- words ------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Words:
    """The words of one claim, put together piece by piece, with the place of each."""

    text: str = ""

    def add(self, piece: str) -> tuple[int, int]:
        """Puts a piece behind the words so far; gives where it stands."""
        self.text += " " * bool(self.text)
        start = len(self.text)
        self.text += piece
        return start, len(self.text)

    def anchor(self, field_: str, value: str, start: int, end: int) -> Anchor:
        """The anchor of a field in these words."""
        return Anchor(field_, value, start, end, self.text[start:end])

    def claim(
        self, document: DocumentId, reader: str, stage: Stage, spans: dict[str, tuple[int, int]],
        values: dict[str, str] | None = None, **said: object,
    ) -> Claim:  # fmt: skip
        """A claim with these words."""
        given = values or {}
        anchors = [self.anchor(f, given.get(f, self.text[s:e]), s, e) for f, (s, e) in spans.items()]
        made = Claim(document, 0, len(self.text), self.text, reader, stage, anchors=tuple(sorted(anchors)))
        return replace(made, **said)  # type: ignore[arg-type]


def _sorted(anchors: tuple[Anchor, ...], *more: Anchor) -> tuple[Anchor, ...]:
    return tuple(sorted((*anchors, *more)))
