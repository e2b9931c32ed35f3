"""DMN files read: columns, cells and decisions, and everything that is refused rather than guessed."""

from __future__ import annotations

from typing import Any

import pytest

from govopen.discretion.compiling import compile_table
from govopen.errors import InputError, TableError
from govopen.interchange.tables.dmn_read import read_dmn
from govopen.model.discretion import DiscretionTable, HitPolicy, InputKind, TableOutput

DMN = "https://www.omg.org/spec/DMN/20230324/MODEL/"


def model(table: str, *, before: str = "", namespace: str = DMN, name: str = "d") -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<definitions xmlns="{namespace}" name="m" namespace="urn:m">\n{before}\n'
        f'<decision name="{name}" id="_{name}">\n{table}\n</decision>\n</definitions>'
    ).encode()


def column(name: str, kind: str | None = "number", values: str = "") -> str:
    typed = f' typeRef="{kind}"' if kind else ""
    listed = f"<inputValues><text>{values}</text></inputValues>" if values else ""
    return f"<input><inputExpression{typed}><text>{name}</text></inputExpression>{listed}</input>"


def rule(*cells: str, results: tuple[str, ...] = ('"x"',)) -> str:
    held = "".join(f"<inputEntry><text>{cell}</text></inputEntry>" for cell in cells)
    given_ = "".join(f"<outputEntry><text>{result}</text></outputEntry>" for result in results)
    return f"<rule>{held}{given_}</rule>"


def table(*parts: str, attributes: str = "") -> str:
    return f"<decisionTable {attributes}>\n" + "\n".join(parts) + "\n</decisionTable>"


OUT = '<output typeRef="string"/>'


def read(content: bytes, **options: Any) -> DiscretionTable:
    return read_dmn(content, where="m.dmn", **options)


def told(content: bytes, **options: Any) -> list[str]:
    with pytest.raises(InputError) as caught:
        read(content, **options)
    return [str(problem) for problem in caught.value.problems]


def whens(*cells: str, kind: str = "number", values: str = "", name: str = "a") -> list[str]:
    rules = (rule(cell) for cell in cells)
    return [row.when for row in read(model(table(column(name, kind, values), OUT, *rules))).rows]


# ---- what a cell may hold


@pytest.mark.parametrize(
    ("cell", "when"),
    [
        ("-", "-"),
        ("", "-"),
        ("5", "a = 5"),
        ("-5.50", "a = -5.50"),
        ("&lt; 5", "a < 5"),
        ("&gt;=5", "a >= 5"),
        ("= 5", "a = 5"),
        ("!= 5", "a != 5"),
        ("[1..5]", "a in ([1..5])"),
        ("]1..5]", "a in ((1..5])"),
        ("(1..5[", "a in ((1..5))"),
        ("1,200, 300", "a in (1, 200, 300)"),
        ("&lt;1, [3..4), 7", "a in (< 1, [3..4), 7)"),
        ("not( 1,2 )", "a in (not(1, 2))"),
    ],
)
def test_a_test_of_feel_becomes_a_condition(cell: str, when: str) -> None:
    assert whens(cell) == [when]


def test_each_type_has_its_literals() -> None:
    assert whens("true", "false", "not(true)", kind="boolean") == ["a", "not a", "a in (not(true))"]
    assert whens('date("2011-04-05")', '>= @"2011-04-05"', kind="date") == ["a = 2011-04-05", "a >= 2011-04-05"]
    assert whens('> duration("P10D")', kind="days and time duration") == ["a > P10D"]
    assert whens('[duration("P1Y")..@"P18M"]', kind="years and months duration") == ["a in ([P1Y..P18M])"]
    assert whens('"b", "c d"', '!="b"', kind="string") == ['a in ("b", "c d")', 'a != "b"']
    assert whens(r'"say \"hi\" 😀 \\ \u4e2d\uD83D\uDC0E"', kind="string") == ['a = “say "hi" 😀 \\ 中🐎”']


def test_a_name_that_is_no_plain_word_is_quoted() -> None:
    assert whens("5", name="Approval  Status") == ["`Approval Status` = 5"]
    assert whens("5", name="次数") == ["`次数` = 5"]


