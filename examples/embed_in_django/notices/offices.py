"""Offices: one registry for the process, one office for a task."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from django.conf import settings

from govopen import Office, Registry
from govopen.model.actors import Actor, Role
from govopen.model.units import Unit, UnitKind

__all__ = ["BUREAU", "actor_of", "office"]

BUREAU = Unit(id="bureau", name="示例局", kind=UnitKind.DEPARTMENT, jurisdiction="CN-440113")


@cache
def _registry() -> Registry:
    return Registry.load()


@contextmanager
def office() -> Iterator[Office]:
    """The bureau's office; it closes its store when the block ends."""
    workspace = Path(settings.GOVOPEN_WORKSPACE)
    if not (workspace / "govopen.toml").exists():
        Office.init(workspace)
    with Office.open(workspace, registry=_registry(), clock=getattr(settings, "GOVOPEN_CLOCK", None)) as opened:
        if opened.store.get(Unit, BUREAU.id) is None:
            with opened.store.transaction() as transaction:
                transaction.put(BUREAU)
        yield opened


def actor_of(user) -> Actor:
    """Who is signed in. A user's groups are the roles: a group ``principal`` for the principal leader, and so on."""
    roles = {role for role in Role if role.value in set(user.groups.values_list("name", flat=True))}
    return Actor(id=user.get_username(), name=user.get_full_name(), roles={BUREAU.id: frozenset(roles)})
