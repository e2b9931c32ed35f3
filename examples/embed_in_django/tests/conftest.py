"""A database and an office for each test."""

import datetime as dt
import os
import sys
from pathlib import Path

import django
import pytest

from govopen.office.clock import SHANGHAI, FixedClock

STAFF = {"u1": "drafter", "u2": "secrecy_reviewer", "u3": "section_head", "u4": "principal"}


def pytest_configure():
    """Django has to know its settings before anything of it is imported."""
    sys.path.insert(0, str(Path(__file__).parents[1]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings")
    django.setup()


@pytest.fixture(autouse=True)
def project(tmp_path, monkeypatch):
    """Tables of Django's in a file of its own, and an empty office."""
    from django.conf import settings
    from django.contrib.auth.models import Group, User
    from django.core.management import call_command
    from django.db import connections

    monkeypatch.setitem(connections["default"].settings_dict, "NAME", str(tmp_path / "django.db"))
    monkeypatch.setattr(settings, "GOVOPEN_WORKSPACE", tmp_path / "office")
    clock = FixedClock(dt.datetime(2024, 6, 3, 9, tzinfo=SHANGHAI))
    monkeypatch.setattr(settings, "GOVOPEN_CLOCK", clock, raising=False)
    call_command("migrate", run_syncdb=True, verbosity=0)
    for account, role in STAFF.items():
        User.objects.create_user(account).groups.add(Group.objects.create(name=role))
    yield
    connections.close_all()


@pytest.fixture
def signed_in():
    """A browser in which that account is signed in."""
    from django.contrib.auth.models import User
    from django.test import Client

    def browser(account):
        client = Client()
        client.force_login(User.objects.get(username=account))
        return client

    return browser
