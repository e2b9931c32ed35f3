"""An independent check of certificates. It shares no search with what made them, and is short enough to be read.

It takes a table as plain data (:mod:`govopen.discretion.plain`) and believes nothing that a certificate says: a tree of
cuts only tells it where to cut. In each piece it looks itself which boxes touch the piece and which hold all of it.
"""

from __future__ import annotations

import hashlib
import json
import operator
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from math import prod
from typing import Any

from govopen.discretion.formula import Bound, Formula, parse_formula
from govopen.discretion.pieces import (
    LEAST,
    MOST,
    Piece,
    Place,
    Rejected,
    holds,
    number_of,
    piece_of,
    place_of,
    read_place,
    require,
    touches,
)

__all__ = ["check", "seal"]

Leaf = tuple[Piece, list["_Row"]]
"""A piece, and the rows that touch it, by precedence."""

_NIL = ("none", "no_fine")
_SIGNS: Mapping[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def seal(certificate: Mapping[str, Any]) -> str:
    """SHA-256 over all of a certificate but its seal."""
    content = {key: value for key, value in certificate.items() if key != "seal"}
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=True).encode()).hexdigest()


def check(certificate: Mapping[str, Any], tables: Mapping[str, Mapping[str, Any]]) -> None:
    """Accept a certificate silently.

    Args:
        certificate: As JSON.
        tables: The table as plain data, under each of its readings.

    Raises:
        Rejected: It does not show what it claims of this table.
    """
    try:
        require(certificate["seal"] == seal(certificate), "the seal is broken")
        require(certificate["format"] == "govopen-table-certificate/1", "it is of another format")
        require({proof["reading"] for proof in certificate["proofs"]} == set(tables), "a reading is missing")
        require(certificate["verdict"] in ("proved", "refuted"), "it proves nothing")
        for proof in certificate["proofs"]:
            plain = tables[proof["reading"]]
            require(plain["version"] == certificate["version"], "it is about another version of the table")
            require(plain["table"] == certificate["table"], "it is about another table")
            _Checker(plain).check(certificate["property"], certificate["verdict"] == "proved", proof)
    except (
        ArithmeticError,
        AttributeError,
        IndexError,
        KeyError,
        RecursionError,
        StopIteration,
        TypeError,
        ValueError,
    ) as error:
        raise Rejected(f"it is malformed: {type(error).__name__}") from error


class _Row:
    def __init__(self, row: Mapping[str, Any]) -> None:
        self.number = row["number"]
        self.kind = row["class"]
        self.boxes = [piece_of(box) for box in row["boxes"]]
        self.outcome = row["outcome"]
        self.mitigated = row["mitigated"] and row["ground"]
        self.formula: Formula | None = None
        if self.outcome is not None:
            self.bounds = place_of(self.outcome["low"], LEAST), place_of(self.outcome["high"], MOST)
        if self.outcome is not None and self.outcome["formula"]:
            self.formula = parse_formula(re.split("[:：]", self.outcome["formula"], maxsplit=1)[1])


