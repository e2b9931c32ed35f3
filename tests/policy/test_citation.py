"""A citation is fixed text that comes back unchanged, and sorts as the instrument counts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govopen.errors import PolicyDataError
from govopen.policy.citation import Citation

word = st.from_regex(r"[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,4}){0,2}", fullmatch=True)
number = st.integers(0, 120)
clauses = st.lists(number, min_size=1, max_size=4).map(tuple)


def dotted(numbers: tuple[int, ...]) -> str:
    return ".".join(str(part) for part in numbers)


citations = st.builds(
    Citation,
    instrument=word,
    clause=clauses.map(dotted),
    obligation=st.just("") | st.integers(1, 99).map(lambda n: f"o{n}"),
)


@given(citations)
def test_the_text_of_a_citation_reads_back_as_the_same_citation(citation: Citation) -> None:
    assert Citation.parse(str(citation)) == citation


@given(clauses, clauses)
def test_citations_of_one_instrument_sort_by_number_not_by_letter(
    left: tuple[int, ...], right: tuple[int, ...]
) -> None:
    assert (Citation("a", dotted(left)) < Citation("a", dotted(right))) == (left < right)


@given(citations, citations)
def test_of_two_citations_one_comes_first_or_they_are_the_same(left: Citation, right: Citation) -> None:
    assert [left < right, left == right, left > right].count(True) == 1


def test_an_obligation_comes_after_its_clause_and_in_the_order_of_its_number() -> None:
    texts = ["a:1.10", "a:1.2/o10", "a:1.2/o2", "a:1.2", "b:1"]
    assert [str(c) for c in sorted(map(Citation.parse, texts))] == ["a:1.2", "a:1.2/o2", "a:1.2/o10", "a:1.10", "b:1"]


@given(clauses, clauses)
def test_a_place_is_within_a_clause_if_its_number_begins_with_the_clauses(
    inner: tuple[int, ...], outer: tuple[int, ...]
) -> None:
    assert Citation("a", dotted(inner)).within(dotted(outer)) == (inner[: len(outer)] == outer)


def test_the_clause_of_an_obligation() -> None:
    assert Citation.parse("panyu-2011:1.3/o2").of_clause == Citation("panyu-2011", "1.3")
    assert Citation.parse("panyu-2011:1.3").of_clause == Citation("panyu-2011", "1.3")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1.3",
        "panyu-2011",
        "panyu-2011:",
        "Panyu:1",
        "panyu-2011:1.",
        "panyu-2011:1.3/2",
        "panyu-2011:1.3/o0",
        "a:1 ",
    ],
)
def test_what_is_no_citation_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(PolicyDataError, match=r"panyu-2011:1\.3/o2") as caught:
        Citation.parse(text)
    assert caught.value.facts == {"text": text}
