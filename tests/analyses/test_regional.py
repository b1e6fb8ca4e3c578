"""A region side by side: members by name, unknown ones kept, nothing ranked and no amounts of two units together."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from armsledger.analyses.dependence import Window
from armsledger.analyses.regional import Series, Volumes, regional
from armsledger.analyses.steps import Delivered, Step
from armsledger.errors import InputError
from armsledger.lexicon.measures import measures_among
from armsledger.lexicon.regions import region_named

DAY = date(2021, 6, 1)
SOUTH_ASIA = region_named("South Asia")
NOW, BEFORE = Window(2016, 2020), Window(2011, 2015)


def asked(**more: Any) -> Any:
    return regional(SOUTH_ASIA, DAY, measures=measures_among(SOUTH_ASIA.members), **more).result()


def table(result: Any, begins: str) -> Any:
    return next(t for t in result.tables if t.title.startswith(begins))


def test_imports_of_all_members_by_name_with_their_parts_of_the_whole() -> None:
    moved = [Volumes(NOW, {"PAK": Fraction(300), "IND": Fraction(900)}), Volumes(BEFORE, {"IND": Fraction(800)})]
    found = asked(imports=moved)
    rows = {row[0]: row[1:] for row in table(found, "Imports").rows}
    assert list(rows)[:-1] == sorted(SOUTH_ASIA.members)
    assert rows["IND"] == (900.0, 800.0, 75.0)
    assert rows["BTN"] == (0.0, 0.0, 0.0)
    assert rows["together"] == (1200.0, 800.0, 100.0)
    assert "1,200 million TIV, to 2 states; +50 % on 2011-2015" in found.answer[1]


def test_a_region_to_which_nothing_came_has_no_parts() -> None:
    found = asked(imports=[Volumes(NOW, {})])
    assert {row[-1] for row in table(found, "Imports").rows} == {None}


def test_spending_of_a_member_that_is_not_given_is_unknown() -> None:
    found = asked(series=[Series("US dollars", {"IND": {2000: 10.0, 2010: 30.0}, "PAK": {2005: 4.0}})])
    rows = {row[0]: row[1:] for row in table(found, "Spending, in US dollars").rows}
    assert rows["IND"] == ("2000", 10.0, "2010", 30.0, 200.0)
    assert rows["PAK"] == ("2005", 4.0, "2005", 4.0, 0.0)
    assert rows["NPL"] == (None, None, None, None, None)


def test_what_it_says_besides() -> None:
    step = Step("IND", date(2020, 1, 1), date(2020, 1, 1), "ordered", "the article itself", ("c1",))
    came = Delivered("IND", None, "Rafale", "5 of 36 told as delivered", "2020-07-29", ("c2",))
    found = asked(steps=[step], delivered=[came])
    assert found.limit
    assert found.as_of == "2021-06-01"
    assert dict(found.n) == {"members": 8, "steps": 1, "deliveries told": 1, "measures": 7}
    assert any("members are those of today" in line for line in found.unknown)
    assert any("Southern Asia" in line for line in found.unknown)
    assert table(found, "What claims tell as delivered").evidence == (("c2",),)
    assert ("IND and PAK") in {row[0] for row in table(found, "Measures between").rows}
    told = " ".join((*found.answer, found.limit, *found.unknown))
    for word in ("risky", "strongest", "ranks", "leads", "largest"):
        assert word not in told


def test_what_cannot_be_put_together() -> None:
    with pytest.raises(InputError, match="CHN: not in South Asia"):
        asked(series=[Series("US dollars", {"CHN": {2000: 1.0}})])
    with pytest.raises(InputError, match="named twice"):
        asked(series=[Series("US dollars", {"IND": {2000: 1.0}}), Series("US dollars", {"PAK": {2000: 1.0}})])
