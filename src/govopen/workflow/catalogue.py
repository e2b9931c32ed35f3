"""All workflows by name."""

from __future__ import annotations

from typing import Any

from govopen.errors import InputError
from govopen.workflow.disclosure import DISCLOSURE
from govopen.workflow.request_table import REQUEST
from govopen.workflow.secrecy import SECRECY
from govopen.workflow.table import Workflow

__all__ = ["WORKFLOWS", "workflow_named"]

WORKFLOWS: tuple[Workflow[Any], ...] = (DISCLOSURE, SECRECY, REQUEST)
"""Those that are built in."""


def workflow_named(name: str) -> Workflow[Any]:
    """The workflow of that name.

    Raises:
        InputError: There is none.
    """
    for workflow in WORKFLOWS:
        if workflow.name == name:
            return workflow
    raise InputError(
        "No workflow is called '{name}'.",
        hint="Known: {known}.",
        name=name,
        known=", ".join(entry.name for entry in WORKFLOWS),
    )
