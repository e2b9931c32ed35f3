"""What the generated pages say, in which language, in which format of a project."""

from __future__ import annotations

import enum
import re
from collections.abc import Hashable, Iterable, Iterator
from html import unescape
from pathlib import Path
from typing import cast

import pytest
from docutils import nodes
from tests.sphinxext.projects import Project, described, directive

from govopen.errors import GovopenError, InputError, PolicyDataError, UnknownRecordType
from govopen.interchange.fields import Leaf, leaves_of
from govopen.model.base import RecordType, terms
from govopen.plugins.hookdocs import describe_hooks
from govopen.plugins.registry import Registry
from govopen.sphinxext.building import SOFT, THING
from govopen.sphinxext.calls import Call
from govopen.sphinxext.objects import Kind, known_names
from govopen.sphinxext.pages import PAGES, digest_of, hooks_page, write
from govopen.texts import LANGUAGES, Label, Language

SOURCES = Path(__file__).parents[2] / "docs" / "how-to"

INSTRUMENT = """\
id = "bureau-2024"
kind = "normative_document"
title = { zh = "示例局政务公开办法", en = "Example Bureau's measures on openness" }
issuer = { zh = "示例局", en = "Example Bureau" }
document_number = "示局〔2024〕1号"
issued_on = 2024-03-01
in_force_from = 2024-04-01
jurisdiction = "CN-440113"
complete = true
verified = true
source = "The bureau's own copy."

[bodies.windows]
name = { zh = "窗口单位", en = "units with a window" }
roles = ["service_window"]

[[clauses]]
id = "3"
heading = { zh = "窗口公示", en = "At the window" }
gist = { zh = "窗口公示收费。", en = "Fees are shown at the window." }
bodies = ["windows"]
obliges = true
obligations = [
  { id = "o1", force = "shall", check = "evid", area = "service", text = { zh = "公示。", en = "Fees are shown." } },
]
"""

UNIT_RULE = """
from govopen.plugins.hookspecs import hookimpl
from govopen.rules import samples
from govopen.rules.base import Case, Severity, rule
from govopen.rules.results import Fail
from govopen.texts import Text

GOOD, BAD = (samples.proactive_item(title=title) for title in ("停车通告", "停车通告！"))


@rule(
    code="WIN001", name="no-shouting", subject=type(GOOD), basis=("ogi-2019:12",), severity=Severity.MINOR,
    title=Text("标题不用叹号", "No title shouts"), rationale=Text("庄重。", "Dignity."),
    remedy=Text("去掉。", "Drop it."),
    messages={"shouts": Text("有叹号。", "It shouts.")},
    valid=[Case(Text("无叹号", "none"), (GOOD,), samples.YEAR_END)],
    invalid=[Case(Text("有叹号", "one"), (BAD,), samples.YEAR_END)],
)
def no_shouting(dossier, ctx):
    return Fail("shouts") if dossier.record.title.endswith("！") else None


@hookimpl
def govopen_rules():
    return [no_shouting]
"""


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry.load(entry_points=False)


def things(content: Iterable[nodes.Node]) -> set[tuple[Kind, str]]:
    """What a page describes."""
    found = (node.get(THING) for top in content for node in top.findall(nodes.Element))
    return {(thing.kind, thing.name) for thing in found if thing is not None}


def text_of(content: Iterable[nodes.Node]) -> str:
    return "\n".join(node.astext() for node in content)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_all_pages_together_describe_all_that_a_registry_knows(registry: Registry, lang: Language) -> None:
    found = set[tuple[Kind, str]]()
    for name in PAGES:
        found |= things(write(Call(name, "", lang), registry, Path()))

    known = known_names(registry)
    assert found == {(kind, name) for kind, names in known.items() for name in names}
    assert all(names for kind, names in known.items() if kind is not Kind.TABLE)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", sorted(PAGES))
def test_every_reference_leads_to_what_some_page_describes(registry: Registry, name: str, lang: Language) -> None:
    known = known_names(registry)
    references = [
        node
        for top in write(Call(name, "", lang), registry, Path())
        for node in top.findall(nodes.Element)
        if node.get("refdomain") == "gov"
    ]

    wrong = [node for node in references if node["reftarget"] not in known[Kind(node["reftype"])]]
    assert wrong == []
    assert all(node[SOFT] and node["gov_lang"] == lang for node in references)
    assert references or name == "govopen-hooks"


