"""The options of the publisher, and what an error may say of them: never what stands in the wrong place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from govopen_http_push_here import SECRET, VARIABLE, Place, pushing, settings

from govopen.errors import DeliveryFailed, InputError
from govopen_http_push import http_push
from govopen_http_push.connection import Connection
from govopen_http_push.settings import OPTIONS, PushSettings, push_settings
from govopen_http_push.signing import SHORTEST_SECRET, Signer

GOOD = "https://cms.example.gov.cn/open"


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"token": "x"}, "no option 'token'"),
        ({"base_url": None}, "option base_url"),
        ({"base_url": 3}, "option base_url"),
        ({"base_url": "http://cms.example.gov.cn", "allow_http": None}, "option base_url"),
        ({"base_url": "http://cms.example.gov.cn", "allow_http": False}, "option base_url"),
        ({"base_url": "ftp://cms.example.gov.cn"}, "option base_url"),
        ({"base_url": "//cms.example.gov.cn"}, "option base_url"),
        ({"base_url": "https://user:letmein@cms.example.gov.cn"}, "option base_url"),
        ({"base_url": "https://cms.example.gov.cn/?site=1"}, "option base_url"),
        ({"base_url": "https://cms.example.gov.cn/#x"}, "option base_url"),
        ({"base_url": "https://cms.example.gov.cn/a b"}, "option base_url"),
        ({"base_url": "https://cms.example.gov.cn/a//b"}, "option base_url"),
        ({"base_url": "https://cms.example.gov.cn/a/../b"}, "option base_url"),
        ({"base_url": "https://cms.example.gov.cn/a/%2e%2E/b"}, "option base_url"),
        ({"base_url": "https://cms.example.gov.cn:port"}, "option base_url"),
        ({"base_url": "https://cms.example.gov.cn:99999"}, "option base_url"),
        ({"base_url": "https://[bad"}, "option base_url"),
        ({"base_url": "https://-.example.gov.cn。。"}, "option base_url"),
        ({"base_url": "https://a..example/x"}, "option base_url"),
        ({"base_url": f"https://{'a' * 64}.example/x"}, "option base_url"),
        ({"allow_http": "yes"}, "option allow_http"),
        ({"allow_http": 1}, "option allow_http"),
        ({"secret_env": None}, "option secret_env"),
        ({"secret_env": "two words"}, "option secret_env of the publisher http-push has no good value"),
        ({"ca_file": "there-is-none.pem"}, "option ca_file"),
        ({"ca_file": "no-certificate.pem"}, "option ca_file"),
        ({"ca_file": True}, "option ca_file"),
        ({"proxy": "proxy:3128"}, "option proxy"),
        ({"proxy": "http://user:letmein@proxy:3128"}, "option proxy"),
        ({"proxy": "http://a..example:3128"}, "option proxy"),
        ({"timeout": 0}, "option timeout"),
        ({"timeout": -1}, "option timeout"),
        ({"timeout": True}, "option timeout"),
        ({"timeout": "60"}, "option timeout"),
        ({"timeout": float("nan")}, "option timeout"),
        ({"timeout": float("inf")}, "option timeout"),
        ({"connect_timeout": []}, "option connect_timeout"),
        ({"retries": -1}, "option retries"),
        ({"retries": 11}, "option retries"),
        ({"retries": 1.5}, "option retries"),
        ({"retries": True}, "option retries"),
    ],
)
def test_an_option_that_is_unknown_or_wrong_is_an_input_error_that_repeats_no_value(
    options: dict[str, Any], told: str, tmp_path: Path
) -> None:
    (tmp_path / "no-certificate.pem").write_text("no certificate", encoding="utf-8")
    with pytest.raises(InputError, match=told) as caught:
        http_push(settings(GOOD, tmp_path, **options))

    assert "letmein" not in str(caught.value)


@pytest.mark.parametrize("held", [None, "", "x" * (SHORTEST_SECRET - 1)])
def test_a_secret_that_is_not_there_or_too_short_is_an_input_error(
    held: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    if held is None:
        monkeypatch.delenv(VARIABLE)
    else:
        monkeypatch.setenv(VARIABLE, held)
    with pytest.raises(InputError, match="holds no secret") as caught:
        http_push(settings(GOOD))

    assert not held or held not in str(caught.value)


@pytest.mark.parametrize(
    "secret", ["a-secret-written-into-the-file-instead-of-a-name", "a1b2c3d4e5f60718293a4b5c6d7e8f90"]
)
def test_a_secret_written_in_place_of_its_variables_name_is_not_repeated(secret: str) -> None:
    with pytest.raises(InputError) as caught:
        http_push(settings(GOOD, secret_env=secret))

    assert secret not in str(caught.value)
    assert secret not in repr(caught.value.facts)


def test_a_host_whose_name_cannot_be_looked_up_is_not_reached() -> None:
    """Should one get past the settings: Python raises an error of encodings, and not one of the network."""
    signer = Signer(SECRET.encode())
    connection = Connection(PushSettings(origin="http://a..example", path="", signer=signer, retries=0))
    with pytest.raises(DeliveryFailed) as failed:
        connection.ask("GET", "/inventory")
    connection.close()

    assert failed.value.code == "unreachable"


def test_the_secret_is_in_no_repr(place: Place) -> None:
    found = push_settings(settings(place.url))
    publisher = pushing(place.url)

    assert SECRET not in repr(found) + repr(found.signer) + repr(publisher) + repr(vars(publisher))
    publisher.close()


@pytest.mark.parametrize(
    ("base_url", "origin", "path"),
    [
        (GOOD, "https://cms.example.gov.cn", "/open"),
        (f"{GOOD}/", "https://cms.example.gov.cn", "/open"),
        ("https://cms.example.gov.cn:8443", "https://cms.example.gov.cn:8443", ""),
        ("https://cms.example.gov.cn/公开", "https://cms.example.gov.cn", "/%E5%85%AC%E5%BC%80"),
        ("https://cms.example.gov.cn/%e5%85%ac%e5%bc%80", "https://cms.example.gov.cn", "/%E5%85%AC%E5%BC%80"),
        ("https://cms.example.gov.cn/%41+~", "https://cms.example.gov.cn", "/A%2B~"),
    ],
)
def test_the_address_is_taken_apart_and_its_path_written_in_one_way(base_url: str, origin: str, path: str) -> None:
    found = push_settings(settings(base_url))

    assert (found.origin, found.path) == (origin, path)


def test_each_option_is_in_the_readme() -> None:
    readme = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")

    assert [name for name in OPTIONS if f"`{name}`" not in readme] == []
