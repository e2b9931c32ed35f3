"""The reference receiver does what the specification says, to whoever asks."""

from __future__ import annotations

import contextlib
import io
import json
import sqlite3
from pathlib import Path
from typing import Any

import attrs
import pytest
from govopen_http_push_here import SECRET

from govopen.model.catalog import InformationItem
from govopen.model.codec import encode
from govopen.model.published import public_digest, public_form
from govopen.testing.parcels import attached, disclosed
from govopen_http_push.ledger import KEPT
from govopen_http_push.receiver import Receiver
from govopen_http_push.signing import SCHEME, WINDOW, Signer, canonical_path, item_key, sha256

OTHER = "another secret of thirty-two bytes or more"
NOW = 1_772_442_000.0
ONE, TWO = "1" * 32, "2" * 32
ITEM = disclosed("a-1")
KEY, DIGEST = item_key("a-1"), public_digest(ITEM)


def body_of(item: InformationItem, **changes: Any) -> str:
    """The item as it comes."""
    about = {"unit": {}, "column": None, "published_on": "2011-12-31", "updated_on": None}
    return json.dumps({"form": encode(public_form(item)).decode(), **about, **changes})


BODY = body_of(ITEM)


@attrs.define
class Client:
    """Asks a receiver, without a network between them."""

    receiver: Receiver
    now: float = NOW
    asked: int = 0

    def ask(self, method: str, path: str, body: str | bytes = b"", **changes: Any) -> tuple[int, dict[str, Any]]:
        """The status and the answer; ``changes`` are what the request has otherwise than it should."""
        content = body.encode() if isinstance(body, str) else body
        path, _, query = path.partition("?")
        self.asked += 1
        whole: dict[str, Any] = {
            "script": "",
            "time": str(int(self.now)),
            "key": "" if method == "GET" else f"{self.asked:064x}",
            "digest": sha256(content),
            "secret": SECRET,
            "sent": content,
            "scheme": SCHEME,
            "length": None,
            "input": None,
        } | changes
        signature = Signer(whole["secret"].encode()).sign(
            method,
            canonical_path(whole["script"] + path),
            query=query,
            time=whole["time"],
            key=whole["key"],
            body=whole["digest"],
        )
        environ = {
            "REQUEST_METHOD": method,
            # As PEP 3333 hands over what is not ASCII.
            "SCRIPT_NAME": whole["script"].encode().decode("latin-1"),
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "CONTENT_LENGTH": str(len(whole["sent"])) if whole["length"] is None else whole["length"],
            "HTTP_AUTHORIZATION": f"{whole['scheme']} {signature}",
            "HTTP_GOVOPEN_TIME": whole["time"],
            "HTTP_GOVOPEN_CONTENT_SHA256": whole["digest"],
            "HTTP_IDEMPOTENCY_KEY": whole["key"],
            "wsgi.input": whole["input"] or io.BytesIO(whole["sent"]),
        }
        told: list[str] = []
        answer = b"".join(self.receiver(environ, lambda status, _: told.append(status)))
        return int(told[0].split()[0]), json.loads(answer)

    def put(self, batch: str = ONE, **changes: Any) -> tuple[int, dict[str, Any]]:
        return self.ask("PUT", f"/batches/{batch}/items/{KEY}", BODY, **changes)

    def settle(self, batch: str = ONE, *, put: Any = (), withdrawn: Any = (), **changes: Any) -> tuple[int, Any]:
        body = json.dumps({"put": dict(put), "withdrawn": list(withdrawn)})
        return self.ask("POST", f"/batches/{batch}/settle", body, **changes)

    def held(self) -> list[str]:
        return [entry["item"] for entry in self.ask("GET", "/inventory")[1]["held"]]


@pytest.fixture
def client(tmp_path: Path) -> Client:
    """Of a receiver with an open batch."""
    made = Client(None)  # type: ignore[arg-type]  # its clock is the client's
    made.receiver = Receiver(
        tmp_path, [SECRET.encode()], public_url="https://x.example", largest=100_000, clock=lambda: made.now
    )
    assert made.ask("PUT", f"/batches/{ONE}") == (200, {"batch": ONE})
    return made


