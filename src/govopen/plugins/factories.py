"""What plugins make by name: the factories of one hook, and what to say when one is missing or fails."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Generic, Self, TypeVar

import attrs

from govopen.errors import GovopenError
from govopen.plugins.fitting import Port, check_product
from govopen.plugins.info import PluginInfo
from govopen.plugins.missing import missing
from govopen.plugins.origin import Origin, sentence

__all__ = ["Factories", "made"]

F = TypeVar("F")
T = TypeVar("T")


@attrs.frozen(kw_only=True, eq=False)
class Factories(Generic[F]):
    """The factories that all plugins give by one hook.

    Attributes:
        port: What the factories are for.
        by_name: Each with the plugin that gave it.
        unknown: What to say of a name that is not there; its place is ``{kind}``.
        failed: What to say of a factory that fails; its places are ``{plugin}``, ``{error}`` and ``{reason}``.
        plugins: All plugins that were found, also those that are not used.
    """

    port: Port
    by_name: Mapping[str, tuple[Origin, F]]
    unknown: str
    failed: str
    plugins: tuple[PluginInfo, ...]

    @classmethod
    def of(
        cls,
        port: Port,
        given: Iterable[tuple[Origin, Iterable[tuple[str, F]]]],
        *,
        unknown: str,
        failed: str,
        plugins: tuple[PluginInfo, ...],
    ) -> Self:
        """Those that each plugin gave. That no two have one name was seen to before."""
        by_name = {name: (origin, factory) for origin, entries in given for name, factory in entries}
        return cls(port=port, by_name=by_name, unknown=unknown, failed=failed, plugins=plugins)

    @property
    def names(self) -> tuple[str, ...]:
        """What there is, sorted."""
        return tuple(sorted(self.by_name))

    def require(self, kind: str) -> None:
        """Make sure that there is a factory called ``kind``, before anything else is looked at.

        Raises:
            InputError: There is none of that name.
        """
        if kind not in self.by_name:
            raise missing(self.unknown, self.names, self.plugins, kind=kind)

    def make(self, kind: str, call: Callable[[F], T | None]) -> T:
        """What the factory called ``kind`` makes.

        Raises:
            InputError: There is none of that name.
            PluginError: It failed, or made what does not fit the port.
        """
        self.require(kind)
        origin, factory = self.by_name[kind]
        return made(origin, self.port, lambda: call(factory), self.failed)


def made(origin: Origin, port: Port, make: Callable[[], T | None], message: str) -> T:
    """What a factory makes; whatever goes wrong in it, other than an error of ours, is its plugin's fault.

    Raises:
        PluginError: It failed, or made nothing, or what does not fit the port.
    """
    try:
        result = make()
    except GovopenError:
        raise
    except Exception as error:
        raise origin.refuse(message, error=type(error).__name__, reason=sentence(error)) from error
    if result is None:
        raise origin.refuse(message, error="None", reason="-")
    check_product(origin, port, result)
    return result
