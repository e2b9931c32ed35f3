"""The review of an item on the command line: who may do what, what is said of it, and what is not."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from govopen.texts import LANGUAGES

MARK = "哨兵"
PERSONS = ("陈拟稿", "李审核", "王审定")
PLACE = re.compile(r"\{[a-z_]+\}")


def test_each_step_says_where_the_item_stands_and_who_may_do_what_next(run: Any, office: Path) -> None:
    said = [
        run(*call.split()).out
        for call in (
            "item draft drafts.jsonl --as chen",
            "item secrecy fee-1 not_classified --as li",
            "item propose fee-1 proactive --as chen",
            "item review fee-1 --as li",
            "item decide fee-1 --as wang",
        )
    ]

    assert [re.findall(r"\[(\w+)\]", text) for text in said] == [
        ["draft"],
        ["secrecy_reviewed"],
        ["proposed"],
        ["reviewed"],
        ["decided"],
    ]
    assert "propose the attribute: drafter (chen)  govopen item propose fee-1" in said[1]
    assert "decide: principal leader (wang)  govopen item decide fee-1" in said[3]
    assert not any(word in text for text in said for word in (MARK, *PERSONS))


def test_the_account_can_come_from_the_environment(run: Any, office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOVOPEN_ACTOR", "chen")

    assert run("item", "draft", "drafts.jsonl").status == 0


@pytest.mark.parametrize(("args", "told"), [((), "Nobody is named"), (("--as", "chan"), "no account 'chan'")])
def test_an_account_that_nobody_knows_is_answered_with_those_there_are(
    run: Any, office: Path, args: tuple[str, ...], told: str
) -> None:
    ended = run("item", "draft", "drafts.jsonl", *args)

    assert ended.status == 2
    assert told in ended.err
    assert "chen, li, wang" in ended.err


def test_a_workspace_without_accounts_says_where_they_are_named(run: Any, workspace: Path) -> None:
    ended = run("item", "review", "fee-1", "-w", workspace, "--as", "li")

    assert ended.status == 2
    assert "[actors." in ended.err


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_refused_step_says_who_may_do_what_instead(run: Any, office: Path, lang: str) -> None:
    run("item", "draft", "drafts.jsonl", "--as", "chen")
    early = run("item", "decide", "fee-1", "--as", "wang", "--lang", lang)
    stranger = run("item", "secrecy", "fee-1", "not_classified", "--as", "chen", "--lang", lang)

    assert early.status == stranger.status == 2
    assert early.out == stranger.out == ""
    assert ("secrecy reviewer" if lang == "en" else "保密审查人") in early.err
    assert "chen, li, wang" in early.err
    assert "Traceback" not in early.err + stranger.err
    assert not any(word in early.err + stranger.err for word in (MARK, *PERSONS))


def test_what_is_sent_back_has_a_reason_and_goes_to_the_drafter(run: Any, office: Path) -> None:
    run("item", "draft", "drafts.jsonl", "--as", "chen")
    run("item", "secrecy", "fee-1", "not_classified", "--as", "li")
    run("item", "propose", "fee-1", "exempt", "--ground", "trade_secret", "--as", "chen")

    assert run("item", "return", "fee-1", "--as", "li").status == 2
    ended = run("item", "return", "fee-1", "--as", "li", "--reason", "哨兵理由")
    assert "[secrecy_reviewed]" in ended.out
    shown = run("item", "show", "fee-1").out
    assert "exempt (trade_secret)" in shown
    assert "section_head  returned" in shown
    assert MARK not in shown
    assert "李审核: 哨兵理由" in run("item", "show", "fee-1", "--text").out


def test_an_item_that_is_not_cleared_is_shown_without_a_word_of_it(run: Any, office: Path) -> None:
    run("item", "draft", "drafts.jsonl", "--as", "chen")
    shown, asked = run("item", "show", "fee-1"), run("item", "show", "fee-1", "--text")

    assert "no-secrecy-review  its content has had no secrecy review" in shown.out
    assert MARK not in shown.out + run("item", "show", "fee-1", "--format", "json").out
    assert "哨兵正文" in asked.out
    assert "not cleared for the public" in asked.err


def test_an_item_that_is_cleared_is_shown_without_those_who_signed(run: Any, decided: Path) -> None:
    shown = run("item", "show", "fee-1").out

    assert "Cleared for the public." in shown
    assert "哨兵正文" in shown
    assert "own: publish, queued on 2026-03-02" in shown
    assert not any(person in shown for person in PERSONS)
    assert all(person in run("item", "show", "fee-1", "--text").out for person in PERSONS)


def test_the_json_of_an_item_holds_codes_and_no_text_even_of_a_cleared_one(run: Any, decided: Path) -> None:
    run("publish")
    text = run("item", "show", "fee-1", "--format", "json", "--text").out
    found = json.loads(text)

    assert (found["state"], found["cleared"], found["bars"]) == ("decided", True, [])
    assert [entry["url"] for entry in found["published"]] == [
        "https://own.example.gov.cn/fee-1/",
        "https://portal.example.gov.cn/fee-1/",
    ]
    assert {entry["step"] for entry in found["next"]} >= {"change", "withdraw"}
    assert not any(word in text for word in (MARK, *PERSONS))


def test_what_a_screener_holds_up_is_told_by_code_and_place_and_can_be_let_pass(run: Any, office: Path) -> None:
    text = (office / "drafts.jsonl").read_text(encoding="utf-8").replace("哨兵正文", "哨兵正文 13812345678")
    (office / "drafts.jsonl").write_text(text, encoding="utf-8")
    for call in (
        "item draft drafts.jsonl --as chen",
        "item secrecy fee-1 not_classified --as li",
        "item propose fee-1 proactive --as chen",
        "item review fee-1 --as li",
        "item decide fee-1 --as wang",
    ):
        run(*call.split())
    shown = run("item", "show", "fee-1").out
    refused = run("item", "override", "fee-1", "mobile-number", "--reason", "哨兵理由", "--as", "chen")
    wrong = run("item", "override", "fee-1", "identity-number", "--reason", "哨兵理由", "--as", "li")
    passed = run("item", "override", "fee-1", "mobile-number", "--reason", "哨兵理由", "--as", "li")

    assert "held-up" in shown
    assert "mobile-number in text, characters 5 to 16" in shown
    assert "13812345678" not in shown
    assert (refused.status, wrong.status, passed.status) == (2, 2, 0)
    assert "Cleared for the public." in run("item", "show", "fee-1").out
    assert MARK not in refused.err + wrong.err + passed.out


def test_changed_content_and_a_new_file_restart_the_review(run: Any, decided: Path) -> None:
    (decided / "list.txt").write_text("附件", encoding="utf-8")
    attached = run("item", "attach", "fee-1", "list.txt", "--name", "标准.txt", "--as", "chen")

    assert "[draft]" in attached.out
    assert "Files: 1" in run("item", "show", "fee-1").out
    assert "标准.txt" not in run("item", "show", "fee-1").out
    run("item", "secrecy", "fee-1", "not_classified", "--as", "li")
    assert "[draft]" in run("item", "draft", "drafts.jsonl", "--as", "chen").out


def test_a_draft_is_read_like_an_import_and_every_problem_is_named(run: Any, office: Path) -> None:
    (office / "bad.jsonl").write_text('{"id": "x", "unit": "bureau", "category": "哨兵"}\n{"id": "y"}\n', "utf-8")
    (office / "unit.jsonl").write_text('{"type": "unit", "id": "x"}\n', encoding="utf-8")
    bad, other = (run("item", "draft", f"{name}.jsonl", "--as", "chen") for name in ("bad", "unit"))

    assert (bad.status, other.status) == (2, 2)
    assert "bad.jsonl:1" in bad.err
    assert "bad.jsonl:2" in bad.err
    assert MARK not in bad.err
    assert run("item", "draft", "none.jsonl", "--as", "chen").status == 2


def test_a_determination_takes_the_item_away_and_leaves_no_text(run: Any, decided: Path, clock: Any) -> None:
    run("publish")
    determine = ("item", "determine", "fee-1", "--as", "wang", "--level", "mimi", "--basis", "secrets-2024:13")
    power = ("--authority", "original", "--authorisation", "A-1")
    endless = run(*determine, *power)
    too_long = run(*determine, *power, "--until", "2046-03-02")
    done = run(*determine, *power, "--until", "2030-03-01")

    assert (endless.status, too_long.status, done.status) == (2, 2, 0)
    assert run("publish").status == 0
    assert not list((decided / "public").rglob("item.json"))
    shown = run("item", "show", "fee-1", "--text").out
    assert "secret until 2030-03-01" in shown
    assert "classified  it is classified" in shown
    assert MARK not in shown
    assert json.loads(run("item", "show", "fee-1", "--format", "json").out)["secrecy"]["until"] == "2030-03-01"
    extend = (
        "item",
        "extend",
        "fee-1",
        "--until",
        "2031-03-01",
        "--basis",
        "secrets-2024:24",
        "--authorisation",
        "A-2",
    )
    assert run(*extend, "--as", "li").status == 2
    assert "[extended]" in run(*extend, "--as", "wang").out
    assert "[declassified]" in run("item", "declassify", "fee-1", "--as", "wang").out
    assert "not-recorded" in run("item", "show", "fee-1").out


def test_nobody_knows_whose_secret_it_is_without_item_or_unit(run: Any, office: Path) -> None:
    args = ("--level", "mimi", "--basis", "secrets-2024:13", "--authority", "derivative", "--authorisation", "A-1")
    unknown = run("item", "determine", "s-1", *args, "--until", "2030-03-01", "--as", "wang")

    assert unknown.status == 2
    assert "--unit" in unknown.err
    assert run("item", "determine", "s-1", *args, "--condition", "--unit", "bureau", "--as", "wang").status == 0


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_place_of_a_message_stays_empty(run: Any, decided: Path, lang: str) -> None:
    run("item", "override", "fee-1", "x", "--reason", "y", "--as", "li")
    outputs = [run("publish", "--lang", lang), run("item", "show", "fee-1", "--text", "--lang", lang)]
    outputs.append(run("item", "withdraw", "fee-1", "--reason", "z", "--as", "li", "--lang", lang))
    outputs.append(run("item", "show", "fee-1", "--text", "--lang", lang))
    outputs.append(run("item", "show", "nothing", "--lang", lang))

    assert not any(PLACE.search(ended.out + ended.err) for ended in outputs)
    assert outputs[-1].status == 2
