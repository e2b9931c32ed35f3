"""The generated pages by the directive that writes them: what a reader sees is what runs."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from docutils import nodes

from govopen.plugins.registry import Registry
from govopen.sphinxext import page_hooks
from govopen.sphinxext.calls import Call
from govopen.sphinxext.page_law import instruments_page
from govopen.sphinxext.page_map import map_page
from govopen.sphinxext.page_matters import matters_page
from govopen.sphinxext.page_records import records_page
from govopen.sphinxext.page_rules import rules_page
from govopen.sphinxext.workflows import workflows_page
from govopen.texts import Language

__all__ = ["PAGES", "digest_of", "hooks_page", "write"]

PAGES: Mapping[str, Callable[[Registry, str, Language], list[nodes.Node]]] = {
    "govopen-hooks": page_hooks.hooks_page,
    "govopen-instruments": instruments_page,
    "govopen-map": map_page,
    "govopen-matters": matters_page,
    "govopen-records": records_page,
    "govopen-rules": rules_page,
    "govopen-workflow": workflows_page,
}
"""What writes the page of each directive."""


def write(call: Call, registry: Registry, sources: Path) -> list[nodes.Node]:
    """What a directive stands for: a function of the registry and, for a map, of the tests.

    Args:
        call: The directive.
        registry: Rules and law.
        sources: The folder of the sources, from which the folder of the tests is seen.

    Raises:
        GovopenError: The argument names what is not there.
    """
    if call.tests:
        return map_page(registry, call.argument, call.lang, _tests(sources / call.tests))
    return PAGES[call.directive](registry, call.argument, call.lang)


def _tests(folder: Path) -> dict[str, str]:
    files = sorted(folder.rglob("test_*.py"))
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in files}


def digest_of(content: Iterable[nodes.Node]) -> str:
    """SHA-256 of generated nodes."""
    return hashlib.sha256("".join(node.pformat() for node in content).encode()).hexdigest()


def hooks_page() -> str:
    """The page of the hooks as plain text."""
    return "\n\n".join(node.astext() for node in page_hooks.hooks_page(None, "", "en"))
