"""From plugins found to contributions that fit together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs

from govopen.errors import PluginError
from govopen.plugins.citing import rule_faults
from govopen.plugins.consistency import Fault, build_library, name_faults, type_faults
from govopen.plugins.contribution import Contribution, collect
from govopen.plugins.info import PluginInfo, PluginStatus
from govopen.plugins.loading import Found
from govopen.plugins.origin import Origin
from govopen.policy.library import Library

__all__ = ["Assembled", "assemble"]


@attrs.frozen(kw_only=True, eq=False)
class Assembled:
    """The contributions that can be used, the law among them as a library, and what came of every plugin found."""

    contributions: tuple[Contribution, ...]
    library: Library
    plugins: tuple[PluginInfo, ...]


def assemble(found: Iterable[Found], *, strict: bool) -> Assembled:
    """Collect what the plugins give and keep what fits together.

    Args:
        found: The plugins, what is built in first.
        strict: Whether a plugin that cannot be used is an error, or is left out.

    Raises:
        PluginError: A plugin cannot be used, and either ``strict`` is true or it is what is built in.
        PolicyDataError: The built-in law does not fit together.
    """
    found = tuple(found)
    contributions: list[Contribution] = []
    failures: dict[Origin, PluginError] = {}

    def leave_out(faults: Iterable[Fault]) -> None:
        for origin, error in faults:
            if strict or origin.builtin:
                raise error
            failures.setdefault(origin, error)

    for each in found:
        if each.failure is not None:
            leave_out([(each.origin, each.failure)])
        elif not each.disabled:
            try:
                contributions.append(collect(each))
            except PluginError as error:
                leave_out([(each.origin, error)])
    # What leaves may be what another plugin cites, so look again.
    library, faults = _fitting(contributions)
    while library is None or faults:
        leave_out(faults)
        contributions = [each for each in contributions if each.origin not in failures]
        library, faults = _fitting(contributions)
    by_origin = {each.origin: each for each in contributions}
    return Assembled(
        contributions=tuple(contributions),
        library=library,
        plugins=tuple(_info(each, by_origin.get(each.origin), failures.get(each.origin)) for each in found),
    )


def _fitting(contributions: Sequence[Contribution]) -> tuple[Library | None, Sequence[Fault]]:
    faults = [*name_faults(contributions), *type_faults(contributions)]
    if faults:
        return None, faults
    library, faults = build_library(contributions)
    return library, faults if library is None else tuple(rule_faults(contributions, library))


def _info(found: Found, contribution: Contribution | None, failure: PluginError | None) -> PluginInfo:
    info = PluginInfo(
        name=found.origin.name,
        distribution=found.origin.distribution,
        version=found.origin.version,
        status=PluginStatus.DISABLED if found.disabled else PluginStatus.FAILED,
        failure=failure,
    )
    if contribution is None:
        return info
    return attrs.evolve(
        info,
        status=PluginStatus.LOADED,
        hooks=contribution.hooks,
        interface=found.interface,
        warnings=found.warnings,
        rules=len(contribution.rules),
        prefixes=contribution.prefixes,
    )
