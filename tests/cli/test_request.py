"""Requests on the command line: their course, their deadlines, and that nobody reads who asked."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from govopen.texts import LANGUAGES

MARK = "哨兵"
PLACE = re.compile(r"\{[a-z_]+\}")
REQUESTS = """\
{"id": "r-1", "unit": "bureau", "received_on": "2026-03-02", "channel": "in_person", \
"applicant_kind": "natural_person", "applicant": {"name": "哨兵姓名", "identity_proof": "哨兵证件", \
"contact": "哨兵电话"}, "description": "哨兵所需"}
{"id": "r-2", "unit": "bureau", "received_on": "2026-03-02", "channel": "email", \
"applicant": {"name": "哨兵姓名"}, "description": "哨兵所问"}
"""
REFUSAL = "--outcome refused --ground personal_privacy --reasons 哨兵 --remedies-named --not-severed"


@pytest.fixture
def received(run: Any, office: Path) -> Path:
    """A workspace with two requests of 2026-03-02, one still to be confirmed."""
    (office / "requests.jsonl").write_text(REQUESTS, encoding="utf-8")
    ended = run("request", "receive", "requests.jsonl", "--as", "chen")
    assert ended.status == 0, ended.err
    assert MARK not in ended.out
    return office


def state(ended: Any) -> str:
    assert ended.status == 0, ended.err
    found = re.search(r"\[(\w+)\]", ended.out)
    assert found is not None
    return found[1]


def test_the_date_of_receipt_is_that_of_the_file_even_if_it_is_entered_later(
    run: Any, office: Path, clock: Any
) -> None:
    (office / "requests.jsonl").write_text(REQUESTS, encoding="utf-8")
    clock.set("2026-03-05")

    ended = run("request", "receive", "requests.jsonl", "--as", "chen")

    assert "r-1: date of receipt 2026-03-02, received, to be labelled [received]" in ended.out
    assert "[arrived]" in ended.out
    assert run("request", "receive", "requests.jsonl", "--as", "chen").status == 2


def test_a_request_is_shown_with_its_deadline_day_by_day_and_without_the_applicant(run: Any, received: Path) -> None:
    shown = run("request", "show", "r-1")

    assert "Due: 2026-03-30  bureau  r-1  reply to the request; ogi-2019:33" in shown.out
    assert "working days counted: 20 of 20" in shown.out
    assert MARK not in shown.out + shown.err
    assert MARK not in run("request", "show", "r-1", "--format", "json").out


def test_who_asked_is_shown_to_those_who_say_that_they_want_it(run: Any, received: Path) -> None:
    shown = run("request", "show", "r-1", "--personal")

    assert all(word in shown.out for word in ("哨兵姓名", "哨兵证件", "哨兵电话", "哨兵所需"))
    assert "personal data" in shown.err
    assert run("request", "show", "r-1", "--personal", "--format", "json").status == 2


def test_the_course_of_a_request_from_triage_to_reply(run: Any, received: Path, clock: Any) -> None:
    steps = [
        ("2026-03-03", "triage r-1 information --as chen", "handling"),
        ("2026-03-04", "ask-correction r-1 --what 哨兵 --until 2026-03-20 --as chen", "awaiting_correction"),
        ("2026-03-09", "corrected r-1 --description 哨兵 --as chen", "handling"),
        ("2026-03-10", "consult r-1 third_party --asked 哨兵 --as chen", "consulting"),
        ("2026-03-12", "answered r-1 object --as chen", "handling"),
        ("2026-03-13", "extend r-1 --days 10 --as li", "handling"),
        ("2026-03-16", "extended r-1 --as chen", "handling"),
        ("2026-03-17", f"reply r-1 {REFUSAL} --as chen", "replied"),
    ]
    said = []
    for day, call, reached in steps:
        clock.set(day)
        ended = run("request", *call.split())
        assert state(ended) == reached
        said.append(ended.out)
    shown = run("request", "show", "r-1").out

    assert "2026-03-10  third_party  -> 2026-03-12  object" in shown
    assert "refused.third_party" in shown
    assert MARK not in "".join(said) + shown
    assert "Due:" not in shown


def test_fees_and_excess_have_their_steps(run: Any, received: Path, clock: Any) -> None:
    run("request", "triage", "r-1", "information", "--as", "chen")
    assert state(run("request", "ask-reasons", "r-1", "--as", "chen")) == "awaiting_reasons"
    weighed = run("request", "weigh-reasons", "r-1", "good", "--given-on", "2026-03-02", "--as", "chen")
    assert state(weighed) == "handling"
    assert state(run("request", "delay", "r-1", "--until", "2026-05-29", "--as", "chen")) == "handling"
    charged = run("request", "charge", "r-1", "--amount", "100.00", "--method", "per_item", "--as", "chen")
    assert state(charged) == "awaiting_payment"
    assert "-> 2026-05-29" in run("request", "show", "r-1").out
    clock.set("2026-03-03")
    assert state(run("request", "paid", "r-1", "--as", "chen")) == "handling"
    assert "fee  100.00  -> 2026-03-03" in run("request", "show", "r-1").out


@pytest.mark.parametrize(
    "call",
    [
        "extend r-1 --days 十 --as li",
        "charge r-1 --amount 1e3 --as chen",
        "answered r-1 maybe --as chen",
        "reply r-1 --as chen",
        "show r-9",
        "triage r-9 information --as chen",
    ],
)
def test_what_cannot_be_meant_is_bad_input(run: Any, received: Path, call: str) -> None:
    ended = run("request", *call.split())

    assert ended.status == 2
    assert "Traceback" not in ended.err


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_refused_step_says_who_may_do_what_instead(run: Any, received: Path, lang: str) -> None:
    early = run("request", "triage", "r-2", "information", "--as", "chen", "--lang", lang)
    stranger = run("request", "triage", "r-1", "information", "--as", "wang", "--lang", lang)

    assert early.status == stranger.status == 2
    assert ("confirm the date of receipt" if lang == "en" else "确认收到申请之日") in early.err
    assert not PLACE.search(early.err + stranger.err)


def test_an_item_that_is_not_cleared_is_given_to_nobody(run: Any, received: Path) -> None:
    run("item", "draft", "drafts.jsonl", "--as", "chen")
    run("request", "triage", "r-1", "information", "--as", "chen")
    ended = run("request", "reply", "r-1", "--outcome", "granted", "--item", "fee-1", "--as", "chen")

    assert ended.status == 2
    assert "its content has had no secrecy review" in ended.err
    assert MARK not in ended.err
    assert "[handling]" in run("request", "show", "r-1").out


def test_an_item_that_is_cleared_for_the_applicant_is_given(run: Any, received: Path) -> None:
    for call in (
        "item draft drafts.jsonl --as chen",
        "item secrecy fee-1 not_classified --as li",
        "item propose fee-1 on_request --as chen",
        "item review fee-1 --as li",
        "item decide fee-1 --as wang",
        "request triage r-1 information --as chen",
    ):
        assert run(*call.split()).status == 0
    ended = run("request", "reply", "r-1", "--kind", "granted", "--item", "fee-1", "--as", "chen")

    assert state(ended) == "replied"
    assert "reply  granted  fee-1" in run("request", "show", "r-1").out


def test_requests_end_in_other_ways_too(run: Any, received: Path, clock: Any) -> None:
    enquiry = run("request", "confirm", "r-2", "--as", "chen")
    assert state(enquiry) == "received"
    assert run("request", "triage", "r-2", "enquiry", "--as", "chen").status == 2
    assert state(run("request", "triage", "r-2", "enquiry", "--reason", "哨兵", "--as", "chen")) == "enquiry"
    run("request", "triage", "r-1", "information", "--as", "chen")
    transfer = ("request", "transfer", "r-1", "--to", "另一局", "--reasons", "哨兵", "--as", "chen")
    assert run(*transfer).status == 2
    assert state(run(*transfer, "--remedies-named")) == "replied"
    assert run("request", "withdraw", "r-1", "--as", "chen").status == 2
    assert run("request", "abandon", "r-1", "--as", "chen").status == 2


def test_a_request_that_is_not_corrected_in_time_counts_as_abandoned(run: Any, received: Path, clock: Any) -> None:
    run("request", "triage", "r-1", "information", "--as", "chen")
    run("request", "ask-correction", "r-1", "--what", "x", "--until", "2026-03-20", "--as", "chen")
    assert run("request", "abandon", "r-1", "--as", "chen").status == 2
    clock.set("2026-03-23")

    assert state(run("request", "abandon", "r-1", "--as", "chen")) == "abandoned"


def test_personal_data_are_erased_when_their_time_is_over_and_the_journal_still_holds(
    run: Any, received: Path, clock: Any
) -> None:
    run("request", "withdraw", "r-1", "--as", "chen")
    early = run("request", "erase", "--unit", "bureau", "--as", "wang")
    clock.set("2026-04-03")
    done = run("request", "erase", "--unit", "bureau", "--as", "wang")

    assert early.out == "Personal data erased. Requests: 0.\n"
    assert done.out == "r-1\nPersonal data erased. Requests: 1.\n"
    assert MARK not in run("request", "show", "r-1", "--personal").out
    assert run("journal", "verify").status == 0


def test_what_is_due_is_listed_overdue_first_and_as_json_and_calendar(run: Any, received: Path, clock: Any) -> None:
    clock.set("2026-03-31")
    text = run("due").out
    found = json.loads(run("due", "--format", "json", "--explain").out)["deadlines"]
    calendar = run("due", "--format", "ics", "-o", "due.ics")

    assert text.index("Overdue") < text.index("2026-03-30  bureau  r-1") < text.index("Without a day")
    reply = next(entry for entry in found if entry["key"] == "request:r-1:reply")
    assert (reply["due"], reply["overdue"], reply["explanation"]["counted"]) == ("2026-03-30", True, 20)
    assert calendar.out == ""
    written = (received / "due.ics").read_bytes().decode()
    assert "UID:request:r-1:reply@govopen" in written
    assert MARK not in text + json.dumps(found, ensure_ascii=False) + written


def test_due_looks_as_far_ahead_as_it_is_told(run: Any, received: Path) -> None:
    assert "reply to the request" not in run("due", "--within", "3", "--unit", "bureau").out
    assert "2026-03-30" in run("due", "--within", "30").out
    assert "2026-03-30" in run("due", "--all").out
    assert "Overdue" in run("due", "--as-of", "2026-04-01").out
    assert run("due", "--unit", "nobody").status == 2
    assert run("due", "--within", "-1").status == 2
    assert run("due", "--format", "ics", "--explain").status == 2


def test_nothing_due_is_said(run: Any, office: Path) -> None:
    assert run("due").out == "Nothing is due.\n"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_place_of_a_message_stays_empty(run: Any, received: Path, lang: str) -> None:
    outputs = [
        run("request", "show", "r-1", "--personal", "--lang", lang),
        run("request", "triage", "r-1", "information", "--as", "chen", "--lang", lang),
        run("due", "--all", "--explain", "--lang", lang),
    ]

    assert not any(PLACE.search(ended.out + ended.err) for ended in outputs)
