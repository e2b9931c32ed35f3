"""No word of an item and nothing of the secret gets into an error, a log or a traceback, whatever the server says."""

from __future__ import annotations

import base64
import logging
import traceback
from typing import Any

import pytest
from govopen_http_push_here import SECRET, Place, pushing
from govopen_http_push_unruly import Unruly, cuts, honest, resets_afterwards, says, turns

from govopen.errors import DeliveryFailed
from govopen.testing.parcels import attached, disclosed, parcel

TITLE, TEXT, NAME = "独特标题鸢尾", "独特正文紫藤", "独特文件名木樨"
CONTENT = "独特附件忍冬".encode()
ITEM = disclosed("a-1", title=TITLE, text=TEXT, attachments=(attached(f"{NAME}.txt", CONTENT),))
WORDS = [TITLE, TEXT, NAME, CONTENT.decode(), SECRET, base64.b64encode(SECRET.encode()).decode()]
ECHO = f'{{"error":"{TITLE}","detail":"{TEXT}","item":"a-1","digest":"{TITLE}"}}'.encode()


def spoken(text: str) -> list[str]:
    return [word for word in WORDS if word in text or ascii(word)[1:-1] in text]


@pytest.mark.parametrize(
    "fault",
    [
        honest,
        *(says(status, ECHO) for status in (200, 302, 400, 401, 409, 413, 500)),
        says(302, b"", Location=f"http://127.0.0.1/{TITLE!a}"),
        turns(lambda content: content + TITLE.encode()),
        cuts,
        resets_afterwards,
    ],
)
def test_nothing_is_said_of_what_is_sent(
    place: Place, unruly: Unruly, fault: Any, caplog: pytest.LogCaptureFixture
) -> None:
    unruly.does(honest, honest, fault)
    publisher = pushing(unruly.url)
    told = ""
    with caplog.at_level(logging.DEBUG):
        try:
            publisher.put(parcel(ITEM, CONTENT))
            publisher.settle()
            list(publisher.inventory())
        except DeliveryFailed as error:
            told = "".join(traceback.format_exception(error)) + repr(error.facts)
        publisher.close()
    logged = "".join(f"{record.getMessage()} {record.args!r}" for record in caplog.records)

    assert bool(told) == (fault is not honest)
    assert logged, "httpx and httpcore log each request, so there is something to look through"
    assert spoken(told + logged) == []


def test_a_path_on_the_server_holds_no_identifier(place: Place, unruly: Unruly) -> None:
    """Access logs of servers and proxies are kept by others."""
    publisher = pushing(unruly.url)
    publisher.put(parcel(disclosed("岭府办〔2011〕1号")))
    publisher.withdraw("secret-matter-1")
    publisher.settle()
    publisher.close()

    assert len(unruly.seen) == 4
    assert [seen.path for seen in unruly.seen if "secret" in seen.path or not seen.path.isascii()] == []
    assert all(SECRET not in str(seen.headers) for seen in unruly.seen)
