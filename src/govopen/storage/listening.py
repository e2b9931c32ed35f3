"""The port of a listener: what is told which records changed, never what they say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import attrs

from govopen.storage.port import Change

__all__ = ["Listener", "ListenerFactory", "ListenerSettings"]


class Listener(Protocol):
    """Is told of changes in the order of the journal, each at least once."""

    def notice(self, changes: Sequence[Change]) -> None:
        """Take note of changes: at least one, by ``seq``. The same may come again after a crash or a failure.

        Raises:
            Exception: Any. It is recorded, stops nobody, and the same changes come again the next time.
        """
        ...

    def close(self) -> None:
        """Release what it holds."""
        ...


@attrs.frozen(kw_only=True)
class ListenerSettings:
    """What a listener is made for.

    Attributes:
        name: Of its section in ``govopen.toml``.
        folder: The workspace; relative paths in ``options`` start here.
        options: The rest of its section.
    """

    name: str
    folder: Path
    options: Mapping[str, Any] = attrs.field(factory=dict)


class ListenerFactory(Protocol):
    """What the hook ``govopen_listeners`` gives under a name: makes one listener."""

    def __call__(self, settings: ListenerSettings, /) -> Listener:
        """The listener.

        Raises:
            InputError: An option is unknown or has no good value.
        """
        ...
