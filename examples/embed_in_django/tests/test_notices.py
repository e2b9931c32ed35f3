"""A notice from its draft to the public page, and what happens when govopen is not there for a moment."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from notices import handing
from notices.models import Notice

from govopen.errors import StoreError

NOTICE = {"number": "notice-1", "title": "关于办公时间的通知", "text": "自下月起，办事窗口延长服务时间。"}


def drafted(client):
    return client.post("/notices", json.dumps(NOTICE), content_type="application/json")


def test_a_notice_is_public_only_after_all_three_signed(signed_in):
    assert drafted(signed_in("u1")).status_code == 201
    for account, step in (("u2", "secrecy"), ("u1", "propose"), ("u3", "review"), ("u4", "decide")):
        assert Client().get("/notices/notice-1").status_code == 404
        assert signed_in(account).post(f"/notices/notice-1/{step}").status_code == 200

    shown = Client().get("/notices/notice-1")
    assert (shown.status_code, shown.json()["title"]) == (200, NOTICE["title"])


def test_a_group_that_may_not_is_told_who_may(signed_in):
    drafted(signed_in("u1"))

    refused = signed_in("u1").post("/notices/notice-1/secrecy")

    assert refused.status_code == 403
    assert "secrecy reviewer" in refused.json()["refused"]


def test_what_govopen_did_not_get_is_handed_over_later_and_once(signed_in, monkeypatch):
    def unreachable():
        raise StoreError("The store cannot be reached.")

    with monkeypatch.context() as broken:
        broken.setattr(handing, "office", unreachable)
        assert drafted(signed_in("u1")).status_code == 201
    assert not Notice.objects.get().handed_over

    assert handing.hand_over_all() == {}
    assert Notice.objects.get().handed_over
    assert handing.hand_over_all() == {}


def test_who_may_not_draft_is_named_and_nothing_is_published(signed_in):
    drafted(signed_in("u4"))

    assert set(handing.hand_over_all()) == {"notice-1"}
    assert Client().get("/notices/notice-1").status_code == 404


def test_the_nightly_check_says_what_it_found_and_fails(signed_in, capsys):
    drafted(signed_in("u1"))

    with pytest.raises(CommandError, match="obligations"):
        call_command("govopen_check")
    assert "无法判定: " in capsys.readouterr().out


def test_the_report_is_for_those_who_are_signed_in(signed_in):
    assert Client().get("/compliance").status_code == 302
    assert "示例局" in signed_in("u1").get("/compliance").content.decode()
