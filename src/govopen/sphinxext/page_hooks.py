"""Hooks on a page: signature, what the docstring says, and an example that loads."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docutils import nodes

from govopen.errors import InputError
from govopen.plugins.hookdocs import HookDoc, describe_hooks
from govopen.plugins.registry import Registry
from govopen.sphinxext.building import Page
from govopen.sphinxext.objects import Kind, Thing
from govopen.sphinxext.options import names
from govopen.texts import N_, Language, Text

__all__ = ["hooks_page"]

_PART = re.compile(
    r"(?P<name>Args|Combine|Errors|Parameters|Raises|Returns|When|Yields):(?:\s+(?P<text>.*))?", re.DOTALL
)
_INLINE = re.compile(r":(?:py:)?(?P<role>[a-z]+):`(?P<short>~)?(?P<target>[\w.]+)`|``(?P<code>[^`]+)``")


def hooks_page(registry: Registry | None, argument: str, lang: Language) -> list[nodes.Node]:
    """A section for every hook, or for those that ``argument`` names; in the language of its docstring.

    Raises:
        InputError: There is no such hook.
    """
    page, hooks, wanted = Page(lang), describe_hooks(), names(argument)
    for name in wanted:
        if name not in {hook.name for hook in hooks}:
            raise InputError(
                N_("No hook is called '{name}'."),
                hint=N_("Known: {known}."),
                name=name,
                known=", ".join(hook.name for hook in hooks),
            )
    return [_hook(hook, page) for hook in hooks if not wanted or hook.name in wanted]


def _hook(hook: HookDoc, page: Page) -> nodes.section:
    # The example stands in the docstring too, in whatever way Markdown has it.
    content = [_code(hook.signature), *_told(hook.doc.partition("\n\nExample:")[0])]
    if hook.example:
        content += [page.paragraph(page.say("An example:")), _code(hook.example)]
    title = hook.doc.partition("\n")[0].removesuffix(".").replace("``", "")
    return page.section(Thing(Kind.HOOK, hook.name, Text(title, title)), *content, heading=hook.name)


def _code(text: str) -> nodes.literal_block:
    return nodes.literal_block(text, text, language="python")


def _told(doc: str) -> Iterator[nodes.Node]:
    """Paragraphs, and what a paragraph begins with (``Returns:``) as labels beside what it says."""
    fields: list[nodes.field] = []
    body = nodes.field_body()
    for block in re.split(r"\n\s*\n", doc.strip()):
        if part := _PART.fullmatch(block):
            body = nodes.field_body("", _paragraph(part["text"] or ""))
            fields.append(nodes.field("", nodes.field_name("", part["name"]), body))
        elif fields and block.startswith(" "):
            body += _paragraph(block)
        else:
            yield from _gathered(fields)
            yield _paragraph(block)
    yield from _gathered(fields)


def _gathered(fields: list[nodes.field]) -> list[nodes.Node]:
    if not fields:
        return []
    found = nodes.field_list("", *fields)
    fields.clear()
    return [found]


def _paragraph(text: str) -> nodes.paragraph:
    """A paragraph of a docstring: its literals, and its references to Python objects by their name."""
    text, paragraph, at = " ".join(text.split()), nodes.paragraph(), 0
    for match in _INLINE.finditer(text):
        paragraph += nodes.Text(text[at : match.start()])
        code = match["code"] or (match["target"].rpartition(".")[2] if match["short"] else match["target"])
        paragraph += Page.python(match["role"], match["target"], code) if match["role"] else nodes.literal("", code)
        at = match.end()
    paragraph += nodes.Text(text[at:])
    return paragraph
