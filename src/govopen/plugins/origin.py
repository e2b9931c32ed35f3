"""Who a plugin is: what every error about it says."""

from __future__ import annotations

import attrs

from govopen.errors import PluginError
from govopen.texts import N_

__all__ = ["DISABLE_VARIABLE", "Origin", "sentence"]

DISABLE_VARIABLE = "GOVOPEN_DISABLE_PLUGINS"
"""The environment variable that names plugins to leave out."""

_HINT = N_("Mend or uninstall it, or set {variable}={distribution} to work without it.")


@attrs.frozen(kw_only=True)
class Origin:
    """A plugin's name, and the distribution that brought it.

    Attributes:
        name: Of the entry point; of a plugin given to ``Registry.load``: of its module or class.
        distribution: Empty for a plugin given to ``Registry.load``.
        version: Of the distribution.
        builtin: Whether this is what is built in, which nobody can disable.
    """

    name: str
    distribution: str = ""
    version: str = ""
    builtin: bool = False

    def refuse(self, message: str, *, hint: str = "", **facts: object) -> PluginError:
        """The error to raise about this plugin. ``message`` has a place ``{plugin}``, which this fills."""
        return PluginError(
            message,
            hint=hint or (_HINT if self.distribution and not self.builtin else ""),
            plugin=str(self),
            distribution=self.distribution,
            variable=DISABLE_VARIABLE,
            **facts,
        )

    def __str__(self) -> str:
        if not self.distribution or self.distribution == self.name:
            return f"{self.name} {self.version}".rstrip()
        return f"{self.name} ({self.distribution} {self.version})"


def sentence(error: BaseException) -> str:
    """What an error says, ready to stand before a hint."""
    text = str(error).strip() or "-"
    return text if text[-1] in ".!?。" else f"{text}."
