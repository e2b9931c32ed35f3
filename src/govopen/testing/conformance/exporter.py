"""The conformance kit of :class:`~govopen.publishing.exporter.Exporter`.

.. code-block:: python

    class TestOurFormat(ExporterConformance):
        @pytest.fixture
        def exporter(self) -> ExporterFactory:
            return our_exporter

        def read(self, content: bytes) -> Mapping[str, str]:
            return {entry["id"]: entry["title"] for entry in parsed(content)}

``exporter`` gives the factory that the hook gives. ``read`` reads a file as its users do, and says which items are in
it, each with its title.
"""

from __future__ import annotations

import errno
import gc
import io
import os
import re
import weakref
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import SimpleNamespace
from typing import Any, BinaryIO, ClassVar, cast

import attrs
import pytest

from govopen.errors import ExportFailed, InputError, NotCleared, StoreError
from govopen.model.catalog import Category, InformationItem
from govopen.publishing.exporter import Exporter, ExporterFactory, ExportSettings
from govopen.publishing.port import Parcel
from govopen.rules import samples
from govopen.testing.conformance.hostile import FILE_NAMES, IDENTIFIERS, TEXTS
from govopen.testing.parcels import attached, disclosed, parcel

__all__ = ["ExporterConformance", "OnlyWritten"]

_MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9][a-z0-9.+-]*(?:; ?[a-z]+=[A-Za-z0-9.-]+)?")
_SUFFIX = re.compile(r"[a-z0-9]+(?:\.[a-z0-9]+)*")
_AT_ONCE = 25
_WORD = "独特附件忍冬"


class OnlyWritten(io.RawIOBase):
    """A file as an exporter may use it: it can be written to, and nothing else; a pipe can no more.

    Args:
        room: How many bytes it has room for; ``None``: for any number.
    """

    def __init__(self, *, room: int | None = None) -> None:
        super().__init__()
        self._written: list[bytes] = []
        self._room = room

    def writable(self) -> bool:
        return True

    def write(self, data: Any, /) -> int:
        taken = bytes(data)
        if self._room is not None and len(self.taken()) + len(taken) > self._room:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self._written.append(taken)
        return len(taken)

    def taken(self) -> bytes:
        """All that was written."""
        return b"".join(self._written)


