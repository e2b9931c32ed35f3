"""Codes become words, in the language of the report; what a plugin got wrong never stops a report."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import attrs
import pytest

from govopen.checking.algebra import Reason, Status
from govopen.checking.result import CheckReport, Finding, Notice
from govopen.model.catalog import Category
from govopen.policy.citation import Citation
from govopen.report.overview import law_of
from govopen.report.render import Renderer
from govopen.rules.base import Severity
from govopen.rules.results import Outcome


@pytest.fixture
def words(a_dozen: CheckReport) -> Any:
    return lambda lang: Renderer(a_dozen, lang)


@pytest.mark.parametrize(
    ("fact", "chinese", "english"),
    [
        ("bg-1", "bg-1", "bg-1"),
        (3, "3", "3"),
        (Decimal("1E+2"), "100", "100"),
        (Decimal("0.50"), "0.50", "0.50"),
        (dt.date(2011, 4, 1), "2011-04-01", "2011-04-01"),
        (Category.FEE, "收费项目依据标准", "fees"),
        ((Category.FEE, "x"), "收费项目依据标准、x", "fees, x"),
        ((), "", ""),
    ],
)
def test_facts(words: Any, fact: Any, chinese: str, english: str) -> None:
    assert words("zh-Hans").fact(fact) == chinese
    assert words("en").fact(fact) == english


def finding(rule: str, message: str, **facts: Any) -> Finding:
    return Finding(
        rule=rule,
        outcome=Outcome.FAIL,
        severity=Severity.MINOR,
        unit="u1",
        subject_type="unit",
        subject="u1",
        message=message,
        facts=facts,
        obligations=(),
    )


def test_a_message_of_a_rule_takes_its_facts_in_the_language(words: Any) -> None:
    entry = finding("CAT001", "missing", missing=(Category.FEE, Category.ONLINE))
    assert words("zh-Hans").message(entry).endswith("：收费项目依据标准、网上办理事项。")
    assert words("en").message(entry).endswith(": fees, online services.")


def test_what_the_law_does_not_answer_is_said_in_the_program_s_own_words(words: Any) -> None:
    cause = "No provision on {matter} was in force on {day}."
    entry = finding("CAT001", "not_computable", cause=cause, matter="ogi/reply-time", day="2001-01-01")
    assert words("en").message(entry) == "No provision on ogi/reply-time was in force on 2001-01-01."
    chinese = words("zh-Hans").message(entry)
    assert "ogi/reply-time" in chinese
    assert chinese != words("en").message(entry)


def test_a_rule_that_raised_is_named_as_a_fault_of_the_program(words: Any) -> None:
    assert "ValueError" in words("en").message(finding("CAT001", "error", error="ValueError"))
    assert "ValueError" in words("zh-Hans").message(finding("CAT001", "error", error="ValueError"))


@pytest.mark.parametrize("facts", [{}, {"other": 1}, {"lang": "x", "self": 1, "message": "{"}])
@pytest.mark.parametrize("message", ["missing", "unheard-of", "not_computable", "error"])
def test_a_message_that_a_plugin_got_wrong_is_shown_as_far_as_it_goes(
    words: Any, message: str, facts: dict[str, Any]
) -> None:
    text = words("en").message(attrs.evolve(finding("CAT001", message), facts=facts))
    assert isinstance(text, str)
    assert all(name in text for name in facts) or message in ("not_computable", "unheard-of")


def test_notices_are_filled_and_translated(words: Any) -> None:
    notice = Notice(
        code="GOV014",
        message="Waiver {waiver} of rule {rule} expired on {until}.",
        facts={"waiver": "w1", "rule": "CAT001", "until": dt.date(2011, 6, 1)},
    )
    assert words("en").notice(notice) == "Waiver w1 of rule CAT001 expired on 2011-06-01."
    assert words("zh-Hans").notice(notice) != words("en").notice(notice)
    assert "2011-06-01" in words("zh-Hans").notice(notice)


@pytest.mark.parametrize(
    ("citation", "chinese", "english"),
    [
        (
            "panyu-2011:1.3",
            "《广州市番禺区2011年政务公开工作要点》1.3 保密审查与公开属性",
            "Panyu District of Guangzhou, 2011, 1.3 Secrecy review and disclosure attribute",
        ),
        ("ogi-2019:33", "《中华人民共和国政府信息公开条例》第33条", "article 33"),
    ],
)
def test_law_is_cited_as_law_is_cited(words: Any, citation: str, chinese: str, english: str) -> None:
    parsed = Citation.parse(citation)
    assert english in words("en").law(parsed)
    for part in chinese.split("第"):
        assert part.rstrip("》") in words("zh-Hans").law(parsed)


def test_law_that_nobody_verified_says_so(words: Any, a_dozen: CheckReport) -> None:
    library = a_dozen.library
    all_cited = {citation for rule in a_dozen.rules.values() for citation in rule.basis}
    for citation in all_cited:
        marked = words("en").law(citation).endswith(" (not verified)")
        assert marked is not library.verified(citation), citation
    assert any(not library.verified(citation) for citation in all_cited)


@pytest.mark.parametrize(
    ("act_on", "article"), [(dt.date(2019, 5, 14), "ogi-2007:24"), (dt.date(2019, 5, 15), "ogi-2019:33")]
)
def test_of_a_rule_s_law_that_in_force_on_the_day_of_the_act_is_named(
    a_dozen: CheckReport, act_on: dt.date, article: str
) -> None:
    entry = attrs.evolve(a_dozen.findings[0], rule="REQ003")
    later = attrs.evolve(a_dozen, as_of=dt.date(2025, 6, 30))
    cited = {str(citation) for citation in law_of(later, attrs.evolve(entry, act_on=act_on))}
    assert cited & {"ogi-2007:24", "ogi-2019:33"} == {article}


def test_of_a_standing_duty_the_law_of_the_as_of_date_is_named(a_dozen: CheckReport) -> None:
    entry = attrs.evolve(a_dozen.findings[0], rule="REQ003")
    cited = {str(citation) for citation in law_of(a_dozen, attrs.evolve(entry, act_on=None))}
    assert "ogi-2007:24" in cited


def test_a_status_is_said_with_its_reason(words: Any, a_dozen: CheckReport) -> None:
    entry = next(entry for entry in a_dozen.statuses if entry.unit == "gone")
    assert (entry.status, entry.reason) == (Status.NOT_APPLICABLE, Reason.NO_UNIT)
    assert words("zh-Hans").status(entry) == "不适用（该单位当日不存在）"
    assert words("en").status(entry) == "not applicable: the unit does not exist on that day"


def test_record_types_have_their_titles_and_unknown_ones_their_names(words: Any) -> None:
    assert words("zh-Hans").record_type("information-item") == "信息条目"
    assert words("en").record_type("information-item") == "information item"
    assert words("en").record_type("permit") == "permit"


def test_readings_are_those_of_the_obligations(words: Any) -> None:
    citations = [Citation.parse("panyu-2011:1.4/o1"), Citation.parse("panyu-2011:1.4/o2")]
    (reading,) = words("en").readings(citations)
    assert reading.startswith("Made checkable")
