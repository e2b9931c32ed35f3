"""The page: self-contained, well formed, navigable, printable; every status and finding is on it."""

from __future__ import annotations

import datetime as dt
import html.parser
import itertools
import re
from typing import Any

import attrs
import pytest

from govopen.checking.algebra import Status
from govopen.checking.result import CheckReport, Notice
from govopen.checking.selection import Selection
from govopen.report.html import report_html
from govopen.report.overview import SYMBOLS, overview
from govopen.texts import LANGUAGES

VOID = {"br", "col", "hr", "img", "input", "link", "meta"}
both = pytest.mark.parametrize("lang", LANGUAGES)


class Page(html.parser.HTMLParser):
    """What stands on a page, and whether every element that begins ends where it should."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.crossed: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: dict[str, list[str]] = {}
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.crossed.append(tag)

    def handle_data(self, data: str) -> None:
        if self.open:
            self.words.setdefault(self.open[-1], []).append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture(scope="module")
def text(a_dozen: CheckReport) -> Any:
    texts = {lang: report_html(a_dozen, lang, heading="岭安区") for lang in LANGUAGES}
    return texts.__getitem__


@both
def test_every_element_ends_where_it_should(text: Any, lang: Any) -> None:
    page = Page(text(lang))
    assert page.crossed == []
    assert page.open == []


@both
def test_it_loads_nothing_and_runs_nothing(text: Any, lang: Any) -> None:
    page = Page(text(lang))
    assert {name for name, _ in page.elements} & {"script", "link", "img", "iframe", "object", "base", "form"} == set()
    attributes = [(name, value or "") for _, attributes in page.elements for name, value in attributes.items()]
    assert not [name for name, _ in attributes if name.startswith("on") or name in {"src", "srcset", "style"}]
    assert all(value.startswith("#") for name, value in attributes if name == "href")
    assert not re.search(r"url\(|@import|https?://", "".join(page.words["style"]))
    (policy,) = [meta["content"] for meta in page.all("meta") if meta.get("http-equiv")]
    assert policy == "default-src 'none'; style-src 'unsafe-inline'"


@both
def test_it_says_its_language_title_and_width(text: Any, lang: Any) -> None:
    page = Page(text(lang))
    assert page.all("html") == [{"lang": lang}]
    assert page.words["title"] == ["岭安区 · 2011-12-31"]
    assert {"charset": "utf-8"} in page.all("meta")
    assert "width=device-width, initial-scale=1" in {meta.get("content") for meta in page.all("meta")}


@both
def test_headings_go_down_one_step_at_a_time_and_each_section_has_its_own(text: Any, lang: Any) -> None:
    page = Page(text(lang))
    levels = [int(name[1]) for name, _ in page.elements if re.fullmatch("h[1-6]", name)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    labels = [section["aria-labelledby"] for section in page.all("section")]
    assert labels == [heading["id"] for heading in page.all("h2")]
    assert [len(page.all(landmark)) for landmark in ("header", "footer")] == [1, 1]


@both
def test_every_link_leads_somewhere_on_the_page(text: Any, a_dozen: CheckReport, lang: Any) -> None:
    page = Page(text(lang))
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    links = {(link["href"] or "")[1:] for link in page.all("a")}
    assert links <= set(ids)
    assert {f"unit-{number}" for number, _ in enumerate(a_dozen.units, 1)} <= links


@both
def test_tables_name_their_columns_and_the_matrix_its_rows(text: Any, lang: Any) -> None:
    page = Page(text(lang))
    assert {th.get("scope") for th in page.all("th")} == {"col", "row"}
    assert len([th for th in page.all("th") if th["scope"] == "row"]) == 23 + 1


@both
def test_no_status_is_told_by_colour_alone(text: Any, a_dozen: CheckReport, lang: Any) -> None:
    cells = re.findall(r'<td class="s s-(\w+)" title="([^"]+)">(.*?)</td>', text(lang))
    assert len(cells) == 23 * len(a_dozen.units)
    for code, title, inner in cells:
        status = next(status for status in Status if status.value == code)
        assert SYMBOLS[status] in inner
        assert status.text.get(lang) in inner
        assert status.text.get(lang) in title


def test_the_matrix_shows_what_the_overview_says(text: Any, a_dozen: CheckReport) -> None:
    shown = re.findall(r'<td class="s s-(\w+)" title=', text("en"))
    assert shown == [cell.status.value for row in overview(a_dozen) for cell in row.cells]


@both
def test_each_finding_is_told_with_law_reason_remedy_unit_and_record(
    text: Any, a_dozen: CheckReport, lang: Any
) -> None:
    words = " ".join(" ".join(parts) for parts in Page(text(lang)).words.values())
    for entry in a_dozen.findings:
        rule = a_dozen.rules[entry.rule]
        assert rule.remedy.get(lang) in words
        assert a_dozen.units[entry.unit].name in words
        if not entry.outcome.value.startswith("awaiting"):
            assert rule.rationale.get(lang) in words
            assert entry.subject in words


@both
def test_what_is_ours_or_unverified_says_so(text: Any, a_dozen: CheckReport, lang: Any) -> None:
    words = " ".join(" ".join(parts) for parts in Page(text(lang)).words.values())
    for entry in a_dozen.statuses:
        reading = a_dozen.library.obligation(entry.citation).reading
        if entry.counts and reading is not None:
            assert reading.get(lang) in words
        assert all(name in words for name in entry.unverified)


def test_it_prints_on_paper_with_numbered_pages(text: Any) -> None:
    style = "".join(Page(text("en")).words["style"])
    printed = style[style.index("@media print") :]
    for rule in ("size: A4", "counter(page)", "break-inside: avoid", "display: table-header-group"):
        assert rule in printed


def test_texts_differ_by_language_and_codes_do_not(text: Any) -> None:
    chinese, english = (re.sub(r'lang="[\w-]+"', "", text(lang)) for lang in LANGUAGES)
    assert re.findall(r'class="([^"]*)"', chinese) == re.findall(r'class="([^"]*)"', english)
    assert re.findall(r"<code>(.*?)</code>", chinese) == re.findall(r"<code>(.*?)</code>", english)
    assert "发现的问题" in chinese
    assert "Findings" in english


def test_a_check_that_fails_nothing_says_what_that_means(district: Any) -> None:
    page = report_html(district([]), "en", heading="x")
    assert 'class="verdict good"' in page
    assert "Nothing that was checked fails" in page
    assert "No obligation applies to it on that day." in page


def test_the_verdict_counts_what_makes_the_check_fail(text: Any, a_dozen: CheckReport) -> None:
    assert f"{len(a_dozen.failing())} obligations do not hold" in text("en")
    assert 'class="verdict bad"' in text("en")


def test_the_page_names_what_bounds_the_report(district: Any, cases: Any) -> None:
    known_at = dt.datetime(2011, 12, 1, 8, tzinfo=dt.UTC)
    report = district(
        cases[:1], jurisdiction="CN-44", known_at=known_at, selection=Selection(clauses=("1.3",)), detailed=True
    )
    notice = Notice(
        code="GOV014",
        message="Waiver {waiver} of rule {rule} expired on {until}.",
        facts={"waiver": "w9", "rule": "CAT001", "until": dt.date(2011, 6, 1)},
    )
    page = report_html(attrs.evolve(report, notices=(notice,)), "en", heading="x")
    for words in (
        "Records as known at",
        "2011-12-01T08:00",
        "This run left something out",
        "Applied to the units of CN-44 by the workspace&#39;s word",
        "Waiver w9 of rule CAT001 expired on 2011-06-01.",
        "chinesecalendar@",
    ):
        assert words in page


def test_what_later_law_changed_is_named_with_the_units(district: Any, cases: Any) -> None:
    page = report_html(district(cases[:2], dt.date(2025, 6, 30)), "en", heading="x")
    assert "What later law changed" in page
    assert 'class="s s-overtaken"' in page


def test_a_rule_that_rests_on_no_law_has_no_place_for_it(a_dozen: CheckReport) -> None:
    lawless = {code: attrs.evolve(rule, basis=(), answers=()) for code, rule in a_dozen.rules.items()}

    assert "<dt>Law</dt>" in report_html(a_dozen, "en", heading="x")
    assert "<dt>Law</dt>" not in report_html(attrs.evolve(a_dozen, rules=lawless), "en", heading="x")
