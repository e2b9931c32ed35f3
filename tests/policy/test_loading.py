"""A file of law loads as it is written, or is refused with everything that is wrong in it and where."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from govopen.errors import PolicyDataError, Problem
from govopen.policy.citation import Citation
from govopen.policy.instrument import Check, Effect, Force, InstrumentKind
from govopen.policy.loading import builtin_instruments, builtin_matters, load_instrument, load_matters
from govopen.texts import Text

INSTRUMENT = """\
id = "unit-2020"
kind = "government_rule"
title = { zh = "本单位规定", en = "Our rules" }
issuer = { zh = "本单位", en = "Our unit" }
document_number = ""
issued_on = 2020-01-01
in_force_from = 2020-02-01
verified = true
source = "A test."

[bodies.towns]
name = { zh = "镇", en = "towns" }
kinds = ["town"]

[[clauses]]
id = "1"
heading = { zh = "一", en = "one" }
gist = { zh = "要旨", en = "gist" }
bodies = ["towns"]
obliges = true
obligations = [
  { id = "o1", force = "shall", check = "auto", area = "catalog", text = { zh = "应当", en = "so" } },
  { id = "o2", force = "promote", check = "judge", area = "catalog", text = { zh = "推进", en = "more" } },
]

[[clauses]]
id = "1.1"
heading = { zh = "一之一", en = "one point one" }
gist = { zh = "要旨", en = "gist" }
bodies = ["towns"]
obliges = true
lists = { fields = ["a", "b"] }
obligations = [
  { id = "o1", force = "shall", check = "evid", area = "x", due = 2020-12-31, text = { zh = "办结", en = "done" } },
]
"""

OVERTAKEN = """
[[overtaken]]
of = ["{of}"]
by = "unit-2020:1"
since = 2021-01-01
effect = "changed"
note = {{ zh = "变化", en = "changed" }}
verified = false
"""

MATTERS = """\
[[matters]]
id = "unit/time"
title = { zh = "期限", en = "time" }
act = "received_on"
[matters.parameters]
days = { zh = "天数", en = "days" }
[[matters.provisions]]
since = 2020-02-01
basis = ["unit-2020:1"]
values = { days = 5, keys = ["a"], yes = true, word = "none" }
verified = true
"""


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def problems_of(path: Path, text: str) -> list[Problem]:
    load = load_matters if "[[matters]]" in text else load_instrument
    with pytest.raises(PolicyDataError) as caught:
        load(write(path, text))
    assert caught.value.problems
    assert {problem.where for problem in caught.value.problems} == {path.name}
    assert str(caught.value)
    return list(caught.value.problems)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "unit.toml"


def test_an_instrument_loads_as_written(file: Path) -> None:
    instrument = load_instrument(write(file, INSTRUMENT))
    assert (instrument.id, instrument.kind, instrument.jurisdiction) == (
        "unit-2020",
        InstrumentKind.GOVERNMENT_RULE,
        "CN",
    )
    assert instrument.title == Text("本单位规定", "Our rules")
    first, second = instrument.clauses
    assert instrument.bodies["towns"].kinds == frozenset({"town"})
    assert second.lists == {"fields": ("a", "b")}
    assert (first.obligations[0].force, first.obligations[0].check) == (Force.SHALL, Check.AUTO)
    assert isinstance(first.obligations[0].force, Force)
    assert second.obligations[0].due == dt.date(2020, 12, 31)
    assert instrument.in_force(dt.date(2020, 2, 1))
    assert not instrument.in_force(dt.date(2020, 1, 31))


def test_matters_load_as_written(file: Path) -> None:
    (matter,) = load_matters(write(file, MATTERS))
    (provision,) = matter.provisions
    assert provision.values == {"days": 5, "keys": ("a",), "yes": True, "word": "none"}
    assert provision.basis == (Citation("unit-2020", "1"),)
    assert provision.until is None


@pytest.mark.parametrize(
    ("of", "reached"), [("1/o2", ["1/o2"]), ("1", ["1/o1", "1/o2", "1.1/o1"]), ("1.1", ["1.1/o1"])]
)
def test_what_later_law_did_reaches_an_obligation_or_all_in_and_below_a_clause(
    file: Path, of: str, reached: list[str]
) -> None:
    instrument = load_instrument(write(file, INSTRUMENT + OVERTAKEN.format(of=of)))
    found = {citation.local: entry.overtaken for citation, _, entry in instrument.obligations()}
    assert [local for local, overtaken in found.items() if overtaken] == reached
    (overtaken,) = found[reached[0]]
    assert (overtaken.effect, overtaken.since) == (Effect.CHANGED, dt.date(2021, 1, 1))


@pytest.mark.parametrize(
    ("old", "new", "path", "said"),
    [
        (
            'force = "promote"',
            'force = "must"',
            "clauses[0].obligations[1].force",
            "shall, shall_not, promote, if_able",
        ),
        ('check = "evid"', 'check = "paper"', "clauses[1].obligations[0].check", "auto, evid, judge"),
        ('kind = "government_rule"', "kind = 3", "kind", "not a text"),
        ("verified = true", 'verified = "yes"', "verified", "not true or false"),
        ("issued_on = 2020-01-01", 'issued_on = "2020-01-01"', "issued_on", "without quotes"),
        ("due = 2020-12-31", "due = 2020-12-31T00:00:00", "clauses[1].obligations[0].due", "not a date"),
        ('kinds = ["town"]', 'kinds = "town"', "bodies.towns.kinds", "not a list"),
        ('kinds = ["town"]', "kinds = [1]", "bodies.towns.kinds[0]", "not a text"),
        ('title = { zh = "本单位规定", en', "title = { en", "title.zh", "missing"),
        ('{ zh = "本单位", en = "Our unit" }', '{ zh = "本单位", en = " " }', "issuer", "both languages"),
        ('{ zh = "本单位", en = "Our unit" }', '"本单位"', "issuer", "not a table"),
        ('source = "A test."', "", "source", "missing"),
        ('source = "A test."', 'source = ""\nsauce = ""', "sauce", "Known here: id, kind"),
        ('lists = { fields = ["a", "b"] }', 'lists = { fields = "a" }', "clauses[1].lists.fields", "not a list"),
        ('lists = { fields = ["a", "b"] }', "lists = []", "clauses[1].lists", "not a table"),
    ],
)
def test_a_mistake_in_an_instrument_is_named_by_its_path_with_what_is_accepted(
    file: Path, old: str, new: str, path: str, said: str
) -> None:
    assert old in INSTRUMENT
    (problem,) = problems_of(file, INSTRUMENT.replace(old, new))
    assert problem.path == path
    assert said in str(problem)


@pytest.mark.parametrize(
    ("old", "new", "path", "said"),
    [
        ('"unit-2020:1"', '"unit-2020"', "matters[0].provisions[0].basis[0]", "panyu-2011:1.3/o2"),
        ("days = 5", "days = 5.5", "matters[0].provisions[0].values.days", "not a value"),
        ('["a"]', "[1]", "matters[0].provisions[0].values.keys", "not a value"),
        ("since = 2020-02-01", "", "matters[0].provisions[0].since", "missing"),
    ],
)
def test_a_mistake_in_a_matter_is_named_by_its_path(file: Path, old: str, new: str, path: str, said: str) -> None:
    assert old in MATTERS
    (problem,) = problems_of(file, MATTERS.replace(old, new))
    assert problem.path == path
    assert said in str(problem)


def test_all_mistakes_are_told_at_once(file: Path) -> None:
    text = INSTRUMENT.replace('"shall"', '"must"').replace("verified = true", "") + OVERTAKEN.format(of="9").replace(
        '"changed"', '"moved"', 1
    )
    paths = {problem.path for problem in problems_of(file, text)}
    assert paths == {
        "verified",
        "clauses[0].obligations[0].force",
        "clauses[1].obligations[0].force",
        "overtaken[0].effect",
    }


@pytest.mark.parametrize("of", ["9", "1/o9", "1.", "nonsense"])
def test_later_law_on_a_place_that_is_not_there_is_a_mistake(file: Path, of: str) -> None:
    (problem,) = problems_of(file, INSTRUMENT + OVERTAKEN.format(of=of))
    assert problem.path == "overtaken[0].of[0]"
    assert f"at '{of}'" in str(problem)


def test_what_is_no_toml_is_refused_with_the_line(file: Path) -> None:
    (problem,) = problems_of(file, "id = \n")
    assert "line 1" in str(problem)


def test_what_is_not_utf_8_is_refused(file: Path) -> None:
    file.write_bytes("id = '番禺'".encode("gb18030"))
    with pytest.raises(PolicyDataError, match="Save it as UTF-8"):
        load_instrument(file)


def test_a_missing_file_is_refused(file: Path) -> None:
    with pytest.raises(PolicyDataError, match="cannot be read"):
        load_matters(file)


def test_the_built_in_law_is_read_once() -> None:
    assert builtin_instruments() is builtin_instruments()
    assert builtin_matters() is builtin_matters()
    assert {"panyu-2011", "ogi-2007", "ogi-2019", "secrets-2010", "secrets-2024"} <= {
        instrument.id for instrument in builtin_instruments()
    }
