"""What the list of plugins shows."""

from __future__ import annotations

import attrs

from govopen.errors import PluginError
from govopen.plugins.interface import GovopenDeprecationWarning
from govopen.texts import Label

__all__ = ["PluginInfo", "PluginStatus"]


class PluginStatus(Label):
    """Whether a plugin is used."""

    LOADED = "loaded", "已加载", "loaded"
    DISABLED = "disabled", "已停用", "disabled"
    FAILED = "failed", "加载失败", "failed"


@attrs.frozen(kw_only=True)
class PluginInfo:
    """A plugin that was found.

    Attributes:
        name: Of its entry point; of a plugin given to ``Registry.load``: of its module or class.
        distribution: What it was installed with; empty for a plugin given to ``Registry.load``.
        version: Of the distribution.
        hooks: The hooks it implements, sorted.
        rules: How many rules it brings.
        prefixes: What its rule codes begin with.
        interface: The version of the plugin interface that it says it is written for; ``None``: it does not say, or it
            was not looked into.
        warnings: What of the plugin interface it uses that is going.
        failure: Why it is not used.
    """

    name: str
    distribution: str
    version: str
    status: PluginStatus
    hooks: tuple[str, ...] = ()
    rules: int = 0
    prefixes: tuple[str, ...] = ()
    interface: int | None = None
    warnings: tuple[GovopenDeprecationWarning, ...] = ()
    failure: PluginError | None = None
