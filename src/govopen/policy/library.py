"""All instruments and matters together: checked against each other once, then looked up fast."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Self

import attrs

from govopen.errors import PolicyDataError
from govopen.policy.citation import Citation
from govopen.policy.consistency import find_problems
from govopen.policy.instrument import Clause, Instrument, Obligation
from govopen.policy.matter import Matter

__all__ = ["Library"]


@attrs.frozen(eq=False)
class Library:
    """The law that is known: built by :meth:`build`, never changed.

    Attributes:
        instruments: Instruments by id.
        matters: Matters by id.
    """

    instruments: Mapping[str, Instrument]
    matters: Mapping[str, Matter]
    _clauses: Mapping[tuple[str, str], Clause] = attrs.field(repr=False)
    _obligations: Mapping[Citation, Obligation] = attrs.field(repr=False)

    @classmethod
    def build(cls, instruments: Iterable[Instrument], matters: Iterable[Matter]) -> Self:
        """Put ``instruments`` and ``matters`` together.

        Raises:
            PolicyDataError: Something cited is not there, a matter has a gap or an overlap that nobody explains, an id
                is taken twice …; it carries every problem found.
        """
        instruments, matters = tuple(instruments), tuple(matters)
        if problems := find_problems(instruments, matters):
            raise PolicyDataError("The instruments and matters do not fit together.", problems=problems)
        return cls(
            instruments=MappingProxyType({instrument.id: instrument for instrument in instruments}),
            matters=MappingProxyType({matter.id: matter for matter in matters}),
            clauses={(instrument.id, clause.id): clause for instrument in instruments for clause in instrument.clauses},
            obligations={
                citation: obligation
                for instrument in instruments
                for citation, _, obligation in instrument.obligations()
            },
        )

    def instrument(self, instrument_id: str) -> Instrument:
        """The instrument of that id.

        Raises:
            PolicyDataError: There is none.
        """
        try:
            return self.instruments[instrument_id]
        except KeyError:
            raise PolicyDataError(
                "No instrument is called '{id}'.",
                hint="Known: {known}.",
                id=instrument_id,
                known=", ".join(sorted(self.instruments)),
            ) from None

    def matter(self, matter_id: str) -> Matter:
        """The matter of that id.

        Raises:
            PolicyDataError: There is none.
        """
        try:
            return self.matters[matter_id]
        except KeyError:
            raise PolicyDataError(
                "No matter is called '{id}'.",
                hint="Known: {known}.",
                id=matter_id,
                known=", ".join(sorted(self.matters)),
            ) from None

    def clause(self, citation: Citation) -> Clause:
        """The clause that ``citation`` names, or that holds the obligation it names.

        Raises:
            PolicyDataError: There is none.
        """
        instrument = self.instrument(citation.instrument)
        try:
            return self._clauses[citation.instrument, citation.clause]
        except KeyError:
            raise PolicyDataError(
                "{instrument} has no clause {clause}.",
                hint="It is not complete here: only what rules cite is." if not instrument.complete else "",
                instrument=instrument.id,
                clause=citation.clause,
            ) from None

    def obligation(self, citation: Citation) -> Obligation:
        """The obligation that ``citation`` names.

        Raises:
            PolicyDataError: There is none.
        """
        self.clause(citation)
        try:
            return self._obligations[citation]
        except KeyError:
            raise PolicyDataError("{citation} is not an obligation.", citation=str(citation)) from None

    def exists(self, citation: Citation) -> bool:
        """Whether the place cited is there."""
        if citation.obligation:
            return citation in self._obligations
        return (citation.instrument, citation.clause) in self._clauses

    def verified(self, citation: Citation) -> bool:
        """Whether somebody read the place cited, and the dates of its instrument.

        Raises:
            PolicyDataError: The place is not there.
        """
        return self.clause(citation).verified and self.instrument(citation.instrument).verified
