"""Parameters and severities: a workspace may tighten and never loosen."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from govopen.errors import WorkspaceError
from govopen.rules import samples
from govopen.rules.base import Parameter, Severity
from govopen.rules.results import Fail
from govopen.texts import Text

TITLE = Text("参数", "parameter")
PARAMETERS = (
    Parameter(name="days", title=TITLE, default=20, tightening="lower"),
    Parameter(name="least", title=TITLE, default=Decimal("1.5"), tightening="higher"),
    Parameter(name="legal", title=TITLE, default=20, tightening="lower", basis="ogi-2019:26"),
    Parameter(name="age", title=TITLE, default=30),
    Parameter(name="strict", title=TITLE, default=True),
    Parameter(name="word", title=TITLE, default="all"),
)


@pytest.fixture
def value(check: Any, a_rule: Any) -> Any:
    """What a rule reads of its parameter under the settings given."""

    def run(name: str, **given: Any) -> Any:
        rule = a_rule(lambda d, c: Fail("bad", n=c.parameters[name]), parameters=PARAMETERS)
        return check(rule, samples.item(), under={"parameters": {"TST001": given}}).findings[0].facts["n"]

    return run


def test_a_parameter_has_its_default_unless_the_workspace_sets_it(value: Any) -> None:
    assert value("age") == 30
    assert value("age", age=60) == 60
    assert value("strict", strict=False) is False
    assert value("word", word="some") == "some"


def test_it_may_be_tightened_in_its_direction(value: Any) -> None:
    assert value("days", days=20) == 20
    assert value("days", days=5) == 5
    assert value("least", least=Decimal(2)) == 2


@pytest.mark.parametrize("given", [{"days": 21}, {"least": Decimal("1.4")}, {"least": 1}])
def test_it_may_not_be_loosened(value: Any, given: dict[str, Any]) -> None:
    with pytest.raises(WorkspaceError, match=r"the rule sets .* lets nobody loosen it\. A workspace may tighten"):
        value("age", **given)


def test_nor_where_the_law_sets_it_which_is_said(value: Any) -> None:
    with pytest.raises(WorkspaceError, match=r"the law sets 20\. .*tighten and never loosen"):
        value("age", legal=21)


def test_a_whole_number_is_taken_for_an_amount(value: Any) -> None:
    assert value("least", least=2) == Decimal(2)
    assert isinstance(value("least", least=2), Decimal)


@pytest.mark.parametrize(
    ("given", "found", "wanted"),
    [
        ({"days": True}, "bool", "int"),
        ({"days": "5"}, "str", "int"),
        ({"days": Decimal(5)}, "Decimal", "int"),
        ({"strict": 1}, "int", "bool"),
        ({"word": 1}, "int", "str"),
    ],
)
def test_it_keeps_its_type(value: Any, given: dict[str, Any], found: str, wanted: str) -> None:
    with pytest.raises(WorkspaceError, match=f"is a {found}; it has to be a {wanted}"):
        value("age", **given)


def test_an_unknown_parameter_is_refused_with_those_there_are(value: Any) -> None:
    with pytest.raises(WorkspaceError, match=r"no parameter 'dayz'.*days, least, legal, age, strict, word"):
        value("age", dayz=3)


@pytest.mark.parametrize("under", [{"parameters": {"TST999": {}}}, {"severities": {"TST999": Severity.CRITICAL}}])
def test_settings_of_a_rule_that_is_not_there_are_refused(checker: Any, a_rule: Any, under: dict[str, Any]) -> None:
    with pytest.raises(WorkspaceError, match="TST999"):
        checker(a_rule(lambda d, c: None), **under)


def test_a_severity_may_be_raised(check: Any, a_rule: Any) -> None:
    rule = a_rule(lambda d, c: Fail("bad", n=1), severity=Severity.MINOR)
    report = check(rule, samples.item(), under={"severities": {"TST001": Severity.CRITICAL}})
    assert report.findings[0].severity is Severity.CRITICAL


def test_a_severity_may_not_be_lowered(checker: Any, a_rule: Any) -> None:
    with pytest.raises(WorkspaceError, match="cannot be lowered from serious to minor"):
        checker(a_rule(lambda d, c: None), severities={"TST001": Severity.MINOR})
