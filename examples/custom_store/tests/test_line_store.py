"""What this store promises beyond its port: what the file is, who may read it, and how it refuses."""

from __future__ import annotations

import errno
import json
import os
import stat
from pathlib import Path

import line_store
import pytest
from line_store import disk
from line_store.disk import Disk
from line_store.store import LineStore

from govopen import Office, Registry
from govopen.errors import StoreError, StoreTooNew
from govopen.model.units import Unit, UnitKind
from govopen.storage.port import Author, Store
from govopen.storage.verification import verify
from govopen.testing.conformance.store_records import TYPES, Note, note

pytestmark = pytest.mark.usefixtures("unhurried")

STREET = Unit(id="street-1", name="示例街道办事处", kind=UnitKind.STREET, jurisdiction="CN-440113")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "s.jsonl"


@pytest.fixture
def store(path: Path) -> Store:
    return line_store.open_store(f"lines://{path}", TYPES)


def test_each_transaction_is_a_line_of_json_that_shows_its_records(store: Store, path: Path) -> None:
    with store.transaction(Author(actor="u-7", cause="disclosure.draft")) as transaction:
        transaction.put(note("a", text="甲\r\n乙"))
        transaction.put(note("b", tags=("x",)))
    with store.transaction() as transaction:
        transaction.put(note("b", tags=("x",)))  # equal: nothing is written

    heading, write = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    assert (heading["format"], heading["version"], heading["identity"]) == ("govopen-lines", 1, store.identity)
    assert (write["actor"], write["cause"]) == ("u-7", "disclosure.draft")
    assert [event["body"] for event in write["events"]] == [
        {"id": "a", "text": "甲\r\n乙", "unit": "u1"},
        {"id": "b", "tags": ["x"], "unit": "u1"},
    ]


def test_a_transaction_only_adds_to_the_file(store: Store, path: Path) -> None:
    before = path.read_bytes()
    for text in ("one", "two"):
        with store.transaction() as transaction:
            transaction.put(note("a", text=text))
        assert path.read_bytes().startswith(before)
        before = path.read_bytes()
    with pytest.raises(ZeroDivisionError), store.transaction() as transaction:
        transaction.put(note("a", text=str(1 / 0)))
    assert path.read_bytes() == before


def test_what_is_forgotten_or_discarded_is_in_no_file_any_more(store: Store, path: Path) -> None:
    with store.transaction() as transaction:
        transaction.put(note("a", text="secret-1"))
        digest = transaction.attach(b"secret-2", "text/plain")
        kept = transaction.attach(b"kept", "text/plain")
    encoded = b"c2VjcmV0LTI="  # secret-2 in Base64
    assert b"secret-1" in path.read_bytes()
    assert encoded in path.read_bytes()

    other = line_store.open_store(f"lines://{path}", TYPES)
    assert other.attachment(digest).content == b"secret-2"
    with store.transaction() as transaction:
        transaction.put(note("a", text="secret-3"))
        transaction.put(note("a", text="public"))
        assert transaction.forget(Note, "a") == 2
        assert transaction.discard(digest)

    left = b"".join(file.read_bytes() for file in path.parent.iterdir())
    assert not any(word in left for word in (b"secret-1", encoded, b"secret-3", digest.encode()))
    for reader in (store, other):
        assert [stored.record.text for stored in reader.scan(Note)] == ["public"]
        assert reader.attachment(kept).content == b"kept"
        assert verify(reader).ok
        with pytest.raises(StoreError):
            reader.attachment(digest)


def test_the_file_is_its_owners_until_the_owner_says_otherwise(store: Store, path: Path) -> None:
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.chmod(0o640)
    with store.transaction() as transaction:
        transaction.put_many([note("a", text="1")])
        transaction.delete(Note, "a")
        transaction.forget(Note, "a")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_full_disk_refuses_the_transaction_and_spoils_nothing(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with store.transaction() as transaction:
        transaction.put(note("a", text="1"))
    before = path.read_bytes()

    def full(file: object, data: bytes) -> None:
        os.write(file.fileno(), data[:20])  # type: ignore[attr-defined]
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(disk, "_write", full)
        with pytest.raises(StoreError, match="No space left"), store.transaction() as transaction:
            transaction.put(note("a", text="2"))

    assert path.read_bytes() == before
    with store.transaction() as transaction:
        transaction.put(note("a", text="3"))
    assert verify(store).ok


def test_a_writer_that_waits_too_long_says_so_and_readers_do_not_wait(store: Store, path: Path) -> None:
    hasty = LineStore(Disk(path, wait=0), TYPES, lambda: pytest.fail("no transaction begins"))
    with store.transaction() as transaction:
        transaction.put(note("a"))
        with pytest.raises(StoreError, match="busy"), hasty.transaction():
            pytest.fail("two transactions at once")
        assert line_store.open_store(f"lines://{path}", TYPES).count(Note) == 0
    assert hasty.count(Note) == 1


def test_a_transaction_within_a_transaction_is_refused_at_once(store: Store) -> None:
    with store.transaction() as transaction:
        with pytest.raises(StoreError, match="writing already"), store.transaction():
            pytest.fail("it would wait for itself")
        transaction.put(note("a"))
    assert store.count(Note) == 1


@pytest.mark.parametrize(
    "content", [b"", b"name,phone\nA,1\n", b'{"format":"other","version":1,"identity":"x"}\n', b"{}"]
)
def test_a_file_of_another_program_is_left_alone(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(StoreError, match="not a store of lines"):
        line_store.open_store(f"lines://{path}", TYPES)
    assert path.read_bytes() == content


def test_a_store_of_a_newer_version_is_refused(store: Store, path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b'"version":1', b'"version":2'))
    with pytest.raises(StoreTooNew):
        line_store.open_store(f"lines://{path}", TYPES)


def test_a_damaged_line_is_refused_and_not_quoted(store: Store, path: Path) -> None:
    for text in ("secret", "another"):
        with store.transaction() as transaction:
            transaction.put(note("a", text=text))
    path.write_bytes(path.read_bytes().replace(b'"seq":1', b'"seq":"secret"'))

    with pytest.raises(StoreError, match="damaged") as refused:
        line_store.open_store(f"lines://{path}", TYPES)
    assert "secret" not in f"{refused.value}{refused.value.facts}"


def test_a_changed_line_is_found_by_verifying(store: Store, path: Path) -> None:
    with store.transaction() as transaction:
        transaction.put(note("a", text="one"))
    path.write_bytes(path.read_bytes().replace(b"one", b"two"))

    assert not verify(line_store.open_store(f"lines://{path}", TYPES)).ok


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="No such file"):
        line_store.open_store(f"lines://{tmp_path / 'none' / 's.jsonl'}", TYPES)


def test_an_office_keeps_its_records_in_it(tmp_path: Path) -> None:
    registry = Registry.load(plugins=[line_store], entry_points=False)
    settings = Office.init(tmp_path / "office")
    text = settings.read_text(encoding="utf-8")
    address = f"lines://{tmp_path / 'records.jsonl'}"
    settings.write_text(text.replace("sqlite:///data/govopen.sqlite", address), encoding="utf-8")

    with Office.open(settings, registry=registry) as office, office.store.transaction() as transaction:
        transaction.put(STREET)
    with Office.open(settings, registry=registry) as office:
        assert list(office.store.units()) == [STREET]
        assert list(office.check().units) == ["street-1"]