class _Checker:
    def __init__(self, plain: Mapping[str, Any]) -> None:
        self.inputs = plain["inputs"]
        self.policy = plain["policy"]
        self.default = plain["default"]
        self.ranked = self.policy in ("first", "priority")
        self.rows = [_Row(row) for row in plain["rows"]]
        self.impossible = [piece_of(box) for box in plain["impossible"]]
        self.relations = plain["relations"]
        self.lawful = [piece_of(box) for box in plain["lawful"]]
        self.statutes = {
            entry["number"]: ([piece_of(box) for box in entry["boxes"]], entry["outcome"])
            for entry in plain["statutes"]
        }
        self.periods = [set(numbers) for numbers in plain["periods"]]
        self._properties: dict[str, Callable[[list[Leaf]], None]] = {
            "complete": self._complete,
            "disjoint": self._disjoint,
            "boundary": self._boundary,
            "contained": self._contained,
            "monotone": self._monotone,
        }
        self.whole = [(place_of(entry["low"], LEAST), place_of(entry["high"], MOST)) for entry in self.inputs]

    def check(self, name: str, proved: bool, proof: Mapping[str, Any]) -> None:
        if name == "reachable":
            self._reachable(proved, proof)
        elif proved:
            self._properties[name](self._leaves(proof))
        elif name == "contained":
            self._excess(self._at(proof["cases"][0]))
        elif name == "monotone":
            self._disorder(*(self._at(case) for case in proof["cases"]))
        else:
            # A case is a piece of one point: what cannot be shown of it is refuted by it.
            points = [self._at(case) for case in proof["cases"][:1]]
            require(points, "there is no case")
            try:
                self._properties[name](points)
            except Rejected:
                return
            raise Rejected("the case breaks nothing")

    def _reachable(self, proved: bool, proof: Mapping[str, Any]) -> None:
        if proved:
            by_number = sorted(self.rows, key=lambda row: row.number)
            for row, case in zip(by_number, proof["cases"], strict=True):
                point = self._point(case)
                earlier = self.rows[: self.rows.index(row)] if self.ranked else []
                masked = any(touches(box, point) for other in earlier for box in other.boxes)
                met = any(touches(box, point) for box in row.boxes)
                require(met and not masked, "a row does not decide its case")
            return
        (row,) = (row for row in self.rows if row.number == proof["row"])
        for leaf in self._leaves(proof):
            require(row not in self._deciders(leaf) or self._never(leaf[0]), "the row decides a case")

    # Pieces

    def _leaves(self, proof: Mapping[str, Any]) -> list[Leaf]:
        if proof["by"] == "boxes":
            return self._of_boxes()
        require(proof["by"] == "tree", "the proof is of another kind")
        touching = [(row, box) for row in self.rows for box in row.boxes]
        return list(self._cut(proof["tree"], self.whole, touching))

    def _cut(self, node: Any, piece: Piece, touching: list[tuple[_Row, Piece]]) -> Iterator[Leaf]:
        touching = [(row, box) for row, box in touching if touches(box, piece)]
        if node == 0 and not isinstance(node, bool):
            yield piece, list(dict.fromkeys(row for row, _ in touching))
            return
        at, (number, side), lower, upper = node
        require(type(at) is int and 0 <= at < len(piece) and type(side) is int, "a cut is no cut")
        cut: Place = (number_of(number), side)
        # Nothing may lie between the two parts: on a grid whole numbers alone are places.
        whole = isinstance(cut[0], int) and side == 0
        require(side in (0, 1) if self.inputs[at]["dense"] else whole, "a cut lies between two places")
        low, high = piece[at]
        require(low < cut <= high, "a cut lies outside its piece")
        below: Place = (cut[0], cut[1] - 1) if self.inputs[at]["dense"] else (cut[0] - 1, 0)
        yield from self._cut(lower, [*piece[:at], (low, below), *piece[at + 1 :]], touching)
        yield from self._cut(upper, [*piece[:at], (cut, high), *piece[at + 1 :]], touching)

    def _of_boxes(self) -> list[Leaf]:
        """The boxes themselves, if they do not overlap and their cells count up to all."""
        require(not self.impossible and not self.lawful and not self.ranked, "boxes alone do not show this")
        leaves: list[Leaf] = [(box, [row]) for row in self.rows for box in row.boxes]
        starts: list[list[Place]] = []
        for at, (least, most) in enumerate(self.whole):
            found = {least} | {box[at][0] for box, _ in leaves} | {self._after(at, box[at][1]) for box, _ in leaves}
            starts.append(sorted(place for place in found if place <= most))

        def cells(piece: Piece) -> list[tuple[int, int]]:
            ends = [(low, self._after(at, high)) for at, (low, high) in enumerate(piece)]
            return [
                (bisect_left(places, low), bisect_left(places, high))
                for places, (low, high) in zip(starts, ends, strict=True)
            ]

        running: list[list[tuple[int, int]]] = []
        counted = 0
        for box in sorted(cells(box) for box, _ in leaves):
            running = [other for other in running if other[0][1] > box[0][0]]
            for other in running:
                apart = any(low >= end or start >= high for (low, high), (start, end) in zip(box, other, strict=True))
                require(apart, "boxes overlap")
            running.append(box)
            counted += prod(high - low for low, high in box)
        require(counted == prod(high - low for low, high in cells(self.whole)), "boxes leave a gap")
        return leaves

    def _after(self, at: int, place: Place) -> Place:
        return (place[0], place[1] + 1) if self.inputs[at]["dense"] else (place[0] + 1, 0)

    def _at(self, case: Mapping[str, str]) -> Leaf:
        point = self._point(case)
        return point, [row for row in self.rows if any(touches(box, point) for box in row.boxes)]

    def _point(self, case: Mapping[str, str]) -> Piece:
        require(set(case) == {entry["name"] for entry in self.inputs}, "the case has other inputs")
        places = [read_place(entry, case[entry["name"]]) for entry in self.inputs]
        piece = [(place, place) for place in places]
        require(holds(self.whole, piece), "the case lies outside the domain")
        excluded = any(_SIGNS[sign](places[one], places[other]) for one, sign, other in self.relations)
        require(not excluded and not self._never(piece), "the case cannot occur")
        return piece

    def _never(self, piece: Piece) -> bool:
        return any(holds(box, piece) for box in self.impossible)

    def _deciders(self, leaf: Leaf) -> list[_Row]:
        """The rows that may decide cases of a piece: of ranked ones those up to the first that holds all of it."""
        piece, rows = leaf
        if not self.ranked:
            return rows
        found = []
        for row in rows:
            found.append(row)
            if any(holds(box, piece) for box in row.boxes):
                break
        return found

    # Properties

    def _complete(self, leaves: list[Leaf]) -> None:
        for piece, rows in leaves:
            held = any(holds(box, piece) for row in rows for box in row.boxes)
            allowed = any(holds(box, piece) for box in self.lawful)
            require(self.default or held or allowed or self._never(piece), "a case meets no row")

    def _disjoint(self, leaves: list[Leaf]) -> None:
        for piece, rows in leaves:
            one = len(rows) <= 1 if self.policy == "unique" else len({row.kind for row in rows}) <= 1
            exclusive = self.policy in ("unique", "any")
            require(one or not exclusive or self._never(piece), "a case meets rows that contradict each other")

    def _boundary(self, leaves: list[Leaf]) -> None:
        for leaf in leaves:
            if self._never(leaf[0]) or not any(touches(box, leaf[0]) for box in self.lawful):
                continue
            punished = any(row.outcome is not None and row.outcome["kind"] != "none" for row in self._deciders(leaf))
            require(not punished, "a case that keeps the law is penalised")

    def _contained(self, leaves: list[Leaf]) -> None:
        for leaf in leaves:
            if self._never(leaf[0]):
                continue
            # In every period some range in force has to hold the outcome.
            limits = {
                number for number, (boxes, _) in self.statutes.items() if any(holds(box, leaf[0]) for box in boxes)
            }
            for row in self._deciders(leaf):
                if row.outcome is None or row.outcome["kind"] == "none":
                    continue
                inside = {number for number in limits if self._inside(row, self.statutes[number][1], leaf[0])}
                require(all(inside & period for period in self.periods), "a tier leaves the statutory range")

    def _excess(self, point: Leaf) -> None:
        """Some row that decides the case lies outside all ranges of some period, and can be compared with each."""
        limits = {number for number, (boxes, _) in self.statutes.items() if any(holds(box, point[0]) for box in boxes)}
        for row in self._deciders(point):
            if row.outcome is None or row.outcome["kind"] == "none":
                continue
            known = {number for number in limits if self._comparable(row, self.statutes[number][1])}
            inside = {number for number in limits if self._inside(row, self.statutes[number][1], point[0])}
            if any(not limits & period & inside and limits & period <= known for period in filter(None, self.periods)):
                return
        raise Rejected("the case breaks nothing")

    def _comparable(self, row: _Row, limit: Any) -> bool:
        nil = row.outcome["kind"] == "no_fine" or limit["kind"] in _NIL
        excess = not set(row.outcome["further"]) <= set(limit["further"])
        return nil or excess or self._measure(row) == (limit["kind"], limit["of"])

    def _inside(self, row: _Row, limit: Any, leaf: Piece) -> bool:
        outcome = row.outcome
        nil = outcome["kind"] == "no_fine"
        measure = ("amount", "") if row.formula is not None else (outcome["kind"], outcome["of"])
        if not set(outcome["further"]) <= set(limit["further"]):
            return False
        if nil and limit["kind"] in _NIL:
            return True
        if not nil and measure != (limit["kind"], limit["of"]):
            return False
        low, high = self._bounds(row, leaf)
        floor, top = place_of(limit["low"], LEAST), place_of(limit["high"], MOST)
        return (low >= floor or row.mitigated) and high <= top

    def _bounds(self, row: _Row, leaf: Piece) -> tuple[Place, Place]:
        if row.formula is None:
            return row.bounds
        least, most = row.formula.bounds(self._facts(leaf))
        return (LEAST if least is None else (least, 0)), (MOST if most is None else (most, 0))

    def _monotone(self, leaves: list[Leaf]) -> None:
        if not self.statutes:
            return
        require(self.ranked or self.policy in ("unique", "any"), "there is no one outcome to compare")
        decided = [(leaf[0], self._deciders(leaf)) for leaf in leaves if not self._never(leaf[0])]
        # Only where rows that disagree each hold a whole piece is no case of it decided.
        decided = [(piece, rows) for piece, rows in decided if self.ranked or self._agree(self._holders(piece, rows))]
        for at, entry in enumerate(self.inputs):
            require(entry["graver"] or entry["kind"] == "text", "nobody has said which way is graver")
            if entry["graver"] in ("higher", "lower"):
                self._along(at, entry["graver"] == "higher", decided)

    def _along(self, at: int, higher: bool, decided: list[Leaf]) -> None:
        for piece, rows in decided:
            for other, graver in decided:
                beyond = piece[at][0] < other[at][1] if higher else piece[at][1] > other[at][0]
                if not beyond or not touches(piece[:at] + piece[at + 1 :], other[:at] + other[at + 1 :]):
                    continue
                for row in rows:
                    for heavier in graver:
                        fine = self._no_lighter(row, piece, heavier, other, at)
                        require(fine, "a graver case has a lighter outcome")

    @staticmethod
    def _agree(rows: list[_Row]) -> bool:
        return len({row.kind for row in rows}) <= 1

    @staticmethod
    def _holders(piece: Piece, rows: list[_Row]) -> list[_Row]:
        return [row for row in rows if any(holds(box, piece) for box in row.boxes)]

    def _no_lighter(self, row: _Row, leaf: Piece, graver: _Row, other: Piece, at: int) -> bool:
        if row is graver and row.formula is None:
            return True
        if row is graver:
            hull = [(min(one[0], two[0]), max(one[1], two[1])) for one, two in zip(leaf, other, strict=True)]
            assert row.formula is not None
            way = row.formula.direction(self.inputs[at]["name"], self._facts(hull))
            if way is not None and (way >= 0 if self.inputs[at]["graver"] == "higher" else way <= 0):
                return True
        (low, high), (low_, high_) = self._bounds(row, leaf), self._bounds(graver, other)
        nil = any(entry.outcome["kind"] in _NIL for entry in (row, graver))
        same = nil or self._measure(row) == self._measure(graver)
        further = set(row.outcome["further"]) <= set(graver.outcome["further"])
        if row.formula is not None or graver.formula is not None:
            return same and further and high <= low_
        return same and further and low <= low_ and high <= high_

    @staticmethod
    def _measure(row: _Row) -> tuple[str, str]:
        return ("amount", "") if row.formula is not None else (row.outcome["kind"], row.outcome["of"])

    def _facts(self, piece: Piece) -> dict[str, Bound]:
        facts: dict[str, Bound] = {}
        for entry, (low, high) in zip(self.inputs, piece, strict=True):
            step = Fraction(1) if entry["dense"] else Fraction(entry["step"])
            facts[entry["name"]] = (None if low == LEAST else low[0] * step, None if high == MOST else high[0] * step)
        return facts

    def _disorder(self, case: Leaf, graver: Leaf) -> None:
        differing = [at for at, (one, other) in enumerate(zip(case[0], graver[0], strict=True)) if one != other]
        require(len(differing) == 1, "the cases differ in more than one input")
        at = differing[0]
        way = self.inputs[at]["graver"]
        require(way in ("higher", "lower"), "the input has no graver direction")
        require((case[0][at] < graver[0][at]) == (way == "higher"), "the second case is not graver")
        one, other = self._deciders(case), self._deciders(graver)
        require(one and other and self._agree(one) and self._agree(other), "a case is not decided")
        require(not self._no_lighter(one[0], case[0], other[0], graver[0], at), "the graver outcome is no lighter")
        # Of single cases the amounts of formulas are known, too.
        ordered = self._no_lighter(other[0], graver[0], one[0], case[0], at)
        require(ordered, "the outcomes cannot be compared")