@pytest.mark.parametrize(
    ("changes", "status", "error"),
    [
        ({"secret": OTHER}, 401, "signature"),
        ({"scheme": "Bearer"}, 401, "signature"),
        ({"time": str(int(NOW) - WINDOW - 1)}, 401, "clock"),
        ({"time": str(int(NOW) + WINDOW + 1)}, 401, "clock"),
        ({"time": ""}, 401, "clock"),
        ({"time": "-1"}, 401, "clock"),
        ({"time": "٣"}, 401, "clock"),
        ({"digest": "0" * 64}, 400, "body-digest"),
        ({"sent": b"something else"}, 400, "body-digest"),
        ({"sent": b""}, 400, "body-digest"),
        ({"key": ""}, 400, "key"),
        ({"key": "X" * 64}, 400, "key"),
        ({"length": "x"}, 411, "length"),
        ({"length": "100001"}, 413, "size"),
        ({"length": "100001", "secret": OTHER}, 401, "signature"),
    ],
)
def test_what_is_signed_wrongly_or_comes_otherwise_than_it_was_signed_is_refused(
    client: Client, changes: dict[str, Any], status: int, error: str
) -> None:
    assert client.put(**changes) == (status, {"error": error})
    assert client.settle(put={KEY: DIGEST}) == (409, {"error": "batch-differs"})


@pytest.mark.parametrize("changes", [{"secret": OTHER}, {"time": "0"}, {"length": "100001"}], ids=list)
def test_of_a_stranger_or_without_measure_no_body_is_read(client: Client, changes: dict[str, Any]) -> None:
    assert client.put(input=object(), **changes)[0] in {401, 413}
    with pytest.raises(AttributeError, match="read"):
        client.put(input=object())


@pytest.mark.parametrize("away", [-WINDOW, WINDOW])
def test_a_clock_that_is_a_little_off_is_fine(client: Client, away: int) -> None:
    assert client.put(time=str(int(NOW) + away))[0] == 200


def test_the_inventory_is_for_those_who_have_the_secret(client: Client) -> None:
    assert client.ask("GET", "/inventory", secret=OTHER)[0] == 401
    assert client.ask("GET", "/inventory", time="0")[0] == 401
    assert client.ask("GET", "/inventory") == (200, {"held": [], "next": None})


def test_while_a_secret_is_changed_both_are_taken(tmp_path: Path) -> None:
    new = "the next secret, which is long enough too"
    receiver = Receiver(tmp_path, [SECRET.encode(), new.encode()], public_url="", clock=lambda: NOW)

    assert [Client(receiver).ask("GET", "/inventory", secret=secret)[0] for secret in (SECRET, new, "x" * 32)] == [
        200,
        200,
        401,
    ]


def test_below_another_application_the_whole_path_is_signed(client: Client) -> None:
    assert client.ask("GET", "/inventory", script="/公开")[0] == 200


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 404),
        ("GET", "/inventory/", 404),
        ("PUT", f"/batches/{ONE.upper()}x", 404),
        ("PUT", f"/batches/{ONE}/items/a-1", 404),
        ("PUT", f"/batches/{ONE}/items/{KEY}/", 404),
        ("POST", "/inventory", 405),
        ("GET", f"/batches/{ONE}", 405),
        ("PATCH", f"/batches/{ONE}/items/{KEY}", 405),
        ("DELETE", f"/batches/{ONE}/files/{DIGEST}", 405),
        ("PUT", f"/batches/{ONE}/settle", 405),
    ],
)
def test_there_is_nothing_else_to_ask(client: Client, method: str, path: str, status: int) -> None:
    assert client.ask(method, path, key="a" * 64)[0] == status


def test_the_same_key_gives_the_same_answer_and_acts_once(client: Client) -> None:
    same = {"key": "a" * 64}
    first = client.put(**same)
    client.ask("DELETE", f"/batches/{ONE}/items/{KEY}")

    assert first == client.put(**same)
    assert client.settle(put={KEY: DIGEST})[0] == 409, "it was withdrawn after it had come"
    settled = client.settle(withdrawn=[KEY], key="b" * 64)
    assert settled == (200, {"put": {}, "withdrawn": [KEY]})
    assert client.settle(withdrawn=[KEY], key="b" * 64) == settled
    assert client.settle(withdrawn=[KEY]) == (409, {"error": "closed"})


def test_a_key_used_for_something_else_is_refused(client: Client) -> None:
    client.put(key="a" * 64)

    assert client.ask("DELETE", f"/batches/{ONE}/items/{KEY}", key="a" * 64) == (422, {"error": "key-reused"})
    assert client.ask("PUT", f"/batches/{ONE}/items/{KEY}", BODY + " ", key="a" * 64) == (422, {"error": "key-reused"})


