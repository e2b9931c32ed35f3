"""From the name of a distribution to every other name in it."""

from __future__ import annotations

import keyword
import re
import sys
from collections.abc import Collection
from importlib.util import find_spec

import attrs

from govopen.errors import InputError
from govopen.texts import N_

__all__ = ["Names", "names_of", "prefix_of"]

LONGEST = 40
"""Letters of a name: with more, lines of the files would be too long."""

_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")
_PREFIX = re.compile(r"[A-Z]{2,8}")
_OWN = "govopen-"


@attrs.frozen(kw_only=True)
class Names:
    """The names of a plugin.

    Attributes:
        distribution: As package indexes compare names (PEP 503): ``street-rules``.
        package: What is imported: ``street_rules``.
        entry: Of the entry point, and whatever else is called after the plugin: a scheme, a format.
    """

    distribution: str
    package: str
    entry: str


def names_of(name: str) -> Names:
    """The names of the plugin in the distribution called ``name``.

    Raises:
        InputError: It is no name of a distribution (PEP 503), or no package can be called so.
    """
    distribution = re.sub(r"[-_.]+", "-", name).lower()
    package = distribution.replace("-", "_")
    entry = distribution.removeprefix(_OWN)
    is_name = (
        _NAME.fullmatch(name) and len(name) <= LONGEST and package.isidentifier() and not keyword.iskeyword(package)
    )
    # What is called after the entry, an instrument for one, has to begin with a letter, too.
    if not is_name or not entry[0].isalpha():
        raise InputError(
            N_("'{name}' is no name for a plugin."),
            hint=N_("Take letters, digits and hyphens, a letter first, {longest} at most: street-rules."),
            name=name,
            longest=LONGEST,
        )
    # The search imports nothing. What is missing here may be in the standard library of another system.
    if package in sys.stdlib_module_names or package == "tests" or find_spec(package) is not None:
        raise InputError(
            N_("A plugin called '{name}' would hide another package of that name."),
            hint=N_("Put the name of your unit in front: street-{name}."),
            name=distribution,
        )
    return Names(distribution=distribution, package=package, entry=entry)


def prefix_of(names: Names, wanted: str | None, taken: Collection[str]) -> str:
    """The letters that the codes of the plugin's rules begin with.

    Args:
        names: Of which they are made, if none are wanted.
        wanted: What was asked for.
        taken: The letters of the plugins there are.

    Raises:
        InputError: They are no two to eight capital letters, or are taken.
    """
    prefix = wanted or _letters(names.entry)
    if not _PREFIX.fullmatch(prefix):
        raise InputError(
            N_("The codes of rules cannot begin with '{prefix}'."),
            hint=N_("Give two to eight capital letters: --prefix STREET."),
            prefix=prefix,
        )
    if prefix in taken:
        raise InputError(
            N_("The codes of another plugin's rules begin with {prefix}."),
            hint=N_("Give letters of your own by --prefix. Taken are: {taken}."),
            prefix=prefix,
            taken=", ".join(sorted(taken)),
        )
    return prefix


def _letters(entry: str) -> str:
    words = [letters for word in entry.split("-") if (letters := re.sub(r"[^a-z]", "", word))]
    short = "".join(word[0] for word in words) if len(words) > 2 else words[0] if words else ""
    return (short if len(short) > 1 else "".join(words)).upper()[:8]
