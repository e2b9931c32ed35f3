"""What an entry of each of the eleven categories says (clauses 1.2.1 to 1.2.11)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import reduce
from typing import Any

import attrs
import pytest

from govopen.calendars.china import china_calendar
from govopen.model.catalog import CATEGORY_DUTIES, Category, InformationItem
from govopen.model.contents import (
    ApprovalKind,
    ComplaintKind,
    Contacts,
    DocumentRelation,
    Leader,
    Outcome,
    SupervisionEntry,
)
from govopen.policy.citation import Citation
from govopen.policy.instrument import Check
from govopen.policy.loading import builtin_library
from govopen.rules import catalog, samples
from govopen.rules.base import FoldRule, RecordRule, Rule
from govopen.rules.contents import (
    approvals,
    complaints,
    documents,
    enforcement,
    events,
    fees,
    institution,
    online,
    other,
)
from govopen.rules.contents.common import NO_COUNT, entry
from govopen.rules.context import Context, Dossier
from govopen.rules.results import Fail, Result

MODULES = (institution, documents, approvals, enforcement, complaints, online, events, fees, other)
RULES: dict[str, Rule] = {rule.code: rule for module in MODULES for rule in module.RULES}


def context(as_of: dt.date = samples.YEAR_END) -> Context:
    return Context(as_of=as_of, library=builtin_library(), calendar=china_calendar())


def takes(rule: Rule, item: InformationItem) -> bool:
    """Whether the item is a subject of the rule, or folded by it."""
    if rule.category is not None and item.category is not rule.category:
        return False
    if isinstance(rule, FoldRule):
        return rule.key(item) is not None
    return rule.when is None or rule.when(item)


def run(code: str, *items: InformationItem, as_of: dt.date = samples.YEAR_END) -> Result:
    """What the rule says of the items: of the one item, or of the unit whose items they are."""
    rule, ctx = RULES[code], context(as_of)
    dossiers = [Dossier(item, samples.UNIT, {}) for item in items]
    assert all(takes(rule, item) for item in items)
    if isinstance(rule, FoldRule):
        value = reduce(rule.merge, [rule.map(dossier, ctx) for dossier in dossiers])
        return rule.check(Dossier(samples.UNIT, samples.UNIT, {}), value, ctx)
    assert isinstance(rule, RecordRule)
    (dossier,) = dossiers
    return rule.check(dossier, ctx)


def verdict(code: str, *items: InformationItem, as_of: dt.date = samples.YEAR_END) -> tuple[str, dict[str, Any]]:
    result = run(code, *items, as_of=as_of)
    assert result is not None
    assert not isinstance(result, list)
    return f"{result.outcome}: {result.message}", result.facts


def failing(item: InformationItem) -> set[str]:
    return {code for code, rule in RULES.items() if takes(rule, item) and isinstance(run(code, item), Fail)}


def supervision(**changes: Any) -> InformationItem:
    content: dict[str, Any] = {"carried_out_on": dt.date(2011, 4, 12), "result": "示例结果"}
    return samples.item(Category.COMPLAINT, complaint=None, supervision=SupervisionEntry(**(content | changes)))


def test_together_the_rules_answer_every_automatic_obligation_of_the_clause() -> None:
    panyu = builtin_library().instrument("panyu-2011")
    automatic = {
        citation
        for citation, _, obligation in panyu.obligations()
        if citation.within("1.2") and obligation.check is Check.AUTO
    }

    rules = (*RULES.values(), *catalog.RULES)
    assert {citation for rule in rules for citation in rule.answers} == automatic
    assert len(automatic) == 34
    assert all(rule.basis[0] == answer.of_clause for rule in rules for answer in rule.answers)


def test_every_place_that_a_rule_cites_exists() -> None:
    library = builtin_library()
    cited = {citation for rule in (*RULES.values(), *catalog.RULES) for citation in (*rule.answers, *rule.basis)}

    assert Citation.parse("ogi-2019:20") in cited
    assert {citation for citation in cited if not library.exists(citation)} == set()


def test_the_duty_of_a_rule_belongs_to_its_category() -> None:
    assert {
        rule.code
        for rule in RULES.values()
        if rule.duty is not None and rule.duty not in CATEGORY_DUTIES[rule.category or Category.OTHER]
    } == set()


def test_only_what_every_unit_has_names_no_duty() -> None:
    """Neither a nil return nor duties left out excuse a unit from saying what it is."""
    assert [code for code, rule in RULES.items() if rule.duty is None] == ["CAT011", "CAT012", "CAT013", "CAT014"]


@pytest.mark.parametrize("category", Category)
def test_a_whole_entry_breaks_no_rule(category: Category) -> None:
    assert failing(samples.item(category)) == set()


@pytest.mark.parametrize("category", [category for category in Category if category is not Category.OTHER])
def test_of_an_entry_without_content_nothing_more_is_said(category: Category) -> None:
    """That the content is missing is said once, by the rule on the standard form."""
    item = attrs.evolve(samples.item(category), **{category.value: None})

    assert [code for code, rule in RULES.items() if takes(rule, item)] == []


@pytest.mark.parametrize(
    ("category", "changes", "code"),
    [
        (Category.INSTITUTION, {"functions": ""}, "CAT011"),
        (Category.INSTITUTION, {"leaders": ()}, "CAT012"),
        (Category.INSTITUTION, {"divisions": ()}, "CAT013"),
        (Category.INSTITUTION, {"contacts": Contacts(phone="1")}, "CAT014"),
        (Category.DOCUMENT, {"document_number": "\u3000"}, "CAT021"),
        (Category.DOCUMENT, {"issued_on": None}, "CAT021"),
        (Category.DOCUMENT, {"relation": DocumentRelation.APPLIED, "issued_by": ""}, "CAT022"),
        (Category.APPROVAL, {"name": " "}, "SVC031"),
        (Category.APPROVAL, {"workflow": ("", " ")}, "SVC034"),
        (Category.APPROVAL, {"outcomes": NO_COUNT}, "SVC035"),
        (Category.APPROVAL, {"materials": None}, "SVC036"),
        (Category.APPROVAL, {"kind": ApprovalKind.NON_LICENCE, "name": ""}, "SVC132"),
        (Category.APPROVAL, {"kind": ApprovalKind.NON_LICENCE, "workflow": ()}, "SVC134"),
        (Category.APPROVAL, {"kind": ApprovalKind.NON_LICENCE, "outcomes": ()}, "SVC135"),
        (Category.APPROVAL, {"kind": ApprovalKind.NON_LICENCE, "materials": None}, "SVC136"),
        (Category.APPROVAL, {"kind": ApprovalKind.FILING, "name": ""}, "SVC233"),
        (Category.APPROVAL, {"kind": ApprovalKind.FILING, "workflow": ()}, "SVC234"),
        (Category.APPROVAL, {"kind": ApprovalKind.FILING, "outcomes": ()}, "SVC235"),
        (Category.APPROVAL, {"kind": ApprovalKind.FILING, "materials": None}, "SVC236"),
        (Category.ENFORCEMENT, {"name": ""}, "DIS041"),
        (Category.ENFORCEMENT, {"workflow": ()}, "DIS042"),
        (Category.ENFORCEMENT, {"outcomes": ()}, "DIS043"),
        (Category.COMPLAINT, {"takes": ()}, "INT051"),
        (Category.COMPLAINT, {"outcomes": NO_COUNT}, "INT052"),
        (Category.ONLINE, {"url": ""}, "SVC061"),
        (Category.ONLINE, {"workflow": ()}, "SVC062"),
        (Category.ONLINE, {"outcomes": ()}, "SVC063"),
        (Category.EMERGENCY, {"response": ""}, "CAT071"),
        (Category.EMERGENCY, {"disposal": ""}, "CAT071"),
        (Category.DECISION, {"process": ()}, "DEC081"),
        (Category.DECISION, {"content": ""}, "DEC082"),
        (Category.PROJECT, {"approval_number": ""}, "CAT091"),
        (Category.PROJECT, {"approved_on": None}, "CAT091"),
        (Category.PROJECT, {"status": ""}, "CAT092"),
        (Category.PROJECT, {"status_on": None}, "CAT092"),
        (Category.FEE, {"name": ""}, "CAT101"),
        (Category.FEE, {"basis": ""}, "CAT102"),
        (Category.FEE, {"rate_yuan": None}, "CAT103"),
    ],
)
def test_a_blank_field_is_found_by_the_rule_that_owns_it(
    category: Category, changes: dict[str, Any], code: str
) -> None:
    assert failing(entry(category, **changes)) == {code}


def test_information_that_nobody_catalogued_is_found_by_the_residual_rule() -> None:
    assert failing(attrs.evolve(samples.item(), category=None)) == {"CAT111"}


@pytest.mark.parametrize(
    ("changes", "field"), [({"result": " "}, "result"), ({"carried_out_on": None}, "carried_out_on")]
)
def test_supervision_states_date_and_result(changes: dict[str, Any], field: str) -> None:
    assert failing(supervision()) == set()
    assert verdict("SUP053", supervision(**changes)) == ("fail: incomplete", {"missing": (field,)})


# Entries of a unit are read together


def test_what_one_institution_entry_lacks_another_may_say() -> None:
    bare = entry(Category.INSTITUTION, functions="", divisions=(), contacts=None, leaders=())

    for code in ("CAT011", "CAT012", "CAT013", "CAT014"):
        assert isinstance(run(code, bare), Fail)
        assert run(code, bare, samples.item(Category.INSTITUTION)) is None
        assert run(code, samples.item(Category.INSTITUTION), bare) is None


def test_leaders_without_a_division_of_work_are_counted_not_named() -> None:
    one = entry(
        Category.INSTITUTION, leaders=(Leader(name="甲", in_charge_of="全面"), Leader(name="乙", post="副局长"))
    )
    two = entry(Category.INSTITUTION, leaders=(Leader(name="丙 "), Leader(name="丙", in_charge_of=" ")))

    assert verdict("CAT012", one, two) == ("fail: unstated", {"listed": 3, "count": 2})


def test_a_division_of_work_without_a_name_is_no_leader() -> None:
    nameless = entry(Category.INSTITUTION, leaders=(Leader(name=" ", in_charge_of="全面"),))

    assert verdict("CAT012", nameless) == ("fail: nobody", {})


def test_contact_details_that_lack_are_named_by_field() -> None:
    hours_only = entry(Category.INSTITUTION, contacts=Contacts(office_hours="9:00-17:00"))

    assert verdict("CAT014", hours_only) == ("fail: missing", {"missing": ("address", "phone")})


def test_channels_are_read_together_and_one_without_address_takes_nothing() -> None:
    reports = entry(Category.COMPLAINT, takes=(ComplaintKind.REPORT,))
    nowhere = entry(Category.COMPLAINT, takes=tuple(ComplaintKind), address="")

    assert verdict("INT051", nowhere, reports) == (
        "fail: missing",
        {"missing": (ComplaintKind.COMPLAINT, ComplaintKind.HELP)},
    )


def test_supervision_is_no_channel_and_a_channel_no_supervision() -> None:
    assert not takes(RULES["INT051"], supervision())
    assert not takes(RULES["INT052"], supervision())
    assert not takes(RULES["SUP053"], samples.item(Category.COMPLAINT))


# Blank is not zero, and what is still to come is not yet recorded


def test_a_count_of_zero_is_an_outcome_and_one_of_several_periods_suffices() -> None:
    zero = samples.outcome()

    assert zero.handled == 0
    assert run("DIS043", entry(Category.ENFORCEMENT, outcomes=(zero,))) is None
    assert run("DIS043", entry(Category.ENFORCEMENT, outcomes=(*NO_COUNT, zero))) is None


@pytest.mark.parametrize("code", ["SVC035", "DIS043", "INT052", "SVC063"])
def test_outcomes_of_a_period_that_has_not_begun_are_none(code: str) -> None:
    category = RULES[code].category
    assert category is not None
    later = Outcome(covers_from=dt.date(2011, 7, 1), covers_until=dt.date(2011, 12, 31), handled=4)
    item = entry(category, outcomes=(later,))

    assert verdict(code, item, as_of=dt.date(2011, 6, 30)) == ("fail: none", {})
    assert run(code, item, as_of=dt.date(2011, 7, 1)) is None


def test_an_empty_list_of_materials_states_that_none_are_needed() -> None:
    assert run("SVC036", entry(Category.APPROVAL, materials=())) is None
    assert verdict("SVC036", entry(Category.APPROVAL, materials=None)) == ("fail: none", {})
    assert verdict("SVC036", entry(Category.APPROVAL, materials=("", " "))) == ("fail: blank", {})


@pytest.mark.parametrize(
    ("rate_yuan", "rate_rule"), [(Decimal(0), ""), (None, "按件计收"), (Decimal("0.00"), "按件计收")]
)
def test_a_rate_of_zero_or_a_rule_of_reckoning_is_a_rate(rate_yuan: Decimal | None, rate_rule: str) -> None:
    assert run("CAT103", entry(Category.FEE, rate_yuan=rate_yuan, rate_rule=rate_rule)) is None


def test_supervision_and_approval_still_ahead_are_not_asked_for() -> None:
    ahead = dt.date(2011, 7, 1)
    project = entry(Category.PROJECT, approval_number="", approved_on=ahead)
    planned = supervision(carried_out_on=ahead, result="")

    assert verdict("CAT091", project, as_of=dt.date(2011, 6, 30))[0] == "not_applicable: ahead"
    assert verdict("SUP053", planned, as_of=dt.date(2011, 6, 30))[0] == "not_applicable: ahead"
    assert verdict("CAT091", project, as_of=ahead)[0] == "fail: incomplete"
    assert verdict("SUP053", planned, as_of=ahead)[0] == "fail: incomplete"


def test_a_status_of_a_later_day_leaves_the_earlier_one_undecided() -> None:
    later = entry(Category.PROJECT, status_on=dt.date(2018, 3, 1))

    assert verdict("CAT092", later) == ("undecidable: later", {"status_on": dt.date(2018, 3, 1)})
    assert run("CAT092", later, as_of=dt.date(2018, 3, 1)) is None


@pytest.mark.parametrize(
    ("code", "category", "field", "blank"),
    [
        ("CAT021", Category.DOCUMENT, "issued_on", {"document_number": ""}),
        ("DEC081", Category.DECISION, "decided_on", {"process": ()}),
        ("DEC082", Category.DECISION, "decided_on", {"content": ""}),
    ],
)
def test_documents_and_decisions_still_ahead_are_not_asked_for(
    code: str, category: Category, field: str, blank: dict[str, Any]
) -> None:
    ahead = dt.date(2011, 7, 1)
    item, whole = entry(category, **{field: ahead}, **blank), entry(category, **{field: ahead})

    assert verdict(code, item, as_of=dt.date(2011, 6, 30)) == ("not_applicable: ahead", {field: ahead})
    assert verdict(code, whole, as_of=dt.date(2011, 6, 30))[0] == "not_applicable: ahead"
    assert verdict(code, item, as_of=ahead)[0].startswith("fail")
    assert run(code, whole, as_of=ahead) is None


# Kinds


@pytest.mark.parametrize("kind", ApprovalKind)
def test_an_approval_is_a_subject_of_the_rules_of_its_kind_only(kind: ApprovalKind) -> None:
    item = entry(Category.APPROVAL, kind=kind)
    duties = {rule.duty for rule in RULES.values() if takes(rule, item)}
    rules = [rule for rule in RULES.values() if takes(rule, item)]

    assert len(duties) == 1
    assert len(rules) == 4


def test_a_document_issued_needs_a_number_of_its_own_and_one_applied_its_maker() -> None:
    issued = attrs.evolve(entry(Category.DOCUMENT, document_number="", name=""), document_number="示办〔2011〕1号")
    applied = entry(Category.DOCUMENT, relation=DocumentRelation.APPLIED, document_number="", issued_on=None)

    assert verdict("CAT021", issued) == ("fail: incomplete", {"missing": ("name", "document_number")})
    assert failing(applied) == set()
