"""The program's own words, collected from the code, and their Chinese catalogue.

    python tools/messages.py            collect, merge into the .po, compile the .mo; says what has no translation yet
    python tools/messages.py --check    change nothing; exit status 1 if the catalogue is not in step

What is collected is listed in docs/how-to/translate.md. Nothing but the standard library and jinja2 is needed.
"""

from __future__ import annotations

import argparse
import ast
import re
import string
import struct
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from jinja2 import Environment, nodes

__all__ = ["CATALOGUE", "Message", "collect", "compiled", "merged", "places", "read_po", "written"]

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "govopen"
CATALOGUE = SOURCE / "locales" / "zh_Hans" / "LC_MESSAGES" / "govopen.po"

MARKS = {"N_", "say", "translate"}
"""Functions and methods whose first argument is a message."""

NAMES = ("message", "hint", "accepted")
"""Parameters that take messages, where an error or a helper of the same module declares them."""

VERDICTS = {"rules"}
"""Layers whose ``message`` is a key of a rule's texts, and none of ours."""

HEADER = """\
# The program's own words in simplified Chinese. Law and rules carry theirs beside the English, in the code.
msgid ""
msgstr ""
"Language: zh_Hans\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"""

Message = tuple[str, str]
"""Where a message stands (a path below ``src/govopen``), and its text."""


def collect(source: Path = SOURCE) -> dict[str, list[str]]:
    """From each message in the code below ``source`` to the files that hold it."""
    found: dict[str, set[str]] = {}
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(source.rglob("*.py"))}
    errors = _error_classes(trees.values())
    for path, tree in trees.items():
        for message in _Collector(tree, path, source, errors).messages():
            found.setdefault(message, set()).add(path.relative_to(source).as_posix())
    for path in sorted(source.rglob("*.jinja")):
        for message in _of_template(path):
            found.setdefault(message, set()).add(path.relative_to(source).as_posix())
    found.pop("", None)
    return {
        message: sorted(places) for message, places in sorted(found.items(), key=lambda item: (min(item[1]), item[0]))
    }


def _error_classes(trees: Iterable[ast.Module]) -> set[str]:
    """Names of the error classes, of ``Problem`` and of ``Notice``, whose texts are messages."""
    bases: dict[str, set[str]] = {}
    for tree in trees:
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                bases.setdefault(node.name, set()).update(ast.unparse(base).rpartition(".")[2] for base in node.bases)
    found = {"GovopenError", "Problem", "Notice"}
    while more := {name for name, above in bases.items() if above & found} - found:
        found |= more
    return found


class _Collector:
    """The messages of one module."""

    def __init__(self, tree: ast.Module, path: Path, source: Path, errors: set[str]) -> None:
        self._tree = tree
        self._where = path.relative_to(source).as_posix()
        self._errors = errors
        self._constants = _constants(tree)
        self._helpers = {} if path.relative_to(source).parts[0] in VERDICTS else _helpers(tree)

    def messages(self) -> Iterator[str]:
        for node in ast.walk(self._tree):
            if isinstance(node, ast.Call):
                for argument in self._arguments(node):
                    yield from self._texts(argument)

    def _arguments(self, call: ast.Call) -> Iterator[ast.expr]:
        name = _name(call.func)
        if name in MARKS:
            yield from call.args[:1]
        elif name in self._errors:
            yield from call.args[:1]
            yield from (word.value for word in call.keywords if word.arg in NAMES)
        elif name in self._helpers:
            positions = self._helpers[name]
            yield from (call.args[position] for position in positions.values() if position < len(call.args))
            yield from (word.value for word in call.keywords if word.arg in positions)

    def _texts(self, node: ast.expr) -> Iterator[str]:
        """The texts that an argument can be. What is no literal is a message that was passed on."""
        match node:
            case ast.Constant(value=str(text)):
                yield text
            case ast.IfExp(body=first, orelse=second):
                yield from self._texts(first)
                yield from self._texts(second)
            case ast.BoolOp(values=values):
                for value in values:
                    yield from self._texts(value)
            case ast.Name(id=name) if name in self._constants:
                yield self._constants[name]
            case ast.JoinedStr():
                raise SystemExit(f"{self._where}:{node.lineno}: an f-string cannot be translated; give facts")


