"""What the section of a site in ``govopen.toml`` says."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import attrs

from govopen.errors import InputError
from govopen.publishing.port import PublisherSettings
from govopen_http_push.signing import SHORTEST_SECRET, Signer, canonical_path

__all__ = ["OPTIONS", "PushSettings", "bad_option", "push_settings"]

OPTIONS: Mapping[str, str] = {
    "base_url": "where the protocol is spoken, without the last part of any path: https://cms.example.gov.cn/openness",
    "secret_env": "name of the environment variable that holds the secret, at least 32 bytes",
    "allow_http": "true: base_url may begin with http://; false by default",
    "ca_file": "file of the certificates to trust, in PEM, from the workspace; else those that httpx trusts",
    "proxy": "address of an HTTP proxy to go through, without a password; the environment is not looked at",
    "connect_timeout": "seconds until a connection has to stand; 10 by default",
    "timeout": "seconds until an answer has to be there in full; 60 by default",
    "retries": "how often a request is sent again when the server fails or does not answer; 2 by default, at most 10",
}
"""The options, and what each is."""

_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_LONGEST = 3600


@attrs.frozen(kw_only=True)
class PushSettings:
    """Where to push, and how.

    Attributes:
        origin: Scheme, host and port of the server.
        path: Before every path of the protocol; canonical, without a slash at its end.
        signer: Holds the secret.
        ca_file: Certificates to trust instead of the usual ones.
        proxy: Address of a proxy; empty: none.
        connect_timeout: Seconds.
        timeout: Seconds.
        retries: How often a request is sent again.
    """

    origin: str
    path: str
    signer: Signer = attrs.field(repr=False)
    ca_file: Path | None = None
    proxy: str = ""
    connect_timeout: float = 10
    timeout: float = 60
    retries: int = 2


def push_settings(settings: PublisherSettings) -> PushSettings:
    """The settings of one site, with the secret from the environment.

    Raises:
        InputError: An option is unknown or missing, has no good value, or the secret is not there or too short. No
            value is repeated: one that stands in the wrong place may be the secret.
    """
    options = settings.options
    for name in sorted(options.keys() - OPTIONS.keys()):
        raise InputError(
            "The publisher http-push has no option {option}.",
            hint="The options are {options}.",
            option=ascii(name),
            options=", ".join(OPTIONS),
        )
    origin, path = _address(options)
    return PushSettings(
        origin=origin,
        path=path,
        signer=_signer(options),
        ca_file=_ca_file(settings.folder, options),
        proxy=_proxy(options),
        connect_timeout=_seconds(options, "connect_timeout", 10),
        timeout=_seconds(options, "timeout", 60),
        retries=_retries(options),
    )


def bad_option(option: str, accepted: str) -> InputError:
    """The error that says what the option may be, and not what it is: that may be the secret."""
    return InputError(
        "The option {option} of the publisher http-push has no good value.",
        hint="Accepted: {accepted}.",
        option=option,
        accepted=accepted,
    )


def _text(options: Mapping[str, Any], name: str) -> str:
    value = options.get(name, "")
    if not isinstance(value, str):
        raise bad_option(name, "a text, in quotes")
    return value


def _address(options: Mapping[str, Any]) -> tuple[str, str]:
    """Origin and canonical path of ``base_url``."""
    plain = options.get("allow_http", False)
    if not isinstance(plain, bool):
        raise bad_option("allow_http", "true or false")
    schemes = ("http", "https") if plain else ("https",)
    origin, path = _parts("base_url", _text(options, "base_url"), schemes)
    path = canonical_path(path.rstrip("/"))
    if any(part in {"", ".", ".."} for part in path.split("/")[1:]):
        raise bad_option("base_url", "an address without empty or dotted parts in its path")
    return origin, path


def _parts(option: str, value: str, schemes: tuple[str, ...]) -> tuple[str, str]:
    accepted = f"an address that begins with {' or '.join(f'{scheme}://' for scheme in schemes)}, whole, without user, "
    accepted += "password, question mark and #"
    try:
        parts = urlsplit(value)
        # Reading the port checks it.
        whole = parts.scheme in schemes and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        raise bad_option(option, accepted) from None
    if not whole or re.search(r"[\s@?#\\\x00-\x20\x7f]", value):
        raise bad_option(option, accepted)
    return f"{parts.scheme}://{parts.netloc}", parts.path


def _signer(options: Mapping[str, Any]) -> Signer:
    name = _text(options, "secret_env")
    if not _VARIABLE.fullmatch(name):
        raise bad_option("secret_env", "the name of an environment variable, and not the secret itself")
    secret = os.environ.get(name, "").encode("utf-8", errors="surrogateescape")
    if len(secret) < SHORTEST_SECRET:
        raise InputError(
            "The environment variable that the option secret_env of the publisher http-push names holds no secret.",
            hint="Set it where govopen is started, to at least {least} random bytes that the server has too.",
            least=SHORTEST_SECRET,
        )
    return Signer(secret)


def _ca_file(folder: Path, options: Mapping[str, Any]) -> Path | None:
    name = _text(options, "ca_file")
    if not name:
        return None
    path = folder / name
    if not path.is_file():
        raise bad_option("ca_file", "the path of a file that exists, from the folder of the workspace")
    return path


def _proxy(options: Mapping[str, Any]) -> str:
    value = _text(options, "proxy")
    if value:
        _parts("proxy", value, ("http", "https"))
    return value


def _seconds(options: Mapping[str, Any], name: str, default: float) -> float:
    value = options.get(name, default)
    # In Python true is a number.
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= _LONGEST:
        raise bad_option(name, f"a number of seconds above 0, at most {_LONGEST}")
    return float(value)


def _retries(options: Mapping[str, Any]) -> int:
    value = options.get("retries", 2)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 10:
        raise bad_option("retries", "a whole number from 0 to 10")
    return value
