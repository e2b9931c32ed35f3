"""A file is taken whole or refused whole, with all its problems; duplicates are told with both places."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from govopen.errors import ImportRefused, InputError, Problem
from govopen.interchange.limits import Limits
from govopen.interchange.load import Loaded, find_files, load, read_file
from govopen.interchange.raw import Options, Raw
from govopen.model.base import Record
from govopen.model.codec import encode
from govopen.model.types import RECORD_TYPES
from govopen.model.website import Site, SiteKind
from govopen.testing.strategies import records


def write(path: Path, lines: Iterable[object]) -> Path:
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    return path


def site(number: int, **data: object) -> dict[str, object]:
    return {"id": f"s-{number}", "unit": "u-1", "kind": "own"} | data


def refused(paths: Iterable[Path], **options: object) -> tuple[list[Loaded], ImportRefused]:
    taken: list[Loaded] = []
    with pytest.raises(ImportRefused) as caught:
        taken.extend(load(paths, RECORD_TYPES, **options))  # type: ignore[arg-type]
    return taken, caught.value


def test_a_good_file_gives_its_records_with_their_places_as_often_as_asked(tmp_path: Path) -> None:
    path = write(tmp_path / "site.jsonl", [site(number) for number in range(1201)])
    (loaded,) = load([path], RECORD_TYPES)
    assert (loaded.path, len(loaded), loaded.counts) == (path, 1201, {"site": 1201})
    for _ in range(2):
        found = list(loaded)
        assert found[1200].record == Site(id="s-1200", unit="u-1", kind=SiteKind.OWN)
        assert [imported.where for imported in found] == [f"{path}:{line}" for line in range(1, 1202)]
        assert {imported.record_type.name for imported in found} == {"site"}


def test_nothing_of_a_file_with_an_error_is_given_out_and_all_its_errors_are_told(tmp_path: Path) -> None:
    good = write(tmp_path / "site-1.jsonl", [site(1), site(2)])
    bad = write(tmp_path / "site-2.jsonl", [site(3), site(4, kind="x", since="y"), site(5), {"id": "s-6"}])
    taken, error = refused([bad, good])
    assert [loaded.path for loaded in taken] == [good]
    assert [(problem.where, problem.path) for problem in error.problems] == [
        (f"{bad}:2", "kind"),
        (f"{bad}:2", "since"),
        (f"{bad}:4", "unit"),
        (f"{bad}:4", "kind"),
    ]
    assert str(error).startswith("Files refused: 1 of 2. Nothing of them was stored.\n")


def test_a_duplicate_within_a_file_is_told_with_both_places(tmp_path: Path) -> None:
    path = write(tmp_path / "site.jsonl", [site(1), site(2), site(1)])
    _, error = refused([path])
    (problem,) = error.problems
    assert str(problem) == (
        f"{path}:3: id: The identifier s-1 stands already in {path}:1. "
        "Accepted: each identifier once among the records of a type."
    )


def test_a_duplicate_between_files_refuses_the_later_one(tmp_path: Path) -> None:
    first = write(tmp_path / "site-1.jsonl", [site(1)])
    second = tmp_path / "site-2.csv"
    second.write_text("id,unit,kind\ns-2,u-1,own\nｓ-1,u-1,own\n", encoding="utf-8")
    taken, error = refused([first, second])
    assert [loaded.path for loaded in taken] == [first]
    assert [(problem.where, problem.facts["first"]) for problem in error.problems] == [(f"{second}:3", f"{first}:1")]


def test_an_identifier_given_twice_that_may_be_a_name_is_not_repeated(tmp_path: Path) -> None:
    request = {"id": "张三", "unit": "u-1", "received_on": "2011-04-15", "channel": "fax"}
    path = write(tmp_path / "request.jsonl", [request, request])
    _, error = refused([path])
    (problem,) = error.problems
    assert str(problem).startswith(f"{path}:2: id: This identifier stands already in {path}:1.")
    assert "张三" not in f"{problem} {problem.facts}"


def test_records_of_different_types_may_share_an_identifier(tmp_path: Path) -> None:
    path = write(
        tmp_path / "all.jsonl",
        [
            site(1, type="site"),
            {"type": "unit", "id": "s-1", "name": "某局", "kind": "department", "jurisdiction": "CN"},
        ],
    )
    (loaded,) = load([path], RECORD_TYPES)
    assert loaded.counts == {"site": 1, "unit": 1}


def test_the_listing_ends_somewhere_and_says_how_much_is_left(tmp_path: Path) -> None:
    path = write(tmp_path / "site.jsonl", [site(number, kind="x") for number in range(250)])
    _, error = refused([path])
    assert len(error.problems) == 201
    assert str(error.problems[-1]) == f"{path}: 50 further problems are not listed."
    assert len(refused([path], limits=Limits(problems=10))[1].problems) == 11


def test_a_refusal_can_be_sent_to_another_process(tmp_path: Path) -> None:
    import pickle

    _, error = refused([write(tmp_path / "site.jsonl", [site(1, kind="x")])])
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - made here
    assert str(again) == str(error)


@pytest.mark.parametrize("name", ["site.xls", "site.txt", "site"])
def test_a_file_of_another_kind_is_refused_with_the_kinds_there_are(tmp_path: Path, name: str) -> None:
    path = write(tmp_path / name, [])
    (problem,) = refused([path])[1].problems
    assert str(problem) == f"{path}: Files of this kind are not read. Accepted: .jsonl, .ndjson, .csv, .xlsx, .toml."


@pytest.mark.parametrize("suffix", [".jsonl", ".csv", ".xlsx", ".toml"])
def test_a_file_that_is_not_there_is_told(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"site{suffix}"
    assert [str(problem) for problem in refused([path])[1].problems] == [f"{path}: There is no such file."]


def test_directories_give_their_files_in_order_without_hidden_ones(tmp_path: Path) -> None:
    for name in ("b/site.csv", "a.jsonl", ".git/x.csv", "~$book.xlsx", "book.XLSX", "readme.md", ".hidden.csv"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.touch()
    named = tmp_path / "readme.md"
    assert find_files([named, tmp_path, str(tmp_path / "a.jsonl")]) == (
        named,
        tmp_path / "a.jsonl",
        tmp_path / "b" / "site.csv",
        tmp_path / "book.XLSX",
    )


def test_progress_is_told_in_bytes_and_ends_at_the_size_of_the_file(tmp_path: Path) -> None:
    path = write(tmp_path / "site.jsonl", [site(number) for number in range(20_000)])
    told: list[tuple[Path, int, int]] = []
    list(load([path], RECORD_TYPES, on_progress=lambda *facts: told.append(facts)))
    size = path.stat().st_size
    assert told[-1] == (path, size, size)
    assert [done for _, done, _ in told] == sorted({done for _, done, _ in told})
    assert 3 <= len(told) <= 10


@pytest.mark.parametrize(
    ("suffix", "header"),
    [(".jsonl", b'{"id": "s-0", "unit": "u", "kind": "own"}\n{"id": "'), (".csv", b'id,unit,kind\ns-0,u,own\n"')],
)
def test_a_field_as_large_as_a_disk_is_refused_without_being_held(tmp_path: Path, suffix: str, header: bytes) -> None:
    path = tmp_path / f"site{suffix}"
    path.write_bytes(header)
    with path.open("r+b") as file:
        file.truncate(100_000_000)
    tracemalloc.start()
    try:
        (problem,) = refused([path])[1].problems
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert problem.where == f"{path}:{header.count(10) + 1}"
    assert "longer than 4000000 bytes" in str(problem)
    assert peak < 30_000_000


def test_a_file_is_read_record_by_record(tmp_path: Path) -> None:
    path = write(tmp_path / "site.jsonl", [site(1), site(2)])
    with path.open("a", encoding="utf-8") as file:
        file.write("{")
    found = read_file(path, Options(types={entry.name: entry for entry in RECORD_TYPES}))
    assert [type(entry) for entry in found][2:] == [Problem]


@given(data=st.data())
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
def test_what_the_store_writes_is_read_back(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    record_type = data.draw(st.sampled_from(RECORD_TYPES))
    written: list[Record] = data.draw(
        st.lists(records(record_type.cls), max_size=4, unique_by=lambda record: record.id)
    )
    path = tmp_path_factory.mktemp("load") / f"{record_type.name}.jsonl"
    path.write_bytes(b"".join(encode(record) + b"\n" for record in written))
    (loaded,) = load([path], RECORD_TYPES)
    assert [imported.record for imported in loaded] == written


@given(
    content=st.binary(max_size=200) | st.text(max_size=100).map(str.encode),
    suffix=st.sampled_from([".jsonl", ".csv", ".xlsx"]),
)
def test_any_bytes_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, content: bytes, suffix: str) -> None:
    path = tmp_path_factory.mktemp("load") / f"site{suffix}"
    path.write_bytes(content)
    found = list(read_file(path, Options(types={entry.name: entry for entry in RECORD_TYPES})))
    assert all(isinstance(entry, Problem | Raw) for entry in found)
    with suppress(InputError):
        assert [len(loaded) for loaded in load([path], RECORD_TYPES)] == [0]
