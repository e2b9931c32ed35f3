"""Messages in a Maildir, as a mail server lays them down."""

from __future__ import annotations

import datetime as dt
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
_numbers = count(1)


def made(place: Path, name: str = "mail") -> Path:
    """An empty Maildir."""
    root = place / name
    for part in ("new", "cur", "tmp"):
        (root / part).mkdir(parents=True)
    return root


def laid(root: Path, content: bytes, *, on: dt.date | None = None, part: str = "new", flags: str = "") -> Path:
    """A message as a file, laid down at noon of the day."""
    noon = dt.datetime.combine(on or dt.date(2011, 12, 30), dt.time(12), SHANGHAI)
    mark = f":2,{flags}" if part == "cur" else ""
    path = root / part / f"{int(noon.timestamp())}.M{next(_numbers)}P7.mx{mark}"
    path.write_bytes(content)
    return path


def received(at: str, subject: str = "", body: str = "正文", sender: str = "甲某 <applicant@example.org>") -> bytes:
    """A message with the stamp of the receiving server."""
    return (
        f"Received: from a.example by mx.example.gov.cn with ESMTPS; {at}\r\n"
        f"Received: from b.example by a.example; Thu, 01 Jan 2004 00:00:00 +0800\r\n"
        f"Date: Fri, 01 Jan 2010 00:00:00 +0800\r\nFrom: {sender}\r\nSubject: {subject}\r\n"
        f"Content-Type: text/plain; charset=utf-8\r\n\r\n{body}\r\n"
    ).encode()


def composed(name: str, address: str, text: str) -> bytes:
    """What a well-behaved mail program sends."""
    message = EmailMessage(policy=policy.SMTP)
    user, _, domain = address.partition("@")
    message["From"] = Address(name, user, domain)
    message["To"] = "gongkai@example.gov.cn"
    message["Subject"] = "信息公开申请"
    message["Message-ID"] = f"<{next(_numbers)}@example.org>"
    message.set_content(text, cte="base64")
    return message.as_bytes()
