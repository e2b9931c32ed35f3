"""The registry that a Sphinx project documents: what is installed, and what its ``conf.py`` adds.

``govopen_instruments``
    TOML files of the unit's own instruments, seen from the folder of the sources.
``govopen_plugins``
    Modules to import as plugins, for rules that are not installed as a distribution.
"""

from __future__ import annotations

import importlib
from pathlib import Path
from weakref import WeakKeyDictionary

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment

from govopen.errors import PluginError
from govopen.plugins.origin import sentence
from govopen.plugins.registry import Registry
from govopen.texts import N_

__all__ = ["instrument_files", "register", "registry_of"]

# Once per build and not once per process: a host may build several projects, or one again after a change.
_REGISTRIES: WeakKeyDictionary[Config, Registry] = WeakKeyDictionary()


def instrument_files(env: BuildEnvironment) -> tuple[Path, ...]:
    """The files that ``govopen_instruments`` names."""
    return tuple(Path(env.srcdir, name).resolve() for name in env.config.govopen_instruments)


def registry_of(env: BuildEnvironment) -> Registry:
    """The registry of the project, loaded when it is first asked for.

    Raises:
        PluginError: A plugin does not load, or a module of ``govopen_plugins`` does not import.
        PolicyDataError: A file of ``govopen_instruments`` does not load.
    """
    config = env.config
    found = _REGISTRIES.get(config)
    if found is None:
        plugins = [_module(name) for name in config.govopen_plugins]
        found = Registry.load(plugins=plugins).with_instruments(instrument_files(env))
        _REGISTRIES[config] = found
    return found


def _module(name: str) -> object:
    try:
        return importlib.import_module(name)
    except (Exception, SystemExit) as error:
        raise PluginError(
            N_("The module {name}, which govopen_plugins names, does not import: {error}: {reason}"),
            hint=N_(
                "See that it imports; its folder has to be on sys.path, which conf.py can see to, or be installed."
            ),
            name=name,
            error=type(error).__name__,
            reason=sentence(error),
        ) from error


def register(app: Sphinx) -> None:
    """Declare the settings of ``conf.py``."""
    app.add_config_value("govopen_instruments", [], "env", types=frozenset({list, tuple}))
    app.add_config_value("govopen_plugins", [], "env", types=frozenset({list, tuple}))
