"""A library holds only law that fits together, and finds any place in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import attrs
import pytest

from govopen.errors import PolicyDataError
from govopen.policy.citation import Citation
from govopen.policy.instrument import (
    Body,
    Check,
    Clause,
    Effect,
    Force,
    Instrument,
    InstrumentKind,
    Obligation,
    Overtaken,
)
from govopen.policy.library import Library
from govopen.policy.loading import builtin_instruments, builtin_library, builtin_matters
from govopen.policy.matter import Gap, Matter, Provision
from govopen.texts import Text

WORDS = Text("字", "word")


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


OBLIGATION = Obligation(id="o1", text=WORDS, force=Force.SHALL, check=Check.AUTO, area="catalog")
CLAUSE = Clause(id="1", heading=WORDS, gist=WORDS, bodies=("towns",), obliges=True, obligations=(OBLIGATION,))
RULES = Instrument(
    id="rules-2010",
    kind=InstrumentKind.GOVERNMENT_RULE,
    title=WORDS,
    issuer=WORDS,
    document_number="",
    issued_on=day("2010-01-01"),
    in_force_from=day("2010-01-01"),
    in_force_until=day("2019-12-31"),
    verified=True,
    source="A test.",
    bodies={"towns": Body(name=WORDS, kinds=frozenset({"town"}))},
    clauses=(CLAUSE, Clause(id="2", heading=WORDS, gist=WORDS, verified=False)),
)
LATER = attrs.evolve(
    RULES, id="rules-2020", issued_on=day("2020-01-01"), in_force_from=day("2020-01-01"), in_force_until=None
)


def provision(since: str, until: str | None, basis: str = "rules-2010:1", *, prevails: Text | None = None) -> Provision:
    return Provision(
        since=day(since),
        until=day(until) if until else None,
        basis=(Citation.parse(basis),),
        values={"days": 5},
        verified=True,
        prevails=prevails,
    )


def matter(*provisions: Provision, gaps: Iterable[Gap] = ()) -> Matter:
    return Matter(
        id="unit/time",
        title=WORDS,
        act="received_on",
        parameters={"days": WORDS},
        provisions=provisions,
        gaps=tuple(gaps),
    )


FIRST = provision("2010-01-01", "2019-12-31")
SECOND = provision("2020-01-01", None, "rules-2020:1")


def overtaken(by: str = "rules-2020:1", since: str = "2020-01-01", bodies: tuple[str, ...] = ()) -> Instrument:
    entry = Overtaken(
        by=Citation.parse(by), since=day(since), effect=Effect.CHANGED, note=WORDS, verified=True, bodies=bodies
    )
    changed = attrs.evolve(OBLIGATION, overtaken=(entry,))
    return attrs.evolve(RULES, clauses=(attrs.evolve(CLAUSE, obligations=(changed,)), RULES.clauses[1]))


def problems(instruments: Iterable[Instrument], matters: Iterable[Matter] = ()) -> list[str]:
    with pytest.raises(PolicyDataError) as caught:
        Library.build(instruments, matters)
    assert str(caught.value)
    return [
        str(problem).replace(f"{problem.where}: {problem.path}: ", f"{problem.where} {problem.path} ", 1)
        for problem in caught.value.problems
    ]


def test_the_built_in_law_fits_together_alone_and_with_a_plugins() -> None:
    assert len(builtin_library().instruments) == len(builtin_instruments())
    both = Library.build([*builtin_instruments(), RULES], builtin_matters())
    assert both.instrument("rules-2010") is RULES
    assert "rules-2010" not in builtin_library().instruments


def test_law_that_fits_together_is_found_by_id_and_citation() -> None:
    library = Library.build([RULES, LATER], [matter(FIRST, SECOND)])
    place = Citation.parse("rules-2010:1/o1")
    assert library.clause(place) is CLAUSE
    assert library.obligation(place) is OBLIGATION
    assert library.exists(place)
    assert library.exists(place.of_clause)
    assert library.matter("unit/time").on(day("2019-12-31")) is FIRST
    assert library.matter("unit/time").on(day("2020-01-01")) is SECOND


@pytest.mark.parametrize("text", ["rules-2010:3", "rules-2010:1/o2", "rules-1999:1"])
def test_what_is_not_there_does_not_exist(text: str) -> None:
    library = Library.build([RULES], [])
    place = Citation.parse(text)
    assert not library.exists(place)
    with pytest.raises(PolicyDataError):
        library.obligation(place)


def test_an_unknown_id_is_answered_with_the_known_ones() -> None:
    library = Library.build([RULES, LATER], [matter(FIRST, SECOND)])
    with pytest.raises(PolicyDataError, match=r"'rules'.*rules-2010, rules-2020"):
        library.instrument("rules")
    with pytest.raises(PolicyDataError, match=r"'unit'.*unit/time"):
        library.matter("unit")
    with pytest.raises(PolicyDataError, match="not an obligation"):
        library.obligation(Citation.parse("rules-2010:1"))


def test_a_place_is_verified_if_its_clause_and_its_instruments_dates_are() -> None:
    library = Library.build([RULES, attrs.evolve(LATER, verified=False)], [])
    assert library.verified(Citation.parse("rules-2010:1/o1"))
    assert not library.verified(Citation.parse("rules-2010:2"))
    assert not library.verified(Citation.parse("rules-2020:1"))


def test_a_library_cannot_be_changed() -> None:
    library = Library.build([RULES], [])
    with pytest.raises(TypeError):
        library.instruments["x"] = RULES  # type: ignore[index]


@pytest.mark.parametrize(
    ("instrument", "said"),
    [
        (attrs.evolve(RULES, clauses=(CLAUSE, CLAUSE)), "rules-2010 clauses Two clauses are numbered '1'."),
        (
            attrs.evolve(RULES, clauses=(attrs.evolve(CLAUSE, obligations=(OBLIGATION, OBLIGATION)),)),
            "rules-2010 1.obligations Two obligations are numbered 'o1'.",
        ),
        (
            attrs.evolve(RULES, clauses=(attrs.evolve(CLAUSE, bodies=("cities",)),)),
            "rules-2010 1.bodies No body is called 'cities'. Known here: towns.",
        ),
        (
            attrs.evolve(
                RULES, clauses=(attrs.evolve(CLAUSE, obligations=(attrs.evolve(OBLIGATION, bodies=("cities",)),)),)
            ),
            "rules-2010 1/o1.bodies No body is called 'cities'. Known here: towns.",
        ),
        (
            attrs.evolve(RULES, clauses=(attrs.evolve(CLAUSE, obliges=False),)),
            "rules-2010 1 The clause has obligations and obliges nobody. Set obliges = true and name bodies.",
        ),
        (
            attrs.evolve(RULES, bodies={"towns": Body(name=WORDS)}),
            "rules-2010 bodies.towns This body includes nobody. Give kinds or roles.",
        ),
        (
            attrs.evolve(RULES, in_force_until=day("2009-12-31")),
            "rules-2010 in_force_until The instrument ends before it enters into force.",
        ),
        (
            attrs.evolve(RULES, issued_on=day("2010-01-02")),
            "rules-2010 issued_on The instrument enters into force before it is issued.",
        ),
        (
            overtaken("rules-1999:1"),
            "rules-2010 1/o1.overtaken[0].by rules-1999:1 is not there: no instrument is called",
        ),
        (overtaken("rules-2020:9"), "rules-2010 1/o1.overtaken[0].by rules-2020:9 is not there: rules-2020 has no 9."),
        (overtaken("rules-2020:1/o9"), "rules-2020 has no 1/o9."),
        (overtaken(since="2019-12-31"), "overtaken[0].since rules-2020:1 was not in force on 2019-12-31."),
        (overtaken("rules-2020:2"), "overtaken[0].verified This is said to be verified, and rules-2020:2 is not."),
        (overtaken(bodies=("cities",)), "1/o1.overtaken[0].bodies No body is called 'cities'."),
    ],
)
def test_a_mistake_in_an_instrument_is_found(instrument: Instrument, said: str) -> None:
    (found,) = problems([instrument, LATER])
    assert said in found


def test_a_number_that_cannot_be_cited_is_found() -> None:
    found = problems([attrs.evolve(RULES, clauses=(attrs.evolve(CLAUSE, id="一"),))])
    assert any("'rules-2010:一' is not a citation." in problem for problem in found)


def test_one_id_twice_is_found() -> None:
    found = problems([RULES, RULES, LATER], [matter(FIRST, SECOND), matter(FIRST, SECOND)])
    assert found == [
        "rules-2010: Two instruments are called 'rules-2010'.",
        "unit/time: Two matters are called 'unit/time'.",
    ]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (matter(SECOND, FIRST), "provisions[1].since The provisions are not in the order of their dates."),
        (matter(), "provisions The matter has no provision."),
        (
            matter(attrs.evolve(FIRST, until=day("2019-12-29")), SECOND),
            "provisions[1] Nobody explains why there is no provision from 2019-12-30 to 2019-12-31.",
        ),
        (
            matter(FIRST, provision("2018-01-01", "2019-12-31")),
            "provisions[1] The provision overlaps an earlier one, and nothing says why it prevails.",
        ),
        (
            matter(FIRST, attrs.evolve(SECOND, prevails=WORDS)),
            "provisions[1] The provision explains why it prevails, and overlaps nothing.",
        ),
        (
            matter(FIRST, SECOND, gaps=[Gap(since=day("2015-01-01"), until=day("2015-01-02"), reason=WORDS)]),
            "gaps[0] No gap between provisions begins on this day.",
        ),
        (
            matter(attrs.evolve(FIRST, values={"days": 5, "weeks": 1}), SECOND),
            "provisions[0].values.weeks This is no parameter of the matter. Parameters: days.",
        ),
        (
            matter(FIRST, attrs.evolve(SECOND, values={})),
            "provisions[1].values.days This parameter has no value. Parameters: days.",
        ),
        (matter(attrs.evolve(FIRST, basis=()), SECOND), "provisions[0].basis The provision cites no law."),
        (
            matter(provision("2010-01-01", "2019-12-31", "rules-2010:3"), SECOND),
            "provisions[0].basis[0] rules-2010:3 is not there: rules-2010 has no 3.",
        ),
        (
            matter(provision("2010-01-01", "2019-12-31", "rules-2010:2"), SECOND),
            "provisions[0].verified This is said to be verified, and rules-2010:2 is not.",
        ),
        (
            matter(FIRST, provision("2020-01-01", "2019-12-31", "rules-2020:1")),
            "provisions[1].until The provision ends before it begins.",
        ),
        (
            matter(provision("2010-01-01", None)),
            "provisions[0].until The provision outlives all the law that it cites.",
        ),
        (attrs.evolve(matter(FIRST, SECOND), id="time"), "time id This is not the id of a matter."),
    ],
)
def test_a_mistake_in_a_matter_is_found(given: Matter, said: str) -> None:
    (found,) = problems([RULES, LATER], [given])
    assert said in found


def test_a_basis_that_was_not_yet_in_force_is_found() -> None:
    (found,) = problems([RULES, LATER], [matter(provision("2019-12-31", None, "rules-2020:1"))])
    assert found == "unit/time provisions[0].since rules-2020:1 was not in force on 2019-12-31."


def test_a_gap_with_a_reason_and_an_overlap_with_a_reason_are_no_mistakes() -> None:
    early = provision("2010-01-01", "2012-12-31")
    middle = provision("2014-01-01", "2019-12-31")
    special = provision("2016-01-01", "2016-12-31", prevails=Text("特别规定", "The special rule goes first."))
    silence = Gap(since=day("2013-01-01"), until=day("2013-12-31"), reason=Text("没有规定", "The law was silent."))
    given = matter(early, middle, special, SECOND, gaps=[silence])
    resolved = Library.build([RULES, LATER], [given]).matter("unit/time")
    assert resolved.on(day("2016-06-30")) is special
    assert resolved.on(day("2017-01-01")) is middle


def test_every_mistake_is_told_at_once() -> None:
    found = problems([overtaken("rules-1999:1")], [matter(attrs.evolve(FIRST, values={})), matter(FIRST)])
    assert len(found) == 3
