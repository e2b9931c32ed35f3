"""A process killed at any moment of publishing and journalling loses nothing and leaves nothing half done."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

KILLS = 200


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked, to be killed without starting anew")
def test_after_two_hundred_kills_records_journal_outbox_and_sites_are_those_of_a_run_never_killed(
    tmp_path: Path,
) -> None:
    seed = int.from_bytes(os.urandom(3))
    program = Path(__file__).with_name("killed.py")
    ended = subprocess.run(
        [sys.executable, str(program), str(tmp_path), str(seed), str(KILLS)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stdout.strip()) == (0, str(KILLS)), f"seed {seed}: {ended.stderr[-2000:]}"
