"""The law that a command works with: that of a workspace, or what is built in and plugins bring."""

from __future__ import annotations

from pathlib import Path

from govopen.office.workspace import Workspace
from govopen.plugins.registry import Registry

__all__ = ["registry_of"]


def registry_of(workspace: Path | None) -> Registry:
    """The registry, with a workspace's own instruments if there is a workspace. No store is opened.

    Raises:
        PluginError: A plugin does not load.
        WorkspaceError: The workspace does not load.
        PolicyDataError: One of its instruments does not load.
    """
    if workspace is None:
        return Registry.load()
    settings = Workspace.load(workspace)
    return Registry.load().with_instruments(settings.instrument_files)
