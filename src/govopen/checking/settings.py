"""What a workspace decides about a check. It may tighten and never loosen."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import attrs

from govopen.errors import WorkspaceError
from govopen.rules.base import Parameter, Rule, Severity
from govopen.texts import N_

__all__ = ["CheckSettings", "InstrumentSettings", "ParameterValue", "parameters_of", "severity_of"]

ParameterValue = int | Decimal | bool | str
"""What a rule's parameter can be set to in ``govopen.toml``."""


@attrs.frozen(kw_only=True)
class InstrumentSettings:
    """An instrument whose obligations are checked.

    Attributes:
        id: The instrument.
        jurisdiction: Apply it to the units of this place instead of its own; the report says that it was adopted.
        continues: Of a plan: whether its standing duties go on after its time; ``None``: nobody has said.
        basis: On what the workspace rests its word; reports print it.
    """

    id: str
    jurisdiction: str = ""
    continues: bool | None = None
    basis: str = ""


@attrs.frozen(kw_only=True)
class CheckSettings:
    """The instruments to check, and the parameters and severities that differ from the rules' own.

    Attributes:
        parameters: By rule code, then by name.
        severities: By rule code; a severity can only be raised.
    """

    instruments: tuple[InstrumentSettings, ...] = ()
    parameters: Mapping[str, Mapping[str, ParameterValue]] = attrs.field(factory=dict)
    severities: Mapping[str, Severity] = attrs.field(factory=dict)


def parameters_of(rule: Rule, settings: CheckSettings) -> Mapping[str, ParameterValue]:
    """The values of the rule's parameters.

    Raises:
        WorkspaceError: A parameter the rule does not have, a value of another type, or one that loosens the law.
    """
    values: dict[str, ParameterValue] = {parameter.name: parameter.default for parameter in rule.parameters}
    known = {parameter.name: parameter for parameter in rule.parameters}
    for name, value in settings.parameters.get(rule.code, {}).items():
        if name not in known:
            raise WorkspaceError(
                "Rule {code} has no parameter '{name}'.",
                hint="It has: {names}.",
                code=rule.code,
                name=name,
                names=", ".join(values) or "-",
            )
        values[name] = _checked(rule, known[name], value)
    return values


def _checked(rule: Rule, parameter: Parameter, value: ParameterValue) -> ParameterValue:
    default = parameter.default
    if type(value) is int and isinstance(default, Decimal):
        value = Decimal(value)
    if type(value) is not type(default):
        raise WorkspaceError(
            "Parameter {name} of rule {code} is a {found}; it has to be a {wanted}.",
            code=rule.code,
            name=parameter.name,
            found=type(value).__name__,
            wanted=type(default).__name__,
        )
    if parameter.minimum is not None and not isinstance(value, str) and value < parameter.minimum:
        raise WorkspaceError(
            N_("Parameter {name} of rule {code} is {value}; it has to be {minimum} or more."),
            code=rule.code,
            name=parameter.name,
            value=value,
            minimum=parameter.minimum,
        )
    if parameter.tightening == "either":
        return value
    assert not isinstance(value, str)
    assert not isinstance(default, str)
    loosens = value > default if parameter.tightening == "lower" else value < default
    if loosens:
        raise WorkspaceError(
            "Parameter {name} of rule {code} is set to {value}; the law sets {default}."
            if parameter.basis
            else N_(
                "Parameter {name} of rule {code} is set to {value}; the rule sets {default} and lets nobody loosen it."
            ),
            hint="A workspace may tighten and never loosen.",
            code=rule.code,
            name=parameter.name,
            value=value,
            default=default,
        )
    return value


def severity_of(rule: Rule, settings: CheckSettings) -> Severity:
    """The rule's severity, or the graver one that the workspace gives it.

    Raises:
        WorkspaceError: The workspace gives it a lesser one.
    """
    wanted = settings.severities.get(rule.code, rule.severity)
    if wanted.rank > rule.severity.rank:
        raise WorkspaceError(
            "The severity of rule {code} cannot be lowered from {own} to {wanted}.",
            hint="A workspace may tighten and never loosen.",
            code=rule.code,
            own=rule.severity.value,
            wanted=wanted.value,
        )
    return wanted
