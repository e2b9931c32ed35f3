"""What a column of a DMN decision table holds: the type it names, through the item definitions of the file."""

from __future__ import annotations

from collections.abc import Iterable
from operator import itemgetter

import attrs

from govopen.errors import InputError, Problem
from govopen.interchange.tables.dmn_feel import Literal, Tests, read_literal, read_tests
from govopen.interchange.tables.dmn_names import TYPES
from govopen.interchange.tables.dmn_xml import Element
from govopen.model.discretion import InputKind
from govopen.texts import N_

__all__ = ["Found", "ItemType", "Types", "text_of"]

_ACCEPTED_TYPES = N_(
    "Accepted: number, string, boolean, date, days and time duration, years and months duration, or an item definition "
    "of one of them."
)


@attrs.frozen
class ItemType:
    """The type of a single value.

    Attributes:
        unit: Of a duration.
        allowed: Which values there are; none: all.
    """

    kind: InputKind
    unit: str = ""
    allowed: Tests = attrs.field(factory=Tests)


@attrs.define
class Found:
    """Gathers the problems of a file.

    Attributes:
        where: The file.
    """

    where: str
    _noted: list[tuple[int, Problem]] = attrs.field(factory=list)

    @property
    def problems(self) -> list[Problem]:
        """In the order of the file."""
        return [problem for _, problem in sorted(self._noted, key=itemgetter(0))]

    def take(self, problems: Iterable[Problem]) -> None:
        """Note problems of the whole file."""
        self._noted += [(0, problem) for problem in problems]

    def add(self, at: Element, path: str, message: str, accepted: str = "", /, **facts: object) -> None:
        """Note a problem at an element."""
        place = f"{self.where}:{at.line}" if at.line else self.where
        problem = Problem(where=place, path=path, message=message, accepted=accepted, facts=facts)
        self._noted.append((at.line, problem))

    def literal(self, at: Element | None, path: str) -> Literal | None:
        """The literal that an expression holds; ``None``: it is blank, or a problem."""
        text = text_of(at)
        if at is None or not text:
            return None
        if not self.in_feel(at, path):
            return None
        try:
            return read_literal(text)
        except InputError as error:
            self.add(at, path, error.message, error.hint, **error.facts)
            return None

    def tests(self, at: Element | None, path: str) -> Tests | None:
        """The unary tests that an element holds; ``None``: they are a problem."""
        if at is None:
            return Tests()
        if not self.in_feel(at, path):
            return None
        try:
            return read_tests(text_of(at))
        except InputError as error:
            self.add(at, path, error.message, error.hint, **error.facts)
            return None

    def check(self, at: Element, path: str, literals: Iterable[Literal], kind: InputKind) -> None:
        """Note a value that is not of a kind; the first of several is enough."""
        try:
            for literal in literals:
                literal.check(kind)
        except InputError as error:
            self.add(at, path, error.message, error.hint, **error.facts)

    def in_feel(self, at: Element, path: str) -> bool:
        """Whether an element is in FEEL, as one is that does not say; if not, that is a problem."""
        language = at.attributes.get("expressionLanguage", "")
        if not language or language.rstrip("/").lower().endswith("feel"):
            return True
        message = N_("The expression language {language} is not read.")
        self.add(at, path, message, N_("Accepted: FEEL."), language=language[:80])
        return False


def text_of(element: Element | None) -> str:
    """The expression that an element holds in its ``text``."""
    text = element.first("text") if element is not None else None
    return text.text.strip() if text is not None else ""


class Types:
    """The item definitions of a file."""

    def __init__(self, definitions: Element, found: Found) -> None:
        self._items = {item.attributes.get("name", ""): item for item in definitions.all("itemDefinition")}
        self._found = found

    def resolve(self, name: str, at: Element, path: str, *, many: bool = False) -> ItemType | None:
        """The type of that name; ``None``: it is a problem.

        Args:
            name: As a ``typeRef`` has it.
            at: The element that names it.
            path: What that is, for problems.
            many: Whether it may be a list of such values, as the result of a whole table is.
        """
        items, base = self._chain(name)
        allowed: Tests | None = Tests()
        for item in items:
            listed = item.attributes.get("isCollection") in ("true", "1")
            if listed and not many:
                self._found.add(at, path, N_("The type {type} is a list."), _ACCEPTED_TYPES, type=name)
                return None
            # The constraint of a list is one on its length and order; that on its members is the allowed values.
            constraint = item.first("allowedValues") or (None if listed else item.first("typeConstraint"))
            if constraint is not None and allowed is not None and not allowed.tests:
                allowed = self._found.tests(constraint, f"itemDefinition {item.attributes.get('name', '')}")
        if base not in TYPES:
            self._found.add(at, path, N_("The type {type} is not read."), _ACCEPTED_TYPES, type=name)
            return None
        kind, unit = TYPES[base]
        return ItemType(kind, unit, allowed or Tests())

    def component(self, name: str, part: str) -> str:
        """The type of a component of a structure, by its name; blank: there is none."""
        items, _ = self._chain(name)
        for component in items[-1].all("itemComponent") if items else ():
            if component.attributes.get("name") == part:
                # A component defines its type in place; by this name it is found like any other.
                inner = f"{name}.{part}"
                self._items[inner] = component
                return inner
        return ""

    def single(self, name: str) -> str:
        """The name itself, unless it is that of a structure."""
        items, _ = self._chain(name)
        return "" if items and items[-1].all("itemComponent") else name

    def _chain(self, name: str) -> tuple[list[Element], str]:
        """The item definitions that lead to the type of FEEL, and its name; blank: they lead to none."""
        items: list[Element] = []
        while (item := self._items.get(name)) is not None:
            base = item.first("typeRef")
            if item in items or base is None:
                return [*items, item], ""
            items.append(item)
            name = base.text.strip()
        return items, name.removeprefix("feel:")
