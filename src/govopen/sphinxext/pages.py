"""Reference pages written from the code: what a reader sees is what runs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from govopen.model.base import RecordType, terms
from govopen.plugins.hookdocs import describe_hooks
from govopen.plugins.registry import Registry
from govopen.policy.instrument import Instrument
from govopen.policy.matter import Matter
from govopen.rules.base import Rule
from govopen.texts import Language, Text

__all__ = ["hooks_page", "instruments_page", "matters_page", "records_page", "rules_page"]

_WORDS = {
    "what": Text("主题", "About"),
    "law": Text("依据", "Law"),
    "answers": Text("对应义务", "Answers"),
    "severity": Text("严重程度", "Severity"),
    "why": Text("理由", "Why"),
    "do": Text("整改", "What to do"),
    "kept": Text("符合示例", "Kept by"),
    "broken": Text("违反示例", "Broken by"),
    "parameters": Text("参数", "Parameters"),
    "advises": Text("仅作提示，不影响任何义务的状态", "advises; no obligation's status depends on it"),
    "protected": Text("不得豁免，不得列入基线", "can be neither waived nor baselined"),
}


def rules_page(registry: Registry, lang: Language, prefix: str = "") -> str:
    """Every rule, or those of one prefix, as Markdown."""
    chosen = [rule for rule in registry.rules if not prefix or rule.prefix == prefix]
    return "\n".join(line for rule in sorted(chosen, key=lambda rule: rule.code) for line in _rule(rule, lang))


def _rule(rule: Rule, lang: Language) -> Iterator[str]:
    def word(key: str) -> str:
        return _WORDS[key].get(lang)

    yield f"(rule-{rule.code.lower()})="
    yield f"## {rule.code} {rule.title.get(lang)}"
    yield ""
    answers = ", ".join(f"`{citation}`" for citation in rule.answers) or word("advises")
    severity = rule.severity.text.get(lang) + (f"; {word('protected')}" if rule.protected else "")
    rows = {
        "what": f"`{rule.name}`, {rule.subject.__name__}",
        "answers": answers,
        "law": ", ".join([f"`{citation}`" for citation in rule.basis] + [f"`{matter}`" for matter in rule.matters]),
        "severity": severity,
        "why": rule.rationale.get(lang),
        "do": rule.remedy.get(lang),
        "parameters": "; ".join(
            f"`{entry.name}` = {entry.default} {entry.unit} ({entry.title.get(lang)})" for entry in rule.parameters
        ),
        "kept": "; ".join(case.name.get(lang) for case in rule.valid),
        "broken": "; ".join(case.name.get(lang) for case in rule.invalid),
    }
    for key, text in rows.items():
        if text:
            yield word(key)
            yield f": {text}"
            yield ""


def instruments_page(registry: Registry, lang: Language) -> str:
    """Every instrument with its clauses and obligations, as Markdown."""
    return "\n".join(
        line for instrument in registry.library.instruments.values() for line in _instrument(instrument, lang)
    )


def _instrument(instrument: Instrument, lang: Language) -> Iterator[str]:
    yield f"## {instrument.id}"
    yield ""
    yield f"{instrument.title.get(lang)} {instrument.document_number}".rstrip()
    yield ""
    yield f"- {instrument.kind.text.get(lang)}, {instrument.issuer.get(lang)}, {instrument.issued_on}"
    yield f"- {_span(instrument.in_force_from, instrument.in_force_until)}"
    if not instrument.verified:
        yield "- " + Text("未经核对", "not verified").get(lang)
    yield ""
    for clause in instrument.clauses:
        mark = "" if clause.verified else " " + Text("（未经核对）", "(not verified)").get(lang)
        yield f"`{clause.id}` {clause.heading.get(lang)}{mark}"
        yield f": {clause.gist.get(lang)}"
        yield ""
        for obligation in clause.obligations:
            due = f", {obligation.due}" if obligation.due else ""
            kind = f"{obligation.force.text.get(lang)}, {obligation.check.text.get(lang)}{due}"
            yield f"  - `{obligation.id}` {obligation.text.get(lang)} ({kind})"
            if obligation.reading is not None:
                yield f"    - {Text('我们的理解', 'Our reading').get(lang)}: {obligation.reading.get(lang)}"
            for later in obligation.overtaken:
                checked = "" if later.verified else "; " + Text("未经核对", "not verified").get(lang)
                yield (
                    f"    - {later.since} {later.effect.text.get(lang)} (`{later.by}`{checked}): {later.note.get(lang)}"
                )
        yield ""


def matters_page(registry: Registry, lang: Language) -> str:
    """Every matter with its dated provisions, as Markdown."""
    return "\n".join(line for matter in registry.library.matters.values() for line in _matter(matter, lang))


def _matter(matter: Matter, lang: Language) -> Iterator[str]:
    yield f"## {matter.id}"
    yield ""
    yield f"{matter.title.get(lang)} (`{matter.act}`)"
    yield ""
    for provision in matter.provisions:
        values = "; ".join(f"{name} = {_value(value)}" for name, value in provision.values.items())
        basis = ", ".join(f"`{citation}`" for citation in provision.basis)
        mark = "" if provision.verified else ", " + Text("未经核对", "not verified").get(lang)
        yield f"- {_span(provision.since, provision.until)}: {values} ({basis}{mark})"
    yield ""


def _value(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _span(since: dt.date, until: dt.date | None) -> str:
    return f"{since} – {until or ''}".rstrip()


def records_page(registry: Registry, lang: Language) -> str:
    """Every record type with its fields, as Markdown."""
    return "\n".join(line for record_type in registry.types for line in _record_type(record_type, lang))


def _record_type(record_type: RecordType, lang: Language) -> Iterator[str]:
    yield f"## {record_type.name}"
    yield ""
    yield f"{record_type.title.get(lang)}: `{record_type.cls.__module__}.{record_type.cls.__qualname__}`"
    yield ""
    for name, term in terms(record_type.cls).items():
        personal = f" ({Text('个人信息', 'personal data').get(lang)})" if term.personal else ""
        yield f"- `{name}` {term.zh if lang == 'zh-Hans' else term.en}{personal}"
    yield ""


def hooks_page() -> str:
    """Every hook with its exact signature, as Markdown."""
    return "\n".join(f"## {hook.name}\n\n```python\n{hook.signature}\n```\n\n{hook.doc}\n" for hook in describe_hooks())
