"""A mapping becomes a record, or every problem of it is told at once, with paths and without the record's words."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Annotated, Any

import attrs
import pytest

from govopen.errors import Problem
from govopen.interchange.limits import Limits
from govopen.interchange.structure import Structurer, structure
from govopen.model.base import Record, RecordType, Term
from govopen.model.catalog import Category, InformationItem, SubCategory
from govopen.model.contents import ApprovalItem, FeeItem
from govopen.model.types import RECORD_TYPES
from govopen.model.units import Unit
from govopen.texts import Text

TYPES = {record_type.name: record_type for record_type in RECORD_TYPES}
LOCAL = SubCategory(id="local-notices", category=Category.DOCUMENT, title=Text("通知", "notices"))
BACKWARDS = {"since": "2012-01-01", "until": "2011-01-01"}
WORDS = "关于某某问题的内部处理意见"


def record_of(type_name: str, **data: Any) -> Record:
    found = structure(TYPES[type_name], data, "here", subcategories={LOCAL.id: LOCAL})
    assert isinstance(found, Record), [str(problem) for problem in found]
    return found


def problems_of(type_name: str, **data: Any) -> tuple[Problem, ...]:
    found = structure(TYPES[type_name], data, "here", subcategories={LOCAL.id: LOCAL})
    assert not isinstance(found, Record), found
    return found


def paths_of(type_name: str, **data: Any) -> list[str]:
    return [problem.path for problem in problems_of(type_name, **data)]


def item(**data: Any) -> dict[str, Any]:
    return {"id": "bg-1", "unit": "u-1"} | data


def test_a_nested_mapping_becomes_a_record() -> None:
    found = record_of(
        "information-item",
        **item(
            category="收费项目依据标准",
            attributes=["proactive"],
            fee={"name": " 停车费\u3000", "rate_yuan": Decimal("2.50")},
        ),
    )
    assert isinstance(found, InformationItem)
    assert found.category is Category.FEE
    assert found.fee == FeeItem(name="停车费", rate_yuan=Decimal("2.50"))


@pytest.mark.parametrize("blank", [None, "", "  ", "\u3000"])
def test_a_blank_is_the_same_as_a_missing_field(blank: object) -> None:
    data = item(title=blank, created_on=blank, review=blank, sign_offs=blank)
    assert record_of("information-item", **data) == record_of("information-item", **item())
    assert record_of("unit", id="u-1", name="某局", kind="department", jurisdiction="CN", parent=blank) == Unit(
        id="u-1", name="某局", kind="department", jurisdiction="CN"
    )


@pytest.mark.parametrize("said", [{}, {"jurisdiction": None}, {"jurisdiction": " "}])
def test_a_unit_without_jurisdiction_is_refused(said: dict[str, Any]) -> None:
    """It would be bound by nothing, in silence."""
    assert paths_of("unit", id="u-1", name="某局", kind="department", **said) == ["jurisdiction"]


def test_a_blank_list_is_not_an_empty_one() -> None:
    unknown = record_of(
        "information-item", **item(category="approval", approval={"kind": "licence", "materials": None})
    )
    stated = record_of("information-item", **item(category="approval", approval={"kind": "licence", "materials": []}))
    assert isinstance(unknown, InformationItem)
    assert isinstance(stated, InformationItem)
    assert unknown.approval is not None
    assert stated.approval is not None
    assert (unknown.approval.materials, stated.approval.materials) == (None, ())


def test_blank_members_of_a_list_are_left_out() -> None:
    found = record_of(
        "information-item", **item(category="approval", approval={"kind": "licence", "workflow": ["a", " ", "b"]})
    )
    assert isinstance(found, InformationItem)
    assert found.approval == ApprovalItem(kind="licence", workflow=("a", "b"))


def test_every_error_of_a_record_is_told_with_its_path() -> None:
    found = problems_of(
        "information-item",
        id="a b",
        category="fees and charges",
        titel="x",
        created_on="2011-02-30",
        review="yes",
        attributes="proactive",
        sign_offs=[{"step": "drafter"}, None, {"on": "2011-13-01", "attribute": "secret"}],
        fee={"rate_yuan": "five", "extra": 1},
    )
    assert {problem.path for problem in found} == {
        "id",
        "unit",
        "category",
        "titel",
        "created_on",
        "review",
        "attributes",
        "sign_offs[2].step",
        "sign_offs[2].on",
        "sign_offs[2].attribute",
        "fee.rate_yuan",
        "fee.extra",
    }
    assert all(problem.where == "here" for problem in found)


def test_an_unknown_category_is_refused_with_those_there_are() -> None:
    (problem,) = problems_of("information-item", **item(category="misc"))
    assert str(problem).startswith(
        "here: category: 'misc' is not one of the accepted values. Accepted: institution (机构信息)"
    )
    assert all(category.value in str(problem) for category in Category)


def test_a_missing_field_says_what_it_takes() -> None:
    (problem,) = problems_of("site", id="s-1", unit="u-1")
    assert str(problem) == (
        "here: kind: This field is missing or blank. Accepted: own (本单位网站), portal (政府门户网站)."
    )


@pytest.mark.parametrize(
    ("type_name", "data"),
    [
        ("information-item", item(category=WORDS)),
        ("information-item", item(created_on=WORDS)),
        ("information-item", item(title=[WORDS])),
        ("information-item", item(title=f"{WORDS}\x00")),
        ("information-item", item(review=WORDS)),
        ("information-item", item(attributes=[WORDS])),
        ("information-item", {"id": WORDS + " ", "unit": f"{WORDS} x"}),
        ("information-item", item(category="fee", fee={"rate_yuan": WORDS})),
        ("column", {"id": "c-1", "unit": "u-1", "site": "s-1", "update_within": WORDS}),
        ("request", {"id": "r-1", "unit": "u-1", "received_on": "13812345678", "channel": "TOPSECRET"}),
        ("classified-item", {"id": "c-1", "unit": "u-1", "level": "TOPSECRET", "determined_on": "13812345678"}),
        (
            "classified-item",
            {"id": "c-1", "unit": "u-1", "level": "mimi", "determined_on": "2011-01-01", "basis": WORDS * 40},
        ),
    ],
)
def test_no_problem_repeats_the_words_of_a_record(type_name: str, data: dict[str, Any]) -> None:
    for problem in problems_of(type_name, **data):
        shown = f"{problem} {problem.facts}"
        assert not any(words in shown for words in (WORDS, "13812345678", "TOPSECRET"))


@pytest.mark.parametrize("key", sorted(TYPES["classified-item"].refused_keys))
def test_a_classified_item_with_content_is_refused_with_the_reason(key: str) -> None:
    (problem,) = problems_of(
        "classified-item", id="c-1", unit="u-1", level="mimi", determined_on="2011-01-01", **{key: WORDS}
    )
    assert problem.path == key
    assert "this is an unclassified system" in str(problem)
    assert WORDS not in f"{problem} {problem.facts}"


def test_a_classified_item_is_refused_for_its_other_errors_too() -> None:
    assert paths_of("classified-item", id="c-1", unit="u-1", level="x", determined_on="2011-01-01", title="") == [
        "title",
        "level",
    ]


CLASSIFIED = {"id": "c-1", "unit": "u-1", "level": "mimi", "determined_on": "2011-01-01"}


@pytest.mark.parametrize(
    "data",
    [
        {"id": "office-c1.2011:3_a"},
        {"id": "x" * 60},
        {"basis": "secrets-2010:15"},
        {"basis": "岭保〔2011〕3号"},
        {"authorisation": "SC-2011-003"},
        {"authorisation": "岭保[2011]3号"},
    ],
)
def test_a_classified_item_names_citations_and_numbers(data: dict[str, str]) -> None:
    assert record_of("classified-item", **{**CLASSIFIED, **data})


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("id", "番禺方案"),
        ("id", "x" * 61),
        ("id", "c(1)"),
        ("basis", WORDS),
        ("basis", "SC-2011-003"),
        ("basis", "secrets-2010:15 troops leave at dawn"),
        ("basis", f"{WORDS}〔2011〕3号"),
        ("basis", f"岭保〔2011〕{'7' * 20}号"),
        ("basis", f"{'x' * 60}:1"),
        ("authorisation", WORDS),
        ("authorisation", "leave at dawn"),
        ("authorisation", "x" * 61),
    ],
)
def test_a_classified_item_has_no_room_for_words(path: str, value: str) -> None:
    (problem,) = problems_of("classified-item", **{**CLASSIFIED, path: value})
    assert problem.path == path
    assert value not in f"{problem} {problem.facts}"


@pytest.mark.parametrize(
    ("type_name", "data"),
    [
        ("information-item", {"id": "i-1", "unit": "u-1"}),
        ("publication", {"id": "p-1", "unit": "u-1", "item": "i-1", "carrier": "press", "published_on": "2011-01-01"}),
        (
            "evidence",
            {
                "id": "e-1",
                "unit": "u-1",
                "obligation": "panyu-2011:1.1/o1",
                "covers_from": "2011-01-01",
                "covers_until": "2011-12-31",
            },
        ),
    ],
)
def test_a_digest_is_64_hexadecimal_digits_and_kept_in_small_letters(type_name: str, data: dict[str, str]) -> None:
    written = record_of(type_name, **data, digest=f" {'AB' * 31}ｃＤ ")
    assert getattr(written, "digest", "") == "ab" * 31 + "cd"
    for wrong in ("ab" * 31, "ab" * 33, "xy" * 32, WORDS, "sha256:" + "ab" * 32, 5):
        (problem,) = problems_of(type_name, **data, digest=wrong)
        assert problem.path == "digest"
        assert str(wrong) not in str(problem.message)
        assert "64 hexadecimal digits" in str(problem)


@pytest.mark.parametrize("category", [category for category in Category if category is not Category.FEE])
def test_an_item_has_no_content_of_another_category(category: Category) -> None:
    (problem,) = problems_of("information-item", **item(category=category.value, fee={}))
    assert problem.path == "fee"
    assert problem.facts["category"] == category.value


def test_an_item_that_nobody_has_catalogued_may_have_any_content() -> None:
    assert record_of("information-item", **item(fee={}))


def test_complaints_and_supervision_share_a_category() -> None:
    assert record_of("information-item", **item(category="complaint", complaint={}, supervision={}))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"subcategory": "unheard-of", "category": "document"}, "not known"),
        ({"subcategory": "local-notices", "category": "fee"}, "another category"),
        ({"subcategory": "local-notices"}, "another category"),
    ],
)
def test_a_sub_category_belongs_to_its_category(data: dict[str, str], message: str) -> None:
    (problem,) = problems_of("information-item", **item(**data))
    assert problem.path == "subcategory"
    assert message in problem.message


def test_a_known_sub_category_is_taken() -> None:
    assert record_of("information-item", **item(category="document", subcategory="local-notices"))


@pytest.mark.parametrize(
    ("type_name", "data", "path"),
    [
        ("site", {"kind": "own", **BACKWARDS}, "until"),
        (
            "unit",
            {"name": "x", "kind": "town", "jurisdiction": "CN", "roles": [{"role": "r", **BACKWARDS}]},
            "roles[0].until",
        ),
        (
            "publication",
            {"item": "i", "carrier": "press", "published_on": "2011-02-01", "withdrawn_on": "2011-01-01"},
            "withdrawn_on",
        ),
        ("organisation", {"year": 20111}, "year"),
        ("organisation", {"year": 2011, "full_time_staff": -1}, "full_time_staff"),
        ("column", {"site": "s-1", "update_within": "monthly"}, "update_within"),
        ("request", {"channel": "fax", "received_on": "2020-01-01", "extension": {"days": 0}}, "extension.days"),
    ],
)
def test_fields_that_do_not_fit_each_other_are_refused(type_name: str, data: dict[str, Any], path: str) -> None:
    assert paths_of(type_name, **({"unit": "u-1"} if type_name != "unit" else {}), id="x-1", **data) == [path]


def test_a_period_of_one_day_is_one() -> None:
    assert record_of("site", id="s-1", unit="u-1", kind="own", since="2011-01-01", until="2011-01-01")


def test_a_text_beyond_the_limit_is_refused_with_its_size() -> None:
    structurer = Structurer(limits=Limits(field=100))
    found = structurer.structure(TYPES["information-item"], item(title="番" * 34), "here")
    assert isinstance(found, tuple)
    assert str(found[0]) == "here: title: The text has 102 bytes. Accepted: at most 100 bytes."


@pytest.mark.parametrize("key", ["\x1b[31m", WORDS, "x" * 41, "a b"])
def test_an_unknown_key_that_is_no_short_token_is_told_by_its_place(key: str) -> None:
    (problem,) = problems_of("information-item", **item(**{key: 1}))
    assert problem.path == "key 3"
    assert str(problem).startswith("here: key 3: Key 3, the key type not counted, is no field. Accepted: id, unit,")
    assert key not in f"{problem} {problem.facts}"


def test_no_unknown_key_of_a_request_or_a_classified_item_is_shown() -> None:
    request = {"id": "r-1", "ZhangSan": 1, "unit": "u-1", "received_on": "2011-04-15", "channel": "fax"}
    found = problems_of("request", **request, applicant={"name": "甲", "LiSi": 1}, corrections=[{"WangWu": 1}])
    assert {problem.path for problem in found} == {
        "key 2",
        "applicant.key 2",
        "corrections[0].notified_on",
        "corrections[0].key 1",
    }
    # What is refused with a reason of its own takes its place in the count.
    more = problems_of("classified-item", id="c-1", title=WORDS, Dawn=1, unit="u-1", level="mimi", determined_on="x")
    assert {problem.path for problem in more} == {"title", "key 3", "determined_on"}
    found += more
    shown = " ".join(f"{problem} {problem.facts}" for problem in found)
    assert not [name for name in ("ZhangSan", "LiSi", "WangWu", "Dawn", WORDS) if name in shown]


def test_references_are_made_plain_like_identifiers() -> None:
    found = record_of("publication", id="p-1", unit="ｕ－１", item="ｂｇ-1", carrier="press", published_on="2011-01-01")
    assert (getattr(found, "unit", ""), getattr(found, "item", "")) == ("u-1", "bg-1")


@attrs.frozen(kw_only=True)
class Bus(Record):
    unit: Annotated[str, Term("单位", "unit")]
    seats: Annotated[int, Term("座位", "seats")] = attrs.field(default=1)
    checked_on: Annotated[dt.date | None, Term("检验日期", "checked on")] = None

    @seats.validator
    def _even(self, _: object, value: int) -> None:
        if value % 2:
            raise ValueError(f"{WORDS} {value}")


def test_a_plugins_record_is_read_and_its_validators_message_is_not_repeated() -> None:
    buses = RecordType(name="bus", cls=Bus, title=Text("车", "bus"))
    assert structure(buses, {"id": "b", "unit": "u", "seats": "4"}, "here") == Bus(id="b", unit="u", seats=4)
    found = structure(buses, {"id": "b", "unit": "u", "seats": "3"}, "here")
    assert isinstance(found, tuple)
    assert [WORDS in str(problem) for problem in found] == [False]


def test_problems_name_the_cell_where_there_is_one() -> None:
    found = Structurer().structure(TYPES["site"], {"id": "s-1", "unit": "u-1"}, "row", lambda path: f"cell of {path}")
    assert isinstance(found, tuple)
    assert found[0].where == "cell of kind"
