"""Whatever servers, proxies and networks do: what was taken is what was sent, once, or it is told why it was not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from govopen_http_push_here import Place, pushing, settings
from govopen_http_push_unruly import (
    Unruly,
    cuts,
    dribbles,
    dribbles_headers,
    floods,
    hangs,
    hangs_afterwards,
    honest,
    late,
    resets_afterwards,
    resets_at_once,
    resets_within,
    says,
    turns,
    twice,
)

from govopen.errors import DeliveryFailed
from govopen.model.published import public_digest
from govopen.testing.parcels import attached, disclosed, parcel
from govopen_http_push import connection
from govopen_http_push.connection import Connection
from govopen_http_push.publisher import HttpPush
from govopen_http_push.settings import push_settings

CONTENT = b"%PDF-1.4 example"
ITEM = disclosed("a-1", attachments=(attached("a.pdf", CONTENT),))
TAKES = ("begin", "file", "item", "settle")
BROKEN = [resets_at_once, resets_afterwards, resets_within, cuts]
SILENT = [hangs, hangs_afterwards]
LOST = [(fault, step, 30) for fault in BROKEN for step in TAKES]
# Each of these waits in earnest, so there are few; a machine that is busy must not be taken for one that is silent.
LOST += [(fault, step, 1) for fault in SILENT for step in ("item", "settle")]


def name_of(value: Any) -> str:
    return getattr(value, "__name__", str(value))


def shown(place: Place) -> dict[str, str]:
    """What readers find, as the receiver itself says."""
    return {each.item: each.digest() for each in place.receiver.shown()}


def retrying(unruly: Unruly, waits: list[float], **options: Any) -> HttpPush:
    """A publisher that counts how long it would wait instead of waiting."""
    given = push_settings(settings(unruly.url, **({"retries": 2, "timeout": 30} | options)))
    return HttpPush(Connection(given, sleep=waits.append))


def attempts(unruly: Unruly) -> list[str]:
    """The keys of the requests that change something, in order."""
    return [seen.headers["Idempotency-Key"] for seen in unruly.seen if seen.method != "GET"]


@pytest.mark.parametrize(("fault", "lost", "timeout"), LOST, ids=name_of)
def test_a_request_that_got_lost_either_way_is_sent_again_under_its_key_and_acts_once(
    place: Place, unruly: Unruly, fault: Callable[..., None], lost: str, timeout: float
) -> None:
    step = TAKES.index(lost)
    unruly.does(*[honest] * step, fault)
    waits: list[float] = []
    publisher = retrying(unruly, waits, timeout=timeout)
    publisher.put(parcel(ITEM, CONTENT))
    publisher.settle()
    publisher.close()

    assert shown(place) == {"a-1": public_digest(ITEM)}
    keys = attempts(unruly)
    assert keys[step] == keys[step + 1]
    assert len(set(keys)) == len(TAKES)
    assert waits == [0.5]


def test_a_request_that_arrives_twice_acts_once(place: Place, unruly: Unruly) -> None:
    """Also the one that shows everything: its answer is the same as the first time."""
    unruly.does(*[twice] * 5)
    publisher = pushing(unruly.url)
    publisher.put(parcel(ITEM, CONTENT))
    publisher.withdraw("b-1")
    publisher.settle()
    publisher.close()

    assert len(unruly.seen) == 5
    assert shown(place) == {"a-1": public_digest(ITEM)}


def test_a_request_that_arrives_again_after_a_later_one_changes_nothing(place: Place, unruly: Unruly) -> None:
    """A proxy that held it back must not bring back what was withdrawn meanwhile."""
    publisher = pushing(unruly.url)
    publisher.put(parcel(disclosed("a-1")))
    (held_back,) = (seen for seen in unruly.seen if "/items/" in seen.path)
    publisher.withdraw("a-1")
    assert unruly.pass_on(held_back)[0] == 200
    publisher.settle()
    assert unruly.pass_on(held_back)[0] == 200
    publisher.close()

    assert shown(place) == {}


def test_an_item_that_is_put_withdrawn_and_put_again_is_shown(place: Place, unruly: Unruly) -> None:
    """The second time it is the same request to the last byte, and another key."""
    publisher = pushing(unruly.url)
    publisher.put(parcel(ITEM, CONTENT))
    publisher.withdraw("a-1")
    publisher.put(parcel(ITEM, CONTENT))
    publisher.settle()
    publisher.close()

    assert shown(place) == {"a-1": public_digest(ITEM)}
    assert len(set(attempts(unruly))) == len(unruly.seen)


def test_what_is_sent_says_what_it_is(unruly: Unruly) -> None:
    publisher = pushing(unruly.url)
    publisher.put(parcel(ITEM, CONTENT))
    publisher.settle()
    publisher.close()

    binary, text = "application/octet-stream", "application/json"
    assert [seen.headers.get("Content-Type") for seen in unruly.seen] == [None, binary, text, text]


def test_a_late_answer_is_an_answer(place: Place, unruly: Unruly) -> None:
    unruly.does(late, late)
    publisher = pushing(unruly.url)
    publisher.put(parcel(disclosed("a-1")))
    publisher.settle()
    publisher.close()

    assert set(shown(place)) == {"a-1"}


def test_a_server_that_fails_is_asked_again_and_given_more_time_each_time(unruly: Unruly) -> None:
    unruly.does(says(503), says(500), says(502), says(504))
    waits: list[float] = []
    publisher = retrying(unruly, waits, retries=4)
    publisher.settle()
    publisher.close()

    assert waits == [0.5, 1, 2, 4]
    assert len(set(attempts(unruly))) == 2


@pytest.mark.parametrize(
    ("said", "waited"),
    # The last but one has more digits than Python reads as a number.
    [("7", 7), ("100000", 30), ("Wed, 21 Oct 2026 07:28:00 GMT", 0.5), ("-1", 0.5), ("9" * 5000, 0.5), ("\xb9", 0.5)],
    ids=lambda value: ascii(value)[:9],
)
def test_a_server_that_says_when_to_come_back_is_given_that_long_within_reason(
    unruly: Unruly, said: str, waited: float
) -> None:
    unruly.does(says(503, Retry_After=said))
    waits: list[float] = []
    publisher = retrying(unruly, waits)
    publisher.settle()
    publisher.close()

    assert waits == [waited]


@pytest.mark.parametrize(
    ("fault", "code", "timeout"),
    [
        (says(500), "server-error", 30),
        (resets_at_once, "connection-lost", 30),
        (resets_within, "connection-lost", 30),
        (cuts, "connection-lost", 30),
        (hangs, "timeout", 1),
        (dribbles, "timeout", 1),
        (dribbles_headers, "timeout", 1),
    ],
    ids=name_of,
)
def test_what_does_not_pass_by_itself_is_given_up_and_told(
    place: Place, unruly: Unruly, fault: Any, code: str, timeout: float
) -> None:
    unruly.does(honest, *[fault] * 2)
    publisher = retrying(unruly, [], retries=1, timeout=timeout)
    with pytest.raises(DeliveryFailed) as failed:
        publisher.put(parcel(disclosed("a-1")))
    publisher.close()

    assert failed.value.code == code
    assert shown(place) == {}


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (says(401, b'{"error":"signature"}'), "unauthorised"),
        (says(401, b'{"error":"clock"}'), "clock-differs"),
        (says(403), "unauthorised"),
        (says(400), "refused"),
        (says(404, b"<h1>Not Found</h1>"), "refused"),
        (says(409, b'{"error":"superseded"}'), "superseded"),
        (says(409, b'{"error":"closed"}'), "superseded"),
        (says(409, b'{"error":"batch-differs"}'), "batch-differs"),
        (says(409, b'{"error":"file-missing"}'), "file-missing"),
        (says(413), "too-large"),
        (says(429), "refused"),
        (says(301, Location="http://elsewhere.example/"), "redirected"),
        (says(302, Location="/elsewhere"), "redirected"),
        (says(307, Location="https://elsewhere.example/"), "redirected"),
        (says(304), "redirected"),
        (says(200, b""), "bad-answer"),
        (says(204), "bad-answer"),
        (says(200, b"<html>Welcome to the network</html>"), "bad-answer"),
        (says(200, b"\xff\xfe"), "bad-answer"),
        (says(200, b'{"x":' + b"[" * 100_000), "bad-answer"),
        (says(404, b'{"x":' + b"[" * 100_000), "refused"),
        (says(200, b'{"item": 1}'), "bad-answer"),
        (turns(lambda content: content[:-1]), "bad-answer"),
        (turns(lambda content: content.replace(b"https:", b"javascript:")), "bad-answer"),
        (turns(lambda content: content.replace(b'"a-1"', b'"a-2"')), "digest-differs"),
        (turns(lambda content: content.replace(public_digest(disclosed("a-1")).encode(), b"0" * 64)), "digest-differs"),
    ],
)
def test_what_comes_out_the_same_the_next_time_is_not_tried_again_at_once(
    place: Place, unruly: Unruly, fault: Any, code: str
) -> None:
    """Nor is a redirect followed, to whatever host. An answer of 200 that is none of the protocol is a failure too."""
    unruly.does(honest, fault)
    publisher = retrying(unruly, [])
    with pytest.raises(DeliveryFailed) as failed:
        publisher.put(parcel(disclosed("a-1")))
    asked = len(unruly.seen)
    publisher.close()

    assert failed.value.code == code
    assert asked == 2
    assert shown(place) == {}


def test_a_file_that_arrives_as_another_one_is_a_failure(place: Place, unruly: Unruly) -> None:
    unruly.does(honest, turns(lambda content: b'{"digest": "' + b"0" * 64 + b'"}'))
    publisher = pushing(unruly.url)
    with pytest.raises(DeliveryFailed) as failed:
        publisher.put(parcel(ITEM, CONTENT))
    publisher.settle()
    publisher.close()

    assert failed.value.code == "digest-differs"
    assert shown(place) == {}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda content: content.replace(public_digest(ITEM).encode(), b"0" * 64), "digest-differs"),
        (lambda content: b'{"put": {}, "withdrawn": []}', "digest-differs"),
        (lambda content: content.replace(b'"withdrawn": [', b'"withdrawn": ["else", '), "digest-differs"),
        (lambda content: b"{}", "bad-answer"),
    ],
)
def test_a_server_that_shows_something_else_than_what_was_sent_is_not_believed(
    unruly: Unruly, change: Callable[[bytes], bytes], code: str
) -> None:
    unruly.does(honest, honest, honest, honest, turns(change))
    publisher = pushing(unruly.url)
    publisher.put(parcel(ITEM, CONTENT))
    publisher.withdraw("b-1")
    with pytest.raises(DeliveryFailed) as failed:
        publisher.settle()
    publisher.close()

    assert failed.value.code == code


def test_what_failed_on_its_way_is_not_shown_and_takes_nothing_else_with_it(place: Place, unruly: Unruly) -> None:
    """The server took the first item, and its answer got lost for good: it counts as failed here, and there too."""
    unruly.does(honest, resets_afterwards)
    publisher = pushing(unruly.url)
    with pytest.raises(DeliveryFailed):
        publisher.put(parcel(disclosed("a-1")))
    publisher.put(parcel(disclosed("b-1")))
    publisher.settle()
    publisher.close()

    assert set(shown(place)) == {"b-1"}


def test_a_superseded_run_shows_nothing_even_if_it_goes_on(place: Place) -> None:
    """What it had sent before is gone from the server: to show the rest would be to lose it in silence."""
    first, second = pushing(place.url), pushing(place.url)
    first.put(parcel(disclosed("a-1")))
    second.put(parcel(disclosed("b-1")))
    for ask in (lambda: first.put(parcel(disclosed("c-1"))), lambda: first.withdraw("b-1"), first.settle):
        with pytest.raises(DeliveryFailed) as failed:
            ask()
        assert failed.value.code == "superseded"
    second.settle()
    first.close()
    second.close()

    assert set(shown(place)) == {"b-1"}


def test_nobody_listening_is_told_as_such(place: Place) -> None:
    publisher = pushing(place.url)
    place.stop()
    try:
        with pytest.raises(DeliveryFailed) as failed:
            publisher.settle()
        publisher.close()
        with pytest.raises(DeliveryFailed) as unread:
            next(pushing(place.url).inventory())
    finally:
        place.start()

    assert (failed.value.code, unread.value.code) == ("unreachable", "unreachable")


def test_after_a_silence_nobody_waits_for_another_one_to_close(unruly: Unruly) -> None:
    unruly.does(honest, hangs)
    publisher = pushing(unruly.url, timeout=1)
    with pytest.raises(DeliveryFailed):
        publisher.put(parcel(disclosed("a-1")))
    asked = len(unruly.seen)
    publisher.close()

    assert len(unruly.seen) == asked


def test_an_answer_without_end_is_not_kept_in_memory(unruly: Unruly, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "_LARGEST", 1_000_000)
    unruly.does(floods)
    publisher = pushing(unruly.url)
    with pytest.raises(DeliveryFailed) as failed:
        list(publisher.inventory())
    publisher.close()

    assert failed.value.code == "bad-answer"


ENTRY = b'{"item":"%s","digest":"' + b"0" * 64 + b'","address":"https://x.example/1","published_on":null}'


@pytest.mark.parametrize(
    "pages",
    [
        [b'{"held":[' + ENTRY % b"b" + b"," + ENTRY % b"a" + b'],"next":null}'],
        [b'{"held":[' + ENTRY % b"b" + b'],"next":"p2"}', b'{"held":[' + ENTRY % b"a" + b'],"next":null}'],
        [b'{"held":[],"next":"p2"}'],
        [b'{"held":[' + ENTRY % b"a" + b'],"next":"p2"}', b'{"held":[' + ENTRY % b"a" + b'],"next":"p2"}'],
        [b'{"held":[' + ENTRY % b"a" + b'],"next":"%s"}' % page for page in (b"p2", b"p3", b"p2")],
        [b'{"held":[' + ENTRY % b"a" + b'],"next":"&page=x"}'],
        [b'{"held":[' + ENTRY % b"a/b" + b"]}"],
        [b'{"held":[' + (ENTRY % b"a").replace(b"null", b'"2011-13-01"') + b"]}"],
        [b'{"held":[' + (ENTRY % b"a").replace(b"https://x.example/1", b"https://x.example/ 1") + b"]}"],
        [b'{"held":[' + (ENTRY % b"a").replace(b"0" * 64, b"0" * 63) + b"]}"],
        [b'{"held":null}'],
    ],
    ids=[
        "order",
        "order-of-pages",
        "empty-page",
        "same-page",
        "pages-in-a-circle",
        "page-name",
        "item",
        "date",
        "address",
        "digest",
        "null",
    ],
)
def test_an_inventory_that_is_none_is_not_half_believed(unruly: Unruly, pages: list[bytes]) -> None:
    """It would make items look as if they were missing, or run for ever."""
    unruly.does(*(says(200, page) for page in pages))
    publisher = pushing(unruly.url)
    with pytest.raises(DeliveryFailed) as failed:
        list(publisher.inventory())
    publisher.close()

    assert failed.value.code == "bad-answer"
    assert len(unruly.seen) == len(pages)


def test_an_item_that_stands_there_twice_is_told_twice(unruly: Unruly) -> None:
    """Reconciliation finds that one page too many; a server must be able to say it."""
    unruly.does(
        says(200, b'{"held":[' + ENTRY % b"a" + b"," + ENTRY % b"a" + b'],"next":null,"more":"later versions"}')
    )
    publisher = pushing(unruly.url)

    assert [held.item for held in publisher.inventory()] == ["a", "a"]
    publisher.close()
