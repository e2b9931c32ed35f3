"""The options of a static site."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest

from govopen.errors import InputError
from govopen.model.website import SiteKind
from govopen.publishing.port import PublisherSettings
from govopen.rules import samples
from govopen_static_site import static_site


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"theme": "red"}, "no option 'theme'"),
        ({"title": 3}, "option title"),
        ({"base_url": "javascript:alert(1)"}, "option base_url"),
        ({"base_url": "https://example.gov.cn/?a"}, "option base_url"),
        ({"request_url": "//example.gov.cn"}, "option request_url"),
        ({"guide_url": "https://[bad"}, "option guide_url"),
    ],
)
def test_an_option_that_is_unknown_or_wrong_is_an_input_error(options: dict[str, object], told: str) -> None:
    settings = PublisherSettings(site=samples.site(), unit=samples.UNIT, folder=Path(), options=options)

    with pytest.raises(InputError, match=told):
        static_site(settings)


def test_addresses_start_at_the_option_else_at_the_sites_record_else_at_the_folder(
    parcels: ModuleType, tmp_path: Path
) -> None:
    one = parcels.nth(0)

    def address(url: str, **options: str) -> str:
        settings = PublisherSettings(
            site=samples.site(SiteKind.OWN, url=url),
            unit=samples.UNIT,
            folder=tmp_path,
            options=options,
        )
        site = static_site(settings)
        try:
            return site.put(one)
        finally:
            site.close()

    name = f"items/{one.cleared.item.id}.html"
    assert address("http://a.example/x", base_url="https://b.example") == f"https://b.example/{name}"
    assert address("http://a.example/x", folder="two") == f"http://a.example/x/{name}"
    assert address("", folder="three") == f"{(tmp_path / 'three' / 'current').as_uri()}/{name}"


def test_what_the_options_tell_stands_at_the_foot_of_every_page(parcels: ModuleType, tmp_path: Path) -> None:
    told = {"icp": "粤ICP备1号", "police_record": "公安备2号", "site_code": "4499", "email": "x@example.gov.cn"}
    site = parcels.publisher(tmp_path, footer="第一行\n第二行 <b>", **told)
    site.put(parcels.nth(0))
    site.settle()

    for path in site.home.parent.rglob("*.html"):
        foot = path.read_text(encoding="utf-8").partition("<footer")[2]
        assert all(value in foot for value in told.values()), path
        assert "<p>第二行 &lt;b&gt;</p>" in foot
