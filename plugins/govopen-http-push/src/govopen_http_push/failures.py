"""What can go wrong on the way, each under a fixed code: outbox and findings keep that, and no word of the server's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from govopen.errors import DeliveryFailed

__all__ = ["FAILURES", "NO_ANSWER", "REFUSALS", "failed"]

FAILURES: Mapping[str, tuple[str, str]] = {
    "unreachable": ("The server cannot be reached.", "Look at base_url, the network and the firewall."),
    "tls": ("The server's certificate is not trusted.", "Look at base_url, ca_file and the certificate's dates."),
    "connection-lost": ("The server broke the connection off.", "Look into the server's log."),
    "timeout": ("The server did not answer in time.", "Look into the server's log, or raise the option timeout."),
    "server-error": ("The server failed: status {status}.", "Look into the server's log."),
    "redirected": ("The server sends elsewhere: status {status}.", "A redirect is not followed; mend base_url."),
    "unauthorised": ("The server does not take the signature: status {status}.", "Both sides need the same secret."),
    "clock-differs": ("The server's clock differs from this one's.", "Set both by the same time server."),
    "superseded": ("Another run publishes to the same site.", "It is tried again; let one timer run at a time."),
    "batch-differs": ("The server has not kept what was sent.", "It is sent anew. Look into the server's log."),
    "file-missing": ("The server has not kept a file that was sent.", "Look into the server's log."),
    "too-large": ("The server takes nothing of this size.", "Raise the largest size on the server and its proxies."),
    "refused": ("The server refuses: status {status}.", "Look at base_url and into the server's log."),
    "bad-answer": ("The server's answer is none of the protocol.", "Look at base_url, and at proxies in between."),
    "digest-differs": ("The server says that it holds something else than what was sent.", "Look into its log."),
}
"""By code: what happened, and what to do about it."""

NO_ANSWER = frozenset({"unreachable", "tls", "connection-lost", "timeout"})
"""The codes of those after which nobody knows whether the server has heard anything."""

REFUSALS: Mapping[str, str] = {
    "body-digest": "connection-lost",
    "clock": "clock-differs",
    "superseded": "superseded",
    "closed": "superseded",
    "batch-differs": "batch-differs",
    "file-missing": "file-missing",
}
"""From what a server says when it refuses to the code of the failure. Anything else it says is not repeated."""


def failed(code: str, **facts: Any) -> DeliveryFailed:
    """The failure of that code."""
    message, hint = FAILURES[code]
    return DeliveryFailed(message, code=code, hint=hint, **facts)
