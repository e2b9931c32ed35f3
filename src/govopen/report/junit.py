"""The check report as JUnit XML, for build servers: a suite for each unit, a case for each obligation.

What makes the check fail is a failure (a rule that failed, an error). Only what is satisfied passes; whatever else does
not make the check fail is skipped, and says why.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from govopen.checking.algebra import Status
from govopen.checking.result import FAIL_ON, CheckReport, ObligationStatus
from govopen.report.detail import PASSING, Found, advice, found_by_obligation, lines_of, of_rule
from govopen.report.render import Renderer
from govopen.texts import N_, Language

__all__ = ["report_junit"]

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ACCEPTED = N_("{status} [accepted before]")
# No unit is called so: an identifier has no blanks.
_NOTICES = "govopen notices"


def report_junit(
    report: CheckReport,
    lang: Language,
    *,
    heading: str,
    fail_on: frozenset[Status] = FAIL_ON,
    notices_fail: bool = False,
) -> bytes:
    """The report as UTF-8 XML of the form that Jenkins describes in ``junit-10.xsd``.

    Args:
        report: The check.
        lang: Language of the texts; names of suites and cases are identifiers and citations in both languages.
        heading: Whose check it is: the workspace's name.
        fail_on: The statuses that make the check fail; findings accepted in the baseline do not.
        notices_fail: Whether a notice about the run makes it fail too.
    """
    words = Renderer(report, lang)
    found = found_by_obligation(report)
    suites = [_Suite(unit, words).unit(found, fail_on) for unit in report.units]
    if report.notices:
        suites.append(_Suite(_NOTICES, words).notices(fails=notices_fail))
    root = ET.Element("testsuites", name=_xml(heading))
    for key in ("tests", "failures", "errors"):
        root.set(key, str(sum(int(suite.get(key, "0")) for suite in suites)))
    root.extend(suites)
    ET.indent(root, " ")
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


class _Suite:
    """A suite in the making."""

    def __init__(self, name: str, words: Renderer) -> None:
        self._name = name
        self._words = words
        self._cases: list[ET.Element] = []
        self._element = ET.Element("testsuite", name=_xml(name))

    def unit(self, found: Found, fail_on: frozenset[Status]) -> ET.Element:
        """The obligations of a unit, and what its records only get as advice."""
        report = self._words.report
        for entry in report.statuses:
            if entry.unit == self._name:
                lines = lines_of(entry, found.get((entry.unit, entry.citation), ()), self._words)
                self._obligation(entry, "\n".join(lines), fail_on)
        facts = {
            "unit": report.units[self._name].name,
            "as_of": report.as_of.isoformat(),
            "known_at": report.known_at.isoformat() if report.known_at else "",
            "complete": str(report.selection.everything).lower(),
        }
        return self._finished(facts, self._advice())

    def notices(self, *, fails: bool) -> ET.Element:
        """What the check says of itself, a case for each code."""
        said: dict[str, list[str]] = {}
        for notice in self._words.report.notices:
            said.setdefault(notice.code, []).append(self._words.notice(notice))
        for code, texts in said.items():
            self._case(code, "failure" if fails else "skipped", code, texts[0], "\n".join(texts))
        return self._finished({}, "")

    def _obligation(self, entry: ObligationStatus, text: str, fail_on: frozenset[Status]) -> None:
        status = self._words.status(entry)
        tag = "skipped"
        if entry.status in fail_on and not entry.baselined:
            tag = "error" if entry.status is Status.ERROR else "failure"
        elif entry.status in PASSING:
            tag = ""
        elif entry.baselined:
            status = self._words.say(_ACCEPTED, status=status)
        self._case(str(entry.citation), tag, entry.status.value, status, text)

    def _case(self, name: str, tag: str, kind: str, message: str, text: str) -> None:
        case = ET.Element("testcase", classname=_xml(self._name), name=name, time="0")
        place = case
        if tag:
            place = ET.SubElement(case, tag, type=kind, message=_xml(message))
        if tag in ("", "skipped"):
            # Of a skipped case many readers show no text but the message.
            place = ET.SubElement(case, "system-out")
        place.text = _xml(text)
        self._cases.append(case)

    def _advice(self) -> str:
        entries = advice(self._words.report, self._name)
        codes = dict.fromkeys(entry.rule for entry in entries)
        found = (of_rule([entry for entry in entries if entry.rule == code], self._words) for code in codes)
        return "\n\n".join("\n".join(lines) for lines in found)

    def _finished(self, facts: dict[str, str], out: str) -> ET.Element:
        self._element.set("tests", str(len(self._cases)))
        for key, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            self._element.set(key, str(sum(case.find(tag) is not None for case in self._cases)))
        self._element.set("timestamp", self._words.report.generated_at.isoformat(timespec="seconds"))
        # A check is not timed by obligation; some readers do not take a suite without a time.
        self._element.set("time", "0")
        properties = ET.SubElement(self._element, "properties")
        for name, value in facts.items():
            if value:
                ET.SubElement(properties, "property", name=name, value=_xml(value))
        self._element.extend(self._cases)
        if out:
            ET.SubElement(self._element, "system-out").text = _xml(out)
        return self._element


def _xml(text: str) -> str:
    """The text, with what XML cannot hold written out: an identifier may hold any character but a few."""
    return _NOT_XML.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
