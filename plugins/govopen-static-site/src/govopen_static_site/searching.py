"""Search data: which item holds which two characters, in files small enough for a telephone.

Chinese is written without blanks, so every two neighbouring characters are a key, and so is every word of Latin letters
or digits. Items have places in segments; a segment's keys are parted into shards by their first character, so a
reader's browser loads one shard per segment and character asked for, and a change to an item rewrites the shards of its
own segment at most. Titles and dates lie in the index and in chunks of a hundred items, loaded for what is shown.

Each file calls ``govopenSearch(name, data)``: a page that was opened from a disk may load scripts, and nothing else.
``assets/search.js`` reads the same format.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import cache

import attrs

from govopen.model.catalog import Category
from govopen_static_site.names import clean, quoted
from govopen_static_site.state import Card

__all__ = ["CHUNK", "SEGMENT", "SHARDS", "Entry", "SearchData", "keys_of", "script"]

SHARDS = 32
"""So many folders hold the search files."""
SEGMENT = 2000
"""So many items share a search file."""
CHUNK = 100
"""So many keys are written at once."""

_WORD = 24
_RUN = re.compile(r"[a-z0-9]+|[^\W_a-z0-9]+")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_EPOCH = dt.date(1949, 10, 1)
_LETTERS = {category.value: _DIGITS[10 + number] for number, category in enumerate(Category)}

Postings = dict[str, tuple[set[int], set[int]]]


def keys_of(text: str) -> set[str]:
    """The keys of a text.

    A run's last character is one by itself, so that a single character is found wherever it stands.
    """
    found = set()
    for run in _RUN.findall(unicodedata.normalize("NFKC", clean(text)).lower()):
        if run.isascii():
            found.add(run[:_WORD])
        else:
            found.update(run[at : at + 2] for at in range(len(run)))
    return found


def script(name: str, data: object) -> bytes:
    """A file that hands ``data`` to the search page. Nothing in it ends a script element or begins another."""
    told = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    for character in "<>&\u2028\u2029":
        told = told.replace(character, f"\\u{ord(character):04x}")
    return f'govopenSearch("{name}",{told});\n'.encode()


def _read(content: bytes) -> dict[str, str]:
    text = content.decode()
    found: dict[str, str] = json.loads(text[text.index(",") + 1 : text.rindex(")")])
    return found


@cache
def _number(value: int) -> str:
    told = ""
    while True:
        value, digit = divmod(value, 36)
        told = _DIGITS[digit] + told
        if not value:
            return told


@attrs.frozen
class Entry:
    """What is indexed of an item: words that name it count for more than words it says."""

    card: Card
    naming: str
    saying: str


class SearchData:
    """The search data of a site, changed in memory and told as the files that change."""

    def __init__(self, segments: list[list[str]], read: Callable[[str], bytes]) -> None:
        """Take up the data.

        Args:
            segments: The item in each place; changed in place.
            read: Gives a file of the search data by its path, as it was written.
        """
        self._segments = segments
        self._read = read
        self._places = {
            name: (number, at) for number, held in enumerate(segments) for at, name in enumerate(held) if name
        }
        self._postings: dict[int, Postings] = {}
        self._chunks: set[tuple[int, int]] = set()
        self._free = [(number, at) for number, held in enumerate(segments) for at, name in enumerate(held) if not name]

    def _loaded(self, segment: int) -> Postings:
        if segment not in self._postings:
            postings: Postings = {}
            for shard in range(SHARDS):
                for key, told in _read(self._read(_shard_path(segment, shard))).items():
                    everywhere, _, named = told.partition("|")
                    postings[key] = (
                        {int(at, 36) for at in everywhere.split()},
                        {int(at, 36) for at in named.split()},
                    )
            self._postings[segment] = postings
        return self._postings[segment]

    def change(self, gone: Iterable[str], entries: Iterable[Entry]) -> None:
        """Take items out and put items in; one that is in already is replaced where it is."""
        entries = list(entries)
        places = {}
        for name in gone:
            if name in self._places:
                segment, at = places[name] = self._places.pop(name)
                self._segments[segment][at] = ""
                self._free.append((segment, at))
        places |= {entry.card.id: self._places[entry.card.id] for entry in entries if entry.card.id in self._places}
        self._clear(places.values())
        for entry in entries:
            self._enter(entry)

    def _clear(self, places: Iterable[tuple[int, int]]) -> None:
        by_segment: dict[int, set[int]] = {}
        for segment, at in places:
            by_segment.setdefault(segment, set()).add(at)
            self._chunks.add((segment, at // CHUNK))
        for segment, gone in by_segment.items():
            postings = self._loaded(segment)
            for key, (everywhere, named) in list(postings.items()):
                everywhere.difference_update(gone)
                named.difference_update(gone)
                if not everywhere:
                    del postings[key]

    def _enter(self, entry: Entry) -> None:
        segment, at = self._places[entry.card.id] = self._place(entry.card.id)
        self._segments[segment][at] = entry.card.id
        self._chunks.add((segment, at // CHUNK))
        postings = self._loaded(segment)
        naming = keys_of(entry.naming)
        for key in naming | keys_of(entry.saying):
            everywhere, named = postings.setdefault(key, (set(), set()))
            everywhere.add(at)
            if key in naming:
                named.add(at)

    def _place(self, name: str) -> tuple[int, int]:
        if name in self._places:
            return self._places[name]
        if self._free:
            return self._free.pop()
        if not self._segments or len(self._segments[-1]) == SEGMENT:
            self._segments.append([])
            self._postings[len(self._segments) - 1] = {}
        self._segments[-1].append(name)
        return len(self._segments) - 1, len(self._segments[-1]) - 1

    def files(self, cards: Mapping[str, Card], unit_names: Mapping[str, str]) -> dict[str, bytes]:
        """The files that may have changed, by path, and the index, which always may."""
        files = {}
        for segment, postings in self._postings.items():
            shards: list[dict[str, str]] = [{} for _ in range(SHARDS)]
            for key, (everywhere, named) in postings.items():
                told = " ".join(map(_number, sorted(everywhere)))
                if named:
                    told += "|" + " ".join(map(_number, sorted(named)))
                shards[ord(key[0]) % SHARDS][key] = told
            for shard, data in enumerate(shards):
                files[_shard_path(segment, shard)] = script(f"{segment}-{shard}", data)
        for segment, chunk in self._chunks:
            names = self._segments[segment][chunk * CHUNK : (chunk + 1) * CHUNK]
            shown = [_shown(cards[name], unit_names) if name else None for name in names]
            files[f"search/{segment}-d{chunk}.js"] = script(f"{segment}-d{chunk}", shown)
        files["search/data.js"] = script("data", self._index(cards))
        return files

    def _index(self, cards: Mapping[str, Card]) -> dict[str, object]:
        told = []
        for segment in self._segments:
            held = [cards[name] if name else None for name in segment]
            told.append(
                {
                    "dates": " ".join("" if card is None else _number(_day(card.published_on)) for card in held),
                    "categories": "".join("-" if card is None else _LETTERS.get(card.category, "0") for card in held),
                }
            )
        categories = {_LETTERS[category.value]: category.text.zh for category in Category}
        return {"shards": SHARDS, "chunk": CHUNK, "word": _WORD, "categories": categories, "segments": told}


def _day(day: dt.date) -> int:
    return max(0, (day - _EPOCH).days)


def _shard_path(segment: int, shard: int) -> str:
    return f"search/{segment}-{shard}.js"


def _shown(card: Card, unit_names: Mapping[str, str]) -> list[str]:
    return [
        card.title,
        quoted(card.page_path),
        card.published_on.isoformat(),
        card.document_number,
        unit_names.get(card.unit, ""),
        card.summary,
    ]
