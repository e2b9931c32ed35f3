"""What a store over given tables does not do, said in one place."""

from __future__ import annotations

from govopen.errors import StoreError
from govopen.model.base import RecordType
from govopen.texts import N_

__all__ = ["no_companion", "no_past", "read_only"]


def read_only(type_: RecordType | None, mapping: str) -> StoreError:
    """The error for a write into tables that govopen only reads."""
    if type_ is None:
        return StoreError(
            N_("The store is read-only: the mapping {mapping} says so, and names no companion."),
            hint=N_(
                'Name a store for govopen\'s own records, companion = "sqlite:///own.db", or write mode = "read-write".'
            ),
            mapping=mapping,
        )
    return StoreError(
        N_("The records of type {type} are read from tables of another system, and not written."),
        hint=N_('Change them in that system, or let govopen write: mode = "read-write" in {mapping}.'),
        type=type_.name,
        mapping=mapping,
    )


def no_companion(mapping: str) -> StoreError:
    """The error for what tables of another system do not have: a journal, a feed of changes, files."""
    return StoreError(
        N_("The tables of another system keep no journal, no changes and no files of govopen's."),
        hint=N_('Name a store for them in {mapping}: companion = "sqlite:///own.db".'),
        mapping=mapping,
    )


def no_past(mapping: str) -> StoreError:
    """The error for a question about a past moment."""
    return StoreError(
        N_("The tables of another system hold what is, not what was known at some moment."),
        hint=N_('Ask without a moment; or let govopen keep revisions: mode = "read-write" in {mapping}.'),
        mapping=mapping,
    )
