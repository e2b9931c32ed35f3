"""Open-government policy as software.

The names below are the public interface for embedding; plugins import from the module that defines a name. They load
on first use (PEP 562), so that ``import govopen`` costs little in a host that may never check anything.

(PYTEST_DONT_REWRITE: it asserts nothing, and a host that calls pytest has often imported it before.)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

__version__ = "0.1.0"
"""Of this distribution."""

if TYPE_CHECKING:
    from govopen.errors import GovopenError as GovopenError
    from govopen.office.facade import Office as Office
    from govopen.plugins.hookspecs import hookimpl as hookimpl
    from govopen.plugins.registry import Registry as Registry
    from govopen.policy.citation import Citation as Citation
    from govopen.rules.base import Case as Case
    from govopen.rules.base import rule as rule
    from govopen.rules.results import Fail as Fail
    from govopen.rules.results import NotApplicable as NotApplicable
    from govopen.rules.results import Undecidable as Undecidable
    from govopen.texts import Text as Text

__all__ = [
    "Case",
    "Citation",
    "Fail",
    "GovopenError",
    "NotApplicable",
    "Office",
    "Registry",
    "Text",
    "Undecidable",
    "__version__",
    "hookimpl",
    "rule",
]

_EXPORTS = {
    "Case": "govopen.rules.base",
    "Citation": "govopen.policy.citation",
    "Fail": "govopen.rules.results",
    "GovopenError": "govopen.errors",
    "NotApplicable": "govopen.rules.results",
    "Office": "govopen.office.facade",
    "Registry": "govopen.plugins.registry",
    "Text": "govopen.texts",
    "Undecidable": "govopen.rules.results",
    "hookimpl": "govopen.plugins.hookspecs",
    "rule": "govopen.rules.base",
}

if not TYPE_CHECKING:
    # A type checker that saw this would accept every name.

    def __getattr__(name: str) -> object:
        module = _EXPORTS.get(name)
        if module is None:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value: object = getattr(import_module(module), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
