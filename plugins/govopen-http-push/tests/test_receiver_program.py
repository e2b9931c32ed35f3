"""The reference receiver as others take it over: three modules of the standard library, and a program."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from govopen_http_push_here import SECRET, VARIABLE, pushing

import govopen_http_push
from govopen.model.published import public_digest
from govopen.testing.parcels import disclosed, parcel
from govopen_http_push.receiver import Receiver, main

PACKAGE = Path(govopen_http_push.__file__).parent
ITEM = disclosed("a-1")


def test_the_receivers_modules_need_nothing_but_the_standard_library() -> None:
    """Others take them over as they are."""
    ours = {"receiver", "ledger", "signing"}
    found = set()
    for name in ours:
        for node in ast.walk(ast.parse((PACKAGE / f"{name}.py").read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found.update(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                found.add(node.module or "")

    assert "sqlite3" in found
    assert {name for name in found if name.split(".")[0] not in sys.stdlib_module_names} == {
        f"govopen_http_push.{name}" for name in ours - {"receiver"}
    }


def test_the_receiver_runs_as_a_program(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "govopen_http_push.receiver", "--folder", str(tmp_path), "--port", "0"]
    environment = {**os.environ, VARIABLE: SECRET}
    with subprocess.Popen(
        [*command, "--secret-env", VARIABLE], env=environment, stdout=subprocess.PIPE, encoding="utf-8"
    ) as running:
        try:
            assert running.stdout is not None
            url = running.stdout.readline().split()[-1]
            publisher = pushing(url)
            publisher.put(parcel(ITEM))
            publisher.settle()
            assert [held.digest for held in publisher.inventory()] == [public_digest(ITEM)]
            publisher.close()
            assert httpx.get(f"{url}/inventory", trust_env=False).status_code == 401
        finally:
            running.terminate()


def test_without_a_secret_the_program_says_so_and_does_not_start(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "too short")
    with pytest.raises(SystemExit):
        main(["--folder", str(tmp_path), "--secret-env", VARIABLE])

    assert "holds no secret" in capsys.readouterr().err


@pytest.mark.parametrize("secrets", [[], [b""], [SECRET.encode(), b"short"]], ids=["none", "empty", "short"])
def test_a_receiver_without_good_secrets_is_none(tmp_path: Path, secrets: list[bytes]) -> None:
    with pytest.raises(ValueError, match="secret"):
        Receiver(tmp_path, secrets, public_url="")
