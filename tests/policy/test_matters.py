"""A matter answers by the date of the act: to the day, and not at all where the law is silent."""

from __future__ import annotations

import datetime as dt

import pytest

from govopen.errors import NotComputable
from govopen.policy.library import Library
from govopen.policy.loading import builtin_library
from govopen.policy.matter import Provision, Value

OLD = (dt.date(2008, 5, 1), dt.date(2019, 5, 14))
NEW = (dt.date(2019, 5, 15), dt.date(2026, 11, 23))
BEFORE = dt.date(2008, 4, 30)


@pytest.fixture
def library() -> Library:
    return builtin_library()


@pytest.mark.parametrize(
    ("matter", "old", "new"),
    [
        ("ogi/reply-time", {"days": 15, "extension": 15}, {"days": 20, "extension": 20}),
        ("ogi/uncounted-time", {"suspensions": ("third_party",)}, {"suspensions": ("third_party", "other_organ")}),
        (
            "ogi/correction-notice",
            {"limited": False, "days": 0, "once": False},
            {"limited": True, "days": 7, "once": True},
        ),
        ("ogi/clock-restart", {"restarts": "unstated"}, {"restarts": "restarts"}),
        (
            "ogi/third-party-time",
            {"limited": False, "days": 0, "silence": "unstated"},
            {"limited": True, "days": 15, "silence": "organ_decides"},
        ),
        (
            "ogi/request-content",
            {"required": ("name", "contact", "description"), "wishes": ("form",)},
            {"required": ("name", "identity_proof", "contact", "description"), "wishes": ("form",)},
        ),
        ("ogi/proactive-time", {"days": 20}, {"days": 20}),
        (
            "ogi/annual-report-due",
            {"department_month": 3, "department_day": 31, "government_month": 3, "government_day": 31},
            {"department_month": 1, "department_day": 31, "government_month": 3, "government_day": 31},
        ),
    ],
)
def test_the_regulations_change_on_15_may_2019_and_begin_on_1_may_2008(
    library: Library, matter: str, old: dict[str, Value], new: dict[str, Value]
) -> None:
    for day in OLD:
        assert library.matter(matter).on(day).values == old
    for day in NEW:
        assert library.matter(matter).on(day).values == new
    with pytest.raises(NotComputable, match=f"{matter} was in force on 2008-04-30"):
        library.matter(matter).on(BEFORE)


def test_a_provision_names_its_law(library: Library) -> None:
    reply = library.matter("ogi/reply-time")
    assert [str(citation) for citation in reply.on(OLD[1]).basis] == ["ogi-2007:24"]
    assert [str(citation) for citation in reply.on(NEW[0]).basis] == ["ogi-2019:33"]
    assert reply.act == "received_on"


def test_grounds_for_refusal_grow_by_opinion_and_then_by_law(library: Library) -> None:
    grounds = library.matter("ogi/refusal-grounds")
    before, opinion, law = (
        set(grounds.on(day).keys("grounds")) for day in (dt.date(2010, 1, 11), dt.date(2010, 1, 12), NEW[0])
    )
    assert opinion - before == {"internal", "process"}
    assert law - opinion == {"case_file", "admin_query"}
    assert opinion - law == {"no_special_need"}


def test_only_a_repeat_request_could_go_unhandled_before_2019(library: Library) -> None:
    outcomes = library.matter("ogi/reply-outcomes")
    assert outcomes.on(OLD[1]).keys("not_handled") == ("repeat",)
    assert "other" not in outcomes.on(OLD[1]).keys("outcomes")
    assert set(outcomes.on(NEW[0]).keys("not_handled")) == {"petition", "repeat", "publication", "excessive"}


@pytest.mark.parametrize("day", [dt.date(2010, 10, 1), dt.date(2024, 4, 30), dt.date(2024, 5, 1)])
def test_secrecy_ceilings_are_30_20_and_10_years_and_a_district_has_no_power_of_its_own(
    library: Library, day: dt.date
) -> None:
    assert library.matter("secrets/period").on(day).values == {"juemi": 30, "jimi": 20, "mimi": 10}
    authority = library.matter("secrets/authority").on(day)
    assert authority.keys("inherent") == ()
    assert "juemi" not in authority.keys("authorised_by_city")


def test_the_law_of_1988_is_not_known(library: Library) -> None:
    with pytest.raises(NotComputable):
        library.matter("secrets/period").on(dt.date(2010, 9, 30))


def test_exceeding_is_named_exclusive_from_2017(library: Library) -> None:
    words = library.matter("text/interval-words")
    assert "超过" not in words.on(dt.date(2011, 4, 15)).keys("exclusive")
    assert "超过" in words.on(dt.date(2017, 10, 1)).keys("exclusive")
    assert words.on(dt.date(2011, 4, 15)).keys("inclusive") == words.on(NEW[1]).keys("inclusive")


def test_every_parameter_is_explained_in_both_languages(library: Library) -> None:
    for matter in library.matters.values():
        for text in (matter.title, *matter.parameters.values()):
            assert text.zh
            assert text.en


def provision(values: dict[str, Value]) -> Provision:
    return Provision(since=OLD[0], basis=(), values=values, verified=True)


def test_a_number_is_read_only_from_a_number_and_keys_only_from_a_list() -> None:
    values = provision({"days": 15, "limited": True, "keys": ("a", "b")})
    assert values.integer("days") == 15
    assert values.keys("keys") == ("a", "b")
    with pytest.raises(TypeError, match="limited"):
        values.integer("limited")
    with pytest.raises(TypeError, match="days"):
        values.keys("days")
