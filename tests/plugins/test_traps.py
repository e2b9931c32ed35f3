"""What pluggy and typing pass over in silence, one installed distribution for each.

Each is left out when others are to go on, and stops loading when not. Either way the message names the distribution,
the hook or function, and what to change.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import attrs
import pytest

from govopen.cli.main import main
from govopen.errors import PluginError
from govopen.plugins.info import PluginInfo, PluginStatus
from govopen.plugins.registry import Registry
from govopen.publishing.port import PublisherSettings
from govopen.rules import samples

Install = Callable[..., None]

GOOD = """
from govopen.model.catalog import Category, SubCategory
from govopen.plugins.hookspecs import hookimpl
from govopen.texts import Text

@hookimpl
def govopen_categories():
    return [SubCategory(id="good/parking", category=Category.OTHER, title=Text("停车", "parking"))]
"""
HEAD = "from govopen.plugins.hookspecs import hookimpl, hookspec\n\n"


@attrs.frozen
class Trap:
    """A plugin that is wrong.

    Attributes:
        code: Its module ``zz_trap``.
        said: What its error says, in pieces: what is wrong, and what to change.
        points: Its entry points, if not just the module.
    """

    code: str
    said: tuple[str, ...]
    points: str = "main = zz_trap"


def marked(body: str, *, hook: str = "govopen_rules", mark: str = "@hookimpl", parameters: str = "") -> str:
    return f"{HEAD}{mark}\ndef {hook}({parameters}):\n    {body}\n"


def factory(hook: str, definition: str) -> str:
    return f"{HEAD}{definition}\n\n@hookimpl\ndef {hook}():\n    return {{'zz': make}}\n"


RULES = "def govopen_rules() -> Iterable[Rule]"
TRAPS = {
    "a missing mark": Trap(
        f"{HEAD}def govopen_rules():\n    return ()\n",
        ("govopen_rules of plugin", "is not a function marked with @hookimpl", "Write above it: @hookimpl"),
    ),
    "the mark of a specification": Trap(
        marked("return ()", mark="@hookspec(firstresult=True)"),
        ("govopen_rules of plugin", "is not a function marked with @hookimpl", "Write above it: @hookimpl"),
    ),
    "a misspelt hook": Trap(
        marked("return ()", hook="govopen_rulse"),
        ("has govopen_rulse, and there is no such hook", "Did you mean govopen_rules?"),
    ),
    "a misspelt hook without a mark": Trap(
        f"{HEAD}def govopen_rulse():\n    return ()\n",
        ("has govopen_rulse, and there is no such hook", "Did you mean govopen_rules?"),
    ),
    "a misspelt hook marked as optional": Trap(
        marked("return ()", hook="govopen_rulse", mark="@hookimpl(optionalhook=True)"),
        ("has govopen_rulse, and there is no such hook", "Did you mean govopen_rules?"),
    ),
    "a keyword-only argument": Trap(
        marked("return ()", parameters="*, registry=None"),
        ("govopen_rules of plugin", "does not fit its hook: def govopen_rules(*, registry=None)", RULES),
    ),
    "an argument that nobody fills": Trap(
        marked("return ()", parameters="registry"),
        ("govopen_rules of plugin", "does not fit its hook: def govopen_rules(registry)", RULES),
    ),
    "a coroutine": Trap(
        marked("return ()").replace("def govopen_rules", "async def govopen_rules"),
        ("does not fit its hook: async def govopen_rules()", RULES),
    ),
    "a hook that gives nothing": Trap(
        marked("pass"), ("govopen_rules of plugin", "gives a NoneType; it has to give Iterable[Rule]")
    ),
    "a hook that gives False": Trap(
        marked("return False"), ("govopen_rules of plugin", "gives a bool; it has to give Iterable[Rule]")
    ),
    "a hook that gives one thing in place of many": Trap(
        marked("return object()"), ("govopen_rules of plugin", "gives a object; it has to give Iterable[Rule]")
    ),
    "an exception while importing": Trap(
        "raise RuntimeError('no licence')",
        ("failed to import zz_trap: RuntimeError: no licence.", "Mend or uninstall it"),
    ),
    "an end of the program while importing": Trap(
        "import sys\nsys.exit(0)", ("failed to import zz_trap: SystemExit: 0.", "Mend or uninstall it")
    ),
    "an exception in the hook": Trap(
        marked("raise LookupError('no table')"),
        ("govopen_rules of plugin", "failed: LookupError: no table.", "Mend or uninstall it"),
    ),
    "an exception behind the first thing given": Trap(
        marked("yield from ()\n    raise LookupError('no table')"),
        ("govopen_rules of plugin", "failed: LookupError: no table."),
    ),
    "a class in place of an instance": Trap(
        f"{HEAD}class Street:\n    @hookimpl\n    def govopen_rules(self):\n        return ()\n",
        ("is a class; its functions would lack their 'self'", "Give an instance of Street, or a module."),
        points="main = zz_trap:Street",
    ),
    "a method without self": Trap(
        f"{HEAD}class Street:\n    @hookimpl\n    def govopen_rules():\n        return ()\n\nstreet = Street()\n",
        ("govopen_rules of plugin", "does not fit its hook", RULES),
        points="main = zz_trap:street",
    ),
    "an object that fails when it is compared": Trap(
        f"{HEAD}class Street:\n    def __eq__(self, other):\n        return self.id == other.id\n"
        "    __hash__ = None\n    @hookimpl\n    def govopen_rules(self):\n        return ()\n\nstreet = Street()\n",
        ("cannot be looked at: AttributeError: 'Street' object has no attribute 'id'.", "Mend or uninstall it"),
        points="main = zz_trap:street",
    ),
    "an object that fails when it is asked": Trap(
        f"{HEAD}class Street:\n    @property\n    def rules(self):\n        raise LookupError('no table')\n"
        "    @hookimpl\n    def govopen_rules(self):\n        return ()\n"
        "    def __getattribute__(self, name):\n        raise LookupError('no table')\n\nstreet = Street()\n",
        ("cannot be looked at: LookupError: no table.", "Mend or uninstall it"),
        points="main = zz_trap:street",
    ),
    "a module without a hook": Trap(
        f"{HEAD}rules = ()\n", ("implements no hook", "The hooks are: govopen_instruments,")
    ),
    "a wrapper": Trap(
        marked("return (yield)", mark="@hookimpl(wrapper=True)"),
        ("govopen_rules of plugin", "is marked as a wrapper", "adds to what others give and never changes it"),
    ),
    "a wrapper of the old kind": Trap(
        marked("yield", mark="@hookimpl(hookwrapper=True)"),
        ("govopen_rules of plugin", "is marked as a wrapper"),
    ),
    "a wish to be the first": Trap(
        marked("return ()", mark="@hookimpl(tryfirst=True)"),
        ("govopen_rules of plugin", "before or after all others", "write @hookimpl alone"),
    ),
    "a wish to be the last": Trap(
        marked("return ()", mark="@hookimpl(trylast=True)"),
        ("govopen_rules of plugin", "before or after all others", "write @hookimpl alone"),
    ),
    "a name that is built in": Trap(
        factory("govopen_publishers", "def make(settings):\n    return None").replace("'zz'", "'folder'"),
        ("Two publishers are called folder", "one of plugin govopen ", "one of plugin main (zz-trap 1.2)"),
    ),
    "an interface that is too new": Trap(
        f"{marked('return ()')}\nGOVOPEN_INTERFACE = 99\n",
        ("is written for version 99 of the plugin interface; this govopen has", "Upgrade govopen"),
    ),
    "an interface that is too old": Trap(
        f"{marked('return ()')}\nGOVOPEN_INTERFACE = 0\n",
        ("is written for version 0 of the plugin interface; the oldest kept is", "Install a newer version"),
    ),
    "an interface that is no number": Trap(
        f"{marked('return ()')}\nGOVOPEN_INTERFACE = '1'\n",
        ("sets GOVOPEN_INTERFACE to something other than a whole number", "Write: GOVOPEN_INTERFACE = "),
    ),
    "a store's factory that takes no clock": Trap(
        factory("govopen_stores", "def make(url, types):\n    return None"),
        (
            "govopen_stores of plugin",
            "gives under 'zz' a factory that does not fit: def make(url, types)",
            "def factory(url: str, types: Iterable[RecordType], *, clock: Clock = ...) -> Store",
        ),
    ),
    "a publisher in place of its factory": Trap(
        factory(
            "govopen_publishers",
            "from pathlib import Path\nfrom govopen.publishing.folder import FolderPublisher\n"
            "make = FolderPublisher(Path(__file__).parent / 'zz-public')",
        ),
        ("govopen_publishers of plugin", "gives a FolderPublisher; it has to give Callable"),
    ),
    "a factory that is a coroutine": Trap(
        factory("govopen_channels", "async def make(settings):\n    return None"),
        (
            "govopen_channels of plugin",
            "does not fit: async def make(settings)",
            "def factory(settings: ChannelSettings",
        ),
    ),
    "a factory that yields": Trap(
        factory("govopen_channels", "def make(settings):\n    yield settings"),
        ("govopen_channels of plugin", "does not fit: def make(settings): yield", "-> Channel"),
    ),
    "a screener whose screen takes nothing": Trap(
        f"{HEAD}from govopen.texts import Text\n\nclass Deaf:\n    name, title = 'deaf', Text('聋', 'deaf')\n"
        "    def screen(self):\n        return ()\n\n@hookimpl\ndef govopen_screeners():\n    return [Deaf()]\n",
        (
            "govopen_screeners of plugin",
            "gives a Deaf, whose screen does not fit: def screen()",
            "def screen(self, passage: Passage) -> Iterable[Hit]",
        ),
    ),
    "a screener that is a class": Trap(
        f"{HEAD}from govopen.texts import Text\n\nclass Deaf:\n    name, title = 'deaf', Text('聋', 'deaf')\n"
        "    def screen(self, passage):\n        return ()\n\n@hookimpl\ndef govopen_screeners():\n    return [Deaf]\n",
        ("govopen_screeners of plugin", "it has to give Screener"),
    ),
}


STORE = """
from govopen.storage.port import Store, utc_now
from govopen.testing.memory import MemoryStore