def test_conditions_of_a_rule_are_joined_and_mean_the_same_to_the_compiler() -> None:
    document = read(
        model(
            table(
                column("a"), column("b", "string", '"x", "y"'), column("c", "boolean"), OUT,
                rule("[1..3)", '"x"', "false"),
                rule("-", 'not("x")', "-"),
                rule("-", "-", "-"),
                attributes='hitPolicy="FIRST"',
            )
        )
    )  # fmt: skip

    assert [row.when for row in document.rows] == ['a in ([1..3)) and b = "x" and not c', 'b in (not("x"))', "-"]
    compiled = compile_table(document)
    assert compiled.decide({"a": 1, "b": "x", "c": False}).rows == (1,)
    assert compiled.decide({"a": 3, "b": "x", "c": False}).rows == (3,)
    assert compiled.decide({"a": 3, "b": "y", "c": True}).rows == (2,)


# ---- columns


def test_types_come_from_the_column_the_input_data_or_an_item_definition() -> None:
    before = (
        '<itemDefinition name="tHarm"><typeRef>string</typeRef><allowedValues><text>"low","high"</text></allowedValues>'
        '</itemDefinition><itemDefinition name="tAge"><typeRef>tNumber</typeRef></itemDefinition>'
        '<itemDefinition name="tNumber"><typeRef>feel:number</typeRef>'
        "<allowedValues><text>[0..150]</text></allowedValues></itemDefinition>"
        '<inputData name="harm"><variable name="harm" typeRef="tHarm"/></inputData>'
        '<inputData name="said"><variable name="said" typeRef="tHarm"/></inputData>'
    )
    columns = (column("harm", None), column("said", "string"), column("age", "tAge"), column("free", "string"))
    document = read(model(table(*columns, OUT, rule("-", "-", "-", "-")), before=before))

    assert [(one.name, one.kind.value, one.values, one.domain) for one in document.inputs] == [
        ("harm", "enumeration", ("low", "high"), ""),
        ("said", "enumeration", ("low", "high"), ""),
        ("age", "decimal", (), "[0..150]"),
        ("free", "text", (), ""),
    ]


def test_durations_are_counted_as_finely_as_the_rules_need() -> None:
    def unit(cell: str, kind: str = "days and time duration") -> str:
        return read(model(table(column("a", kind), OUT, rule(cell)))).inputs[0].unit

    assert unit('duration("P10D")') == "days"
    assert unit('[duration("P1D")..duration("PT36H")]') == "hours"
    assert unit('duration("P1DT30M")') == "minutes"
    assert unit('duration("P1Y")', "years and months duration") == "months"


def test_outputs_keep_name_order_of_values_and_default() -> None:
    outputs = (
        (
            '<output name="s" label="L" typeRef="string"><outputValues><text>"b","a"</text></outputValues>'
            '<defaultOutputEntry><text>"a"</text></defaultOutputEntry></output>'
        ),
        '<output name="n"/>',
        '<output name="d"/>',
    )
    results = ('"b"', "-1.50", 'date("2011-04-05")')
    document = read(model(table(column("a"), *outputs, rule("5", results=results), attributes='hitPolicy="PRIORITY"')))

    assert document.outputs == (
        TableOutput(name="s", label="L", kind=InputKind.ENUMERATION, values=("b", "a"), default="a"),
        TableOutput(name="n", kind=InputKind.DECIMAL),
        TableOutput(name="d", kind=InputKind.DATE),
    )
    assert document.rows[0].outputs == ("b", "-1.50", "2011-04-05")


def test_the_type_of_an_output_may_be_that_of_the_result() -> None:
    before = (
        '<itemDefinition name="tR" isCollection="true">'
        '<itemComponent name="n"><typeRef>number</typeRef></itemComponent>'
        '<itemComponent name="s"><typeRef>string</typeRef></itemComponent></itemDefinition>'
    )
    two = '<output name="n"/><output name="s"/>'
    document = read(model(table(column("a"), two, attributes='hitPolicy="RULE ORDER" typeRef="tR"'), before=before))
    assert [output.kind for output in document.outputs] == [InputKind.DECIMAL, InputKind.TEXT]

    one = model('<variable name="d" typeRef="boolean"/>' + table(column("a"), "<output/>"))
    assert read(one).outputs[0].kind is InputKind.BOOLEAN

    counted = table(column("a"), "<output/>", rule("1"), attributes='hitPolicy="COLLECT" aggregation="COUNT"')
    assert read(model('<variable name="d" typeRef="number"/>' + counted)).outputs[0].kind is InputKind.TEXT


@pytest.mark.parametrize(
    ("written", "policy"),
    [
        ("", HitPolicy.UNIQUE),
        *((f'hitPolicy="{policy.value.upper().replace("_", " ")}"', policy) for policy in HitPolicy),
    ],
)
def test_hit_policies(written: str, policy: HitPolicy) -> None:
    assert read(model(table(column("a"), OUT, attributes=written))).hit_policy is policy


