"""Measures real catalogue entries: how long until they were published, and what the catalog lacks.

Imports the records into a temporary folder, so that the example itself stays as it is.
"""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from pathlib import Path

from govopen.checking.result import CheckReport, Finding, Note
from govopen.checking.selection import Selection
from govopen.office.facade import Office

HERE = Path(__file__).parent
AS_OF = dt.date(2025, 6, 30)

# What the catalog shows to anybody outside: its form, its issuer, its dates. Reviews and sign-offs it does not show.
VISIBLE = Selection(rules=("CAT002", "CAT005", "CAT006", "CAT021"))


def measured(folder: Path) -> CheckReport:
    """The check of the entries, with what was measured where a rule passes."""
    shutil.copy(HERE / "govopen.toml", folder)
    with Office.open(folder) as office:
        office.import_files([HERE / "records"])
        return office.check(as_of=AS_OF, selection=VISIBLE, detailed=True)


def main() -> None:
    """Print it in English."""
    with tempfile.TemporaryDirectory(prefix="govopen-real-") as folder:
        report = measured(Path(folder))
    spoken: list[Note | Finding] = [*report.notes, *report.findings]
    for said in spoken:
        facts = {name: _plain(fact) for name, fact in said.facts.items()}
        print(f"{said.subject}: {report.rules[said.rule].messages[said.message].en.format(**facts)} ({said.rule})")


def _plain(fact: object) -> str:
    return ", ".join(map(str, fact)) if isinstance(fact, tuple) else str(fact)


if __name__ == "__main__":
    main()