def test_a_rule_says_what_it_says_why_on_which_law_and_what_to_do(registry: Registry) -> None:
    (rule,) = (rule for rule in registry.rules if rule.code == "CAT002")
    for lang in LANGUAGES:
        page = text_of(write(Call("govopen-rules", "CAT002", lang), registry, Path()))
        texts = [rule.title, rule.rationale, rule.remedy, rule.severity.text, *rule.messages.values()]
        texts += [case.name for case in (*rule.valid, *rule.invalid)]
        texts += [registry.library.obligation(citation).text for citation in rule.answers]
        assert [text.get(lang) for text in texts if text.get(lang).replace("`", "") not in page] == []


def test_an_obligation_says_whom_it_binds_how_it_is_read_and_what_later_law_did(registry: Registry) -> None:
    page = text_of(write(Call("govopen-instruments", "panyu-2011", "en"), registry, Path()))
    instrument = registry.library.instrument("panyu-2011")

    readings = [each.reading.en for _, _, each in instrument.obligations() if each.reading is not None]
    notes = [later.note.en for _, _, each in instrument.obligations() for later in each.overtaken]
    assert len(readings) > 10
    assert len(notes) > 10
    assert [text for text in (*readings, *notes) if text.replace("`", "") not in page] == []


def test_what_nobody_has_verified_is_said_to_be_unverified(registry: Registry) -> None:
    said = "Nobody has verified this in a copy of the text."
    for instrument in registry.library.instruments.values():
        page = text_of(write(Call("govopen-instruments", instrument.id, "en"), registry, Path()))
        expected = (not instrument.verified) + sum(not clause.verified for clause in instrument.clauses)
        assert page.count(said) == expected


def test_a_record_type_shows_each_field_with_its_term(registry: Registry) -> None:
    for record_type in registry.types:
        page = text_of(write(Call("govopen-records", record_type.name, "zh-Hans"), registry, Path()))
        assert all(name in page and term.zh in page for name, term in terms(record_type.cls).items())
        ways = {leaf.fields[:end] for leaf in columns(record_type) for end in range(1, len(leaf.fields) + 1)}
        assert page.count("（个人信息）") == sum(way[-1].term.personal for way in ways)


def columns(record_type: RecordType) -> tuple[Leaf, ...]:
    # mypy takes a frozen attrs class for unhashable.
    return leaves_of(cast("Hashable", record_type.cls))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_record_type_shows_what_each_field_holds_down_to_the_last(registry: Registry, lang: Language) -> None:
    for record_type in registry.types:
        page = text_of(write(Call("govopen-records", record_type.name, lang), registry, SOURCES))
        missing = [
            word
            for leaf in columns(record_type)
            for field in leaf.fields
            for word in (field.name, *values_of(field.kind, lang))
            if word not in page
        ]
        assert missing == []


def values_of(kind: type, lang: Language) -> Iterator[str]:
    """What has to stand beside a field of an enumeration."""
    if issubclass(kind, enum.Enum):
        for member in kind:
            yield f"{member.value} {member.text.get(lang)}" if isinstance(member, Label) else str(member.value)


def test_a_record_type_says_of_what_kind_a_field_is_and_whether_it_is_required(registry: Registry) -> None:
    lines = text_of(write(Call("govopen-records", "information-item", "en"), registry, SOURCES)).splitlines()

    for line in (
        "unit unit: text, required",
        "category category: one of these values",
        "attributes disclosure attribute: list: one of these values",
        "sign_offs sign-offs: list: object",
        "name file name: text, required",
        "rate_yuan rate (CNY): decimal number",
        "created_on date of creation: date",
    ):
        assert line in lines


def test_a_hook_is_shown_with_its_signature_and_an_example() -> None:
    page = hooks_page()

    for hook in describe_hooks():
        assert hook.signature in page
        assert hook.example.strip() in page
    assert "``" not in page
    assert ":class:" not in page


@pytest.mark.parametrize(
    ("name", "argument", "error"),
    [
        ("govopen-rules", "SEC002 NIX", InputError),
        ("govopen-instruments", "nix-1999", PolicyDataError),
        ("govopen-map", "nix-1999", PolicyDataError),
        ("govopen-matters", "nix/nix", PolicyDataError),
        ("govopen-records", "nix", UnknownRecordType),
        ("govopen-hooks", "govopen_nix", InputError),
        ("govopen-workflow", "nix", InputError),
    ],
)
def test_an_argument_that_names_nothing_is_an_error_that_names_it(
    registry: Registry, name: str, argument: str, error: type[GovopenError]
) -> None:
    with pytest.raises(error, match=r"(?i)nix"):
        write(Call(name, argument, "en"), registry, Path())