class {cls}:
    {body}

def make(url, types, *, clock=utc_now):
    return {cls}()
"""
BOARD = """
from govopen.publishing.port import Publisher

class Board(Publisher):
    def put(self, parcel):
        return ""
    def withdraw(self, item):
        pass
    def inventory(self):
        return iter(())
    def close(self):
        pass

def make(settings):
    return Board()
"""
MADE = {
    "a store without its methods": (
        factory("govopen_stores", STORE.format(cls="Hollow", body="identity = 'zz'")),
        (
            "govopen_stores of plugin",
            "gives a Hollow, which lacks units of a Store",
            "def units(self) -> Iterator[Unit]",
        ),
    ),
    "a store with the right names alone": (
        factory("govopen_stores", STORE.format(cls="Named", body="__getattr__ = lambda self, name: (lambda: None)")),
        (
            "govopen_stores of plugin",
            "gives a Named, whose read does not fit",
            "def read(self, cls: type[R], unit_id: str) -> Iterator[R]",
        ),
    ),
    "a store in the form of its class": (
        factory("govopen_stores", STORE.format(cls="Hollow", body="pass").replace("Hollow()", "MemoryStore")),
        ("govopen_stores of plugin", "gives the class MemoryStore in place of a Store", "Give an instance of it."),
    ),
    "a publisher that inherits an empty settle": (
        factory("govopen_publishers", BOARD),
        (
            "govopen_publishers of plugin",
            "gives a Board, which lacks settle of a Publisher",
            "def settle(self) -> None",
        ),
    ),
}


def info_of(registry: Registry, distribution: str) -> PluginInfo:
    (info,) = (info for info in registry.plugins if info.distribution == distribution)
    return info


@pytest.fixture(params=TRAPS.values(), ids=TRAPS)
def trap(request: pytest.FixtureRequest, install: Install) -> Trap:
    """An installed plugin that is wrong, beside one that is sound."""
    found: Trap = request.param
    install("zz-trap", code=found.code, points=found.points)
    install("zz-good", code=GOOD)
    return found


def test_it_is_left_out_with_a_reason_and_the_others_go_on(trap: Trap) -> None:
    registry = Registry.load(strict=False)

    info = info_of(registry, "zz-trap")
    assert (info.status, info.hooks, info.rules) == (PluginStatus.FAILED, (), 0)
    assert [piece for piece in ("main (zz-trap 1.2)", *trap.said) if piece not in str(info.failure)] == []
    assert info_of(registry, "zz-good").status is PluginStatus.LOADED
    assert "good/parking" in {category.id for category in registry.categories}


def test_it_stops_whoever_wants_all_plugins(trap: Trap) -> None:
    with pytest.raises(PluginError) as caught:
        Registry.load()

    assert [piece for piece in ("main (zz-trap 1.2)", *trap.said) if piece not in str(caught.value)] == []
    assert caught.value.facts["distribution"] == "zz-trap"


def test_the_list_shows_it_and_the_status_says_so(trap: Trap, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["plugins", "list", "--lang", "en", "--format", "json"])

    assert ended.value.code == 3
    out = capsys.readouterr().out
    assert [piece for piece in ("main (zz-trap 1.2)", *trap.said) if piece.replace('"', '\\"') not in out] == []
    assert '"zz-good"' in out


def test_two_instances_that_compare_equal_are_not_taken_for_one(install: Install) -> None:
    code = f"""{HEAD}import attrs

