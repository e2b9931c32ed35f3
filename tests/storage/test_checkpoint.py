"""A checkpoint comes back from its file as it was, and nothing else passes for one."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from govopen.errors import InputError
from govopen.storage.chain import Head
from govopen.storage.checkpoint import Checkpoint, load_checkpoint, save_checkpoint

KNOWN = Checkpoint(
    store="s",
    made_at=dt.datetime(2011, 12, 31, 23, tzinfo=dt.timezone(dt.timedelta(hours=8))),
    units={"单位": Head(3, bytes(range(32))), "": Head(1, bytes(32))},
)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "checkpoint.json"


def test_it_comes_back_as_it_was(path):
    save_checkpoint(KNOWN, path)
    assert load_checkpoint(path) == KNOWN


@pytest.mark.parametrize(
    "change",
    [
        {"format": "govopen-checkpoint-9"},
        {"store": None, "units": None},
        {"made_at": "2011-12-31T23:00:00"},
        {"made_at": "yesterday"},
        {"units": {"u1": {"events": 0, "hash": "00" * 32}}},
        {"units": {"u1": {"events": "3", "hash": "00" * 32}}},
        {"units": {"u1": {"events": 3, "hash": "00" * 31}}},
        {"units": {"u1": {"events": 3, "hash": "xy" * 32}}},
        {"units": {"u1": 3}},
    ],
)
def test_what_is_no_checkpoint_is_refused(path, change):
    save_checkpoint(KNOWN, path)
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | change), encoding="utf-8")
    with pytest.raises(InputError, match="no checkpoint"):
        load_checkpoint(path)


def test_one_that_was_cut_off_or_is_not_there_is_refused(path):
    with pytest.raises(InputError, match="cannot be read"):
        load_checkpoint(path)
    save_checkpoint(KNOWN, path)
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(InputError, match="cut off"):
        load_checkpoint(path)
