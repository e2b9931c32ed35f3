"""An announcement from its draft to the public page, through the application's own addresses."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from govopen.office.clock import SHANGHAI, FixedClock

sys.path.insert(0, str(Path(__file__).parents[1]))
from announcements import create_app

NOTICE = {"id": "notice-1", "title": "关于办公时间的通知", "text": "自下月起，办事窗口延长服务时间。"}


@pytest.fixture
def database(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'host.db'}"


@pytest.fixture
def client(tmp_path: Path, database: str) -> FlaskClient:
    clock = FixedClock(dt.datetime(2024, 6, 3, 9, tzinfo=SHANGHAI))
    return create_app(tmp_path / "office", database, clock).test_client()


def as_(account: str) -> dict[str, str]:
    return {"X-Account": account}


def rows(database: str) -> list[str]:
    engine = sa.create_engine(database)
    with engine.connect() as connection:
        found = [row.id for row in connection.execute(sa.text("SELECT id FROM announcements"))]
    engine.dispose()
    return found


def test_an_announcement_is_public_only_after_all_three_signed(client: FlaskClient) -> None:
    assert client.post("/announcements", json=NOTICE, headers=as_("u1")).status_code == 201
    for account, step in (("u2", "secrecy"), ("u1", "propose"), ("u3", "review")):
        assert client.get("/announcements/notice-1").status_code == 404
        assert client.post(f"/announcements/notice-1/{step}", headers=as_(account)).status_code == 200
    assert client.get("/announcements/notice-1").status_code == 404

    client.post("/announcements/notice-1/decide", headers=as_("u4"))
    shown = client.get("/announcements/notice-1")
    assert (shown.status_code, shown.get_json()["title"]) == (200, NOTICE["title"])


def test_a_step_that_is_refused_says_who_may_take_it_and_tells_nothing_of_the_text(client: FlaskClient) -> None:
    client.post("/announcements", json=NOTICE, headers=as_("u1"))

    refused = client.post("/announcements/notice-1/propose", headers=as_("u1"))

    assert refused.status_code == 403
    assert "secrecy reviewer" in refused.get_json()["refused"]
    assert NOTICE["title"] not in refused.get_data(as_text=True)


def test_a_draft_that_is_refused_leaves_no_row_of_the_applications_own(client: FlaskClient, database: str) -> None:
    assert client.post("/announcements", json=NOTICE, headers=as_("u4")).status_code == 403
    assert rows(database) == []

    client.post("/announcements", json=NOTICE, headers=as_("u1"))
    assert rows(database) == ["notice-1"]


def test_nobody_acts_without_signing_in(client: FlaskClient) -> None:
    assert client.post("/announcements", json=NOTICE).status_code == 401


def test_the_compliance_page_is_the_report_of_the_bureau(client: FlaskClient) -> None:
    page = client.get("/compliance").get_data(as_text=True)

    assert "示例局" in page
    assert "本报告不作法律上的认定" in page


def test_what_is_not_there_is_not_found(client: FlaskClient) -> None:
    assert client.get("/announcements/none").status_code == 404
