"""``govopen demo``."""

from __future__ import annotations

import datetime as dt
import importlib.util
import shutil
import sys
import tempfile
from importlib import resources
from pathlib import Path

import click
from rich.progress import Progress

from govopen.cli.base import argument, command, option
from govopen.cli.commands.check import emit_report
from govopen.cli.demonstration import Published, needs_no_more, publish
from govopen.cli.output import console, note, progress
from govopen.cli.parameters import DATE, FILE
from govopen.cli.session import session_of
from govopen.cli.words import Words
from govopen.errors import InputError
from govopen.office.clock import SHANGHAI, FixedClock
from govopen.office.facade import Office
from govopen.report.text import print_report
from govopen.rules.results import Outcome
from govopen.texts import N_

__all__ = ["demo", "district", "program_called"]

_DEFECTS = "DEFECTS.md"
_AWAITED = frozenset({Outcome.AWAITING_EVIDENCE, Outcome.AWAITING_JUDGEMENT})
_RECORDS, _LEGACY, _FILES = "records", "legacy", "files"
_LEFT_OUT = ("*.py", "__pycache__", "seed", "data", "public", "report.*")
"""What makes the records, and what somebody made of them in a checkout."""


@command(
    "demo",
    about=N_(
        "Build the workspace of an invented district, check it, take a record from draft to publication, publish what "
        "is cleared on the units' sites and the portal, and compare them with the records. Defects are planted in the "
        "records and found; the exit status is 0 all the same."
    ),
)
@argument(
    "folder",
    metavar="DIR",
    type=FILE,
    required=False,
    about=N_("Where to build it: a folder that is empty or not there. Default: a new temporary one."),
)
@option("--as-of", type=DATE, metavar="DATE", default="2011-12-31", about=N_("The legal day. Default: 2011-12-31."))
@click.pass_context
def demo(ctx: click.Context, /, *, folder: Path | None, as_of: dt.date) -> None:
    """Check the example district."""
    session = session_of(ctx)
    words = session.words
    _needs_workbooks()
    folder = _copy(folder)
    clock = FixedClock(dt.datetime.combine(as_of, dt.time(10), SHANGHAI))
    with Office.open(folder, clock=clock) as office, progress() as bar:
        _import(office, folder, bar)
        office.keep_files(path for path in sorted((folder / _FILES).iterdir()) if path.suffix != ".json")
        report = office.check()
        heading = office.workspace.name
        published = publish(office) if needs_no_more(office) else None
    print_report(report, console(), session.lang, brief=True)
    page = folder / "report.html"
    emit_report(report, "html", page, session.lang, heading=heading)
    note("")
    note(
        words.say(
            "Findings: {count}. The defects that were planted are listed in {file}",
            count=sum(entry.outcome not in _AWAITED for entry in report.findings),
            file=str(folder / _DEFECTS),
        )
    )
    note(words.say("The same report as a page: {file}", file=str(page)))
    if published is None:
        note(words.say("Nothing was published: install the plugin govopen-static-site, which makes the websites."))
    else:
        _tell(published, folder, words)
    call = " ".join([*program_called(), "check", "-w", _quoted(str(folder)), "--as-of", as_of.isoformat()])
    note(words.say("Check it again: {command}", command=call))


def _tell(published: Published, folder: Path, words: Words) -> None:
    """What was published, and where its pages lie."""
    note("")
    note(words.say("A record's way, from draft to website: {item}", item=published.item))
    for step in published.steps:
        note(f"  {step.get(words.lang)}")
    for site in sorted(published.shown):
        page = folder / "public" / site / "current" / "index.html"
        note(words.say("{site}: items shown: {count}. {page}", site=site, count=published.shown[site], page=str(page)))
    note(words.say("Items that are not cleared for the public, and stand nowhere: {count}", count=published.held_back))
    note(
        words.say(
            "Compared with the records: {count} differences. Journal: {events} events, every one in its place.",
            count=published.differences,
            events=published.events,
        )
    )
    note(words.say("Findings once what is cleared is published: {count}", count=published.findings))
    note(words.say("The page of the record: {page}", page=published.address))


def program_called() -> list[str]:
    """What somebody types to start this program again: its name alone only where a shell finds it."""
    started = Path(sys.argv[0])
    if started.name == "__main__.py":
        return [_quoted(sys.executable), "-m", "govopen"]
    found = shutil.which(started.name)
    # Another govopen on PATH would be another version, with other plugins.
    same = found is not None and started.exists() and Path(found).samefile(started)
    return [started.name if same else _quoted(str(started))]


def _quoted(text: str) -> str:
    return f'"{text}"' if any(char.isspace() for char in text) else text


def _import(office: Office, folder: Path, bar: Progress) -> None:
    task = bar.add_task("", start=False)

    def on_progress(path: Path, done: int, total: int) -> None:
        bar.update(task, description=path.name, completed=done, total=total)

    office.import_files([folder / _RECORDS], on_progress=on_progress)
    # An old register has columns of its own; the workspace says under its name how they are read.
    for mapping in office.workspace.mappings:
        office.import_files(sorted((folder / _LEGACY).glob(f"{mapping}.*")), mapping=mapping, on_progress=on_progress)


def _needs_workbooks() -> None:
    """Asked before anything is written: half a district would be in the way of the next try.

    Raises:
        InputError: The library that reads workbooks is not installed, and some of the district's records are in them.
    """
    if importlib.util.find_spec("python_calamine") is None:
        raise InputError(
            N_("XLSX files are read by an extra that is not installed."),
            hint=N_('Install it: pip install "govopen[xlsx]"'),
        )


def _copy(folder: Path | None) -> Path:
    """A copy of the district in ``folder``, or in a temporary one."""
    if folder is None:
        folder = Path(tempfile.mkdtemp(prefix="govopen-demo-"))
    elif folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError(
            N_("{folder} is not an empty folder."),
            hint=N_("Name one that is empty or not there: nothing of yours is overwritten."),
            folder=str(folder),
        )
    with resources.as_file(resources.files("govopen")) as package:
        shutil.copytree(district(package), folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(*_LEFT_OUT))
    return folder


def district(package: Path) -> Path:
    """The example: a wheel has it in the package, a checkout beside ``src``.

    Raises:
        InputError: It is in neither place.
    """
    for place in (package / "demo_district", package.parents[1] / "examples" / "district"):
        if (place / "govopen.toml").is_file():
            return place
    raise InputError(
        N_("The example district is not installed with this govopen."),
        hint=N_("Install govopen from a wheel or from its checkout."),
    )
