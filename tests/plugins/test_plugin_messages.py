"""Every error of a plugin of this repository, and of a new one, is told in both languages.

A plugin has no catalogue: the template of an error that it raises is a :class:`~govopen.texts.Message`, which
brings the Chinese along. Whether it is one is read from the source, so that no error has to be provoked.
"""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import attrs
import pytest

from govopen import errors
from govopen.plugins.scaffold.kinds import KINDS
from govopen.plugins.scaffold.naming import names_of
from govopen.plugins.scaffold.writing import plugin_files

PLUGINS = sorted((Path(__file__).parents[2] / "plugins").glob("*/src"))

TEMPLATES = ("message", "hint", "accepted")
"""The parameters that take a template: of errors, of problems, and of a plugin's own functions that make them."""

PASSED_ON = {"self._type.refused_keys[path]"}
"""Templates that are no plugin's own: what a type of records says of a key stands beside that type."""

CHINESE = re.compile(r"[\u4e00-\u9fff]")

Modules = Mapping[str, ast.Module]
"""The modules of a distribution by path."""


@attrs.frozen
class Maker:
    """What takes templates: an error class, or a function of the plugin that makes an error.

    Attributes:
        places: The parameters by position.
        keywords: The templates among those that are named. A fact of an error may have such a name, too.
        required: Whether it makes an error that says nothing without one.
    """

    places: tuple[str, ...]
    keywords: frozenset[str]
    required: bool = False


_ERROR = Maker(("message",), frozenset({"message", "hint"}), required=True)
_PROBLEM = Maker((), frozenset({"message", "accepted"}), required=True)


def untranslated(modules: Modules) -> list[str]:
    """Where a distribution gives an error a template that is no message in both languages."""
    makers = _makers(modules.values())
    constants = _constants(modules.values())
    found = [
        f"{path}:{template.lineno}: {ast.unparse(template)}"
        for path, tree in modules.items()
        for template, function in _templates(tree, makers)
        if not all(_is_message(each, function, constants) for each in _possible(template, function, constants))
    ]
    return sorted(found)


def ill_matched(modules: Modules) -> list[str]:
    """The messages of a distribution that are not literally there, have other places in Chinese, or no Chinese."""
    return sorted(
        f"{path}:{call.lineno}: {ast.unparse(call)}"
        for path, tree in modules.items()
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and _name(call.func) == "Message" and not _matches(call)
    )


def _matches(call: ast.Call) -> bool:
    match call.args:
        case [ast.Constant(value=str(zh)), ast.Constant(value=str(en))] if not call.keywords:
            return _places(zh) == _places(en) and bool(CHINESE.search(zh)) and not CHINESE.search(en)
    return False


def _places(template: str) -> list[str]:
    return sorted({place for _, place, _, _ in string.Formatter().parse(template) if place is not None})


def _name(node: ast.expr) -> str:
    """The last name of what is called. ``self._complain`` is a ``complain`` that was handed over."""
    if isinstance(node, ast.Attribute):
        return node.attr.lstrip("_")
    return node.id.lstrip("_") if isinstance(node, ast.Name) else ""


def _makers(trees: Iterable[ast.Module]) -> dict[str, Maker]:
    found = {name: _ERROR for name in errors.__all__ if issubclass(getattr(errors, name), errors.GovopenError)}
    found["Problem"] = _PROBLEM
    nodes = [node for tree in trees for node in ast.walk(tree)]
    for node in nodes:
        if isinstance(node, ast.FunctionDef):
            first = [arg.arg for arg in (*node.args.posonlyargs, *node.args.args) if arg.arg not in ("self", "cls")]
            named = {arg.arg for arg in (*node.args.args, *node.args.kwonlyargs)}.intersection(TEMPLATES)
            if named or set(first).intersection(TEMPLATES):
                found[node.name.lstrip("_")] = Maker(tuple(first), frozenset(named))
    classes = [node for node in nodes if isinstance(node, ast.ClassDef)]
    for _ in classes:  # a class below a class below an error
        for node in classes:
            if any(_name(base) in found for base in node.bases):
                found[node.name.lstrip("_")] = _ERROR
    return found