def test_what_was_refused_may_be_asked_again_under_its_key(client: Client) -> None:
    content = b"content"
    item = attrs.evolve(ITEM, attachments=(attached("a.txt", content),))
    body = body_of(item)
    asked = ("PUT", f"/batches/{ONE}/items/{KEY}", body)

    assert client.ask(*asked, key="a" * 64) == (409, {"error": "file-missing"})
    client.ask("PUT", f"/batches/{ONE}/files/{sha256(content)}", content)
    assert client.ask(*asked, key="a" * 64)[0] == 200


def test_a_file_is_known_by_what_it_holds(client: Client) -> None:
    assert client.ask("PUT", f"/batches/{ONE}/files/{sha256(b'a')}", b"a") == (200, {"digest": sha256(b"a")})
    assert client.ask("PUT", f"/batches/{ONE}/files/{sha256(b'a')}", b"b") == (400, {"error": "file-digest"})


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ("", "body"),
        ("[]", "body"),
        ("[" * 100_000, "body"),
        ("{}", "body"),
        (BODY.replace("2011-12-31", "yesterday"), "body"),
        (BODY.replace('"2011-12-31"', "null"), "body"),
        (body_of(ITEM, form=1), "body"),
        (body_of(ITEM, form="no JSON"), "form"),
        (body_of(ITEM, form="[]"), "form"),
        (body_of(ITEM, form='{"id": "a-2"}'), "form"),
        (body_of(ITEM, form='{"id": "a-1", "attachments": [1]}'), "form"),
    ],
)
def test_an_item_that_is_none_is_refused(client: Client, body: str, error: str) -> None:
    assert client.ask("PUT", f"/batches/{ONE}/items/{KEY}", body) == (400, {"error": error})


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM files",
        "UPDATE files SET content = x'00'",
        "INSERT INTO files SELECT key, 'more', content FROM files",
    ],
)
def test_a_file_that_is_gone_changed_or_more_than_came_shows_in_the_inventory(
    client: Client, tmp_path: Path, change: str
) -> None:
    item = attrs.evolve(ITEM, attachments=(attached("a.txt", b"content"),))
    client.ask("PUT", f"/batches/{ONE}/files/{sha256(b'content')}", b"content")
    client.ask("PUT", f"/batches/{ONE}/items/{KEY}", body_of(item))
    client.settle(put={KEY: public_digest(item)})
    digests = [client.ask("GET", "/inventory")[1]["held"][0]["digest"]]
    with contextlib.closing(sqlite3.connect(tmp_path / "received.sqlite")) as db, db:
        db.execute(change)
    digests.append(client.ask("GET", "/inventory")[1]["held"][0]["digest"])

    assert digests[0] == public_digest(item)
    assert digests[1] not in {public_digest(item), public_digest(ITEM)}


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        '{"put": []}',
        '{"put": {"x": "y"}, "withdrawn": []}',
        '{"put": {}, "withdrawn": ["x"]}',
        json.dumps({"put": {KEY: DIGEST}, "withdrawn": [KEY]}),
    ],
)
def test_a_settlement_that_names_nothing_rightly_is_refused(client: Client, body: str) -> None:
    client.put()

    assert client.ask("POST", f"/batches/{ONE}/settle", body) == (400, {"error": "body"})
    assert client.held() == []


@pytest.mark.parametrize(
    ("put", "withdrawn"),
    [
        ({KEY: "0" * 64}, []),
        ({KEY: DIGEST, "0" * 64: DIGEST}, []),
        ({KEY: DIGEST}, ["0" * 64]),
        ({}, [KEY]),
    ],
    ids=["another-digest", "an-item-more", "a-withdrawal-more", "put-not-withdrawn"],
)
def test_a_settlement_of_something_else_than_came_shows_nothing_at_all(
    client: Client, put: dict[str, str], withdrawn: list[str]
) -> None:
    client.put()

    assert client.settle(put=put, withdrawn=withdrawn) == (409, {"error": "batch-differs"})
    assert client.held() == []
    assert client.settle(put={KEY: DIGEST})[0] == 200
    assert client.held() == ["a-1"]


