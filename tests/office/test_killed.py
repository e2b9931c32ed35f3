"""A process killed at any moment of collecting loses no message, makes no request twice, and tells of all of them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

KILLS = 40


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked, to be killed without starting anew")
def test_after_forty_kills_each_message_is_one_request_and_the_listener_heard_of_each_once(tmp_path: Path) -> None:
    seed = int.from_bytes(os.urandom(3))
    program = Path(__file__).with_name("killed_collecting.py")
    ended = subprocess.run(
        [sys.executable, str(program), str(tmp_path), str(seed), str(KILLS)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stdout.strip()) == (0, str(KILLS)), f"seed {seed}: {ended.stderr[-2000:]}"
