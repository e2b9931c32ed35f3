"""A directive as a document has it: what a page was written for."""

from __future__ import annotations

import attrs

from govopen.texts import Language

__all__ = ["Call"]


@attrs.frozen
class Call:
    """A directive with its argument.

    Attributes:
        directive: Its name.
        argument: What it is given; empty: all there is.
        lang: The language of its page.
        tests: Of a map, the folder of the tests, seen from the folder of the sources; empty: nothing is said of tests.
    """

    directive: str
    argument: str
    lang: Language
    tests: str = ""
