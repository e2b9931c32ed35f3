"""One deadline for all of a request, however many waits it has."""

from __future__ import annotations

import httpcore
import pytest

from govopen_http_push.transport import Deadline


def test_no_wait_is_longer_than_what_is_left() -> None:
    deadline = Deadline()
    deadline.begin(60)

    assert 0 < deadline.left() <= 60
    assert 0 < deadline.left(3600) <= 60
    assert deadline.left(0.001) == 0.001


@pytest.mark.parametrize("seconds", [None, 0, -1])
def test_after_it_nothing_is_waited_for(seconds: float | None) -> None:
    deadline = Deadline()
    if seconds is not None:
        deadline.begin(seconds)

    with pytest.raises(httpcore.TimeoutException):
        deadline.left(60)
    with pytest.raises(httpcore.TimeoutException):
        deadline.connect_tcp("127.0.0.1", 9)
