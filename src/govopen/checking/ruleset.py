"""Rules with what they need to run: record types, law, and the workspace's settings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Self

import attrs

from govopen.checking.settings import CheckSettings, ParameterValue, parameters_of, severity_of
from govopen.errors import WorkspaceError
from govopen.model.base import Record, RecordType
from govopen.policy.library import Library
from govopen.rules.base import Rule, Severity
from govopen.texts import N_

__all__ = ["Ruleset"]


@attrs.frozen(kw_only=True, eq=False)
class Ruleset:
    """Rules, and the parameters and severities under which they run.

    Attributes:
        rules: By code.
        types: By the class of their records.
        parameters: By rule code, then by name.
        severities: By rule code.
    """

    rules: Mapping[str, Rule]
    types: Mapping[type[Record], RecordType]
    library: Library
    settings: CheckSettings
    parameters: Mapping[str, Mapping[str, ParameterValue]]
    severities: Mapping[str, Severity]

    @classmethod
    def of(cls, rules: Iterable[Rule], types: Iterable[RecordType], library: Library, settings: CheckSettings) -> Self:
        """Put the rules under the settings.

        Raises:
            WorkspaceError: A setting names no instrument, rule or parameter there is, or loosens what law or rule says.
        """
        if not settings.instruments:
            raise WorkspaceError(
                N_("The settings name no instrument: a check of nothing would be green."),
                hint=N_("Name one, for example with a table [instruments.panyu-2011]."),
            )
        names = [chosen.id for chosen in settings.instruments]
        if len(set(names)) < len(names):
            raise WorkspaceError(N_("The settings name an instrument twice: {ids}."), ids=", ".join(names))
        absent = [chosen.id for chosen in settings.instruments if chosen.id not in library.instruments]
        if absent:
            raise WorkspaceError(
                N_("The settings name instruments that are not there: {ids}."),
                hint=N_("Known: {known}."),
                ids=", ".join(absent),
                known=", ".join(sorted(library.instruments)),
            )
        by_code = {rule.code: rule for rule in rules}
        unknown = sorted({*settings.parameters, *settings.severities} - by_code.keys())
        if unknown:
            raise WorkspaceError(
                N_("The settings name rules that are not there: {codes}."),
                hint=N_("List the rules with: govopen explain"),
                codes=", ".join(unknown),
            )
        return cls(
            rules=by_code,
            types={record_type.cls: record_type for record_type in types},
            library=library,
            settings=settings,
            parameters={code: parameters_of(rule, settings) for code, rule in by_code.items()},
            severities={code: severity_of(rule, settings) for code, rule in by_code.items()},
        )
