"""What stands between both sides: a proxy that an option names, none of the environment, and one that does damage."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from govopen_http_push_here import Place, pushing
from govopen_http_push_unruly import Request, Unruly, honest

from govopen.model.published import public_digest
from govopen.testing.parcels import disclosed, parcel


def forwards(handler: object, request: Request) -> None:
    """As proxies do: what comes with the whole address is passed on with the path alone."""
    parts = urlsplit(request.path)
    assert parts.netloc
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    handler.answer(*handler.server.unruly.pass_on(request._replace(path=path)))  # type: ignore[attr-defined]


def test_through_a_proxy_the_signature_still_holds(place: Place, unruly: Unruly) -> None:
    unruly.does(*[forwards] * 4)
    publisher = pushing(place.url, proxy=unruly.url)
    publisher.put(parcel(disclosed("a-1")))
    publisher.settle()
    assert [held.item for held in publisher.inventory()] == ["a-1"]
    publisher.close()

    assert [seen.path.startswith(place.url) for seen in unruly.seen] == [True] * 4


def damages(handler: object, request: Request) -> None:
    """Passes on something else than came: firewalls that "repair" bodies do."""
    damaged = request._replace(body=request.body.replace("示例".encode(), b"**"))
    headers = request.headers | {"Content-Length": str(len(damaged.body))}
    handler.answer(*handler.server.unruly.pass_on(damaged._replace(headers=headers)))  # type: ignore[attr-defined]


def test_a_body_that_was_damaged_on_its_way_is_sent_again(place: Place, unruly: Unruly) -> None:
    """The receiver sees that it is not what was signed, and nothing of it is kept."""
    unruly.does(honest, damages)
    publisher = pushing(unruly.url, retries=1)
    publisher.put(parcel(disclosed("a-1")))
    publisher.settle()
    publisher.close()

    (shown,) = place.receiver.shown()
    assert shown.digest() == public_digest(disclosed("a-1"))
    assert len(unruly.seen) == 4


def test_a_proxy_of_the_environment_sees_nothing(place: Place, unruly: Unruly, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, unruly.url)
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    publisher = pushing(place.url)
    publisher.settle()
    publisher.close()

    assert unruly.seen == []