def _name(function: ast.expr) -> str:
    match function:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _constants(tree: ast.Module) -> dict[str, str]:
    return {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def _helpers(tree: ast.Module) -> dict[str, dict[str, int]]:
    """Functions and classes of the module that take messages: at which positions, as a caller counts them."""
    found: dict[str, dict[str, int]] = {}
    made_by = {
        each: node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        for each in node.body
        if isinstance(each, ast.FunctionDef) and each.name == "__init__"
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            name = made_by.get(node, node.name)
            arguments = [argument.arg for argument in (*node.args.posonlyargs, *node.args.args)]
            if arguments[:1] in (["self"], ["cls"]):
                arguments = arguments[1:]
            taken = {name: arguments.index(name) for name in NAMES if name in arguments}
            taken |= {argument.arg: sys.maxsize for argument in node.args.kwonlyargs if argument.arg in NAMES}
            if taken and name not in MARKS:
                found[name] = taken
    return found


def _of_template(path: Path) -> Iterator[str]:
    tree = Environment(autoescape=True).parse(path.read_text(encoding="utf-8"))
    for call in tree.find_all(nodes.Call):
        said = call.node.attr if isinstance(call.node, nodes.Getattr) else getattr(call.node, "name", "")
        if said in MARKS and call.args and isinstance(call.args[0], nodes.Const):
            yield call.args[0].value


def places(template: str) -> set[str]:
    """The names of the places that facts fill."""
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def read_po(text: str) -> dict[str, str]:
    """The translations of a .po file, by message."""
    found: dict[str, str] = {}
    parts = {"msgid": "", "msgstr": ""}
    current = ""
    for line in [*text.splitlines(), ""]:
        if match := re.fullmatch(r'(?:(msgid|msgstr) )?"(.*)"', line):
            if match[1]:
                current = match[1]
                if current == "msgid":
                    parts = {"msgid": "", "msgstr": ""}
            parts[current] += re.sub(r"\\(.)", lambda escaped: "\n" if escaped[1] == "n" else escaped[1], match[2])
        elif not line and parts["msgid"]:
            found[parts["msgid"]] = parts["msgstr"]
    return found


def merged(messages: Iterable[str], known: dict[str, str]) -> dict[str, str]:
    """The translations of ``messages``; empty where there is none yet."""
    return {message: known.get(message, "") for message in messages}


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', r"\"").replace("\n", r"\n") + '"'


def written(messages: dict[str, list[str]], translations: dict[str, str]) -> str:
    """The .po file: in the order of the files, so that a change of one module changes one place."""
    blocks = [HEADER]
    for message, files in messages.items():
        lines = [f"#: {name}" for name in files]
        lines += [f"msgid {_quoted(message)}", f"msgstr {_quoted(translations[message])}", ""]
        blocks.append("\n".join(lines))
    return "\n".join(blocks)


def compiled(translations: dict[str, str]) -> bytes:
    """The .mo file, as gettext reads it."""
    header = "Language: zh_Hans\nContent-Type: text/plain; charset=UTF-8\n"
    entries = sorted({"": header, **{key: value for key, value in translations.items() if value}}.items())
    encoded = [(key.encode(), value.encode()) for key, value in entries]
    keys_at, values_at = 28, 28 + 8 * len(encoded)
    offset = values_at + 8 * len(encoded)
    tables, body = [b"", b""], b""
    for which in (0, 1):
        for pair in encoded:
            tables[which] += struct.pack("<2I", len(pair[which]), offset + len(body))
            body += pair[which] + b"\0"
    return struct.pack("<7I", 0x950412DE, 0, len(encoded), keys_at, values_at, 0, 0) + tables[0] + tables[1] + body


def main() -> int:
    """Update or check the catalogue."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    messages = collect()
    old = CATALOGUE.read_text(encoding="utf-8") if CATALOGUE.exists() else ""
    translations = merged(messages, read_po(old))
    text, binary = written(messages, translations), compiled(translations)
    missing = [message for message, translation in translations.items() if not translation]
    wrong = [message for message, text in translations.items() if text and places(text) != places(message)]
    for label, listed in (("no translation", missing), ("other places than the English", wrong)):
        for message in listed:
            sys.stdout.write(f"{label}: {message}\n")
    mo = CATALOGUE.with_suffix(".mo")
    if check:
        stale = text != old or not mo.exists() or mo.read_bytes() != binary
        sys.stdout.write("The catalogue is not in step.\n" if stale else "")
        return 1 if stale or missing or wrong else 0
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    CATALOGUE.write_text(text, encoding="utf-8")
    mo.write_bytes(binary)
    return 1 if missing or wrong else 0


if __name__ == "__main__":
    sys.exit(main())
