"""A whole check over a legacy database says what a check over the same records in govopen's own store says."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from govopen.cli.main import main
from govopen.model.catalog import Category
from govopen.model.requests import ChannelKind, RequestChannel
from govopen.model.units import Unit
from govopen.model.website import Carrier, Column, Publication
from govopen.office.facade import Office
from govopen.storage.port import Store

pytestmark = pytest.mark.examples

DISTRICT = Path(__file__).parents[3] / "examples" / "district"
DAY = dt.date(2011, 12, 31)

TABLES = """
CREATE TABLE "DM_JGLX" ("DM" INTEGER PRIMARY KEY, "MC" VARCHAR(40));
CREATE TABLE "JG" ("JGDM" VARCHAR(20) PRIMARY KEY, "JGMC" VARCHAR(200), "LX" INTEGER, "SJJG" VARCHAR(20),
    "CLRQ" CHAR(8), "CXRQ" CHAR(8), "CJJG" VARCHAR(20));
CREATE TABLE "JG_ZN" ("JGDM" VARCHAR(20), "ZN" VARCHAR(60), "QSRQ" CHAR(8), "JSRQ" CHAR(8));
CREATE TABLE "JG_ZZ" ("JGDM" VARCHAR(20), "ZZ" VARCHAR(60), "QSRQ" CHAR(8), "JSRQ" CHAR(8));
CREATE TABLE "XXFB" ("FBH" INTEGER PRIMARY KEY, "JGDM" VARCHAR(20), "XXBH" VARCHAR(60), "ZT" CHAR(1), "FBRQ" CHAR(8),
    "GXRQ" CHAR(8), "CXRQ" CHAR(8), "WZ" VARCHAR(60), "LM" VARCHAR(60), "URL" VARCHAR(200), "ZY" CHAR(64));
CREATE INDEX "I_XXFB" ON "XXFB" ("JGDM", "XXBH");
CREATE TABLE "LM" ("LMBH" VARCHAR(60), "JGDM" VARCHAR(20), "WZ" VARCHAR(60), "MC" VARCHAR(60), "GX" VARCHAR(10),
    "KSRQ" VARCHAR(20), "JSRQ" VARCHAR(20), "ZT" CHAR(1), "FL" VARCHAR(200));
CREATE TABLE "SQTJ" ("BH" VARCHAR(60), "JGDM" VARCHAR(20), "TJ" VARCHAR(20), "DZ" VARCHAR(200), "SJ" VARCHAR(200),
    "GBRQ" VARCHAR(20), "KTRQ" VARCHAR(20), "TYRQ" VARCHAR(20))
"""

CARRIERS = {str(number): carrier for number, carrier in enumerate(Carrier)}
CHANNELS = {f"T{number}": channel for number, channel in enumerate(ChannelKind)}

MAPPING = f"""
companion = "sqlite:///own.db"

[tables.unit]
table = "JG"
id = "JGDM"
columns = {{ JGMC = "name", LX = "kind", SJJG = "parent", CLRQ = "since", CXRQ = "until", CJJG = "successor" }}
constants = {{ jurisdiction = "CN-449900" }}
blanks = {{ since = ["00000000"] }}
[tables.unit.code_tables.kind]
table = "DM_JGLX"
code = "DM"
value = "MC"
[tables.unit.children.duties]
table = "JG_ZN"
key = "JGDM"
columns = {{ ZN = "duty", QSRQ = "since", JSRQ = "until" }}
[tables.unit.children.roles]
table = "JG_ZZ"
key = "JGDM"
columns = {{ ZZ = "role", QSRQ = "since", JSRQ = "until" }}

[tables.publication]
table = "XXFB"
id = "fb-{{FBH}}"
[tables.publication.columns]
JGDM = "unit"
XXBH = "item"
ZT = "carrier"
FBRQ = "published_on"
GXRQ = "updated_on"
CXRQ = "withdrawn_on"
WZ = "site"
LM = "column"
URL = "url"
ZY = "digest"
[tables.publication.values.carrier]
{chr(10).join(f'{code} = "{carrier.value}"' for code, carrier in CARRIERS.items())}

[tables.column]
table = "LM"
id = "LMBH"
[tables.column.columns]
JGDM = "unit"
WZ = "site"
MC = "name"
GX = "update_within"
KSRQ = "since"
JSRQ = "until"
ZT = "carrier"
FL = "categories"
[tables.column.values.carrier]
{chr(10).join(f'{code} = "{carrier.value}"' for code, carrier in CARRIERS.items())}
[tables.column.separators]
categories = "、"

