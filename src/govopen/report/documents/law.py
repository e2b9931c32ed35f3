"""What documents say of the law: the articles in force on a day, and what a matter provides on it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from govopen.errors import NotComputable
from govopen.policy.citation import Citation
from govopen.policy.instrument import InstrumentKind
from govopen.policy.library import Library
from govopen.policy.matter import Provision
from govopen.report.documents.parts import Cell, Line, Span, line
from govopen.report.wording import Wording
from govopen.texts import N_, Text

__all__ = ["articles", "articles_cell", "cited", "gists", "nothing", "provided", "provision_on", "unverified"]

_WHOLE = N_("{title}: {heading}")
_PLACE = N_("{title}, {number} {heading}")
_ARTICLE = N_("{title}, article {number}: {heading}")
_ITEM = N_("{title}, article {number}, item {item}: {heading}")
_IN_ARTICLES = frozenset({InstrumentKind.LAW, InstrumentKind.ADMINISTRATIVE_REGULATION, InstrumentKind.GOVERNMENT_RULE})

_NOTHING = Text("当日没有规定", "nothing was provided on that day")
_UNLIMITED = Text("没有规定期限", "no time is set")
_YES = {True: Text("是", "yes"), False: Text("否", "no")}
_VALUE = Text("{name}：{value}", "{name}: {value}")

_LIMITED = "limited"
"""The parameter by which a matter says whether law sets a time at all."""


def unverified(words: Wording) -> Span:
    """The mark of what nobody has verified."""
    return Span(words.say(" (not verified)"), "unverified")


def cited(library: Library, citation: Citation, words: Wording) -> Line:
    """An article as law is cited, marked if nobody has verified it."""
    instrument = library.instrument(citation.instrument)
    article, _, item = citation.clause.partition(".")
    template = _PLACE
    if citation.clause == "0":
        template = _WHOLE
    elif instrument.kind in _IN_ARTICLES:
        template = _ITEM if item else _ARTICLE
    text = words.say(
        template,
        title=words.text(instrument.title),
        number=citation.local if template is _PLACE else article,
        item=item,
        heading=words.text(library.clause(citation).heading),
    )
    return (Span(text),) if library.verified(citation) else (Span(text), unverified(words))


def articles(library: Library, day: dt.date, *texts: str) -> tuple[Citation, ...]:
    """Those of some citations that name law in force on a day, in their order."""
    found = map(Citation.parse, texts)
    return tuple(citation for citation in found if library.instrument(citation.instrument).in_force(day))


def articles_cell(library: Library, citations: Iterable[Citation], words: Wording) -> Cell:
    """Articles under each other."""
    return tuple(cited(library, citation, words) for citation in citations)


def gists(library: Library, day: dt.date, words: Wording, *texts: str) -> tuple[Line, ...]:
    """What articles in force on a day say in short, each with its place; that none was, if none was."""
    found = articles(library, day, *texts)
    if not found:
        return (nothing(words),)
    separator = "——" if words.lang == "zh-Hans" else " — "
    return tuple(
        (*cited(library, citation, words), Span(separator + words.text(library.clause(citation).gist)))
        for citation in found
    )


def nothing(words: Wording) -> Line:
    """That the law said nothing on the day."""
    return line(Span(words.text(_NOTHING), "missing"))


def provision_on(library: Library, matter_id: str, day: dt.date) -> Provision | None:
    """What was provided on a matter on a day, if anything was."""
    try:
        return library.matter(matter_id).on(day)
    except NotComputable:
        return None


def provided(library: Library, matter_id: str, day: dt.date, words: Wording) -> tuple[Cell, Cell, Cell]:
    """A matter as a row of a table: what it is about, what was provided on a day, and where."""
    matter = library.matter(matter_id)
    title = (line(words.text(matter.title)),)
    provision = provision_on(library, matter_id, day)
    if provision is None:
        return title, (nothing(words),), ()
    # A matter may be of codes alone.
    said = [line(text) for text in _said(provision, matter.parameters, words)] or [()]
    if not provision.verified:
        said[-1] = (*said[-1], unverified(words))
    if provision.note is not None:
        said.append(line(words.text(provision.note)))
    return title, tuple(said), articles_cell(library, provision.basis, words)


def _said(provision: Provision, parameters: Mapping[str, Text], words: Wording) -> list[str]:
    if provision.values.get(_LIMITED) is False:
        return [words.text(_UNLIMITED)]
    said = []
    for name, text in parameters.items():
        value = provision.values[name]
        if name == _LIMITED or isinstance(value, str | tuple):
            # Codes are for programs; the gist of the article says the same in words.
            continue
        shown = words.text(_YES[value]) if isinstance(value, bool) else str(value)
        # What a nought would mean is said for programs, behind a semicolon.
        name_of = words.text(text).replace("；", ";").partition(";")[0]
        said.append(_VALUE.get(words.lang, name=name_of, value=shown))
    return said
