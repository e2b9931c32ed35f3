"""Explanations of rules, as lines for a terminal or a pipe."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rich.console import Console
from rich.text import Text as Line

from govopen.checking.settings import ParameterValue
from govopen.cli.formatting import wrap
from govopen.cli.words import Words
from govopen.model.base import RecordType
from govopen.policy.citation import Citation
from govopen.policy.library import Library
from govopen.rules.base import Case, Parameter, Rule
from govopen.texts import N_

__all__ = ["Page", "law_line", "print_rule", "print_rules"]


class Page:
    """Writes headings, fields and lists; every text as it is."""

    def __init__(self, console: Console, words: Words) -> None:
        self._console = console
        self.words = words

    def title(self, *parts: str) -> None:
        self._console.print(Line(" ".join(filter(None, parts)), style="bold"))

    def line(self, text: str, depth: int = 1) -> None:
        indent = " " * (2 * depth)
        for row in wrap(text, self._console.width - len(indent)) if text else ():
            self._console.print(Line(f"{indent}{row}"), soft_wrap=True)

    def field(self, label: str, value: object) -> None:
        """A field on one line; nothing if it has no value. ``label`` is a msgid."""
        if value not in ("", None, (), []):
            colon = "：" if self.words.lang == "zh-Hans" else ": "
            self.line(f"{self.words.say(label)}{colon}{self.words.fact(value)}")

    def section(self, label: str, lines: Iterable[str]) -> None:
        """A list under its label; nothing if it is empty. ``label`` is a msgid."""
        lines = list(lines)
        if lines:
            self._console.print()
            self._console.print(Line(f"  {self.words.say(label)}", style="bold"))
            for line in lines:
                self.line(line, depth=2)


def law_line(citation: Citation, library: Library, words: Words) -> str:
    """A citation with its instrument, heading, time in force, and a mark if nobody has verified it."""
    instrument = library.instrument(citation.instrument)
    clause = library.clause(citation)
    mark = "" if library.verified(citation) else words.say(" (not verified)")
    return (
        f"{citation}  {words.text(instrument.title)}  {words.text(clause.heading)}  "
        f"[{words.period(instrument.in_force_from, instrument.in_force_until)}]{mark}"
    )


def print_rules(rules: Iterable[Rule], page: Page, library: Library) -> None:
    """The rules by the area of what they answer: code, title, obligations."""
    words = page.words
    page.title(words.say("Rules"))
    areas: dict[str, list[str]] = {}
    for rule in rules:
        area = library.obligation(rule.answers[0]).area if rule.answers else N_("Answering no obligation")
        mark = f"  [{words.join([str(citation) for citation in rule.answers])}]" if rule.answers else ""
        areas.setdefault(area, []).append(f"{rule.code}  {words.text(rule.title)}{mark}")
    for area, lines in areas.items():
        page.section(area, lines)


def print_rule(
    rule: Rule,
    page: Page,
    library: Library,
    types: Iterable[RecordType],
    settings: Mapping[str, ParameterValue],
) -> None:
    """What a rule says, why, on which law, and its examples.

    Args:
        rule: The rule.
        page: Where to write.
        library: The law it cites.
        types: The record types there are.
        settings: The values of its parameters.
    """
    words = page.words
    title = next((entry.title for entry in types if entry.cls is rule.subject), None)
    page.title(rule.code, words.text(rule.title))
    page.field(N_("Name"), rule.name)
    page.field(N_("About"), words.text(title))
    page.field(N_("Category"), rule.category)
    page.field(N_("Severity"), rule.severity)
    page.field(N_("Check"), rule.kind)
    page.field(N_("Why"), rule.rationale)
    page.field(N_("What to do"), rule.remedy)
    if rule.protected:
        page.line(words.say("It protects secrecy or clearance: it can be neither waived nor accepted in a baseline."))
    if not rule.answers:
        page.line(words.say("It answers no obligation; it advises."))
    page.section(
        N_("Obligations"),
        (f"{citation}  {words.text(library.obligation(citation).text)}" for citation in rule.answers),
    )
    page.section(
        N_("Our reading"),
        (
            f"{citation}  {words.text(reading)}"
            for citation in rule.answers
            if (reading := library.obligation(citation).reading) is not None
        ),
    )
    page.section(N_("Law"), (law_line(citation, library, words) for citation in rule.basis))
    page.section(N_("Matters of law"), (f"{name}  {words.text(library.matter(name).title)}" for name in rule.matters))
    page.section(N_("Parameters"), (_parameter(entry, settings, words) for entry in rule.parameters))
    page.section(N_("What it says"), (words.text(message) for message in rule.messages.values()))
    page.section(N_("Examples that keep it"), (_case(case, words) for case in rule.valid))
    page.section(N_("Examples that break it"), (_case(case, words) for case in rule.invalid))


def _parameter(entry: Parameter, settings: Mapping[str, ParameterValue], words: Words) -> str:
    value = settings.get(entry.name, entry.default)
    title = words.text(entry.title)
    text = f"{entry.name} = {words.fact(value)} {entry.unit}".rstrip()
    if title != entry.unit:
        text += f"  {title}"
    if value != entry.default:
        text += words.say(" (set by the workspace; default {default})", default=entry.default)
    if entry.basis:
        mark = "" if entry.verified else words.say(" (not verified)")
        return f"{text}  [{entry.basis}]{mark}"
    return text + words.say(" (our own setting, not the law's)")


def _case(case: Case, words: Words) -> str:
    return words.say("{name} (as of {date})", name=case.name, date=case.as_of)
