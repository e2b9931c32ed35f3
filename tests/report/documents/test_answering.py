"""What answers obligations, and how a unit stands, as parts of a document."""

from __future__ import annotations

from collections import Counter

import attrs

from govopen.checking.coverage import Answer, coverage
from govopen.report.documents.answering import Standing, coverage_part, rule_list
from govopen.report.documents.parts import Grid, Section
from govopen.report.wording import Wording
from govopen.rules import samples

EN = Wording("en")


def rows(part: Section) -> list[list[str]]:
    """The rows of the clauses, without the sums."""
    found = []
    for section in part.parts[1:]:
        assert isinstance(section, Section)
        (table,) = section.parts
        assert isinstance(table, Grid)
        found += [["".join(span.text for line in cell for span in line) for cell in row] for row in table.rows]
    return found


def test_each_obligation_stands_once_with_its_answer_and_rules(registry):
    found = coverage(registry.library.instrument("panyu-2011"), registry.rules)
    shown = rows(coverage_part(found, EN))

    assert [row[0] for row in shown] == [str(entry.citation) for entry in found.obligations]
    answers = {answer.text.en for answer in Answer}
    counted = Counter(next(name for name in answers if row[3].startswith(name)) for row in shown)
    assert counted == {answer.text.en: count for answer, count in found.summary().items() if count}
    assert all(code in row[3] for row, entry in zip(shown, found.obligations, strict=True) for code in entry.rules)


def test_the_sums_are_those_of_the_coverage(registry):
    found = coverage(registry.library.instrument("panyu-2011"), registry.rules)
    sums = coverage_part(found, EN).parts[0]
    assert isinstance(sums, Section)
    (table,) = sums.parts
    assert isinstance(table, Grid)

    last = [cell[0][0].text for cell in table.rows[-1]]
    assert last[2:] == [str(count) for count in found.summary().values()]


def test_a_units_statuses_stand_beside_the_obligations(registry, source_of):
    standing = Standing(unit=samples.UNIT, report=source_of().check("bureau"))
    shown = rows(
        coverage_part(coverage(registry.library.instrument("panyu-2011"), registry.rules), EN, standing=standing)
    )

    statuses = {str(entry.citation): entry for entry in standing.report.statuses}
    assert {row[0]: row[4].partition(":")[0].removesuffix(" (not verified)") for row in shown} == {
        name: entry.status.text.en for name, entry in statuses.items()
    }
    assert any(row[4].endswith(" (not verified)") for row in shown)


def test_an_obligation_of_an_instrument_that_was_not_checked_is_no_pass(registry, source_of):
    report = source_of().check("bureau")
    standing = Standing(unit=samples.UNIT, report=attrs.evolve(report, statuses=report.statuses[1:]))
    shown = rows(
        coverage_part(coverage(registry.library.instrument("panyu-2011"), registry.rules), EN, standing=standing)
    )

    assert [row[4] for row in shown if row[0] == str(report.statuses[0].citation)] == ["not checked"]


def test_rules_are_listed_by_code_with_severity_and_law(registry):
    chosen = [rule for rule in registry.rules if rule.prefix == "SEC"]
    table = rule_list(reversed(chosen), registry.library, EN)
    assert isinstance(table, Grid)

    shown = [["".join(span.text for line in cell for span in line) for cell in row] for row in table.rows]
    assert [row[0] for row in shown] == [rule.code for rule in chosen]
    assert [row[2] for row in shown] == [rule.severity.text.en for rule in chosen]
    assert all(row[4] for row, rule in zip(shown, chosen, strict=True) if rule.basis)
    assert [span.kind for row in table.rows for span in row[0][0]] == ["rule"] * len(chosen)
