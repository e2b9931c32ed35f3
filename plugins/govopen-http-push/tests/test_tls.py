"""Over TLS, whose certificate is not trusted gets nothing to read."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme
from govopen_http_push_here import Place, pushing

from govopen.errors import DeliveryFailed
from govopen.testing.parcels import disclosed, parcel
from govopen_http_push.receiver import serving

AUTHORITY = trustme.CA()


@pytest.fixture
def secured(place: Place, tmp_path: Path) -> Iterator[int]:
    """The port of the receiver behind a certificate of an authority that ``trusted.pem`` names."""
    AUTHORITY.cert_pem.write_to_path(str(tmp_path / "trusted.pem"))
    trustme.CA().cert_pem.write_to_path(str(tmp_path / "other.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    AUTHORITY.issue_cert("localhost").configure_cert(context)
    server = serving(place.receiver)
    # In the thread of the request, so that a client that breaks off does not end the server.
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # a refused handshake is what is tested
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def test_an_authority_named_in_the_options_is_trusted(secured: int, place: Place, tmp_path: Path) -> None:
    publisher = pushing(f"https://localhost:{secured}", folder=tmp_path, ca_file="trusted.pem", allow_http=None)
    publisher.put(parcel(disclosed("a-1")))
    publisher.settle()
    publisher.close()

    assert [each.item for each in place.receiver.shown()] == ["a-1"]


@pytest.mark.parametrize(
    ("host", "ca_file"),
    [("localhost", "other.pem"), ("localhost", None), ("127.0.0.1", "trusted.pem")],
    ids=["another-authority", "no-authority", "another-name"],
)
def test_a_certificate_that_is_not_trusted_is_told_as_such_and_not_tried_again(
    secured: int, place: Place, tmp_path: Path, host: str, ca_file: str | None
) -> None:
    publisher = pushing(f"https://{host}:{secured}", folder=tmp_path, ca_file=ca_file, allow_http=None, retries=10)
    with pytest.raises(DeliveryFailed) as failed:
        publisher.put(parcel(disclosed("a-1")))
    publisher.close()

    assert failed.value.code == "tls"
    assert place.receiver.shown() == []
