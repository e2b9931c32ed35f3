"""``govopen demo``."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from importlib import resources
from pathlib import Path

import click

from govopen.cli.base import argument, command, option
from govopen.cli.commands.check import emit_report
from govopen.cli.output import console, note, progress
from govopen.cli.parameters import DATE, FILE
from govopen.cli.session import session_of
from govopen.errors import InputError
from govopen.office.facade import Office
from govopen.report.text import print_report
from govopen.texts import N_

__all__ = ["demo", "district"]

_DEFECTS = "DEFECTS.md"


@command(
    "demo",
    about=N_(
        "Build the workspace of an invented district, check it, print the report and write it as an HTML page. Defects "
        "are planted in its records and found; the exit status is 0 all the same."
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
    folder = _copy(folder)
    with Office.open(folder) as office, progress() as bar:
        task = bar.add_task("", start=False)
        office.import_files(
            [folder],
            on_progress=lambda path, done, total: bar.update(task, description=path.name, completed=done, total=total),
        )
        report = office.check(as_of=as_of)
        heading = office.workspace.name
    print_report(report, console(), session.lang)
    page = folder / "report.html"
    emit_report(report, "html", page, session.lang, heading=heading)
    note("")
    note(
        words.say(
            "Findings: {count}. The defects that were planted are listed in {file}",
            count=len(report.findings),
            file=str(folder / _DEFECTS),
        )
    )
    note(words.say("The same report as a page: {file}", file=str(page)))
    note(words.say("Check it again: govopen check -w {folder} --as-of {date}", folder=str(folder), date=as_of))


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
        # Stores and reports that somebody made in the checkout are not part of the example.
        shutil.copytree(
            district(package), folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.sqlite*", "report.*")
        )
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
