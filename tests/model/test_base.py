"""What every record shares."""

from __future__ import annotations

import pickle

import pytest

from govopen.errors import InputError
from govopen.model.base import FieldName, check_id, filled, terms, within
from govopen.model.contents import SupervisionEntry
from govopen.model.types import RECORD_TYPES
from govopen.rules.samples import YEAR_END


def test_a_field_name_is_a_text_that_knows_its_term() -> None:
    name = FieldName(SupervisionEntry, "result")
    assert name == "result"
    assert (name.term.zh, name.term.en) == ("监督结果", "result")


def test_a_field_name_crosses_processes() -> None:
    name = pickle.loads(pickle.dumps(FieldName(SupervisionEntry, "result")))  # noqa: S301 - our own bytes
    assert name.owner is SupervisionEntry
    assert name == "result"


@pytest.mark.parametrize("record_type", RECORD_TYPES, ids=lambda record_type: record_type.name)
def test_every_field_of_every_record_has_a_term_in_both_languages(record_type: object) -> None:
    for term in terms(record_type.cls).values():  # type: ignore[attr-defined]
        assert term.zh
        assert term.en


@pytest.mark.parametrize("good", ["a", "番府办-2011-22", "x" * 120, "1:2.3"])
def test_what_reports_can_show_is_an_identifier(good: str) -> None:
    assert check_id(good) == good


@pytest.mark.parametrize("bad", ["", " a", "a b", "a/b", "a\\b", "<script>", "a'b", "x" * 121, "a\nb"])
def test_what_could_hold_a_sentence_or_a_path_is_no_identifier(bad: str) -> None:
    with pytest.raises(InputError):
        check_id(bad)


@pytest.mark.parametrize("blank", ["", " ", "\t\n", "\u3000"])
def test_blanks_say_nothing(blank: str) -> None:
    assert not filled(blank)


def test_both_ends_of_a_time_belong_to_it() -> None:
    assert within(YEAR_END, YEAR_END, YEAR_END)
    assert within(YEAR_END, None, None)
    assert not within(YEAR_END, None, YEAR_END.replace(day=30))
