"""What to say when no plugin brings what somebody names: also which plugins could, were they used."""

from __future__ import annotations

from collections.abc import Iterable

from govopen.errors import InputError
from govopen.plugins.info import PluginInfo, PluginStatus
from govopen.texts import N_

__all__ = ["missing"]


def missing(message: str, known: Iterable[str], plugins: Iterable[PluginInfo], **facts: object) -> InputError:
    """The error for a name that no factory has.

    Args:
        message: What is missing, with a place for each of ``facts``.
        known: What there is.
        plugins: All plugins that were found. Those that are not used are named: what is missing may be theirs.
        facts: What fills the places.
    """
    plugins = tuple(plugins)
    disabled = _named(plugins, PluginStatus.DISABLED)
    failed = _named(plugins, PluginStatus.FAILED)
    hint = N_("Known: {known}. A plugin can bring others.")
    if disabled and failed:
        hint = N_("Known: {known}. It may be a plugin's that is disabled ({disabled}) or failed to load ({failed}).")
    elif disabled:
        hint = N_("Known: {known}. It may be a plugin's that is disabled: {disabled}.")
    elif failed:
        hint = N_("Known: {known}. It may be a plugin's that failed to load: {failed}.")
    return InputError(
        message, hint=hint, problems=(), known=", ".join(known) or "-", disabled=disabled, failed=failed, **facts
    )


def _named(plugins: Iterable[PluginInfo], status: PluginStatus) -> str:
    # As GOVOPEN_DISABLE_PLUGINS takes them: a distribution, or the name of what was given.
    return ", ".join(dict.fromkeys(info.distribution or info.name for info in plugins if info.status is status))
