"""Both sides sign the same bytes, and a signature holds for the request that it was made for and no other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govopen_http_push.signing import SHORTEST_SECRET, Signer, canonical_path, item_key, sha256

README = Path(__file__).parents[1] / "README.md"
SIGNER = Signer(b"k" * 32)
PARTS = {
    "method": "PUT",
    "path": "/open/batches/0",
    "query": "",
    "time": "1772442000",
    "key": "0" * 64,
    "body": sha256(b""),
}


def test_the_readmes_example_comes_out_as_it_says() -> None:
    """The part of a specification that others begin with."""
    text = README.read_text(encoding="utf-8")
    (signed,) = re.findall(r"```text\n(govopen-push-1\n.*?)\n```", text, re.DOTALL)
    _, method, path, query, time, key, body = signed.split("\n")
    (secret,) = re.findall(r"secret `([^`]+)`", text)
    (signature,) = re.findall(r"^Authorization: GOVOPEN-HMAC-SHA256 ([0-9a-f]{64})$", text, re.MULTILINE)

    assert Signer(secret.encode()).sign(method, path, query=query, time=time, key=key, body=body) == signature
    assert path.endswith(item_key("号-1"))


def test_a_signature_verifies() -> None:
    assert SIGNER.verify(SIGNER.sign(**PARTS), **PARTS)


@pytest.mark.parametrize("part", PARTS)
def test_a_signature_is_over_every_part_of_the_request(part: str) -> None:
    other = PARTS | {part: PARTS[part] + "1"}

    assert not SIGNER.verify(SIGNER.sign(**PARTS), **other)


@pytest.mark.parametrize("signature", ["", "0" * 64, "é" * 64, "0" * 63])
def test_anything_else_is_no_signature(signature: str) -> None:
    assert not SIGNER.verify(signature, **PARTS)
    assert not Signer(b"K" * 32).verify(SIGNER.sign(**PARTS), **PARTS)


@pytest.mark.parametrize("secret", [b"", b"k" * (SHORTEST_SECRET - 1)], ids=len)
def test_nothing_is_signed_with_a_secret_that_can_be_guessed(secret: bytes) -> None:
    with pytest.raises(ValueError, match="fewer than 32 bytes") as refused:
        Signer(secret)

    assert "kk" not in str(refused.value)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_path_is_canonical_once_and_for_all(text: str) -> None:
    once = canonical_path(text)

    assert canonical_path(once) == once
    assert re.fullmatch(r"(?:[A-Za-z0-9._~/-]|%[0-9A-F]{2})*", once)


@given(st.text(min_size=1))
def test_a_key_is_safe_in_every_path(item: str) -> None:
    assert re.fullmatch(r"[0-9a-f]{64}", item_key(item))
