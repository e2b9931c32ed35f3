"""The Sphinx extension: a domain for law, rules and hooks, and directives that document them from the code.

Sphinx imports what a project names among its ``extensions``, and calls its :func:`setup`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register everything. Imported here, so that a module of this package is used without all the others."""
    from govopen.sphinxext.directives import register  # noqa: PLC0415

    return register(app)
