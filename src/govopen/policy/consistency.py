"""What must hold across instruments and matters before anything is computed from them."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from govopen.errors import PolicyDataError, Problem
from govopen.policy.citation import Citation
from govopen.policy.instrument import Clause, Instrument, Obligation, Overtaken
from govopen.policy.matter import Gap, Matter, Provision

__all__ = ["find_problems"]

_MATTER_ID = re.compile(r"[a-z][a-z0-9-]*/[a-z][a-z0-9-]*")
_DAY = dt.timedelta(days=1)


def find_problems(instruments: Sequence[Instrument], matters: Sequence[Matter]) -> list[Problem]:
    """Everything that is wrong in or between ``instruments`` and ``matters``, in their order.

    The place of a problem is the id of the instrument or matter; its path uses the numbers of the text
    (``1.4/o1.overtaken[0].by``), for a plugin's data need not come from a file.
    """
    by_id = {instrument.id: instrument for instrument in instruments}
    problems = [
        *_repeated((instrument.id for instrument in instruments), "Two instruments are called '{id}'."),
        *_repeated((matter.id for matter in matters), "Two matters are called '{id}'."),
    ]
    for instrument in instruments:
        problems += _of_instrument(instrument, by_id)
    for matter in matters:
        problems += _of_matter(matter, by_id)
    return problems


def _repeated(ids: Iterable[str], message: str, where: str = "", path: str = "") -> Iterator[Problem]:
    for id_, count in Counter(ids).items():
        if count > 1:
            yield Problem(where=where or id_, path=path, message=message, facts={"id": id_})


def _of_instrument(instrument: Instrument, by_id: Mapping[str, Instrument]) -> Iterator[Problem]:
    until = instrument.in_force_until
    if until is not None and until < instrument.in_force_from:
        yield Problem(
            where=instrument.id, path="in_force_until", message="The instrument ends before it enters into force."
        )
    if instrument.issued_on > instrument.in_force_from:
        yield Problem(
            where=instrument.id, path="issued_on", message="The instrument enters into force before it is issued."
        )
    for name, body in instrument.bodies.items():
        if not body.kinds and not body.roles:
            yield Problem(
                where=instrument.id,
                path=f"bodies.{name}",
                message="This body includes nobody.",
                accepted="Give kinds or roles.",
            )
    yield from _repeated(
        (clause.id for clause in instrument.clauses), "Two clauses are numbered '{id}'.", instrument.id, "clauses"
    )
    for clause in instrument.clauses:
        yield from _of_clause(instrument, clause, by_id)


def _of_clause(instrument: Instrument, clause: Clause, by_id: Mapping[str, Instrument]) -> Iterator[Problem]:
    yield from _number(instrument, clause.id, "")
    yield from _known_bodies(instrument, clause.bodies, f"{clause.id}.bodies")
    if clause.obligations and not (clause.obliges and clause.bodies):
        yield Problem(
            where=instrument.id,
            path=clause.id,
            message="The clause has obligations and obliges nobody.",
            accepted="Set obliges = true and name bodies.",
        )
    yield from _repeated(
        (obligation.id for obligation in clause.obligations),
        "Two obligations are numbered '{id}'.",
        instrument.id,
        f"{clause.id}.obligations",
    )
    for obligation in clause.obligations:
        yield from _of_obligation(instrument, clause, obligation, by_id)


def _of_obligation(
    instrument: Instrument, clause: Clause, obligation: Obligation, by_id: Mapping[str, Instrument]
) -> Iterator[Problem]:
    path = f"{clause.id}/{obligation.id}"
    yield from _number(instrument, clause.id, obligation.id)
    yield from _known_bodies(instrument, obligation.bodies, f"{path}.bodies")
    for i, overtaken in enumerate(obligation.overtaken):
        yield from _of_overtaken(instrument, overtaken, f"{path}.overtaken[{i}]", by_id)


def _of_overtaken(
    instrument: Instrument, overtaken: Overtaken, path: str, by_id: Mapping[str, Instrument]
) -> Iterator[Problem]:
    yield from _known_bodies(instrument, overtaken.bodies, f"{path}.bodies")
    yield from _cited(overtaken.by, instrument.id, f"{path}.by", by_id)
    yield from _basis(
        overtaken.by, by_id, since=overtaken.since, verified=overtaken.verified, where=instrument.id, path=path
    )


def _number(instrument: Instrument, clause: str, obligation: str) -> Iterator[Problem]:
    text = str(Citation(instrument.id, clause, obligation))
    try:
        Citation.parse(text)
    except PolicyDataError as error:
        yield Problem(
            where=instrument.id, path="clauses", message=error.message, accepted=error.hint, facts={"text": text}
        )


def _known_bodies(instrument: Instrument, names: Iterable[str], path: str) -> Iterator[Problem]:
    for name in names:
        if name not in instrument.bodies:
            yield Problem(
                where=instrument.id,
                path=path,
                message="No body is called '{name}'.",
                accepted="Known here: {known}.",
                facts={"name": name, "known": ", ".join(sorted(instrument.bodies))},
            )


def _cited(citation: Citation, where: str, path: str, by_id: Mapping[str, Instrument]) -> Iterator[Problem]:
    """Whether the place cited exists."""
    instrument = by_id.get(citation.instrument)
    if instrument is None:
        yield Problem(
            where=where,
            path=path,
            message="{citation} is not there: no instrument is called '{instrument}'.",
            accepted="Known: {known}.",
            facts={
                "citation": str(citation),
                "instrument": citation.instrument,
                "known": ", ".join(sorted(by_id)),
            },
        )
        return
    clause = instrument.clause(citation.clause)
    if clause is None or (
        citation.obligation and all(obligation.id != citation.obligation for obligation in clause.obligations)
    ):
        yield Problem(
            where=where,
            path=path,
            message="{citation} is not there: {instrument} has no {local}.",
            facts={"citation": str(citation), "instrument": citation.instrument, "local": citation.local},
        )


def _basis(
    citation: Citation,
    by_id: Mapping[str, Instrument],
    *,
    since: dt.date,
    verified: bool,
    where: str,
    path: str,
) -> Iterator[Problem]:
    """Whether what is said to follow from the place cited can follow from it."""
    instrument = by_id.get(citation.instrument)
    clause = instrument.clause(citation.clause) if instrument else None
    if instrument is None or clause is None:
        return
    facts: dict[str, object] = {"citation": str(citation), "since": since.isoformat()}
    if not instrument.in_force(since):
        yield Problem(where=where, path=f"{path}.since", message="{citation} was not in force on {since}.", facts=facts)
    if verified and not (instrument.verified and clause.verified):
        yield Problem(
            where=where,
            path=f"{path}.verified",
            message="This is said to be verified, and {citation} is not.",
            accepted="Somebody reads it, or verified = false.",
            facts=facts,
        )


def _of_matter(matter: Matter, by_id: Mapping[str, Instrument]) -> Iterator[Problem]:
    if _MATTER_ID.fullmatch(matter.id) is None:
        yield Problem(
            where=matter.id,
            path="id",
            message="This is not the id of a matter.",
            accepted="Write area/name, for example ogi/reply-time.",
        )
    if not matter.provisions:
        yield Problem(where=matter.id, path="provisions", message="The matter has no provision.")
    for i, provision in enumerate(matter.provisions):
        yield from _of_provision(matter, provision, f"provisions[{i}]", by_id)
    yield from _of_time(matter)


def _of_provision(
    matter: Matter, provision: Provision, path: str, by_id: Mapping[str, Instrument]
) -> Iterator[Problem]:
    if not provision.basis:
        yield Problem(where=matter.id, path=f"{path}.basis", message="The provision cites no law.")
    for i, citation in enumerate(provision.basis):
        yield from _cited(citation, matter.id, f"{path}.basis[{i}]", by_id)
        yield from _basis(
            citation, by_id, since=provision.since, verified=provision.verified, where=matter.id, path=path
        )
    ends = [by_id[citation.instrument].in_force_until for citation in provision.basis if citation.instrument in by_id]
    if ends and not any(_reaches(end, provision.until) for end in ends):
        yield Problem(
            where=matter.id, path=f"{path}.until", message="The provision outlives all the law that it cites."
        )
    if provision.until is not None and provision.until < provision.since:
        yield Problem(where=matter.id, path=f"{path}.until", message="The provision ends before it begins.")
    for name in sorted(matter.parameters.keys() ^ provision.values.keys()):
        known = name in matter.parameters
        yield Problem(
            where=matter.id,
            path=f"{path}.values.{name}",
            message="This parameter has no value." if known else "This is no parameter of the matter.",
            accepted="Parameters: {known}.",
            facts={"known": ", ".join(matter.parameters)},
        )


def _reaches(end: dt.date | None, until: dt.date | None) -> bool:
    return end is None or (until is not None and until <= end)


@attrs.define
class _Reach:
    """The last day that the provisions seen so far cover; ``None``: for ever."""

    until: dt.date | None

    def extend(self, until: dt.date | None) -> None:
        self.until = None if self.until is None or until is None else max(self.until, until)


def _of_time(matter: Matter) -> Iterator[Problem]:
    """Whether the provisions follow one another, and every gap and overlap is explained."""
    gaps = {gap.since: gap for gap in matter.gaps}
    reach: _Reach | None = None
    previous: Provision | None = None
    for i, provision in enumerate(matter.provisions):
        path = f"provisions[{i}]"
        if previous is not None and provision.since < previous.since:
            yield Problem(
                where=matter.id, path=f"{path}.since", message="The provisions are not in the order of their dates."
            )
            return
        overlaps = reach is not None and (reach.until is None or provision.since <= reach.until)
        if overlaps != (provision.prevails is not None):
            yield Problem(
                where=matter.id,
                path=path,
                message=(
                    "The provision overlaps an earlier one, and nothing says why it prevails."
                    if overlaps
                    else "The provision explains why it prevails, and overlaps nothing."
                ),
            )
        if reach is not None and reach.until is not None and provision.since > reach.until + _DAY:
            yield from _of_gap(
                matter, path, gaps.pop(reach.until + _DAY, None), reach.until + _DAY, provision.since - _DAY
            )
        if reach is None:
            reach = _Reach(provision.until)
        else:
            reach.extend(provision.until)
        previous = provision
    for i, gap in enumerate(matter.gaps):
        if gap.since in gaps:
            yield Problem(where=matter.id, path=f"gaps[{i}]", message="No gap between provisions begins on this day.")


def _of_gap(matter: Matter, path: str, gap: Gap | None, first: dt.date, last: dt.date) -> Iterator[Problem]:
    if gap is None or gap.until != last:
        yield Problem(
            where=matter.id,
            path=path,
            message="Nobody explains why there is no provision from {first} to {last}.",
            accepted="Add a gap with these dates and the reason.",
            facts={"first": first.isoformat(), "last": last.isoformat()},
        )