def test_labels_are_kept_where_a_condition_could_use_them() -> None:
    labelled = [
        column(name).replace("<input>", f'<input label="{label}">')
        for name, label in (
            ("a", "年龄"),
            ("b", "-"),
            ("c", "not"),
            ("d", "same"),
            ("e", "same"),
            ("f", "a"),
            ("g", "g"),
        )
    ]
    document = read(model(table(*labelled, OUT, rule(*["-"] * 7))))
    assert [one.label for one in document.inputs] == ["年龄", "", "", "", "", "", "g"]
    compile_table(document)


def test_descriptions_annotations_and_what_editors_add_are_left_out() -> None:
    noted = rule("5").replace("<rule>", '<rule id="r1" x:color="red"><description>why</description>')
    noted = noted.replace("</rule>", "<annotationEntry><text>who</text></annotationEntry></rule>")
    content = model(table(column("a"), OUT, '<annotation name="n"/>', noted))
    content = content.replace(b"<definitions", b'<definitions xmlns:x="urn:x"', 1)
    assert [row.when for row in read(content).rows] == ["a = 5"]


def test_two_columns_may_ask_for_the_same_input() -> None:
    document = read(model(table(column("a"), column("a"), OUT, rule("&gt; 1", "&lt; 5"))))
    assert [one.name for one in document.inputs] == ["a"]
    assert document.rows[0].when == "a > 1 and a < 5"

    assert "differ in its type" in told(model(table(column("a"), column("a", "string"), OUT)))[0]


# ---- which decision


SEVERAL = model(
    table(column("a"), OUT, rule("1")) + '</decision><decision name="e" id="_e"><literalExpression><text>1+1</text>'
    '</literalExpression></decision><decision name="f" id="_f">' + table(column("b"), OUT, rule("2"))
)


def test_a_decision_is_chosen_by_name_or_identifier() -> None:
    assert read(SEVERAL, name="d").inputs[0].name == "a"
    assert read(SEVERAL, name="_f").inputs[0].name == "b"


def test_without_a_name_there_is_one_decision_table_or_they_are_listed() -> None:
    assert told(SEVERAL) == ["m.dmn:2: The file has decision tables in several decisions. Name one of: d [_d], f [_f]."]
    assert told(SEVERAL, name="g") == ["m.dmn:2: The file has no decision g. Name one of: d [_d], f [_f]."]


def test_a_decision_that_is_no_table_is_said_to_be_what_it_is() -> None:
    assert told(SEVERAL, name="e") == [
        (
            "m.dmn:9: decision e [_e]: The decision is no decision table but: literalExpression. "
            "Decisions with a table: d [_d], f [_f]."
        )
    ]
    alone = model("<variable name='d'/><literalExpression><text>1</text></literalExpression>")
    assert "No decision of the file holds a decision table; there are: d [_d] (literalExpression)." in told(alone)[0]


# ---- what is refused


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("a + 1", "'a' is a name, and no literal; a text stands in quotes."),
        ("5 + 1", "'5 + 1' is to be reckoned out; arithmetic is not read."),
        ("2011-04-05", "'2011-04-05' is to be reckoned out; arithmetic is not read."),
        ("? > 5", "'? > 5' speaks of the value as ?, which is not read."),
        ("sum(1, 2)", "'sum()' calls a function."),
        ("high", "'high' is a name, and no literal; a text stands in quotes."),
        ("null", "'null' is a name, and no literal; a text stands in quotes."),
        ("P10D", "'P10D' is a name, and no literal; a text stands in quotes."),
        ("[1..", "'[1..' breaks off."),
        ("[1..x]", "'x' is a name, and no literal; a text stands in quotes."),
        ("[1,5]", "'[1,5]' lacks ..."),
        ("[1..5", "'[1..5' breaks off."),
        ("&gt;", "'>' breaks off."),
        ("1,", "'1,' breaks off."),
        ("1 2", "'1 2' is not read here: 2 cannot stand at its place."),
        ("not(1", "'not(1' breaks off."),
        ("1, not(2)", "'not()' calls a function."),
        ('"a', "'\"a' is not read here: \" cannot stand at its place."),
        ("3次以上", "'次以上' is a name, and no literal; a text stands in quotes."),
        ('date("2011-02-30")', '"2011-02-30" is neither a day nor a duration'),
        ('date("P1D")', '"P1D" is no value of the type date.'),
        ("date(2011, 4, 5)", "'date()' is not given one text in quotes."),
        ('"five"', "five is no value of the type number."),
        ("true", "true is no value of the type number."),
    ],
)
def test_what_is_no_test_of_the_subset_is_refused_with_its_rule_and_column(cell: str, message: str) -> None:
    (problem,) = told(model(table(column("a"), column("b"), OUT, rule("-", "5"), rule("-", cell))))
    assert problem.startswith("m.dmn:10: rule 2, b: " + message)
    assert "Accepted: " in problem


