"""A backup holds the whole store and says when it does not; a restore is whole or is not."""

from __future__ import annotations

import json
import stat
import tracemalloc
import zipfile

import pytest
import sqlalchemy as sa

from govopen.errors import StoreError, StoreTooNew
from govopen.storage import schema
from govopen.storage.backup import backup
from govopen.storage.restoring import restore
from govopen.storage.sql import SqlStore
from govopen.storage.verification import checkpoint, verify
from govopen.testing.conformance.store_records import TYPES, Note, note, unit


@pytest.fixture
def path(tmp_path):
    return tmp_path / "store.backup"


@pytest.fixture
def made(tmp_path, path, write_history):
    """The backup of a store with every kind of event, which is at ``source.db``."""
    with SqlStore.open(f"sqlite:///{tmp_path}/source.db", TYPES) as store:
        write_history(store)
        backup(store, path)
    return path


@pytest.fixture
def target(tmp_path):
    return f"sqlite:///{tmp_path}/target.db"


def content(url):
    """Everything in every table."""
    with SqlStore.open(url, TYPES) as store, store.reading() as connection:
        return {
            table.name: [
                tuple(row) for row in connection.execute(sa.select(table).order_by(*table.primary_key.columns))
            ]
            for table in schema.metadata.sorted_tables
        }


def test_a_restored_store_is_the_one_that_was_backed_up(made, tmp_path, target):
    report = restore(made, target, TYPES)
    assert report.verification.ok
    assert content(target) == content(f"sqlite:///{tmp_path}/source.db")


def test_it_goes_to_a_server_and_back(made, tmp_path, target, postgresql_url):
    restore(made, postgresql_url(), TYPES)
    with SqlStore.open(postgresql_url(), TYPES) as store:
        backup(store, tmp_path / "server.backup")
        known = checkpoint(store)
        with store.transaction() as transaction:
            transaction.put_many([note("new", "u3"), unit("u3")])  # new groups, numbered by the server
        assert verify(store, known).ok
    restore(tmp_path / "server.backup", target, TYPES)
    assert content(target) == content(f"sqlite:///{tmp_path}/source.db")


def test_a_restored_store_grows_on_and_keeps_its_checkpoints(made, tmp_path, target):
    with SqlStore.open(f"sqlite:///{tmp_path}/source.db", TYPES) as store:
        known = checkpoint(store)
    restore(made, target, TYPES)
    with SqlStore.open(target, TYPES) as store:
        with store.transaction() as transaction:
            transaction.put(note("a", "u3"))
        assert verify(store, known).ok


def test_the_report_counts_what_the_backup_holds(tmp_path, path, write_history):
    with SqlStore.open(f"sqlite:///{tmp_path}/source.db", TYPES) as store:
        write_history(store)
        report = backup(store, path)
        assert report.store == store.identity
        assert report.rows["govopen_journal"] == len(list(store.journal()))
        assert report.rows["govopen_record"] == 3
        assert report.attachments == 2
        assert report.size == path.stat().st_size


def test_only_the_owner_may_read_it_and_it_says_what_it_is(made):
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    with zipfile.ZipFile(made) as archive:
        manifest = json.loads(archive.read("manifest.json"))
    assert "personal data" in manifest["note"]


def test_it_replaces_nothing(made, tmp_path, target):
    before = made.read_bytes()
    with SqlStore.open(f"sqlite:///{tmp_path}/source.db", TYPES) as store, pytest.raises(StoreError, match="replaces"):
        backup(store, made)
    assert made.read_bytes() == before
    with SqlStore.open(target, TYPES) as store, store.transaction() as transaction:
        transaction.put(note("mine"))
    with pytest.raises(StoreError, match="not empty"):
        restore(made, target, TYPES)
    with SqlStore.open(target, TYPES) as store:
        assert [stored.record.id for stored in store.scan(Note)] == ["mine"]


def test_a_store_that_is_there_and_empty_takes_a_backup(made, tmp_path, target):
    SqlStore.open(target, TYPES).close()
    restore(made, target, TYPES)
    assert content(target) == content(f"sqlite:///{tmp_path}/source.db")


def test_another_programs_database_stays_as_it_is(made, tmp_path):
    theirs = tmp_path / "theirs.db"
    engine = sa.create_engine(f"sqlite:///{theirs}")
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE theirs (id)")
    engine.dispose()
    before = theirs.read_bytes()
    with pytest.raises(StoreError, match="not a govopen store"):
        restore(made, f"sqlite:///{theirs}", TYPES)
    assert theirs.read_bytes() == before


def test_a_folder_that_is_not_there_is_said(tmp_path):
    with SqlStore.open("sqlite://", TYPES) as store, pytest.raises(StoreError, match="cannot be written"):
        backup(store, tmp_path / "missing" / "b")
    with pytest.raises(StoreError, match="cannot be read"):
        restore(tmp_path / "none", "sqlite://", TYPES)


def cut_off(path):
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 2 // 3])


