"""Cells that say something of one input, and the condition that the cells of a row make together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import attrs

from govopen.discretion.axes import Axis
from govopen.discretion.language import parse_cell, parse_condition
from govopen.discretion.spans import Spans
from govopen.discretion.tokens import tokenize
from govopen.discretion.wording import IntervalWords
from govopen.discretion.writing import write_cell, write_name, write_term
from govopen.errors import InputError
from govopen.interchange.tables.xlsx_cells import no_share, value_text
from govopen.interchange.tables.xlsx_layout import ANY_CASE
from govopen.interchange.values import clean
from govopen.model.discretion import InputKind
from govopen.texts import N_

__all__ = ["ConditionCell", "alternatives", "condition_cell", "row_condition", "texts_named"]

_SHARES = ("%", "‰")
_SIGNS = "=<>!≤≥≠＝＜＞"


@attrs.frozen
class ConditionCell:
    """What a cell says of an input.

    Attributes:
        text: As it is written; ``-``: any case.
    """

    text: str
    spans: Spans


def texts_named(value: object) -> list[str]:
    """The texts that a cell of a text input names: those in quotes, else its words."""
    text = value_text(value)
    if clean(text) in ANY_CASE:
        return []
    tokens = tokenize(text, ())
    if all(token.kind == "word" for token in tokens):
        return [text]
    return [token.text for token in tokens if token.kind in ("text", "word") and token.text != "-"]


def condition_cell(value: object, axis: Axis, words: IntervalWords) -> ConditionCell:
    """What a cell says of the input of ``axis``.

    Raises:
        InputError: It is blank, or says nothing that an input of this kind can be; with what is accepted.
    """
    if value == "":
        raise InputError(
            N_("The cell is blank, and says nothing of {input}."),
            hint=N_("Accepted: - or 不限 for any case; a value or test such as 3, >= 3, 3次以上, [1..5], 是, 否."),
            input=axis.label or axis.name,
        )
    if axis.unit in _SHARES:
        no_share(value)
    text = value_text(value)
    if clean(text) in ANY_CASE:
        return ConditionCell("-", axis.domain)
    if axis.kind in (InputKind.ENUMERATION, InputKind.TEXT):
        return _of_words(text, axis, words)
    return ConditionCell(text, parse_cell(text, axis, words))


def _of_words(text: str, axis: Axis, words: IntervalWords) -> ConditionCell:
    if text in axis.values:
        # A value of a list may look like anything: not yet, 3年（含）以上, a/b.
        place = axis.values.index(text)
        spans: Spans = ((place, place),)
    else:
        if axis.kind is InputKind.TEXT:
            # The language takes a text that nobody listed for any other text.
            for named in texts_named(text):
                if named not in ("not", *axis.values):
                    axis.refuse(named)
        spans = parse_cell(text, axis, words)
    return ConditionCell("-" if spans == axis.domain else write_cell(spans, axis), spans)


def row_condition(cells: Mapping[int, ConditionCell], axes: Sequence[Axis], words: IntervalWords) -> str:
    """The condition that the cells of a row make together, each as it is written.

    Args:
        cells: By the position of their input.
        axes: All inputs.
        words: Which interval words include their number.
    """
    parts = [_part(cell, at, axes, words) for at, cell in sorted(cells.items()) if cell.text != "-"]
    return " and ".join(parts) or "-"


def _part(cell: ConditionCell, at: int, axes: Sequence[Axis], words: IntervalWords) -> str:
    axis = axes[at]
    # The language knows `times` and `per` as names where nothing else can be meant.
    names = [axis.name, write_name(axis)] if axis.name.isidentifier() else [write_name(axis)]
    for form in _forms(cell.text, ordered=axis.ordered):
        for name in names:
            text = f"{name} {form}"
            try:
                if parse_condition(text, axes, words).terms() == [{at: cell.spans}]:
                    return text
            except InputError:
                continue
    return write_term([cell.spans if here == at else other.domain for here, other in enumerate(axes)], axes)


def _forms(text: str, *, ordered: bool) -> Iterator[str]:
    """How a condition may say behind a name what a cell says, the plainest first."""
    if not any(sign in text for sign in ",，") and not text.startswith("not"):
        if text[0] in _SIGNS or (ordered and not text[0].isascii()):
            yield text
        elif text[0] in "[(]":
            yield f"in {text}"
        else:
            yield f"= {text}"
            if ordered and not text.isascii():
                yield text
    yield f"in ({text})"


def alternatives(conditions: Sequence[str]) -> str:
    """Several conditions of which one has to be met."""
    if len(conditions) == 1:
        return conditions[0]
    return " or ".join(f"({condition})" if _joined(condition) else condition for condition in conditions)


def _joined(condition: str) -> bool:
    return any(token.kind == "sign" and token.text in ("or", "/") for token in tokenize(condition, ()))
