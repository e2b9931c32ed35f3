"""The Sphinx domain ``gov``: rules, obligations, clauses and the rest can be referred to by name.

.. code-block:: text

    {gov:rule}`SEC002`    {gov:obligation}`panyu-2011:1.3/o2`    {gov:clause}`~ogi-2019:33`

What can be referred to is what a directive of this extension describes on some page of the project, or of another
project whose inventory is known (``intersphinx``). A tilde shows the number without the instrument.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from sphinx import addnodes
from sphinx.builders import Builder
from sphinx.domains import Domain, ObjType
from sphinx.environment import BuildEnvironment
from sphinx.roles import XRefRole
from sphinx.util import logging
from sphinx.util.nodes import make_refnode

from govopen.report.wording import Wording
from govopen.sphinxext.building import DOMAIN, LANG, SOFT
from govopen.sphinxext.calls import Call
from govopen.sphinxext.objects import Entry, Kind, Thing
from govopen.sphinxext.options import project_language
from govopen.texts import Language

__all__ = ["GovDomain"]

Key = tuple[str, str]
"""Kind and name."""

Reference = tuple[str, str, Language | None]
"""Kind and name, and the language of the page that refers to them if the reference is a generated one."""

_logger = logging.getLogger(__name__)


class GovRole(XRefRole):
    """A reference to a thing by its name; with a tilde before it, only what follows the instrument is shown."""

    def process_link(
        self, env: BuildEnvironment, refnode: nodes.Element, has_explicit_title: bool, title: str, target: str
    ) -> tuple[str, str]:
        if not has_explicit_title and target.startswith("~"):
            target = target[1:]
            title = target.partition(":")[2] or target
        return title, " ".join(target.split())


class GovDomain(Domain):
    """What is described where, and by whom it is mentioned. Sphinx keeps the data between builds.

    The data hold, by document, the calls of directives with a digest of what they stood for, so that a build knows
    which documents a change of law, rules or plugins makes out of date.
    """

    name = DOMAIN
    label = "govopen"
    data_version = 2
    object_types: ClassVar[dict[str, ObjType]] = {kind.value: ObjType(kind.text.en, kind.value) for kind in Kind}
    roles: ClassVar[dict[str, Any]] = {kind.value: GovRole() for kind in Kind}
    initial_data: ClassVar[dict[str, Any]] = {
        "objects": {},
        "calls": {},
        "mentions": {},
        "references": {},
        "written": {},
    }

    @property
    def objects(self) -> dict[Key, dict[Language, Entry]]:
        """Where things are described, in each language that a page describes them in."""
        found: dict[Key, dict[Language, Entry]] = self.data["objects"]
        return found

    @property
    def calls(self) -> dict[str, dict[Call, str]]:
        """By document: its calls of directives, with the digest of what each stood for."""
        found: dict[str, dict[Call, str]] = self.data["calls"]
        return found

    @property
    def mentions(self) -> dict[str, frozenset[Key]]:
        """By document: what its author refers to. Generated references are not among them."""
        found: dict[str, frozenset[Key]] = self.data["mentions"]
        return found

    @property
    def references(self) -> dict[str, frozenset[Reference]]:
        """By document: everything that it refers to, generated references among them."""
        found: dict[str, frozenset[Reference]] = self.data["references"]
        return found

    @property
    def _words(self) -> Wording:
        return Wording(project_language(self.env.config))

    def note(self, thing: Thing, lang: Language, node_id: str, location: Any = None) -> None:
        """Note that the current document describes ``thing`` in ``lang``, at the anchor ``node_id``."""
        entry = Entry(self.env.current_document.docname, node_id, thing.title)
        self._settle((thing.kind.value, thing.name), lang, entry, location)

    def _settle(self, key: Key, lang: Language, entry: Entry, location: Any) -> None:
        entries = self.objects.setdefault(key, {})
        other = entries.setdefault(lang, entry)
        if other is entry:
            return
        _logger.warning(
            self._words.say(
                "The {kind} {name} is described twice, also in {document}. Give one of the directives :no-index:.",
                kind=Kind(key[0]),
                name=key[1],
                document=other.docname,
            ),
            location=location,
            type=DOMAIN,
            subtype="duplicate",
        )
        # Whichever process read its document first: a build in parallel has the objects of a serial one.
        entries[lang] = min(other, entry, key=lambda each: each.docname)

    def note_call(self, call: Call, digest: str) -> None:
        """Note that the current document has this call, and what it stood for."""
        self.calls.setdefault(self.env.current_document.docname, {})[call] = digest

    def process_doc(self, env: BuildEnvironment, docname: str, document: nodes.document) -> None:
        """Note what the document refers to, and what of it its author wrote."""
        found = [node for node in document.findall(addnodes.pending_xref) if node.get("refdomain") == DOMAIN]
        if mentioned := frozenset((node["reftype"], node["reftarget"]) for node in found if not node.get(SOFT)):
            self.mentions[docname] = mentioned
        if found:
            named = ((node["reftype"], node["reftarget"], node.get(LANG)) for node in found)
            self.references[docname] = frozenset(named)

    def left_behind(self, aspect: str, place: Path, states: Mapping[str, str]) -> list[str]:
        """The documents whose state is not the one in which they were last written.

        Args:
            aspect: What the states are of.
            place: The folder that is written to: others have what was written there when it was.
            states: By document, what it rests on besides its own text. They count as written from now on.
        """
        digests = {name: hashlib.sha256(state.encode()).hexdigest() for name, state in states.items()}
        before = self.data["written"].get((aspect, str(place)), {})
        self.data["written"][aspect, str(place)] = digests
        return [name for name, digest in digests.items() if before.get(name) != digest]

    def clear_doc(self, docname: str) -> None:
        """Forget what a document described."""
        for key, entries in list(self.objects.items()):
            for lang in [lang for lang, entry in entries.items() if entry.docname == docname]:
                del entries[lang]
            if not entries:
                del self.objects[key]
        self.calls.pop(docname, None)
        self.mentions.pop(docname, None)
        self.references.pop(docname, None)

    def merge_domaindata(self, docnames: AbstractSet[str], otherdata: dict[str, Any]) -> None:
        """Take over what another process read of ``docnames``."""
        for key, entries in otherdata["objects"].items():
            for lang, entry in entries.items():
                if entry.docname in docnames:
                    self._settle(key, lang, entry, entry.docname)
        for name in ("calls", "mentions", "references"):
            self.data[name].update({doc: value for doc, value in otherdata[name].items() if doc in docnames})

    def entry(self, kind: str, name: str, fromdoc: str = "", lang: Language | None = None) -> Entry | None:
        """Where a thing is described, best in ``lang``, then on the page itself, then in the project's language."""
        entries = self.objects.get((kind, name), {})

        def distance(option: Language) -> tuple[bool, bool, bool, str]:
            here = entries[option].docname == fromdoc
            return option != lang, not here, option != self._words.lang, option

        return entries[min(entries, key=distance)] if entries else None

    def resolve_xref(  # noqa: PLR0917 - the signature is Sphinx's
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: addnodes.pending_xref,
        contnode: nodes.Element,
    ) -> nodes.reference | None:
        """A link to where the thing is described; its title is shown where a pointer rests on it."""
        asked = node.get(LANG)
        found = self.entry(typ, target, fromdocname, asked)
        if found is None:
            return None
        title = found.title.get(asked or self._words.lang)
        return make_refnode(builder, fromdocname, found.docname, found.node_id, contnode, f"{target} {title}")

    def resolve_any_xref(  # noqa: PLR0917 - the signature is Sphinx's
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: addnodes.pending_xref,
        contnode: nodes.Element,
    ) -> list[tuple[str, nodes.reference]]:
        """Links to all things of that name, of whatever kind."""
        found = (
            (f"{DOMAIN}:{kind.value}", self.resolve_xref(env, fromdocname, builder, kind.value, target, node, contnode))
            for kind in Kind
        )
        return [(role, link) for role, link in found if link is not None]

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Everything described; of what is described in two languages, the page in the project's language."""
        for kind, name in sorted(self.objects):
            entry = self.entry(kind, name)
            assert entry is not None
            yield name, name, kind, entry.docname, entry.node_id, 1

    def get_type_name(self, type: ObjType, primary: bool = False) -> str:  # noqa: A002 - Sphinx names it so
        """What a kind is called, in the project's language."""
        return self._words.label(Kind(type.roles[0]))
