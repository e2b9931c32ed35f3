"""Messages that carry both languages: they are texts like any other, and stay what they are on their way."""

from __future__ import annotations

import copy
import datetime as dt
import pickle
from collections.abc import Callable
from decimal import Decimal
from typing import TypeVar

import pytest

from govopen.cli.words import Words
from govopen.errors import DeliveryFailed, InputError, Problem
from govopen.model.actors import Role
from govopen.texts import LANGUAGES, Language, Message, Text, translate
from govopen.workflow.table import Phrase

T = TypeVar("T")

GONE = Message("没有文件{file}。", "There is no file {file}.")
LOOK = Message("请检查文件夹{folder}。", "Look at the folder {folder}.")
WRONG = Message("第{line}行不是日期。", "Line {line} is no day.")
RIGHT = Message("可接受：{accepted}。", "Accepted: {accepted}.")


def _pickled(value: T) -> T:
    copied: T = pickle.loads(pickle.dumps(value))  # noqa: S301 - what this test pickled itself
    return copied


round_trips = pytest.mark.parametrize("again", [_pickled, copy.copy, copy.deepcopy])


def _error() -> InputError:
    problem = Problem(where="a.toml:3", message=WRONG, accepted=RIGHT, facts={"line": 3, "accepted": "2011-12-31"})
    return InputError(GONE, hint=LOOK, problems=[problem], file="a.csv", folder="in")


def test_a_message_is_its_english_text() -> None:
    assert GONE == "There is no file {file}."
    assert hash(GONE) == hash("There is no file {file}.")
    assert f"{GONE}" == "There is no file {file}."
    assert GONE.format(file="a.csv") == "There is no file a.csv."


@round_trips
def test_a_copy_of_a_message_carries_both_languages(again: Callable[[Message], Message]) -> None:
    made = again(GONE)

    assert type(made) is Message
    assert (made, made.zh) == (GONE, "没有文件{file}。")


@pytest.mark.parametrize(("lang", "said"), [("zh-Hans", "没有文件a.csv。"), ("en", "There is no file a.csv.")])
def test_a_message_is_rendered_in_either_language_with_its_facts(lang: Language, said: str) -> None:
    assert translate(GONE, lang, file="a.csv") == said


FACTS = {
    "a term": (Role.DRAFTER, {"zh-Hans": Role.DRAFTER.text.zh, "en": Role.DRAFTER.text.en}),
    "a text": (Text("公示栏", "board"), {"zh-Hans": "公示栏", "en": "board"}),
    "a phrase": (Phrase("请先审查。", "Review it first."), {"zh-Hans": "请先审查。", "en": "Review it first."}),
    "several": (
        (Text("甲", "a"), (Role.DRAFTER, "u3")),
        {"zh-Hans": f"甲、{Role.DRAFTER.text.zh}、u3", "en": "a, drafter, u3"},
    ),
    "a list": ([Text("甲", "a"), 2], {"zh-Hans": "甲、2", "en": "a, 2"}),
    "a day": (dt.date(2011, 12, 31), dict.fromkeys(LANGUAGES, "2011-12-31")),
    "an amount": (Decimal("1E+3"), dict.fromkeys(LANGUAGES, "1000")),
    "a number": (3, dict.fromkeys(LANGUAGES, "3")),
    "nothing": (None, dict.fromkeys(LANGUAGES, "None")),
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", FACTS)
def test_facts_are_in_the_language_of_the_sentence(kind: str, lang: Language) -> None:
    fact, said = FACTS[kind]
    assert translate("{accepted}", lang, accepted=fact) == said[lang]
    assert Words(lang).say("{accepted}", accepted=fact) == said[lang]
    assert Phrase.of(Text("{accepted}", "{accepted}"), {"accepted": fact}).get(lang) == said[lang]


@pytest.mark.parametrize(("lang", "template"), [("zh-Hans", "没有文件{file}。"), ("en", "There is no file {file}.")])
def test_a_message_without_facts_is_a_template_and_no_message_any_more(lang: Language, template: str) -> None:
    rendered = translate(GONE, lang)

    assert rendered == template
    # Rendered once more it would be in Chinese whatever the language.
    assert type(rendered) is str


def test_a_message_goes_before_the_catalogue() -> None:
    catalogued = "Accepted: {accepted}."
    assert translate(catalogued, "zh-Hans", accepted="x") == "可接受：x。"

    own = Message("应为：{accepted}。", catalogued)
    assert translate(own, "zh-Hans", accepted="x") == "应为：x。"


@round_trips
@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_error_says_message_problems_and_hint_in_one_language(
    lang: Language, again: Callable[[InputError], InputError]
) -> None:
    said = {
        "zh-Hans": ["错误：没有文件a.csv。", "  a.toml:3: 第3行不是日期。可接受：2011-12-31。", "请检查文件夹in。"],
        "en": [
            "Error: There is no file a.csv.",
            "  a.toml:3: Line 3 is no day. Accepted: 2011-12-31.",
            "Look at the folder in.",
        ],
    }

    assert list(Words(lang).error(again(_error()))) == said[lang]


def test_the_text_of_an_error_is_english() -> None:
    assert str(_error()) == (
        "There is no file a.csv. Look at the folder in.\n  a.toml:3: Line 3 is no day. Accepted: 2011-12-31."
    )


@round_trips
def test_an_error_with_a_code_keeps_its_chinese_in_a_copy(again: Callable[[DeliveryFailed], DeliveryFailed]) -> None:
    made = again(DeliveryFailed(GONE, code="gone", hint=LOOK, file="a.csv", folder="in"))

    assert (made.code, translate(made.message, "zh-Hans", **made.facts)) == ("gone", "没有文件a.csv。")
    assert translate(made.hint, "zh-Hans", **made.facts) == "请检查文件夹in。"
