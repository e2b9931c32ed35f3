"""Writes the records of the invented district, with its planted defects: ``python build.py [FOLDER]``.

Nothing is drawn by lot. The seed names units, entries and requests; everything else follows from it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from make_attachments import write_attachments
from make_defects import plant, write_list
from make_discretion import add_discretion, pin_versions
from make_files import write_csv, write_jsonl, write_rows, write_workbook
from make_items import add_items, pin
from make_plan import HERE, Book, plans
from make_requests import REGISTER_HEADINGS, add_requests, register
from make_services import add_services

from govopen.model.assurance import Evidence, Judgement, NilReturn, Probe
from govopen.model.base import Record
from govopen.model.catalog import InformationItem
from govopen.model.classification import ClassifiedItem
from govopen.model.discretion import DiscretionTable, PenaltyDecision
from govopen.model.organisation import Organisation
from govopen.model.requests import Request, RequestChannel
from govopen.model.units import Unit
from govopen.model.website import Column, Publication, Site


def district() -> Book:
    """All records, the defects among them."""
    book = Book()
    seed = plans()
    book.add(*(plan.record() for plan in seed))
    add_items(book, seed)
    add_services(book, seed)
    add_requests(book, seed)
    add_discretion(book, seed)
    plant(book)
    pin(book)
    pin_versions(book)
    return book


def write(folder: Path) -> None:
    """The files of the workspace that are made: records, attachments, the old register, and the list of defects."""
    book = district()
    records, legacy = folder / "records", folder / "legacy"
    for made in (records, legacy):
        made.mkdir(parents=True, exist_ok=True)
    write_jsonl(records / "units.jsonl", book.of(Unit))
    write_csv(records / "organisation-2011.csv", book.of(Organisation))
    _write_items(records, book)
    write_jsonl(records / "classified-items.jsonl", book.of(ClassifiedItem))
    write_jsonl(records / "sites.jsonl", book.of(Site))
    write_csv(records / "columns.csv", book.of(Column))
    write_csv(records / "request-channels.csv", book.of(RequestChannel))
    write_csv(records / "probes-2011.csv", book.of(Probe))
    requests = list(book.of(Request))
    write_csv(records / "requests-2011.csv", (entry for entry in requests if entry.received_on.year == 2011), mark=True)
    write_jsonl(records / "requests-later.jsonl", (entry for entry in requests if entry.received_on.year > 2011))
    write_jsonl(records / "discretion-tables.jsonl", book.of(DiscretionTable))
    write_csv(records / "penalty-decisions-2011.csv", book.of(PenaltyDecision))
    write_workbook(records / "assurance-2011.xlsx", book.of(Evidence), book.of(Judgement), book.of(NilReturn))
    title = ("岭安区依申请公开登记簿（2008—2009年）", *("" for _ in REGISTER_HEADINGS[1:]))
    write_rows(legacy / "register-2009.csv", [title, REGISTER_HEADINGS, *register()], encoding="gb18030")
    write_attachments(folder / "files")
    write_list(folder / "DEFECTS.md")


def _write_items(records: Path, book: Book) -> None:
    """Every unit keeps its catalog in its own way."""
    for unit in ("office", "finance", "education"):
        write_jsonl(records / f"information-items-{unit}.jsonl", book.of(InformationItem, unit))
    for unit in ("construction", "urban", "wanghe", "songjian"):
        write_csv(records / f"information-items-{unit}.csv", book.of(InformationItem, unit))
    departments = ("office", "finance", "education", "construction", "urban")
    write_csv(records / "publications-departments.csv", book.of(Publication, *departments))
    write_csv(records / "publications-towns.csv", book.of(Publication, "wanghe", "songjian"), mark=True)
    for name, units in {"streets": ("hequan", "linxi"), "trading": ("trading",), "water": ("water",)}.items():
        write_workbook(records / f"{name}.xlsx", book.of(InformationItem, *units), book.of(Publication, *units))
    for unit in ("hightech", "hospital"):
        both: Iterable[Record] = [*book.of(InformationItem, unit), *book.of(Publication, unit)]
        write_jsonl(records / f"{unit}.jsonl", both, mixed=True)


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
