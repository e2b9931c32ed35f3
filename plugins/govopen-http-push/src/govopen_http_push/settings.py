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
from govopen.texts import Message
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

# The same but for the schemes: a list of them would be in one language.
_WHOLE = Message(
    "可接受：以 https:// 开头的完整地址，不含用户名、密码、问号和 #。",
    "Accepted: an address that begins with https://, whole, without user, password, question mark and #.",
)
_WHOLE_OR_PLAIN = Message(
    "可接受：以 http:// 或 https:// 开头的完整地址，不含用户名、密码、问号和 #。",
    "Accepted: an address that begins with http:// or https://, whole, without user, password, question mark and #.",
)


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
            Message("发布器 http-push 没有选项{option}。", "The publisher http-push has no option {option}."),
            hint=Message("选项有：{options}。", "The options are {options}."),
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


def bad_option(option: str, hint: Message, **facts: Any) -> InputError:
    """The error that says what the option may be, and not what it is: that may be the secret."""
    return InputError(
        Message(
            "发布器 http-push 的选项{option}取值无效。",
            "The option {option} of the publisher http-push has no good value.",
        ),
        hint=hint,
        option=option,
        **facts,
    )


def _text(options: Mapping[str, Any], name: str) -> str:
    value = options.get(name, "")
    if not isinstance(value, str):
        raise bad_option(name, Message("可接受：加引号的文本。", "Accepted: a text, in quotes."))
    return value


def _address(options: Mapping[str, Any]) -> tuple[str, str]:
    """Origin and canonical path of ``base_url``."""
    plain = options.get("allow_http", False)
    if not isinstance(plain, bool):
        raise bad_option("allow_http", Message("可接受：true 或 false。", "Accepted: true or false."))
    schemes = ("http", "https") if plain else ("https",)
    origin, path = _parts("base_url", _text(options, "base_url"), schemes)
    path = canonical_path(path.rstrip("/"))
    if any(part in {"", ".", ".."} for part in path.split("/")[1:]):
        raise bad_option(
            "base_url",
            Message(
                "可接受：路径中没有空段和点段的地址。",
                "Accepted: an address without empty or dotted parts in its path.",
            ),
        )
    return origin, path


def _parts(option: str, value: str, schemes: tuple[str, ...]) -> tuple[str, str]:
    accepted = _WHOLE_OR_PLAIN if "http" in schemes else _WHOLE
    try:
        parts = urlsplit(value)
        # Reading the port checks it.
        whole = parts.scheme in schemes and bool(parts.hostname) and (parts.port is None or parts.port > 0)
        # What looking the name up does first: it refuses empty parts, and parts of more than 63 letters.
        (parts.hostname or "").encode("idna")
    except ValueError:
        raise bad_option(option, accepted) from None
    if not whole or re.search(r"[\s@?#\\\x00-\x20\x7f]", value):
        raise bad_option(option, accepted)
    return f"{parts.scheme}://{parts.netloc}", parts.path


def _signer(options: Mapping[str, Any]) -> Signer:
    name = _text(options, "secret_env")
    if not _VARIABLE.fullmatch(name):
        raise bad_option(
            "secret_env",
            Message(
                "可接受：环境变量的名称，而不是密钥本身。",
                "Accepted: the name of an environment variable, and not the secret itself.",
            ),
        )
    secret = os.environ.get(name, "").encode("utf-8", errors="surrogateescape")
    if len(secret) < SHORTEST_SECRET:
        raise InputError(
            Message(
                "发布器 http-push 的选项 secret_env 所指的环境变量中没有密钥。",
                "The environment variable that the option secret_env of the publisher http-push names holds no secret.",
            ),
            hint=Message(
                "请在启动 govopen 之处设置该变量，取至少{least}个随机字节，与服务器一致。",
                "Set it where govopen is started, to at least {least} random bytes that the server has too.",
            ),
            least=SHORTEST_SECRET,
        )
    return Signer(secret)


def _ca_file(folder: Path, options: Mapping[str, Any]) -> Path | None:
    name = _text(options, "ca_file")
    if not name:
        return None
    path = folder / name
    if not path.is_file():
        raise bad_option(
            "ca_file",
            Message(
                "可接受：从工作区文件夹起算、确实存在的文件的路径。",
                "Accepted: the path of a file that exists, from the folder of the workspace.",
            ),
        )
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
        raise bad_option(
            name,
            Message(
                "可接受：大于0、至多{longest}的秒数。", "Accepted: a number of seconds above 0, at most {longest}."
            ),
            longest=_LONGEST,
        )
    return float(value)


def _retries(options: Mapping[str, Any]) -> int:
    value = options.get("retries", 2)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 10:
        raise bad_option("retries", Message("可接受：0至10的整数。", "Accepted: a whole number from 0 to 10."))
    return value