def _constants(trees: Iterable[ast.Module]) -> dict[str, ast.expr]:
    """What the modules of a distribution call by a name, in whichever of them."""
    found: dict[str, ast.expr] = {}
    for tree in trees:
        for node in tree.body:
            match node:
                case ast.Assign(targets=[ast.Name(id=name)], value=value):
                    found[name] = value
                case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                    found[name] = value
    return found


def _templates(tree: ast.Module, makers: Mapping[str, Maker]) -> Iterator[tuple[ast.expr, ast.FunctionDef | None]]:
    """What is given for a template, each with the function that gives it."""
    within = _functions(tree)
    for function in set(within.values()):
        yield from ((default, None) for default in _defaults(function.args))
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call) or (maker := makers.get(_name(call.func))) is None:
            continue
        given = [arg for place, arg in zip(maker.places, call.args, strict=False) if place in TEMPLATES]
        given += [keyword.value for keyword in call.keywords if keyword.arg in maker.keywords]
        if maker.required and not given:
            # An error without a template, or one out of sight.
            given = [call]
        yield from ((each, within.get(call)) for each in given)


def _defaults(arguments: ast.arguments) -> Iterator[ast.expr]:
    """What a function says when it is given no template. It may say nothing."""
    first = [*arguments.posonlyargs, *arguments.args]
    pairs = [
        *zip(first[len(first) - len(arguments.defaults) :], arguments.defaults, strict=True),
        *zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True),
    ]
    for argument, default in pairs:
        if argument.arg in TEMPLATES and default is not None and ast.unparse(default) != "''":
            yield default


def _functions(tree: ast.Module) -> dict[ast.AST, ast.FunctionDef]:
    """From each node to the innermost function around it."""
    found: dict[ast.AST, ast.FunctionDef] = {}
    # Outer functions are walked before inner ones.
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            found.update(dict.fromkeys(ast.walk(function), function))
    return found


def _possible(
    template: ast.expr, function: ast.FunctionDef | None, constants: Mapping[str, ast.expr]
) -> list[ast.expr]:
    """What a template may be, followed through names, choices and tables."""
    match template:
        case ast.IfExp(body=first, orelse=second):
            return [*_possible(first, function, constants), *_possible(second, function, constants)]
        case ast.Name(id=name):
            values = list(_assigned(name, function, constants))
            if not values and name in constants:
                values = [constants[name]]
            return [each for value in values for each in _possible(value, function, constants)] or [template]
    return [template]


def _assigned(name: str, function: ast.FunctionDef | None, constants: Mapping[str, ast.expr]) -> Iterator[ast.expr]:
    for node in ast.walk(function) if function is not None else ():
        match node:
            case ast.Assign(targets=[ast.Name(id=target)], value=value) if target == name:
                yield value
            case ast.Assign(targets=[ast.Tuple(elts=elements)], value=value):
                names = [_name(element) for element in elements]
                if name in names:
                    yield from _elements(value, names.index(name), constants)


def _elements(value: ast.expr, position: int, constants: Mapping[str, ast.expr]) -> Iterator[ast.expr]:
    """What stands at a position of a pair, or of the pairs of a table: ``message, hint = FAILURES[code]``."""
    match value:
        case ast.Tuple(elts=elements):
            yield elements[position]
        case ast.Subscript(value=ast.Name(id=table)) if isinstance(held := constants.get(table), ast.Dict):
            for pair in held.values:
                yield from _elements(pair, position, constants)
        case _:
            yield value


def _is_message(template: ast.expr, function: ast.FunctionDef | None, constants: Mapping[str, ast.expr]) -> bool:
    match template:
        case ast.Call(func=ast.Name(id="Message")):
            return True
        case ast.Name(id=name) if name in TEMPLATES and function is not None:
            # A function that passes on what it was given: whoever calls it is looked at in turn.
            return name in {arg.arg for arg in ast.walk(function.args) if isinstance(arg, ast.arg)}
        case ast.Name(id=name) if name in constants:
            return _is_message(constants[name], None, constants)
        case ast.Subscript(value=ast.Name(id=table)) if isinstance(held := constants.get(table), ast.Dict):
            return all(_is_message(value, None, constants) for value in held.values)
    return ast.unparse(template) in PASSED_ON


def _read(source: Path) -> dict[str, ast.Module]:
    return {
        path.relative_to(source).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(source.rglob("*.py"))
    }


def _new(kind: str) -> dict[str, ast.Module]:
    files = plugin_files(KINDS[kind], names_of("street-rules"), "STREET")
    return {name: ast.parse(text) for name, text in files.items() if name.startswith("src/") and name.endswith(".py")}


