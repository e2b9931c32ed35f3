"""Who a plugin is: what every error about it says."""

from __future__ import annotations

import attrs

from govopen.errors import PluginError
from govopen.texts import N_

__all__ = ["BUILTIN", "DISABLE_VARIABLE", "Origin", "sentence"]

BUILTIN = "govopen"
"""The name, and the distribution, of what is built in."""

DISABLE_VARIABLE = "GOVOPEN_DISABLE_PLUGINS"

_HINT = N_("Mend or uninstall it, or set {variable}={distribution} to work without it.")


@attrs.frozen(kw_only=True)
class Origin:
    """A plugin's name, and the distribution that brought it.

    Attributes:
        name: Of the entry point; of a plugin given to ``Registry.load``: of its module or class.
        distribution: Empty for a plugin given to ``Registry.load``.
        version: Of the distribution.
    """

    name: str
    distribution: str = ""
    version: str = ""

    @property
    def builtin(self) -> bool:
        """Whether this is what is built in, which nobody can disable."""
        return self.distribution == BUILTIN

    def refuse(self, message: str, *, hint: str = "", **facts: object) -> PluginError:
        """The error to raise about this plugin. ``message`` has a place ``{plugin}``, which this fills."""
        removable = self.distribution and not self.builtin
        return PluginError(
            message,
            hint=hint or (_HINT if removable else ""),
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
