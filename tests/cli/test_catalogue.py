"""The Chinese catalogue of the program's own words is complete and in step with the code."""

from __future__ import annotations

import gettext
import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def messages() -> ModuleType:
    spec = importlib.util.spec_from_file_location("messages", ROOT / "tools" / "messages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def translations(messages: ModuleType) -> dict[str, str]:
    found: dict[str, str] = messages.read_po(messages.CATALOGUE.read_text(encoding="utf-8"))
    return found


def test_every_message_of_the_code_is_translated_and_no_other(
    messages: ModuleType, translations: dict[str, str]
) -> None:
    collected = messages.collect()

    assert [message for message in collected if not translations.get(message)] == []
    assert [message for message in translations if message not in collected] == []


def test_a_translation_has_the_places_of_its_message(messages: ModuleType, translations: dict[str, str]) -> None:
    wrong = {message for message, text in translations.items() if messages.places(text) != messages.places(message)}

    assert wrong == set()


def test_a_message_with_words_is_not_left_in_english(translations: dict[str, str]) -> None:
    same = {message for message, text in translations.items() if message == text}

    assert same <= {"{error}"}


def test_gettext_reads_from_the_compiled_catalogue_what_the_source_says(
    messages: ModuleType, translations: dict[str, str]
) -> None:
    compiled = messages.CATALOGUE.with_suffix(".mo")
    with compiled.open("rb") as file:
        catalogue = gettext.GNUTranslations(file)

    assert compiled.read_bytes() == messages.compiled(translations)
    assert {message: catalogue.gettext(message) for message in translations} == translations


def test_the_source_is_written_as_the_tool_writes_it(messages: ModuleType, translations: dict[str, str]) -> None:
    assert messages.CATALOGUE.read_text(encoding="utf-8") == messages.written(messages.collect(), translations)


CODE = """
from govopen.errors import InputError, Problem
from govopen.texts import N_, translate

_HINT = "a constant"

class OwnError(InputError):
    pass

class Reader:
    def wrong(self, path, message, accepted=""):
        return Problem(where="x", path=path, message=message, accepted=accepted)

    def read(self):
        yield self.wrong("a path", "said by a helper", accepted="accepted by a helper")
        yield Problem(where="no message", message="of a problem" if self else "of the other", accepted=_HINT)
        raise OwnError("of an error", hint=N_("of a hint"), key="no message")

def say(words):
    return words.say("said", name="no message") + translate("translated", "en")
"""


def test_messages_are_found_wherever_the_code_may_hold_them(messages: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "module.py").write_text(CODE, encoding="utf-8")
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules/base.py").write_text("def fail(message): ...\nfail('a key')\nN_('of a rule')", encoding="utf-8")
    (tmp_path / "page.html.jinja").write_text('{{ words.say("on a \\"page\\"", n=1) }}{{ f("not") }}', encoding="utf-8")
    errors = "class GovopenError(Exception): ...\nclass InputError(GovopenError): ..."
    (tmp_path / "errors.py").write_text(errors, encoding="utf-8")

    assert set(messages.collect(tmp_path)) == {
        "a constant",
        "accepted by a helper",
        "of a hint",
        "of a problem",
        "of a rule",
        "of an error",
        "of the other",
        'on a "page"',
        "said",
        "said by a helper",
        "translated",
    }


def test_an_f_string_is_refused_because_nobody_could_translate_it(messages: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "module.py").write_text('N_(f"{day} is late")', encoding="utf-8")

    with pytest.raises(SystemExit, match=r"module\.py:1"):
        messages.collect(tmp_path)


def test_the_source_reads_back_as_it_was_written(messages: ModuleType) -> None:
    known = {'a "b"\n\\n': "丙“丁”\n\\n", "empty": ""}

    assert messages.read_po(messages.written({message: ["a.py"] for message in known}, known)) == known
