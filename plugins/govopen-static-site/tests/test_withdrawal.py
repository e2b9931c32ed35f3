"""What is withdrawn is nowhere any more, and so is what was replaced."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

from govopen.model.website import SiteKind

SECRETS = {
    "title": "蓝鲸计划专题",
    "summary": "珊瑚礁概述",
    "text": "玛瑙河沿线的琥珀滩涂整治方案",
    "index_number": "999888777/2011-77777",
    "document_number": "鲲鹏〔2011〕77号",
    "issuer": "麒麟办公室",
}
FILE = b"the whole content of a file that must go"


def everything(folder: Path) -> dict[str, bytes]:
    """Every file there is, with its path: whatever a disk, a server or a backup would find."""
    return {str(path): str(path).encode() + b"\0" + path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def traces(folder: Path) -> list[str]:
    # A search file has keys of two characters: those of the texts are in no other item.
    pairs = [value[:2] for value in SECRETS.values() if not value[:2].isascii()]
    tokens = [part.encode() for part in (*SECRETS.values(), *pairs)] + [FILE, b"secret-item", b"coral-table"]
    return [path for path, content in everything(folder).items() if any(token in content for token in tokens)]


def test_a_withdrawn_item_is_in_no_file_whatever_of_the_sites_folder(parcels: ModuleType, tmp_path: Path) -> None:
    for kind in SiteKind:
        folder = tmp_path / kind
        site = parcels.publisher(folder, kind)
        for number in range(60):
            site.put(parcels.nth(number))
        site.settle()
        assert traces(folder) == []

        attachments = (parcels.attached("coral-table.pdf", FILE),)
        secret = parcels.item(7, **(SECRETS | {"id": "secret-item", "attachments": attachments}))
        unit, column = parcels.UNITS[1], parcels.samples.column(id="secret-item-column", name="蓝鲸计划专题")
        site.put(parcels.parcel(secret, FILE, unit=unit, column=column))
        site.settle()
        assert len(traces(folder)) > 15, "it stood on pages, indexes, feeds, in search data and the sitemap"

        site.withdraw("secret-item")
        site.settle()
        assert traces(folder) == []
        assert len(list(site.inventory())) == 60


def test_what_was_replaced_leaves_no_trace_either(parcels: ModuleType, tmp_path: Path) -> None:
    site = parcels.publisher(tmp_path)
    attachments = (parcels.attached("coral-table.pdf", FILE),)
    site.put(parcels.parcel(parcels.item(7, **(SECRETS | {"attachments": attachments})), FILE))
    site.settle()
    assert traces(tmp_path)

    site.put(parcels.parcel(parcels.item(7)))
    site.settle()
    assert traces(tmp_path) == []


def test_what_was_put_and_withdrawn_before_anybody_saw_it_leaves_no_trace(parcels: ModuleType, tmp_path: Path) -> None:
    site = parcels.publisher(tmp_path)
    site.put(parcels.parcel(parcels.item(7, **(SECRETS | {"id": "secret-item"}))))
    site.withdraw("secret-item")
    assert traces(tmp_path) == []
    site.settle()

    assert traces(tmp_path) == []
    assert list(site.inventory()) == []


def test_an_item_can_come_back(parcels: ModuleType, tmp_path: Path) -> None:
    site = parcels.publisher(tmp_path)
    site.put(parcels.nth(1))
    site.settle()
    before = list(site.inventory())
    site.withdraw("gw-2011-00001")
    site.settle()
    site.withdraw("gw-2011-00001")
    site.put(parcels.nth(1))
    site.settle()

    assert list(site.inventory()) == before
