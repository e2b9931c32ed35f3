"""A bureau's announcements, reviewed and cleared by govopen in the application's own database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import attrs
import sqlalchemy as sa
from flask import Blueprint, Flask, abort, current_app, jsonify, request

from govopen import Office, Registry
from govopen.errors import NotCleared, TransitionRefused
from govopen.model.actors import Actor, Role
from govopen.model.catalog import Category, InformationItem
from govopen.model.classification import DisclosureAttribute, ReviewResult
from govopen.model.units import Unit, UnitKind
from govopen.office.clock import Clock
from govopen.report.html import report_html

BUREAU = Unit(id="bureau", name="示例局", kind=UnitKind.DEPARTMENT, jurisdiction="CN-440113")

# Accounts and posts are the application's own; in a real one they lie in its user table.
STAFF = {
    "u1": ("甲", Role.DRAFTER),
    "u2": ("乙", Role.SECRECY_REVIEWER),
    "u3": ("丙", Role.SECTION_HEAD),
    "u4": ("丁", Role.PRINCIPAL),
}

metadata = sa.MetaData()
announcements = sa.Table(
    "announcements",
    metadata,
    sa.Column("id", sa.String, primary_key=True),
    sa.Column("views", sa.Integer, nullable=False, server_default="0"),
)


pages = Blueprint("announcements", __name__)


@attrs.frozen
class Host:
    """What the process holds: the application's database, and how to open an office in it.

    Attributes:
        engine: Of the application's own database; govopen keeps its tables there, too.
        workspace: Folder of the govopen workspace.
        registry: Loaded once for the process: it imports every rule and plugin.
        clock: ``None``: the machine's.
    """

    engine: sa.Engine
    workspace: Path
    registry: Registry
    clock: Clock | None

    @contextmanager
    def working(self) -> Iterator[tuple[sa.Connection, Office]]:
        """The host's transaction, and an office within it: both are committed, or neither is."""
        with self.engine.begin() as connection:
            yield (
                connection,
                Office.open(self.workspace, registry=self.registry, clock=self.clock, connection=connection),
            )


def create_app(
    workspace: str | Path = "office", database: str = "sqlite:///host.db", clock: Clock | None = None
) -> Flask:
    """The application.

    Args:
        workspace: Folder of the govopen workspace; made if there is none.
        database: Of the application itself.
        clock: For tests.
    """
    app = Flask(__name__)
    app.register_blueprint(pages)
    if not (Path(workspace) / "govopen.toml").exists():
        Office.init(workspace)
    host = Host(sa.create_engine(database), Path(workspace), Registry.load(), clock)
    app.extensions["govopen"] = host
    metadata.create_all(host.engine)
    with host.working() as (_, office), office.store.transaction() as transaction:
        transaction.put(BUREAU)
    return app


def working() -> AbstractContextManager[tuple[sa.Connection, Office]]:
    """The transaction of this request."""
    host: Host = current_app.extensions["govopen"]
    return host.working()


def signed_in() -> Actor:
    """Who acts. The application vouches for account and post."""
    account = request.headers.get("X-Account", "")
    if account not in STAFF:
        abort(401)
    name, role = STAFF[account]
    return Actor(id=account, name=name, roles={BUREAU.id: frozenset({role})})


@pages.app_errorhandler(TransitionRefused)
def refused(error: TransitionRefused) -> tuple[Any, int]:
    """The text says who may do what instead. It holds no word of the announcement."""
    return jsonify(refused=str(error)), 403


@pages.app_errorhandler(NotCleared)
def not_cleared(error: NotCleared) -> tuple[Any, int]:
    """To the public, what is not cleared is not there."""
    return jsonify(error="not found"), 404


@pages.post("/announcements")
def draft() -> tuple[Any, int]:
    """A row of the application's own, and the draft: both or neither."""
    told = request.get_json()
    actor = signed_in()
    with working() as (connection, office):
        connection.execute(announcements.insert().values(id=told["id"]))
        item = InformationItem(
            id=told["id"],
            unit=BUREAU.id,
            category=Category.OTHER,
            title=told["title"],
            text=told["text"],
            issuer=BUREAU.name,
            created_on=office.today,
        )
        office.draft(item, actor)
    return jsonify(id=told["id"]), 201


@pages.post("/announcements/<id_>/<step>")
def take(id_: str, step: str) -> Any:
    """A step of the review."""
    actor = signed_in()
    with working() as (_, office):
        match step:
            case "secrecy":
                office.review_secrecy(id_, actor, ReviewResult.NOT_CLASSIFIED)
            case "propose":
                office.propose(id_, actor, DisclosureAttribute.PROACTIVE)
            case "review":
                office.review(id_, actor)
            case "decide":
                office.decide(id_, actor)
            case _:
                abort(404)
    return jsonify(id=id_, step=step)


@pages.get("/announcements/<id_>")
def show(id_: str) -> Any:
    """What the public may see: only what clear() gives, never the record itself."""
    with working() as (connection, office):
        if office.store.get(InformationItem, id_) is None:
            abort(404)
        item = office.clear(id_).item
        viewed = announcements.update().where(announcements.c.id == id_).values(views=announcements.c.views + 1)
        connection.execute(viewed)
        return jsonify(id=item.id, title=item.title, text=item.text)


@pages.get("/compliance")
def compliance() -> str:
    """The report of the bureau, as a page of its own."""
    with working() as (_, office):
        return report_html(office.check(), "zh-Hans", heading=BUREAU.name)
