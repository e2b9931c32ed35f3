"""What every screener must do.

Subclass :class:`ScreenerConformance`, supply the fixture ``screener``, and say what it finds and what it leaves alone::

    class TestPlateNumbers(ScreenerConformance):
        finds = {"plate-number": ("粤A·12345", "号牌粤A12345")}
        leaves = ("粤府〔2011〕1号",)

        @pytest.fixture
        def screener(self):
            return PlateNumbers()
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from govopen.clearance.screening import Hit, Passage, Ruling, Screener

__all__ = ["ScreenerConformance"]

_scenario = settings(
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.differing_executors],
)
_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_PLAIN = "番禺区某单位印发通知，请遵照执行。\n"
_LARGE = 20_000
_HOSTILE = (
    "\x00",
    "\U0001f600",
    "\ud800",
    "\u202e\u200b",
    "\r\n\r\n",
    "１２３",
    "e\u0301" * 9,
    "(" * 5000,
    "1 " * 5000,
)
_anything = st.text(st.characters(), max_size=80)


def _hits(screener: Screener, text: str | None, place: str = "text") -> tuple[Hit, ...]:
    return tuple(screener.screen(Passage(place=place, text=text)))


def _check(hits: tuple[Hit, ...], text: str | None, place: str = "text") -> None:
    """Fail unless each hit is one in that passage."""
    for hit in hits:
        ruling: object = hit.ruling
        assert isinstance(ruling, Ruling), f"the ruling {ruling!r} is none of Ruling"
        assert _CODE.fullmatch(hit.code), f"the code {hit.code!r} is not lower case and hyphenated"
        assert hit.place == place, f"a hit in {place} says that it is in {hit.place}"
        assert 0 <= hit.start <= hit.end <= len(text or ""), f"{hit.start} to {hit.end} is outside of the passage"


class ScreenerConformance:
    """The scenarios. A subclass supplies the fixture ``screener``, a screener as the hook gives it.

    Attributes:
        finds: By code, texts in which it is found: each is a passage of its own.
        leaves: Texts in which nothing is found, above all those that look alike.
        place: Of the passages; a screener may look at titles only.
        alone: Whether what it finds has to be the whole passage, as with a title.
    """

    finds: ClassVar[Mapping[str, tuple[str, ...]]]
    leaves: ClassVar[tuple[str, ...]]
    place: ClassVar[str] = "text"
    alone: ClassVar[bool] = False

    def _examples(self) -> Iterator[tuple[str, str]]:
        return ((code, text) for code, texts in self.finds.items() for text in texts)

    def test_says_what_it_is(self, screener: Screener) -> None:
        """Its name is short and fixed, and its title stands in both languages."""
        assert _CODE.fullmatch(screener.name), f"the name {screener.name!r} is not lower case and hyphenated"
        assert screener.name == screener.name
        assert screener.title.zh.strip()
        assert screener.title.en.strip()

    def test_has_examples(self, screener: Screener) -> None:
        """A screener that finds nothing, or everything, would pass all else."""
        assert self.finds
        assert all(self.finds.values())
        assert self.leaves

    def test_finds_its_examples(self, screener: Screener) -> None:
        """Each example is found under its code, and the hits lie within it."""
        for code, text in self._examples():
            hits = _hits(screener, text, self.place)
            _check(hits, text, self.place)
            found = {hit.code for hit in hits if hit.ruling is not Ruling.PASS}
            assert code in found, f"an example of {code} is not found: {text!r}"

    def test_leaves_what_only_looks_alike(self, screener: Screener) -> None:
        """What holds up everything is overridden without a look."""
        for text in ("", _PLAIN, *self.leaves):
            assert not _hits(screener, text, self.place), f"something is found in {text!r}"

    def test_says_the_same_again(self, screener: Screener) -> None:
        """The same passage gives the same hits, whatever was screened in between: verdicts are not asked for twice."""
        texts = [text for _, text in self._examples()] + list(self.leaves)
        once = [_hits(screener, text, self.place) for text in texts]
        again = [_hits(screener, text, self.place) for text in reversed(texts)]
        assert once == again[::-1]

    def test_finds_its_examples_within_a_long_text(self, screener: Screener) -> None:
        """Nothing hides at the end of a large file, or behind a line break."""
        if self.alone:
            pytest.skip("what it finds is the whole passage")
        for code, text in self._examples():
            for long in (f"{_PLAIN}{text}\n{_PLAIN}", f"{_PLAIN * _LARGE}{text}"):
                hits = _hits(screener, long, self.place)
                _check(hits, long, self.place)
                assert code in {hit.code for hit in hits}, f"an example of {code} is lost in a longer text: {text!r}"

    @_scenario
    @given(data=st.data())
    def test_takes_any_text(self, screener: Screener, data: st.DataObject) -> None:
        """No text makes it raise: NUL, characters beyond the basic plane, half of a pair, whatever else files hold."""
        example = data.draw(st.sampled_from([text for _, text in self._examples()]), label="example")
        odd = data.draw(_anything | st.sampled_from(_HOSTILE), label="odd")
        at = data.draw(st.integers(0, len(example)), label="at")
        for text in (odd, odd + example, example[:at] + odd + example[at:]):
            for place in (self.place, "title", "attachments[0]"):
                _check(_hits(screener, text, place), text, place)

    @pytest.mark.parametrize("odd", _HOSTILE, ids=ascii)
    def test_takes_hostile_text(self, screener: Screener, odd: str) -> None:
        """The worst of these, in every run."""
        for _, example in self._examples():
            _check(_hits(screener, odd + example + odd, self.place), odd + example + odd, self.place)

    def test_takes_what_nobody_can_read(self, screener: Screener) -> None:
        """A scan or an encrypted file has no text. The screener may hold it up, and may not fail."""
        _check(_hits(screener, None, "attachments[0]"), None, "attachments[0]")
