"""The conformance kit of :class:`~govopen.publishing.port.Publisher`.

.. code-block:: python

    class TestOurPublisher(PublisherConformance):
        @pytest.fixture
        def open_publisher(self, root: Path) -> OpenPublisher:
            return lambda: OurPublisher(root)

``open_publisher`` opens the same empty place each time it is called. ``root`` is a folder below which the publisher
keeps all that it holds. One that keeps nothing in files overrides ``contents``, ``alter`` and ``outage`` of
:class:`~govopen.testing.conformance.publisher_words.Place`, or declares that it cannot.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import attrs
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from govopen.errors import DeliveryFailed, NotCleared
from govopen.model.catalog import Category
from govopen.model.published import procedure_mark, public_digest
from govopen.publishing.port import Held, Publisher
from govopen.testing.conformance.publisher_failing import FailingScenarios
from govopen.testing.conformance.publisher_hostile import HostileScenarios
from govopen.testing.conformance.publisher_words import (
    DAY,
    FILE,
    TEXT,
    TITLE,
    digests,
    settled,
    told,
)
from govopen.testing.parcels import disclosed, parcel

__all__ = ["OpenPublisher", "PublisherConformance"]

OpenPublisher = Callable[[], Publisher]
"""Opens the publisher at the place of the test, again and again."""


class PublisherConformance(HostileScenarios, FailingScenarios):
    """What every publisher must do. A subclass supplies the fixture ``open_publisher``.

    Attributes:
        examples: How many random histories to compare with a dictionary.
        many: How many items to list at once: more than the publisher takes or tells in one piece.
        supports_contents: Whether :meth:`contents` can give all that the publisher holds.
        supports_altering: Whether :meth:`alter` can change what the publisher holds from outside.
        supports_outages: Whether :meth:`outage` can put the place out of reach.
        supports_dates: Whether the place can say since when an item has stood there. One that cannot says nothing.
    """

    examples = 25
    many = 250
    supports_altering = True
    supports_dates = True

    def test_lists_what_was_shown(self, open_publisher: OpenPublisher) -> None:
        """Digest, address, date and procedure come back as they were, from the place itself, also opened anew."""
        item = disclosed("told-1", Category.APPROVAL)
        publisher = open_publisher()
        address = publisher.put(parcel(item, published_on=DAY))
        publisher.settle()
        expected = Held(
            item="told-1",
            digest=public_digest(item),
            address=address,
            published_on=DAY if self.supports_dates else None,
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
        settled(publisher, *(parcel(disclosed(id_)) for id_ in ids))
        assert [held.item for held in publisher.inventory()] == sorted(ids)
        publisher.close()

    def test_lists_all_of_many(self, open_publisher: OpenPublisher) -> None:
        """Each of them once, however many are sent or told in one piece."""
        items = [disclosed(f"item-{number:04}") for number in range(self.many)]
        publisher = open_publisher()
        settled(publisher, *map(parcel, items))
        assert [held.item for held in publisher.inventory()] == [item.id for item in items]
        settled(publisher, without=[item.id for item in items[1:]])
        assert digests(publisher) == {items[0].id: public_digest(items[0])}
        publisher.close()

    def test_the_same_twice_is_the_same(self, open_publisher: OpenPublisher, root: Path) -> None:
        """A delivery comes at least once: what comes again leaves everything as it is."""
        item, content = told()
        publisher = open_publisher()
        first = publisher.put(parcel(item, content))
        publisher.settle()
        listed = list(publisher.inventory())
        kept = self.lasting(root) if self.supports_contents else {}
        assert publisher.put(parcel(item, content)) == first
        publisher.settle()
        publisher.close()
        again = open_publisher()
        settled(again, parcel(item, content))
        assert list(again.inventory()) == listed
        assert not self.supports_contents or self.lasting(root) == kept
        again.close()

    def test_a_newer_version_takes_the_place_of_the_older(self, open_publisher: OpenPublisher, root: Path) -> None:
        """Nothing of the older one is left anywhere: not its words, not its files."""
        item, content = told()
        newer = attrs.evolve(item, title="新标题", text="新正文", attachments=())
        publisher = open_publisher()
        settled(publisher, parcel(item, content))
        settled(publisher, parcel(newer, updated_on=DAY))
        assert digests(publisher) == {"told-1": public_digest(newer)}
        publisher.close()
        self.says_nothing(root)

    def test_the_last_word_before_settling_counts(self, open_publisher: OpenPublisher, root: Path) -> None:
        """Put and withdrawn is gone; withdrawn and put is there; of two versions the later one stands."""
        item, content = told()
        other = disclosed("other-1", text="一")
        publisher = open_publisher()
        publisher.put(parcel(item, content))
        publisher.withdraw(item.id)
        publisher.withdraw(other.id)
        publisher.put(parcel(attrs.evolve(other, text="二")))
        publisher.put(parcel(other))
        publisher.settle()
        assert digests(publisher) == {"other-1": public_digest(other)}
        publisher.close()
        self.says_nothing(root)

    def test_what_is_not_settled_is_not_seen(self, open_publisher: OpenPublisher, root: Path) -> None:
        """And is forgotten when the publisher is closed: a later settling shows nothing of it."""
        item, content = told()
        other = disclosed("other-1")
        publisher = open_publisher()
        settled(publisher, parcel(other))
        before = list(publisher.inventory())
        publisher.put(parcel(item, content))
        publisher.withdraw("other-1")
        assert list(publisher.inventory()) == before
        publisher.close()
        again = open_publisher()
        again.settle()
        assert list(again.inventory()) == before
        again.close()
        self.says_nothing(root)

    def test_what_a_killed_run_left_is_not_seen(self, open_publisher: OpenPublisher, root: Path) -> None:
        """A process that is killed closes nothing. The next one begins with what was settled, and clears up."""
        item, content = told()
        other = disclosed("other-1")
        killed = open_publisher()
        settled(killed, parcel(other))
        killed.put(parcel(item, content))
        killed.withdraw("other-1")
        again = open_publisher()
        assert digests(again) == {"other-1": public_digest(other)}
        again.settle()
        assert digests(again) == {"other-1": public_digest(other)}
        self.says_nothing(root)
        settled(again, parcel(item, content))
        assert digests(again) == {"other-1": public_digest(other), "told-1": public_digest(item)}
        again.close()

    def test_withdrawal_takes_an_item_from_everywhere(self, open_publisher: OpenPublisher, root: Path) -> None:
        """Nothing that the publisher holds has a word of it: no page, index, feed, search data or attachment."""
        if not self.supports_contents:
            pytest.skip("declared as not to be looked into")
        item, content = told()
        others = [disclosed(f"other-{number}") for number in range(3)]
        publisher = open_publisher()
        settled(publisher, parcel(item, content), *map(parcel, others))
        assert any(self.words(root)), "the words of the item are nowhere: contents() does not list what is held"
        settled(publisher, without=["told-1"])
        assert digests(publisher) == {other.id: public_digest(other) for other in others}
        publisher.close()
        self.says_nothing(root)

    def test_withdrawing_what_is_not_there_is_fine(self, open_publisher: OpenPublisher) -> None:
        publisher = open_publisher()
        settled(publisher, parcel(disclosed("other-1")), without=["never-there"])
        settled(publisher, without=["other-1", "other-1"])
        settled(publisher, without=["other-1"])
        assert list(publisher.inventory()) == []
        publisher.close()

    def test_a_copy_that_was_altered_shows(self, open_publisher: OpenPublisher, root: Path) -> None:
        """The inventory reads what stands there. A list of what was sent would agree for ever."""
        if not self.supports_altering:
            pytest.skip("declared as not alterable from outside")
        item, content = told()
        for old in (TITLE, TEXT, FILE):
            publisher = open_publisher()
            settled(publisher, parcel(item, content), parcel(disclosed("other-1")))
            publisher.close()
            self.alter(root, old, "篡改")
            again = open_publisher()
            held = digests(again)
            assert held["told-1"] != public_digest(item), f"'{old}' was altered, and the inventory does not show it"
            assert held["other-1"] == public_digest(disclosed("other-1"))
            settled(again, without=["told-1"])
            again.close()

    def test_a_file_that_is_not_what_was_cleared_is_refused(self, open_publisher: OpenPublisher, root: Path) -> None:
        """What stood there before stays, and nothing of the other content gets there."""
        item, content = told()
        good = disclosed("told-1")
        cleared = parcel(item, content)
        altered = attrs.evolve(cleared, read=lambda digest: f"{FILE}以外".encode())
        publisher = open_publisher()
        settled(publisher, parcel(good))
        with pytest.raises(NotCleared):
            publisher.put(altered)
        publisher.settle()
        assert digests(publisher) == {"told-1": public_digest(good)}
        publisher.close()
        self.says_nothing(root)

    def test_a_file_that_cannot_be_read_fails_its_item(self, open_publisher: OpenPublisher, root: Path) -> None:
        def unread(digest: str) -> bytes:
            raise DeliveryFailed("A file of an item cannot be read.", code="file-unreadable")

        item, content = told()
        publisher = open_publisher()
        with pytest.raises(DeliveryFailed):
            publisher.put(attrs.evolve(parcel(item, content), read=unread))
        settled(publisher, parcel(disclosed("other-1")))
        assert set(digests(publisher)) == {"other-1"}
        publisher.close()
        self.says_nothing(root)

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
        # Random histories seldom take away one item while another waits.
        @example([("put", "x-1", 0), ("settle", "", 0), ("put", "x-2", 0), ("withdraw", "x-1", 0), ("settle", "", 0)])
        @example(
            [
                ("put", "x-1", 0),
                ("put", "x-2", 0),
                ("settle", "", 0),
                ("withdraw", "x-1", 0),
                ("withdraw", "x-2", 0),
                ("settle", "", 0),
            ]
        )
        def compare(history: list[tuple[str, str, int]]) -> None:
            publisher = open_publisher()
            settled(publisher, without=ids)
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
                assert digests(publisher) == shown, history
            publisher.close()

        compare()