class ExporterConformance:
    """What every exporter must do. A subclass supplies the fixture ``exporter`` and :meth:`read`.

    Attributes:
        options: Of the format, as a section ``[exporters.*]`` gives them.
        base_url: Below which the items stand on the Web.
        supports_empty: Whether a catalogue without an item can be written. If not, it has to be refused.
        keeps_text: Whether the file holds the texts of the items, and not only what describes them.
        keeps_every_character: Whether control characters survive, as they do not in XML. If not, an item with one has
            to be refused: a title that was changed is not the title.
        streams: Whether items are written as they come, so that a million of them need no more memory than one.
        categories: Of which categories the format holds items; those of others are left out.
        many: How many items the largest catalogue has; at least a hundred.
    """

    options: ClassVar[Mapping[str, Any]] = {}
    base_url: ClassVar[str] = "https://www.example.gov.cn/open/"
    supports_empty: ClassVar[bool] = True
    keeps_text: ClassVar[bool] = True
    keeps_every_character: ClassVar[bool] = True
    streams: ClassVar[bool] = True
    categories: ClassVar[tuple[Category, ...]] = tuple(Category)
    many: ClassVar[int] = 2_000

    def read(self, content: bytes) -> Mapping[str, str]:
        """The items that a file holds: from the identifier of each to its title."""
        raise NotImplementedError("say how a file of this format is read")

    def item(self, id_: str = "item-1", category: Category | None = None, **changes: Any) -> InformationItem:
        """An item that is public, of a category that the format holds unless it is named."""
        return disclosed(id_, category or self.categories[-1], **changes)

    def settings(self, **options: Any) -> ExportSettings:
        """What the exporter is made for."""
        return ExportSettings(
            unit=samples.UNIT,
            title="示例目录",
            on=samples.YEAR_END,
            base_url=self.base_url,
            options={**self.options, **options},
        )

    def some(self) -> Sequence[Parcel]:
        """A few items with whatever an item can have."""
        content = b"content"
        whole = self.item("b-1", attachments=(attached("附件.txt", content),))
        updated = parcel(whole, content, updated_on=samples.YEAR_END)
        address = "https://www.example.gov.cn/b-1.html"
        return [parcel(self.item("a-1")), attrs.evolve(updated, address=address), parcel(self.item("c-1"))]

    def exported(self, exporter: ExporterFactory, parcels: Iterable[Parcel]) -> bytes:
        """What a new exporter writes."""
        return _written(exporter(self.settings()), parcels)

    def test_says_what_it_writes(self, exporter: ExporterFactory) -> None:
        """Its media type and its suffix are fixed, and written as everybody writes them."""
        made = exporter(self.settings())
        assert _MEDIA_TYPE.fullmatch(made.media_type), f"{made.media_type!r} is no media type"
        assert _SUFFIX.fullmatch(made.suffix), f"{made.suffix!r} is no suffix: lower case, without the first dot"
        before = made.media_type, made.suffix
        _written(made, [parcel(self.item())])
        assert (made.media_type, made.suffix) == before

    def test_holds_what_was_given_and_nothing_else(self, exporter: ExporterFactory) -> None:
        """Every item of every unit, and of every category that the format holds, with its title."""
        items = [self.item(f"item-{number:02}", each, title=f"标题{number}") for number, each in enumerate(Category)]
        held = {item.id: item.title for item in items if item.category in self.categories}
        units = [attrs.evolve(samples.UNIT, id=f"unit-{number}", name=f"示例单位{number}") for number in range(3)]
        given = [parcel(item, unit=units[number // 4]) for number, item in enumerate(items)]
        assert dict(self.read(self.exported(exporter, given))) == held

    def test_an_empty_catalogue_is_valid(self, exporter: ExporterFactory) -> None:
        """A unit that has published nothing has a catalogue all the same."""
        if not self.supports_empty:
            with pytest.raises(ExportFailed):
                self.exported(exporter, [])
            return
        assert dict(self.read(self.exported(exporter, []))) == {}

    def test_the_same_items_give_the_same_bytes(self, exporter: ExporterFactory) -> None:
        """Also from one exporter that is used again: nothing is left in it of the first time."""
        given = self.some()
        made = exporter(self.settings())
        once = _written(made, given)
        assert _written(made, given) == once, "the second export of one exporter is another"
        assert self.exported(exporter, self.some()) == once, "two exporters write the same items differently"

    def test_only_writes_to_the_file_and_leaves_it_open(self, exporter: ExporterFactory) -> None:
        """Whoever opened it closes it. It may be a pipe, in which nobody can go back."""
        file = OnlyWritten()
        exporter(self.settings()).export(iter(self.some()), cast("BinaryIO", file))
        assert not file.closed, "the file was closed"
        assert set(self.read(file.taken())) == {each.cleared.item.id for each in self.some()}

    def test_a_full_disk_is_told(self, exporter: ExporterFactory) -> None:
        """An export that was cut short must not look like one."""
        whole = len(self.exported(exporter, self.some()))
        file = OnlyWritten(room=whole - 1)
        with pytest.raises((OSError, ExportFailed)):
            exporter(self.settings()).export(iter(self.some()), cast("BinaryIO", file))

    @pytest.mark.parametrize("text", TEXTS, ids=lambda text: ascii(text)[:24])
    def test_a_hostile_text_comes_back(self, exporter: ExporterFactory, text: str) -> None:
        """As it was, and without doing harm to the items around it."""
        items = [
            self.item("a-1"),
            self.item("b-1", title=text, text=f"{text}\n{text}", summary=text, issuer=text),
            self.item("c-1"),
        ]
        unit = attrs.evolve(samples.UNIT, name=text)
        try:
            content = self.exported(exporter, [parcel(item, unit=unit) for item in items])
        except ExportFailed:
            refusable = not self.keeps_every_character and not text.isprintable()
            assert refusable, "the text was refused"
            return
        assert dict(self.read(content)) == {item.id: item.title for item in items}

    def test_hostile_identifiers_come_back(self, exporter: ExporterFactory) -> None:
        """No two become one, also where upper and lower case are the same or are composed differently."""
        items = [self.item(id_, title=f"标题{number}") for number, id_ in enumerate(sorted(IDENTIFIERS))]
        assert dict(self.read(self.exported(exporter, map(parcel, items)))) == {item.id: item.title for item in items}

    def test_hostile_file_names_do_no_harm(self, exporter: ExporterFactory) -> None:
        contents = [f"{number}".encode() for number in range(len(FILE_NAMES))]
        files = tuple(attached(name, content) for name, content in zip(FILE_NAMES, contents, strict=True))
        kinds = ("text/plain; charset=gb18030", "", "<b>/\"'", "application/pdf", "图/片")
        files = tuple(attrs.evolve(file, media_type=kinds[at % len(kinds)]) for at, file in enumerate(files))
        item = self.item("told-1", attachments=files)
        try:
            content = self.exported(exporter, [parcel(item, *contents), parcel(self.item("told-2"))])
        except ExportFailed:
            assert not self.keeps_every_character, "the names were refused"
            return
        assert dict(self.read(content)) == {"told-1": item.title, "told-2": self.item("told-2").title}

    def test_a_change_of_the_text_shows(self, exporter: ExporterFactory) -> None:
        """A format that holds the texts holds all of them."""
        if not self.keeps_text:
            pytest.skip("declared as not holding the texts of items")
        one, other = (self.exported(exporter, [parcel(self.item(text=f"第{word}版"))]) for word in "一二")
        assert one != other

    def test_an_error_of_the_items_goes_through(self, exporter: ExporterFactory) -> None:
        """The very error: what reads the store knows best why it failed."""
        error = StoreError("The store is gone.")

        def failing() -> Iterator[Parcel]:
            yield from self.some()
            raise error

        with pytest.raises(StoreError) as raised:
            self.exported(exporter, failing())
        assert raised.value is error

    @pytest.mark.parametrize("kind", ["item", "cleared", "alike", "nothing"])
    def test_what_is_no_parcel_is_refused(self, exporter: ExporterFactory, kind: str) -> None:
        """Whatever it looks like: an item that nobody cleared has no way into a file."""
        good = parcel(self.item("a-1"))
        item = samples.item(id="b-1", title=_WORD, text=_WORD)
        alike = SimpleNamespace(
            cleared=SimpleNamespace(item=item, digest="0" * 64, attachments=()),
            unit=good.unit,
            column=None,
            published_on=good.published_on,
            updated_on=None,
        )
        wrong: Mapping[str, object] = {"item": item, "cleared": good.cleared, "alike": alike, "nothing": None}
        file = OnlyWritten()
        with pytest.raises(NotCleared):
            exporter(self.settings()).export(cast("list[Parcel]", [good, wrong[kind]]), cast("BinaryIO", file))
        assert _WORD.encode() not in file.taken()

    def test_a_file_that_is_not_what_was_cleared_is_refused(self, exporter: ExporterFactory) -> None:
        """An exporter reads the files of an item by ``Parcel.content`` or not at all."""
        asked = []

        def read(digest: str) -> bytes:
            asked.append(digest)
            return _WORD.encode()

        item = self.item(attachments=(attached("附件.txt", b"cleared"),))
        try:
            content = self.exported(exporter, [attrs.evolve(parcel(item, b"cleared"), read=read)])
        except NotCleared:
            return
        assert not asked, "a file was read, and that it is not what was cleared was not told"
        assert _WORD.encode() not in content

    def test_many_items_are_streamed(self, exporter: ExporterFactory) -> None:
        """Thousands of items are all there; and if the exporter streams, it keeps few of them at any time."""
        alive: weakref.WeakSet[Parcel] = weakref.WeakSet()
        most = 0

        def many() -> Iterator[Parcel]:
            nonlocal most
            for number in range(self.many):
                given = parcel(self.item(f"many-{number:04}"))
                alive.add(given)
                yield given
                if number in (self.many // 2, self.many - 1):
                    del given
                    gc.collect()
                    most = max(most, len(alive))

        content = self.exported(exporter, many())
        assert len(self.read(content)) == self.many
        assert not self.streams or most <= _AT_ONCE, f"{most} items were kept at once"

    def test_an_unknown_option_is_refused(self, exporter: ExporterFactory) -> None:
        """A misspelt option is not silently without effect."""
        with pytest.raises(InputError) as refused:
            exporter(self.settings(**{"no-such-option": True}))
        assert "no-such-option" in str(refused.value), "the error does not name the option"
        assert exporter(self.settings()).media_type


def _written(exporter: Exporter, parcels: Iterable[Parcel]) -> bytes:
    # A generator, as an office gives: it has no length, and goes round once.
    file = io.BytesIO()
    exporter.export((each for each in parcels), file)
    return file.getvalue()
