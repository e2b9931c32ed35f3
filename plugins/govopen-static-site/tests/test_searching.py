"""Search data finds every two characters of an item, and only items that are there."""

from __future__ import annotations

import json
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govopen_static_site import searching
from govopen_static_site.publisher import StaticSite
from govopen_static_site.searching import Entry, SearchData, keys_of, script
from govopen_static_site.state import Card


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("低保标准", {"低保", "保标", "标准", "准"}),
        ("岭府办〔2011〕25号", {"岭府", "府办", "办", "2011", "25", "号"}),
        ("ＰＤＦ文件 ABC-d", {"pdf", "文件", "件", "abc", "d"}),
        ("𠮷野", {"𠮷野", "野"}),
        ("<>&\x00\u202e", set()),
    ],
)
def test_keys_are_two_characters_or_a_word(text: str, keys: set[str]) -> None:
    assert keys_of(text) == keys


def read(path: Path) -> tuple[str, object]:
    text = path.read_text(encoding="utf-8")
    name, _, data = text.removeprefix("govopenSearch(").removesuffix(");\n").partition(",")
    return json.loads(name), json.loads(data)


def test_each_file_tells_its_own_name_and_nothing_in_it_ends_a_script(parcels: ModuleType, site: StaticSite) -> None:
    site.put(parcels.nth(1, title="</script><script>alert(1)</script> <!-- ]]> \u2028"))
    site.settle()
    files = list((site.home.parent / "search").glob("*.js"))

    assert len(files) == searching.SHARDS + 2
    for path in files:
        assert read(path)[0] == path.stem
        assert not set(path.read_text(encoding="utf-8")) & set("<>&\u2028")
    assert script("x", "</script>") == b'govopenSearch("x","\\u003c/script\\u003e");\n'


class Shelf:
    """Search data kept in memory, as a site keeps it in files."""

    def __init__(self) -> None:
        self.segments: list[list[str]] = []
        self.files: dict[str, bytes] = {}
        self.cards: dict[str, Card] = {}

    def change(self, gone: set[str], texts: dict[str, str]) -> set[str]:
        data = SearchData(self.segments, self.files.__getitem__)
        made = {name: card(name) for name in texts}
        self.cards = {name: held for name, held in self.cards.items() if name not in gone} | made
        data.change(gone, [Entry(made[name], name, text) for name, text in texts.items()])
        told = data.files(self.cards, {})
        changed = {path for path, content in told.items() if self.files.get(path) != content}
        self.files |= told
        return changed

    def found(self, key: str) -> set[str]:
        names = set()
        for number, segment in enumerate(self.segments):
            content = self.files[f"search/{number}-{ord(key[0]) % searching.SHARDS}.js"].decode()
            data = json.loads(content[content.index(",") + 1 : content.rindex(")")])
            for held, told in data.items():
                if held.startswith(key):
                    names |= {segment[int(at, 36)] for at in told.partition("|")[0].split()}
        return names


def card(name: str) -> Card:
    texts = dict.fromkeys(
        ("summary", "issuer", "category", "unit", "column", "index_number", "document_number", "page", "data"), ""
    )
    return Card(
        id=name, slug=name, title=name, published_on=searching.dt.date(2011, 1, 1), updated_on=None, files=(), **texts
    )


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sets(st.integers(0, 12)), st.dictionaries(st.integers(0, 12), st.text("税务局长20a １〕𠮷", max_size=8))
        ),
        max_size=8,
    )
)
def test_after_any_changes_each_key_leads_to_exactly_the_items_that_have_it(
    changes: list[tuple[set[int], dict[int, str]]],
) -> None:
    shelf, texts = Shelf(), dict[str, str]()
    for gone, put in changes:
        names = {f"n{number}" for number in gone}
        told = {f"n{number}": text for number, text in put.items()}
        with pytest.MonkeyPatch.context() as few:
            few.setattr(searching, "SEGMENT", 5)
            shelf.change(names - set(told), told)
        texts = {name: text for name, text in texts.items() if name not in names} | told

    everything = {key for name, text in texts.items() for key in keys_of(f"{name} {text}")}
    for key in everything | {"税务", "务局", "税"}:
        has = {name for name, text in texts.items() if any(held.startswith(key) for held in keys_of(f"{name} {text}"))}
        assert shelf.found(key) == has, key
    assert sum(bool(name) for segment in shelf.segments for name in segment) == len(texts)


def test_a_place_that_was_freed_is_taken_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "SEGMENT", 4)
    shelf = Shelf()
    shelf.change(set(), {f"a{number}": "甲乙" for number in range(8)})
    shelf.change({"a2"}, {})
    assert shelf.segments == [["a0", "a1", "", "a3"], ["a4", "a5", "a6", "a7"]]
    changed = shelf.change(set(), {"b": "丙丁"})

    assert shelf.segments[0][2] == "b"
    assert all(path.startswith("search/0-") or path == "search/data.js" for path in changed)


def test_one_changed_word_rewrites_the_shards_of_its_characters_alone() -> None:
    shelf = Shelf()
    shelf.change(set(), {f"a{number}": "税务局长工作会议" for number in range(50)})
    changed = shelf.change(set(), {"a7": "税务局长工作座谈"})

    shards = {f"search/0-{ord(character) % searching.SHARDS}.js" for character in "作会议座谈"}
    assert changed <= shards
    assert changed