[tables.request-channel]
table = "SQTJ"
id = "BH"
[tables.request-channel.columns]
JGDM = "unit"
TJ = "kind"
DZ = "address"
SJ = "office_hours"
GBRQ = "published_on"
KTRQ = "since"
TYRQ = "until"
[tables.request-channel.values.kind]
{chr(10).join(f'{code} = "{channel.value}"' for code, channel in CHANNELS.items())}
"""

MAPPED = (Unit, Publication, Column, RequestChannel)


def compact(day: dt.date | None) -> str | None:
    return None if day is None else f"{day:%Y%m%d}"


def chinese(day: dt.date | None) -> str | None:
    return None if day is None else f"{day.year}年{day.month}月{day.day}日"


def code(codes: dict[str, Any], meaning: Any) -> str:
    return next(code for code, held in codes.items() if held is meaning)


def fill(connection: sa.Connection, own: Store) -> None:
    """Write the district's records as the systems of those years held them."""
    held = {cls: [stored.record for stored in own.scan(cls)] for cls in MAPPED}
    kinds = sorted({unit.kind for unit in held[Unit]})

    def insert(table: str, rows: list[tuple[Any, ...]]) -> None:
        if rows:
            marks = ", ".join(f":{n}" for n in range(len(rows[0])))
            statement = sa.text(f'INSERT INTO "{table}" VALUES ({marks})')  # noqa: S608 - names of our own
            connection.execute(statement, [{str(n): cell for n, cell in enumerate(row)} for row in rows])

    insert("DM_JGLX", [(number, kind.text.zh) for number, kind in enumerate(kinds)])
    insert(
        "JG",
        [
            (u.id, u.name, kinds.index(u.kind), u.parent, compact(u.since) or "00000000", compact(u.until), u.successor)
            for u in held[Unit]
        ],
    )
    for table, name, what in (("JG_ZN", "duties", "duty"), ("JG_ZZ", "roles", "role")):
        rows = [
            (unit.id, str(getattr(entry, what)), compact(entry.since), compact(entry.until))
            for unit in held[Unit]
            for entry in getattr(unit, name) or ()
        ]
        insert(table, rows)
    insert(
        "XXFB",
        [
            (
                *(number, p.unit, p.item, code(CARRIERS, p.carrier), compact(p.published_on), compact(p.updated_on)),
                *(compact(p.withdrawn_on), p.site, p.column, p.url, p.digest or None),
            )
            for number, p in enumerate(held[Publication], start=1)
        ],
    )
    insert(
        "LM",
        [
            (
                *(c.id, c.unit, c.site, c.name, c.update_within, chinese(c.since), chinese(c.until)),
                *(code(CARRIERS, c.carrier), "、".join(Category(entry).text.zh for entry in c.categories)),
            )
            for c in held[Column]
        ],
    )
    insert(
        "SQTJ",
        [
            (
                *(c.id, c.unit, code(CHANNELS, c.kind), c.address, c.office_hours),
                *(chinese(c.published_on), chinese(c.since), chinese(c.until)),
            )
            for c in held[RequestChannel]
        ],
    )


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The district in a store of govopen's own, and over a legacy database with the rest in a companion."""
    folder = tmp_path_factory.mktemp("legacy")
    own, legacy = folder / "own", folder / "legacy"
    for place in (own, legacy):
        shutil.copytree(DISTRICT, place, ignore=shutil.ignore_patterns("data", "__pycache__"))
    (legacy / "oa.toml").write_text(MAPPING, encoding="utf-8")
    engine = sa.create_engine(f"sqlite:///{legacy}/oa.db")
    with Office.open(own) as office:
        office.import_files([own / "records"])
        with engine.begin() as connection:
            for statement in TABLES.split(";"):
                connection.exec_driver_sql(statement)
            fill(connection, office.store)
        engine.dispose()
        settings = (legacy / "govopen.toml").read_text(encoding="utf-8")
        address = f"legacy+sqlite:///{legacy}/oa.db?mapping={legacy}/oa.toml"
        settings = settings.replace("sqlite:///data/govopen.sqlite", address)
        (legacy / "govopen.toml").write_text(settings, encoding="utf-8")
        with Office.open(legacy) as other, other.store.transaction() as transaction:
            for record_type in office.registry.types:
                if record_type.cls not in MAPPED:
                    transaction.put_many(stored.record for stored in office.store.scan(record_type.cls))
    return own, legacy


@pytest.fixture(scope="module")
def reports(folders: tuple[Path, Path]) -> Iterator[tuple[Any, Any]]:
    with Office.open(folders[0]) as own, Office.open(folders[1]) as legacy:
        yield own.check(as_of=DAY), legacy.check(as_of=DAY)


def test_every_obligation_of_every_unit_has_the_same_status(reports: tuple[Any, Any]) -> None:
    own, legacy = ({(s.unit, str(s.citation)): s.status for s in report.statuses} for report in reports)

    assert len(own) > 1000
    assert legacy == own


def test_the_same_is_found_of_the_same_records(reports: tuple[Any, Any]) -> None:
    # A publication has another identifier there: the number of its row.
    own, legacy = (sorted((f.rule, f.unit, f.outcome) for f in report.findings) for report in reports)

    assert len(own) > 50
    assert legacy == own
    assert reports[0].records == reports[1].records
    assert {notice.code for notice in reports[0].notices} == {notice.code for notice in reports[1].notices}


def test_the_command_line_checks_a_legacy_database(
    folders: tuple[Path, Path], reports: tuple[Any, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["check", "-w", str(folders[1]), "--as-of", "2011-12-31", "--unit", "water", "--format", "json"]

    with pytest.raises(SystemExit) as caught:
        main(arguments)

    assert caught.value.code == 1
    told = json.loads(capsys.readouterr().out)
    assert told["units"]
    assert len(told["findings"]) == len([f for f in reports[1].findings if f.unit == "water"])
