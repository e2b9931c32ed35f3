"""Make the workspace that the pages are written from: a copy of the district's, with its records and files in it."""

from __future__ import annotations

import shutil
from pathlib import Path

from govopen import Office

HERE = Path(__file__).resolve().parent
WORKSPACE = HERE / "workspace"


def main() -> None:
    """Make it anew."""
    shutil.rmtree(WORKSPACE, ignore_errors=True)
    shutil.copytree(HERE.parent / "district", WORKSPACE, ignore=shutil.ignore_patterns("data", "*.py", "seed"))
    files = [path for path in sorted((WORKSPACE / "files").iterdir()) if path.name != "manifest.json"]
    with Office.open(WORKSPACE) as office:
        count = sum(office.import_files([WORKSPACE / "records"]).counts.values())
        # An item whose file cannot be read is cleared for nobody.
        office.keep_files(files)
    print(f"{count} records, {len(files)} files: {WORKSPACE.name}")


if __name__ == "__main__":
    main()