def empty(path):
    path.write_bytes(b"")


def bend(member):
    def tamper(path):
        """Change the content, and keep the archive whole."""
        rewrite(path, {member: lambda data: data[:-2] + bytes([data[-2] ^ 1]) + data[-1:]})

    return tamper


def leave_out(path):
    rewrite(path, {"entry.jsonl": lambda _: None})


def bend_a_byte(path):
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo("journal.jsonl")
    data = bytearray(path.read_bytes())
    data[info.header_offset + 60 + info.compress_size // 2] ^= 1
    path.write_bytes(data)


def rewrite(path, changes):
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            if (changed := changes.get(name, bytes)(data)) is not None:
                archive.writestr(name, changed)


@pytest.mark.parametrize(
    "tamper",
    [cut_off, empty, bend_a_byte, leave_out, bend("record.jsonl"), bend("manifest.json")],
    ids=["cut off", "empty", "bent", "member missing", "record changed", "manifest changed"],
)
def test_a_damaged_backup_is_refused_and_leaves_nothing_behind(made, tmp_path, target, tamper):
    tamper(made)
    with pytest.raises(StoreError, match="damaged or was cut off"):
        restore(made, target, TYPES)
    assert not list(tmp_path.glob("target.db*"))


def forge(path):
    """Change a record with all its checksums, as somebody would who knows how."""
    import hashlib

    with zipfile.ZipFile(path) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        journal = archive.read("journal.jsonl").replace(b'"u-7"', b'"u-8"')
    next(m for m in manifest["members"] if m["name"] == "journal.jsonl")["sha256"] = hashlib.sha256(journal).hexdigest()
    rewrite(path, {"journal.jsonl": lambda _: journal, "manifest.json": lambda _: json.dumps(manifest).encode()})


@pytest.mark.parametrize("server", [False, True], ids=["file", "server"])
def test_a_forged_backup_does_not_verify_and_leaves_nothing_behind(made, tmp_path, target, server, request):
    url = request.getfixturevalue("postgresql_url")() if server else target
    forge(made)
    with pytest.raises(StoreError, match="does not verify"):
        restore(made, url, TYPES)
    if server:
        with pytest.raises(StoreError, match="There is no store"):
            SqlStore.open(url, TYPES, create=False)
    else:
        assert not list(tmp_path.glob("target.db*"))


@pytest.mark.parametrize(("key", "error"), [("format", StoreTooNew), ("schema", StoreTooNew)])
def test_a_backup_of_a_newer_govopen_is_refused(made, target, key, error):
    def later(data):
        return json.dumps(json.loads(data) | {key: 99}).encode()

    rewrite(made, {"manifest.json": later})
    with pytest.raises(error, match="Upgrade govopen"):
        restore(made, target, TYPES)


def test_a_backup_of_an_older_schema_says_what_to_do(made, target):
    rewrite(made, {"manifest.json": lambda data: json.dumps(json.loads(data) | {"schema": 1}).encode()})
    with pytest.raises(StoreError, match="govopen migrate"):
        restore(made, target, TYPES)


def test_a_backup_is_of_one_moment_while_others_write(tmp_path, path, target, monkeypatch):
    """A write that comes after the first table was read is in none of them."""
    from govopen.storage import backup as module

    url = f"sqlite:///{tmp_path}/source.db"
    read = module._write_member

    def write_meanwhile(archive, name, pieces, table=""):
        done = read(archive, name, pieces, table)
        with SqlStore.open(url, TYPES) as other, other.transaction() as transaction:
            transaction.put(note(f"late-{name}"))
        return done

    with SqlStore.open(url, TYPES) as store:
        with store.transaction() as transaction:
            transaction.put(note("early"))
        monkeypatch.setattr(module, "_write_member", write_meanwhile)
        backup(store, path)
        assert store.count(Note) > 1
    restore(path, target, TYPES)
    with SqlStore.open(target, TYPES) as store:
        assert [stored.record.id for stored in store.scan(Note)] == ["early"]


def test_a_backup_left_half_done_stands_in_nobodys_way(tmp_path, path):
    path.with_name(path.name + ".part").write_bytes(b"half")
    with SqlStore.open("sqlite://", TYPES) as store:
        backup(store, path)
    assert [found.name for found in tmp_path.iterdir()] == [path.name]


def test_records_of_an_absent_type_are_restored_with_the_others(made, target):
    restore(made, target, [TYPES[0]])
    with SqlStore.open(target, TYPES) as store:
        assert store.count(Note) == 3


def test_it_takes_the_memory_of_a_page_however_much_there_is(tmp_path, path, target):
    with SqlStore.open(f"sqlite:///{tmp_path}/source.db", TYPES) as store:
        with store.transaction() as transaction:
            transaction.put_many(note(f"{n:05}", text="全文" * 50) for n in range(24_000))
        tracemalloc.start()
        backup(store, path)
        restore(path, target, TYPES)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    # All bodies together take 10 MB, and as much again in the journal.
    assert most < 5_000_000
