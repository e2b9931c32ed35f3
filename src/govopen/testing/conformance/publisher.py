"""The conformance kit of :class:`~govopen.publishing.port.Publisher`.

.. code-block:: python

    class TestOurPublisher(PublisherConformance):
        @pytest.fixture
        def open_publisher(self, root: Path) -> OpenPublisher:
            return lambda: OurPublisher(root)

``open_publisher`` opens the same empty place each time it is called. ``root`` is a folder below which the publisher
keeps all that it holds; one that keeps nothing in files overrides :meth:`PublisherConformance.contents`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from govopen.errors import DeliveryFailed, NotCleared
from govopen.model.catalog import Category, InformationItem
from govopen.model.published import procedure_mark, public_digest
from govopen.publishing.port import Held, Parcel, Publisher
from govopen.testing.parcels import attached, disclosed, parcel

__all__ = ["OpenPublisher", "PublisherConformance"]

OpenPublisher = Callable[[], Publisher]

_TITLE, _TEXT, _FILE, _NAME = "独特标题鸢尾", "独特正文紫藤", "独特附件忍冬", "独特文件名木樨"
_DAY = dt.date(2011, 12, 31)
_HOSTILE = (
    "<script>alert(1)</script>",
    "../../etc/passwd",
    "a\0b",
    "\u202egnp.exe",
    "𠀀😀 & \"'`",
    "]]> --> %00 %2e%2e%2f",
    "x" * 500,
    "长" * 300,
)
_HOSTILE_NAMES = (
    "../../../outside.txt",
    "a/b\\c.txt",
    "nul\0.txt",
    "\u202etxt.exe",
    "CON",
    "con.txt",
    "..",
    ".hidden",
    "A.txt",
    "a.txt",
    "a.txt",
    "<b>&'\".txt",
    "𠀀😀.txt",
    "长" * 200 + ".txt",
)
_HOSTILE_IDS = (
    "..",
    ".",
    "con",
    "A",
    "a",
    "%2e%2e",
    "#2",
    "?q=1",
    "*",
    "~",
    "长" * 120,
    "𠀀😀",
    "-",
    "a:b",
    "é",
    "e\u0301",
)


def _held(publisher: Publisher) -> dict[str, Held]:
    return {held.item: held for held in publisher.inventory()}


def _digests(publisher: Publisher) -> dict[str, str]:
    return {held.item: held.digest for held in publisher.inventory()}


def _settled(publisher: Publisher, *parcels: Parcel, without: Iterable[str] = ()) -> None:
    for each in parcels:
        publisher.put(each)
    for item in without:
        publisher.withdraw(item)
    publisher.settle()


def _told() -> tuple[InformationItem, bytes]:
    """An item with words that stand nowhere else."""
    content = _FILE.encode()
    return disclosed("told-1", title=_TITLE, text=_TEXT, attachments=(attached(f"{_NAME}.txt", content),)), content


class PublisherConformance:
    """What every publisher must do. A subclass supplies the fixture ``open_publisher``.

    Attributes:
        examples: How many random histories to compare with a dictionary.
        supports_altering: Whether :meth:`alter` can change what the publisher holds from outside.
    """

    examples = 25
    supports_altering = True

    @pytest.fixture
    def root(self, tmp_path: Path) -> Path:
        """The folder below which the publisher keeps all that it holds."""
        return tmp_path / "site"

    def contents(self, root: Path) -> Mapping[str, bytes]:
        """All that the publisher holds, by a name for each piece: what readers see, and all else besides."""
        return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}

    def alter(self, root: Path, old: str, new: str) -> None:
        """Change a text wherever it stands, behind the publisher's back."""
        for path in root.rglob("*"):
            if path.is_file() and old.encode() in (content := path.read_bytes()):
                path.write_bytes(content.replace(old.encode(), new.encode()))

    def test_lists_what_was_shown(self, open_publisher: OpenPublisher) -> None:
        """Digest, address, date and procedure come back as they were, from the place itself, also opened anew."""
        item = disclosed("told-1", Category.APPROVAL)
        publisher = open_publisher()
        address = publisher.put(parcel(item, published_on=_DAY))
        publisher.settle()
        expected = Held(
            item="told-1",
            digest=public_digest(item),
            address=address,
            published_on=_DAY,
            procedure=procedure_mark(item),
        )
        assert expected.procedure
        assert list(publisher.inventory()) == [expected]
        publisher.close()
        again = open_publisher()
        assert list(again.inventory()) == [expected]
        again.close()

    def test_an_empty_place_lists_nothing(self, open_publisher: OpenPublisher) -> None:
        publisher = open_publisher()
        publisher.settle()
        assert list(publisher.inventory()) == []
        publisher.close()

    def test_lists_by_identifier(self, open_publisher: OpenPublisher) -> None:
        """In the order of code points, in which reconciliation merges."""
        ids = ["b-2", "B-1", "a.1", "a-1", "号-1", "𠀀-1", "a~1", "a-10", "a-2"]
        publisher = open_publisher()
        _settled(publisher, *(parcel(disclosed(id_)) for id_ in ids))
        assert [held.item for held in publisher.inventory()] == sorted(ids)
        publisher.close()

    def test_the_same_twice_is_the_same(self, open_publisher: OpenPublisher, root: Path) -> None:
        """A delivery comes at least once: what comes again leaves everything as it is."""
        item, content = _told()
        publisher = open_publisher()
        first = publisher.put(parcel(item, content))
        publisher.settle()
        listed, kept = list(publisher.inventory()), self.contents(root)
        assert publisher.put(parcel(item, content)) == first
        publisher.settle()
        publisher.close()
        again = open_publisher()
        _settled(again, parcel(item, content))
        assert list(again.inventory()) == listed
        assert self.contents(root) == kept
        again.close()

    def test_a_newer_version_takes_the_place_of_the_older(self, open_publisher: OpenPublisher, root: Path) -> None:
        """Nothing of the older one is left anywhere: not its words, not its files."""
        item, content = _told()
        newer = attrs.evolve(item, title="新标题", text="新正文", attachments=())
        publisher = open_publisher()
        _settled(publisher, parcel(item, content))
        _settled(publisher, parcel(newer, updated_on=_DAY))
        assert _digests(publisher) == {"told-1": public_digest(newer)}
        publisher.close()
        self._says_nothing(root)

    def test_the_last_word_before_settling_counts(self, open_publisher: OpenPublisher, root: Path) -> None:
        """Put and withdrawn is gone; withdrawn and put is there; of two versions the later one stands."""
        item, content = _told()
        other = disclosed("other-1", text="一")
        publisher = open_publisher()
        publisher.put(parcel(item, content))
        publisher.withdraw(item.id)
        publisher.withdraw(other.id)
        publisher.put(parcel(attrs.evolve(other, text="二")))
        publisher.put(parcel(other))
        publisher.settle()
        assert _digests(publisher) == {"other-1": public_digest(other)}
        publisher.close()
        self._says_nothing(root)

    def test_what_is_not_settled_is_not_seen(self, open_publisher: OpenPublisher, root: Path) -> None:
        """And is forgotten when the publisher is closed: a later settling shows nothing of it."""
        item, content = _told()
        other = disclosed("other-1")
        publisher = open_publisher()
        _settled(publisher, parcel(other))
        before = list(publisher.inventory())
        publisher.put(parcel(item, content))
        publisher.withdraw("other-1")
        assert list(publisher.inventory()) == before
        publisher.close()
        again = open_publisher()
        again.settle()
        assert list(again.inventory()) == before
        again.close()
        self._says_nothing(root)

    def test_what_a_killed_run_left_is_not_seen(self, open_publisher: OpenPublisher, root: Path) -> None:
        """A process that is killed closes nothing. The next one begins with what was settled, and clears up."""
        item, content = _told()
        other = disclosed("other-1")
        killed = open_publisher()
        _settled(killed, parcel(other))
        killed.put(parcel(item, content))
        killed.withdraw("other-1")
        again = open_publisher()
        assert _digests(again) == {"other-1": public_digest(other)}
        again.settle()
        assert _digests(again) == {"other-1": public_digest(other)}
        self._says_nothing(root)
        _settled(again, parcel(item, content))
        assert _digests(again) == {"other-1": public_digest(other), "told-1": public_digest(item)}
        again.close()

    def test_withdrawal_takes_an_item_from_everywhere(self, open_publisher: OpenPublisher, root: Path) -> None:
        """No file that the publisher holds has a word of it: no page, index, feed, search data or attachment."""
        item, content = _told()
        others = [disclosed(f"other-{number}") for number in range(3)]
        publisher = open_publisher()
        _settled(publisher, parcel(item, content), *map(parcel, others))
        assert any(self._words(root)), "the words of the item are nowhere: contents() does not list what is held"
        _settled(publisher, without=["told-1"])
        assert _digests(publisher) == {other.id: public_digest(other) for other in others}
        publisher.close()
        self._says_nothing(root)

    def test_withdrawing_what_is_not_there_is_fine(self, open_publisher: OpenPublisher) -> None:
        publisher = open_publisher()
        _settled(publisher, parcel(disclosed("other-1")), without=["never-there"])
        _settled(publisher, without=["other-1", "other-1"])
        _settled(publisher, without=["other-1"])
        assert list(publisher.inventory()) == []
        publisher.close()

    def test_a_copy_that_was_altered_shows(self, open_publisher: OpenPublisher, root: Path) -> None:
        """The inventory reads what stands there. A list of what was sent would agree for ever."""
        if not self.supports_altering:
            pytest.skip("declared as not alterable from outside")
        item, content = _told()
        for old in (_TITLE, _TEXT, _FILE):
            publisher = open_publisher()
            _settled(publisher, parcel(item, content), parcel(disclosed("other-1")))
            publisher.close()
            self.alter(root, old, "篡改")
            again = open_publisher()
            held = _digests(again)
            assert held["told-1"] != public_digest(item), f"'{old}' was altered, and the inventory does not show it"
            assert held["other-1"] == public_digest(disclosed("other-1"))
            _settled(again, without=["told-1"])
            again.close()

    def test_a_file_that_is_not_what_was_cleared_is_refused(self, open_publisher: OpenPublisher, root: Path) -> None:
        """What stood there before stays, and nothing of the other content gets there."""
        item, content = _told()
        good = disclosed("told-1")
        cleared = parcel(item, content)
        altered = attrs.evolve(cleared, read=lambda digest: f"{_FILE}以外".encode())
        publisher = open_publisher()
        _settled(publisher, parcel(good))
        with pytest.raises(NotCleared):
            publisher.put(altered)
        publisher.settle()
        assert _digests(publisher) == {"told-1": public_digest(good)}
        publisher.close()
        self._says_nothing(root)

    def test_a_file_that_cannot_be_read_fails_its_item(self, open_publisher: OpenPublisher, root: Path) -> None:
        def unread(digest: str) -> bytes:
            raise DeliveryFailed("A file of an item cannot be read.", code="file-unreadable")

        item, content = _told()
        publisher = open_publisher()
        with pytest.raises(DeliveryFailed):
            publisher.put(attrs.evolve(parcel(item, content), read=unread))
        _settled(publisher, parcel(disclosed("other-1")))
        assert set(_digests(publisher)) == {"other-1"}
        publisher.close()
        self._says_nothing(root)

    @pytest.mark.parametrize("text", _HOSTILE, ids=lambda text: ascii(text)[:24])
    def test_a_hostile_text_does_no_harm(self, open_publisher: OpenPublisher, root: Path, text: str) -> None:
        """It comes back as it was, gets out of no folder, and does not stand as markup in a page."""
        item = disclosed("told-1", title=text, text=f"{text}\n{text}", summary=text, issuer=text)
        publisher = open_publisher()
        _settled(publisher, parcel(item))
        assert _digests(publisher) == {"told-1": public_digest(item)}
        publisher.close()
        assert [path.name for path in root.parent.iterdir()] == [root.name]
        for name, content in self.contents(root).items():
            if name.endswith((".html", ".htm", ".xml")):
                assert b"<script>alert(1)" not in content, name

    def test_hostile_file_names_do_no_harm(self, open_publisher: OpenPublisher, root: Path) -> None:
        """Every file is there, under a name that is its own, and none outside."""
        contents = [f"{_FILE}{number}".encode() for number in range(len(_HOSTILE_NAMES))]
        files = tuple(attached(name, content) for name, content in zip(_HOSTILE_NAMES, contents, strict=True))
        item = disclosed("told-1", attachments=files)
        publisher = open_publisher()
        _settled(publisher, parcel(item, *contents))
        assert _digests(publisher) == {"told-1": public_digest(item)}
        kept = self.contents(root)
        for content in contents:
            assert content in kept.values()
        assert [path.name for path in root.parent.iterdir()] == [root.name]
        assert len({name.casefold() for name in kept}) == len(kept)
        assert all(len(part.encode()) <= 255 for name in kept for part in name.split("/"))
        _settled(publisher, without=["told-1"])
        publisher.close()
        self._says_nothing(root)

    def test_hostile_identifiers_do_no_harm(self, open_publisher: OpenPublisher, root: Path) -> None:
        """Each item has a place of its own, also where upper and lower case are the same, and each can be withdrawn."""
        items = [disclosed(id_, title=f"标题{number}") for number, id_ in enumerate(_HOSTILE_IDS)]
        publisher = open_publisher()
        addresses = [publisher.put(parcel(item)) for item in items]
        publisher.settle()
        assert _digests(publisher) == {item.id: public_digest(item) for item in items}
        assert len({address.casefold() for address in addresses}) == len(items)
        assert [path.name for path in root.parent.iterdir()] == [root.name]
        for number, item in enumerate(items):
            _settled(publisher, without=[item.id])
            assert set(_held(publisher)) == {other.id for other in items[number + 1 :]}
        publisher.close()

    def test_what_is_shown_is_what_a_dictionary_would_hold(self, open_publisher: OpenPublisher) -> None:
        """After any history of putting, withdrawing, settling, closing and dying."""
        ids = ("x-1", "x-2", "号-3")
        steps = st.one_of(
            st.tuples(st.just("put"), st.sampled_from(ids), st.integers(0, 2)),
            st.tuples(st.just("withdraw"), st.sampled_from(ids), st.just(0)),
            st.tuples(st.sampled_from(["settle", "close", "die"]), st.just(""), st.just(0)),
        )

        @settings(
            max_examples=self.examples,
            deadline=None,
            suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.differing_executors],
        )
        @given(st.lists(steps, max_size=12))
        def compare(history: list[tuple[str, str, int]]) -> None:
            publisher = open_publisher()
            _settled(publisher, without=ids)
            shown: dict[str, str] = {}
            staged: dict[str, str] = {}
            for step, id_, version in history:
                if step == "put":
                    item = disclosed(id_, text=f"第{version}版")
                    publisher.put(parcel(item))
                    staged[id_] = public_digest(item)
                elif step == "withdraw":
                    publisher.withdraw(id_)
                    staged.pop(id_, None)
                elif step == "settle":
                    publisher.settle()
                    shown = dict(staged)
                else:
                    if step == "close":
                        publisher.close()
                    publisher = open_publisher()
                    staged = dict(shown)
                assert _digests(publisher) == shown, history
            publisher.close()

        compare()

    def _words(self, root: Path) -> Iterable[str]:
        """The places in which a word of the item that :func:`_told` gives stands."""
        for name, content in self.contents(root).items():
            if any(_spelt(word, name, content) for word in (_TITLE, _TEXT, _FILE, _NAME)):
                yield name

    def _says_nothing(self, root: Path) -> None:
        assert list(self._words(root)) == []


def _spelt(word: str, name: str, content: bytes) -> bool:
    """Whether a word stands in a name or a content, as it is, in the escapes of JSON, HTML and addresses, or in pairs.

    Search data may hold a text as pairs of characters, so a pair that stands nowhere else gives it away, too.
    """
    spellings = [word, word[-2:]]
    for text in (word, word[-2:]):
        spellings.append("".join(f"\\u{ord(letter):04x}" for letter in text))
        spellings.append("".join(f"&#{ord(letter)};" for letter in text))
        spellings.append("".join(f"%{byte:02X}" for byte in text.encode()))
        spellings.append("".join(f"={byte:02x}" for byte in text.encode()))
    return any(each.encode() in content or each in name for each in spellings)