def test_an_error_stands_on_the_page_in_the_language_of_the_project(tmp_path: Path) -> None:
    page = "# 页面\n\n" + directive("govopen-workflow", "traffic")

    built = Project.make(tmp_path, {"index": page}, language="zh_CN").build("dummy")

    assert "没有名为“traffic”的流程" in built.warnings
    assert "index.md:3" in built.warnings


def test_the_digest_of_a_page_is_that_of_another_process_or_another_registry() -> None:
    call = Call("govopen-map", "", "zh-Hans")
    first, second = (digest_of(write(call, Registry.load(entry_points=False), Path())) for _ in range(2))

    assert first == second
    assert first != digest_of(write(Call("govopen-map", "", "en"), Registry.load(entry_points=False), Path()))


def test_a_page_is_the_same_in_markdown_and_in_restructured_text(tmp_path: Path) -> None:
    calls = [("govopen-rules", "SEC002"), ("govopen-instruments", "ogi-2019"), ("govopen-workflow", "secrecy")]
    calls += [("govopen-hooks", "govopen_rules"), ("govopen-matters", "ogi/reply-time")]
    markdown = "# Page\n\n" + "\n".join(directive(name, argument) for name, argument in calls)
    restructured = "Page\n====\n\n" + "\n\n".join(f".. {name}:: {argument}" for name, argument in calls) + "\n"

    texts, objects = [], []
    for folder, page, text in (("md", "page.md", markdown), ("rst", "page.rst", restructured)):
        built = Project.make(tmp_path / folder, {page: text}, source_suffix=[".md", ".rst"]).build("text")
        assert built.warnings == ""
        texts.append(built.text("page.txt"))
        objects.append(described(built.domain))

    assert texts[0] == texts[1]
    assert objects[0] == objects[1]
    assert "secrecy.extend" in texts[0]


def test_a_project_adds_its_own_instruments_and_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "law").mkdir()
    (tmp_path / "law" / "bureau.toml").write_text(INSTRUMENT, encoding="utf-8")
    (tmp_path / "unit_rules_of_test_pages.py").write_text(UNIT_RULE, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    page = "# Ours\n\n" + directive("govopen-instruments", "bureau-2024") + directive("govopen-rules", "WIN")
    settings = {"govopen_instruments": ["../law/bureau.toml"], "govopen_plugins": ["unit_rules_of_test_pages"]}

    built = Project.make(tmp_path / "docs", {"index": page}, **settings).build()

    assert built.warnings == ""
    assert 'id="obligation-bureau-2024-3-o1"' in built.text("index.html")
    assert 'id="rule-WIN001"' in built.text("index.html")


def test_what_rules_and_law_say_gets_no_typographic_signs(tmp_path: Path) -> None:
    said = 'An "example" -- of ours'
    written = INSTRUMENT.replace('"Fees are shown at the window."', f"'{said}'").replace('"At the window"', f"'{said}'")
    (tmp_path / "bureau.toml").write_text(written, encoding="utf-8")
    page = "# It's -- ours\n\n" + directive("govopen-instruments", "bureau-2024")

    built = Project.make(tmp_path, {"page": page}, govopen_instruments=["bureau.toml"]).build()
    text = unescape(re.sub(r"<[^>]+>", "", built.text("page.html")))

    # Sphinx does it to what the author of the page wrote.
    assert "It’s – ours" in text
    # The heading of a clause, and what it says.
    assert text.count(said) == 2
    assert "example”" not in text


@pytest.mark.parametrize(
    ("settings", "complaint"),
    [
        (
            {"govopen_plugins": ["no_such_module_anywhere"]},
            "The module no_such_module_anywhere, which govopen_plugins names, does not import: ModuleNotFoundError",
        ),
        ({"govopen_instruments": ["gone.toml"]}, "gone.toml"),
    ],
)
def test_a_setting_that_names_what_is_not_there_is_told_on_each_page(
    tmp_path: Path, settings: dict[str, object], complaint: str
) -> None:
    page = "# Ours\n\n" + directive("govopen-rules", "SEC002")

    built = Project.make(tmp_path, {"index": page}, **settings).build("dummy")

    assert complaint in built.warnings
