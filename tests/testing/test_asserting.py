"""``assert_compliant``: no objection of any rule to the records given, and no assertion about nothing."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest

from govopen.errors import InputError
from govopen.model.catalog import Category
from govopen.model.classification import DisclosureAttribute
from govopen.model.units import Duty
from govopen.model.website import Carrier
from govopen.plugins.registry import Registry
from govopen.testing.asserting import assert_compliant
from govopen.testing.building import Builder

YEAR_END = dt.date(2011, 12, 31)


def test_a_lawful_record_is_accepted(govopen_build: Builder) -> None:
    assert_compliant(govopen_build.item(Category.FEE), as_of=YEAR_END)
    assert_compliant(govopen_build.request(), as_of=YEAR_END)


def test_an_objection_says_rule_record_law_and_remedy(govopen_build: Builder, govopen_registry: Registry) -> None:
    item = govopen_build.item(Category.FEE)
    assert item.fee is not None
    broken = attrs.evolve(item, issuer="", fee=attrs.evolve(item.fee, rate_yuan=None))
    with pytest.raises(AssertionError) as raised:
        assert_compliant(broken, as_of=YEAR_END, lang="en")

    text = str(raised.value)
    remedies = {rule.code: rule.remedy.en for rule in govopen_registry.rules}
    assert text.startswith("2 objections to the records as of 2011-12-31:")
    for code in ("CAT005", "CAT103"):
        assert code in text
        assert remedies[code] in text
    assert "information-item fee-1: " in text
    assert "Law: Key points for the openness of government affairs" in text
    assert "Do: Enter the issuing body." in text
    assert "示例" not in text


def test_it_speaks_chinese_where_that_is_asked_for(govopen_build: Builder) -> None:
    with pytest.raises(AssertionError, match="整改："):
        assert_compliant(govopen_build.item(issuer=""), as_of=YEAR_END, lang="zh-Hans")


def test_what_belongs_to_a_record_is_looked_at_with_it(govopen_build: Builder) -> None:
    item = govopen_build.proactive_item()
    own, portal = (govopen_build.publication(item.id, carrier) for carrier in (Carrier.OWN_SITE, Carrier.PORTAL))

    assert_compliant(item, own, portal, as_of=YEAR_END)
    with pytest.raises(AssertionError, match="information-item other-1"):
        assert_compliant(item, as_of=YEAR_END)
    late = [attrs.evolve(entry, published_on=dt.date(2011, 5, 17)) for entry in (own, portal)]
    with pytest.raises(AssertionError, match="21 working days"):
        assert_compliant(item, *late, as_of=YEAR_END)


def test_the_law_is_that_of_the_day(govopen_build: Builder) -> None:
    item = govopen_build.proactive_item(created_on=dt.date(2011, 12, 20))

    assert_compliant(item, as_of=YEAR_END, rules=["CAT006"])
    with pytest.raises(AssertionError, match="CAT006"):
        assert_compliant(item, as_of=dt.date(2012, 6, 30), rules=["CAT006"])


def test_a_missing_fact_is_an_objection(govopen_build: Builder) -> None:
    item = govopen_build.proactive_item(created_on=None)

    with pytest.raises(AssertionError, match="undecidable"):
        assert_compliant(item, as_of=YEAR_END, lang="en")


def test_only_the_rules_chosen_object(govopen_build: Builder) -> None:
    both = (DisclosureAttribute.ON_REQUEST, DisclosureAttribute.PROACTIVE)
    broken = govopen_build.item(issuer="", attributes=both)

    with pytest.raises(AssertionError, match="SEC005"):
        assert_compliant(broken, as_of=YEAR_END)
    with pytest.raises(AssertionError, match="CAT005") as raised:
        assert_compliant(broken, as_of=YEAR_END, rules=["CAT*"])
    assert "SEC005" not in str(raised.value)


def test_a_unit_that_is_made_up_is_not_asserted_of_and_one_that_is_given_is(govopen_build: Builder) -> None:
    item = govopen_build.item(Category.FEE, unit="elsewhere")
    lacking = govopen_build.unit(Duty.FEES, Duty.EMERGENCIES, id="elsewhere")

    assert_compliant(item, as_of=YEAR_END)
    with pytest.raises(AssertionError, match="CAT005"):
        assert_compliant(attrs.evolve(item, issuer=""), as_of=YEAR_END)
    with pytest.raises(AssertionError, match="unit elsewhere: "):
        assert_compliant(item, lacking, as_of=YEAR_END)


@pytest.mark.parametrize("rules", [[], ["NOPE*"]])
def test_an_assertion_about_nothing_is_refused(govopen_build: Builder, rules: list[str]) -> None:
    record = govopen_build.item() if rules else govopen_build.publication()

    with pytest.raises(InputError, match="nothing would be asserted"):
        assert_compliant(record, as_of=YEAR_END, rules=rules)


def test_a_day_before_the_act_of_the_record_is_refused(govopen_build: Builder) -> None:
    """Of what is not there yet every rule is silent, and a wrong year would look like a test that passes."""
    broken = govopen_build.item(issuer="", created_on=dt.date(2011, 12, 20))

    with pytest.raises(InputError, match="is of 2011-12-20: on 2011-12-19 it is not there yet"):
        assert_compliant(broken, as_of=dt.date(2011, 12, 19))
    with pytest.raises(AssertionError, match="CAT005"):
        assert_compliant(broken, as_of=dt.date(2011, 12, 20))


def test_a_day_before_any_instrument_is_refused(govopen_build: Builder, govopen_registry: Registry) -> None:
    broken = govopen_build.item(issuer="", created_on=None)
    instruments = govopen_registry.library.instruments.values()
    first = min(entry.in_force_from for entry in instruments if any(clause.obligations for clause in entry.clauses))

    with pytest.raises(InputError, match="no instrument with obligations is in force: nothing would be asserted"):
        assert_compliant(broken, as_of=first - dt.timedelta(1))
    with pytest.raises(AssertionError):
        assert_compliant(broken, as_of=YEAR_END)


def test_a_rule_of_ones_own_takes_part(govopen_build: Builder) -> None:
    from govopen import Case, Fail, Text, hookimpl, rule
    from govopen.model.catalog import InformationItem
    from govopen.rules.base import Severity

    text = Text("题", "title")

    @rule(
        code="EXT001",
        name="titles-are-short",
        title=text,
        subject=InformationItem,
        severity=Severity.ADVICE,
        rationale=text,
        remedy=Text("改短", "shorten it"),
        messages={"long": text},
        valid=(Case(text, (govopen_build.item(),), YEAR_END),),
        invalid=(Case(text, (govopen_build.item(title="长" * 99),), YEAR_END),),
    )
    def titles_are_short(dossier, ctx):  # type: ignore[no-untyped-def]
        return Fail("long") if len(dossier.record.title) > 50 else None

    class Plugin:
        @hookimpl
        def govopen_rules(self):  # type: ignore[no-untyped-def]
            return [titles_are_short]

    registry = Registry.load(plugins=[Plugin()])
    with pytest.raises(AssertionError, match="shorten it"):
        assert_compliant(govopen_build.item(title="长" * 51), as_of=YEAR_END, registry=registry, lang="en")
    assert_compliant(govopen_build.item(), as_of=YEAR_END, registry=registry)