def test_all_problems_of_a_file_are_told_at_once() -> None:
    content = model(
        table(
            column("a + b"),
            column("c", None),
            column("d", "context"),
            column("e"),
            '<output name="r" typeRef="number"/>',
            rule("-", "-", "-", "x", results=("1 + 1",)),
            rule("-", "-", "-", "5"),
            rule("-", "-", results=("1",)),
            attributes='hitPolicy="BEST" aggregation="SUM"',
        )
    )
    assert [problem[:56] for problem in told(content)] == [
        "m.dmn:5: hitPolicy: There is no such hit policy. Accepte",
        "m.dmn:5: aggregation: Only the hit policy COLLECT aggreg",
        "m.dmn:6: input 1: 'a + b' is an expression, and no name ",
        "m.dmn:7: input 2: Nothing says of which type c is. Write",
        "m.dmn:8: input 3: The type context is not read. Accepted",
        "m.dmn:11: rule 1, e: 'x' is a name, and no literal; a te",
        "m.dmn:11: rule 1, output r: '1 + 1' is to be reckoned ou",
        "m.dmn:12: rule 2, output r: x is no value of the type nu",
        "m.dmn:13: rule 3: The rule has 2 entries inputEntry, the",
    ]


@pytest.mark.parametrize("name", ["a + b", "a.b", "f(a)", "5", '"a"', "if a then b", "not a", "a`b", "in"])
def test_an_input_expression_that_is_no_variable_is_refused(name: str) -> None:
    (problem,) = told(model(table(column(name), OUT)))
    assert "is an expression, and no name of a variable." in problem


def test_a_declared_variable_is_a_name_whatever_it_looks_like() -> None:
    before = '<inputData name="profit-and-loss"><variable name="profit-and-loss" typeRef="number"/></inputData>'
    document = read(model(table(column("profit-and-loss", None), OUT, rule("5")), before=before))
    assert document.rows[0].when == "`profit-and-loss` = 5"
    assert compile_table(document).decide({"profit-and-loss": 5}).rows == (1,)


def test_other_types_values_and_languages_are_refused() -> None:
    def problem(*parts: str, before: str = "") -> str:
        (found,) = told(model(table(*parts), before=before))
        return found

    assert "The type time is not read." in problem(column("a", "time"), OUT)
    assert "no value of the type number" in problem(column("a", "number", '"x"'), OUT)
    assert "not the values of a list" in problem(column("a", "string", 'not("x")'), OUT)
    assert "The rule gives no result here." in problem(column("a"), OUT, rule("1", results=("",)))
    assert "is a name" in problem(column("a"), OUT, rule("1", results=("null",)))
    groovy = column("a").replace("<inputExpression", '<inputExpression expressionLanguage="groovy"')
    assert "The expression language groovy is not read." in problem(groovy, OUT)
    listed = '<itemDefinition name="tL" isCollection="true"><typeRef>number</typeRef></itemDefinition>'
    assert "The type tL is a list." in problem(column("a", "tL"), OUT, before=listed)
    loop = '<itemDefinition name="tA"><typeRef>tB</typeRef></itemDefinition>'
    loop += '<itemDefinition name="tB"><typeRef>tA</typeRef></itemDefinition>'
    assert "The type tA is not read." in problem(column("a", "tA"), OUT, before=loop)


def test_a_misspelt_value_is_told_by_the_compiler() -> None:
    document = read(model(table(column("a", "string", '"High", "Low"'), OUT, rule('"Hihg"'))))

    with pytest.raises(TableError) as caught:
        compile_table(document)
    assert "Hihg" in str(caught.value)


def test_an_interval_that_ends_before_it_begins_is_told_by_the_compiler() -> None:
    document = read(model(table(column("a"), OUT, rule("[5..1]"))))

    with pytest.raises(TableError, match="before it begins"):
        compile_table(document)