def _planted(code: str) -> dict[str, ast.Module]:
    return {"planted.py": ast.parse(code)}


@pytest.mark.parametrize("source", PLUGINS, ids=lambda source: source.parent.name)
def test_errors_of_a_plugin_are_messages_in_both_languages(source: Path) -> None:
    modules = _read(source)

    assert modules
    assert untranslated(modules) == []
    assert ill_matched(modules) == []


@pytest.mark.parametrize("kind", KINDS)
def test_errors_of_a_new_plugin_are_messages_in_both_languages(kind: str) -> None:
    modules = _new(kind)

    assert modules
    assert untranslated(modules) == []
    assert ill_matched(modules) == []


def test_there_are_errors_to_look_at() -> None:
    given = [
        template
        for source in PLUGINS
        for modules in [_read(source)]
        for tree in modules.values()
        for template, _ in _templates(tree, _makers(modules.values()))
    ]

    assert len(given) > 100


@pytest.mark.parametrize(
    "code",
    [
        'raise InputError("no")',
        'raise errors.InputError("no")',
        'raise InputError(f"no {name}")',
        'raise InputError(N_("no"))',
        'raise InputError(Message("不", "no"), hint="yes")',
        'raise InputError(Message("不", "no"), hint=f"yes {name}")',
        "raise InputError()",
        "raise InputError(**given)",
        'Problem(where="a", message="no")',
        'Problem(where="a", message=Message("不", "no"), accepted="yes")',
        'NO = "no"\nraise InputError(NO)',
        "raise InputError(elsewhere)",
        'class Lost(StoreError): ...\nraise Lost("no")',
        'class Gone(Lost): ...\nclass Lost(StoreError): ...\nraise Gone("no")',
        'def f():\n    said = Message("不", "no") if x else "no"\n    raise InputError(said)',
        'def f():\n    said = Message("不", "no")\n    said = "no"\n    raise InputError(said)',
        'def f(message):\n    raise InputError(message)\nf("no")',
        'def f(path, /, *, hint):\n    raise InputError(Message("不", "no"), hint=hint)\nx._f("a", hint="yes")',
        'def f(said):\n    raise InputError(said)\nf("no")',
        'def f(message="no"):\n    raise InputError(message)\nf()',
        'def f(*, hint="yes"):\n    raise InputError(Message("不", "no"), hint=hint)\nf()',
        'ALL = {"a": (Message("不", "no"), "yes")}\ndef f():\n    said, hint = ALL[x]\n    InputError(said, hint=hint)',
    ],
)
def test_a_template_in_one_language_is_found(code: str) -> None:
    assert len(untranslated(_planted(code))) == 1


@pytest.mark.parametrize(
    "code",
    [
        'raise InputError(Message("不", "no"), hint=Message("是", "yes"))',
        'NO = Message("不", "no")\nraise InputError(NO)',
        'def f():\n    said = Message("不", "no") if x else Message("无", "none")\n    raise InputError(said)',
        'def f(path, message):\n    raise InputError(message)\nf("a", Message("不", "no"))',
        'YES = Message("是", "yes")\nALL = {1: (YES, YES)}\ndef f():\n    a, b = ALL[x]\n    InputError(a, hint=b)',
        'raise InputError(Message("不", "no"), accepted="a, b")',
        'def f(rest, message, hint="", /, **facts): ...\nf("a", Message("不", "no"), accepted="a, b")',
        'raise ValueError("no")',
    ],
)
def test_a_template_in_both_languages_is_taken(code: str) -> None:
    assert untranslated(_planted(code)) == []


@pytest.mark.parametrize(
    "code",
    [
        'Message("没有{file}。", "There is no {path}.")',
        'Message("没有。", "There is no {file}.")',
        'Message("There is no {file}.", "There is no {file}.")',
        'Message("There is no file.", "没有文件。")',
        'Message("没有文件。")',
        'Message(f"没有{file}。", "There is no {file}.")',
        "Message(zh, en)",
    ],
)
def test_a_message_whose_languages_differ_is_found(code: str) -> None:
    assert len(ill_matched(_planted(code))) == 1
    assert ill_matched(_planted('Message("{b}中没有{a}。", "There is no {a} in {b}.")')) == []
