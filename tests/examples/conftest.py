"""The example workspaces, in folders of their own."""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from govopen.office.facade import Office

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="session")
def district_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("district") / "workspace"
    shutil.copytree(EXAMPLES / "district", folder, ignore=shutil.ignore_patterns("data", "__pycache__"))
    return folder


@pytest.fixture(scope="session")
def district(district_folder: Path) -> Iterator[Office]:
    """The district with all its records, imported in one go."""
    with Office.open(district_folder) as office:
        office.import_files([district_folder / "records"])
        yield office


@pytest.fixture(scope="session")
def planted(district_folder: Path) -> dict[str, Any]:
    """The list of what was planted."""
    return tomllib.loads((district_folder / "defects.toml").read_text(encoding="utf-8"))