@attrs.frozen
class Street:
    @hookimpl
    def govopen_rules(self):
        return ()

north, south = Street(), Street()
"""
    install("zz-trap", code=code, points="north = zz_trap:north\nsouth = zz_trap:south")
    install("zz-good", code=GOOD)

    registry = Registry.load(strict=False)

    north, south = (info for info in registry.plugins if info.distribution == "zz-trap")
    assert (north.status, south.status) == (PluginStatus.LOADED, PluginStatus.FAILED)
    assert "south (zz-trap 1.2) compares equal to plugin north (zz-trap 1.2)" in str(south.failure)
    assert "eq=False" in str(south.failure)
    assert info_of(registry, "zz-good").status is PluginStatus.LOADED


def test_a_third_plugin_loads_though_two_of_one_distribution_do_not(install: Install) -> None:
    install("zz-trap", code="raise RuntimeError('no licence')", points="one = zz_trap\ntwo = zz_not_there")
    install("zz-good", code=GOOD)

    registry = Registry.load(strict=False)

    failures = {info.name: str(info.failure) for info in registry.plugins if info.distribution == "zz-trap"}
    assert "RuntimeError: no licence" in failures["one"]
    assert "ModuleNotFoundError: No module named 'zz_not_there'" in failures["two"]
    assert info_of(registry, "zz-good").status is PluginStatus.LOADED


def test_a_name_of_another_distribution_is_refused_to_whoever_comes_later(install: Install) -> None:
    install("zz-good", code=GOOD)
    install("zz-trap", code=GOOD)

    registry = Registry.load(strict=False)

    failure = str(info_of(registry, "zz-trap").failure)
    assert "Two sub-categories are called good/parking" in failure
    assert "main (zz-good 1.2)" in failure
    assert "main (zz-trap 1.2)" in failure
    assert info_of(registry, "zz-good").status is PluginStatus.LOADED


@pytest.mark.parametrize(("code", "said"), MADE.values(), ids=MADE)
def test_what_fits_by_its_names_alone_is_refused_when_it_is_made(
    install: Install, tmp_path: Path, code: str, said: tuple[str, ...]
) -> None:
    install("zz-trap", code=code)
    install("zz-good", code=GOOD)
    registry = Registry.load()
    assert "good/parking" in {category.id for category in registry.categories}

    settings = PublisherSettings(site=samples.site(), unit=samples.UNIT, folder=tmp_path)
    make: Callable[[], object] = partial(registry.open_store, "zz://")
    if BOARD in code:
        make = partial(registry.publisher, "zz", settings)

    with pytest.raises(PluginError) as caught:
        make()

    assert [piece for piece in ("main (zz-trap 1.2)", *said) if piece not in str(caught.value)] == []