def test_what_a_settlement_does_not_name_is_forgotten(client: Client, tmp_path: Path) -> None:
    client.put()
    client.settle()

    assert client.held() == []
    assert ITEM.title.encode() not in (tmp_path / "received.sqlite").read_bytes()


def test_a_new_batch_supersedes_the_open_one_and_never_the_other_way_round(client: Client) -> None:
    client.put()
    begun = {"key": "b" * 64}
    assert client.ask("PUT", f"/batches/{TWO}", **begun)[0] == 200
    for answer in (client.put(), client.settle(put={KEY: DIGEST}), client.ask("PUT", f"/batches/{ONE}")):
        assert answer == (409, {"error": "superseded"})
    assert client.ask("PUT", f"/batches/{TWO}", key="c" * 64) == (200, {"batch": TWO}), "it is open still"
    assert client.put(TWO)[0] == 200
    assert client.settle(TWO, put={KEY: DIGEST})[0] == 200
    assert client.ask("PUT", f"/batches/{TWO}") == (409, {"error": "closed"})
    assert client.ask("PUT", f"/batches/{TWO}", **begun)[0] == 200, "the answer of the first time"
    assert client.put(TWO) == (409, {"error": "closed"})
    assert client.held() == ["a-1"]


def test_a_discarded_batch_is_gone_and_to_discard_it_again_is_fine(client: Client) -> None:
    client.put()

    assert [client.ask("DELETE", f"/batches/{batch}")[0] for batch in (ONE, ONE, TWO)] == [200, 200, 200]
    assert client.settle(put={KEY: DIGEST}) == (409, {"error": "closed"})


def test_a_batch_that_was_never_begun_takes_nothing(client: Client) -> None:
    assert client.put(TWO) == (409, {"error": "closed"})


def test_answers_and_closed_batches_are_kept_longer_than_a_signature_holds_and_not_for_ever(
    client: Client, tmp_path: Path
) -> None:
    assert KEPT > 2 * WINDOW
    client.settle()
    client.now += KEPT + 1
    client.ask("PUT", f"/batches/{TWO}")
    db = sqlite3.connect(tmp_path / "received.sqlite")
    kept = [db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("answers", "batches")]  # noqa: S608
    db.close()

    assert kept == [1, 1]


def test_a_page_of_the_inventory_names_the_next_one(tmp_path: Path) -> None:
    client = Client(Receiver(tmp_path, [SECRET.encode()], public_url="https://x.example", page=2, clock=lambda: NOW))
    client.ask("PUT", f"/batches/{ONE}")
    put = {}
    for id_ in ("b", "号", "A", "𠀀", "a"):
        item = disclosed(id_)
        put[item_key(id_)] = public_digest(item)
        body = body_of(item)
        client.ask("PUT", f"/batches/{ONE}/items/{item_key(id_)}", body)
    client.settle(put=put)
    found, query = [], ""
    while True:
        _, page = client.ask("GET", f"/inventory{query}")
        found.append([entry["item"] for entry in page["held"]])
        if page["next"] is None:
            break
        query = f"?page={page['next']}"

    assert found == [["A", "a"], ["b", "号"], ["𠀀"]]
    assert client.ask("GET", "/inventory?page=%ff") == (400, {"error": "page"})
    assert client.ask("GET", "/inventory?other=1") == (400, {"error": "page"})


def test_an_identifier_that_is_no_text_is_refused(client: Client) -> None:
    """JSON can name half a character; nothing can keep one."""
    half = body_of(ITEM, form='{"id": "\\ud800"}')

    assert client.ask("PUT", f"/batches/{ONE}/items/{item_key(chr(0xD800))}", half) == (400, {"error": "form"})


@pytest.mark.parametrize("path", ["/\xff\xfe", "/inventory\xe5", "/批次".encode().decode("latin-1")])
def test_a_path_that_is_no_text_is_refused_like_any_other(client: Client, path: str) -> None:
    """By whoever comes along, before anything was signed: it must not end in a traceback."""
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "wsgi.input": io.BytesIO()}
    told: list[str] = []

    assert b"".join(client.receiver(environ, lambda status, _: told.append(status))) == b'{"error": "signature"}'
    assert told == ["401 Unauthorized"]


def test_a_database_that_cannot_be_used_is_said_without_a_word_of_it(client: Client, tmp_path: Path) -> None:
    (tmp_path / "received.sqlite").write_bytes(b"no database at all, and long enough to be taken for one" * 99)

    assert client.put() == (503, {"error": "storage"})
