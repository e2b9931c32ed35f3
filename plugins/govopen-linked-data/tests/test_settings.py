"""The options of the format, and the addresses that they make."""

from __future__ import annotations

import attrs
import pytest
from govopen_linked_data_catalogues import BASE, OFFICE, exported, settings
from hypothesis import given
from hypothesis import strategies as st

from govopen.errors import InputError
from govopen.model.base import ID_PATTERN
from govopen.testing.conformance.hostile import IDENTIFIERS
from govopen.testing.parcels import disclosed, parcel
from govopen_linked_data import dcat_ap
from govopen_linked_data.addresses import Addresses, is_address
from govopen_linked_data.reading import read_catalogue
from govopen_linked_data.settings import OPTIONS, catalogue_settings


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"colour": "red"}, "no option colour"),
        ({"format": "xml"}, "option format"),
        ({"format": 3}, "option format"),
        ({"page": "items/"}, "option page"),
        ({"page": "https://elsewhere.example/{name}"}, "option page"),
        ({"page": "//elsewhere.example/{name}"}, "option page"),
        ({"page": "{name}/{other}"}, "option page"),
        ({"page": "{name} > {name}"}, "option page"),
        ({"license": "CC-BY"}, "option license"),
        ({"license": "https://a.example/> <b"}, "option license"),
        ({"phone": "call us"}, "option phone"),
        ({"email": "nobody"}, "option email"),
        ({"description": ["a"]}, "option description"),
        ({"file_sizes": "no"}, "option file_sizes"),
        ({"base_url": ""}, "needs the address"),
        ({"base_url": "ftp://a.example"}, "option base_url"),
        ({"base_url": "https://a.example/?q"}, "option base_url"),
        ({"base_url": "https://a.example/>"}, "option base_url"),
        ({"base_url": "https://[bad"}, "option base_url"),
        ({"base_url": "https://me:secret@a.example/"}, "option base_url"),
        ({"base_url": "https://me@a.example/"}, "option base_url"),
        ({"license": "https://me:secret@a.example/licence"}, "option license"),
    ],
)
def test_an_option_that_is_unknown_or_wrong_is_an_input_error(options: dict[str, object], told: str) -> None:
    with pytest.raises(InputError, match=told):
        dcat_ap(settings(**options))


def test_every_option_is_taken() -> None:
    given = {
        "format": "json-ld",
        "page": "items/{id}.html",
        "description": "本区政府信息",
        "license": "https://a.example/licence?v=1#de",
        "phone": "+86-20-00000000",
        "email": "openness@example.gov.cn",
        "file_sizes": False,
    }
    made = catalogue_settings(settings(**given))

    assert set(given) == set(OPTIONS)
    assert (made.form, made.description, made.license) == ("json-ld", "本区政府信息", given["license"])
    assert (made.phone, made.email, made.file_sizes) == (given["phone"], given["email"], False)
    assert made.addresses.page("a/b") == f"{BASE}items/a%2Fb.html"


def test_a_catalogue_without_a_name_is_called_by_its_unit() -> None:
    nameless = attrs.evolve(settings(), title="", unit=attrs.evolve(OFFICE, name=""))

    assert catalogue_settings(nameless).title == "office"
    assert catalogue_settings(attrs.evolve(settings(), title="")).title == OFFICE.name


def test_the_page_is_where_the_records_have_it_else_where_the_settings_say() -> None:
    recorded = "https://www.example.gov.cn/x.html?a=1"
    unfit = ("", "file:///srv/a", "https://a.example/> <b> <c", "https://me:secret@a.example/x.html")
    parcels = [
        attrs.evolve(parcel(disclosed(f"a-{number}")), address=address)
        for number, address in enumerate((recorded, *unfit))
    ]
    pages = [entry.page for entry in read_catalogue(exported(parcels, page="items/{name}.html"))]

    assert pages == [recorded, *(f"{BASE}items/a-{number}.html" for number in (1, 2, 3, 4))]


@given(st.lists(st.from_regex(ID_PATTERN, fullmatch=True) | st.sampled_from(IDENTIFIERS), min_size=2, unique=True))
def test_no_two_identifiers_have_one_address_and_each_address_is_one(ids: list[str]) -> None:
    addresses = Addresses("https://a.example/open")
    for of in (addresses.item, addresses.page, addresses.unit):
        found = [of(id_) for id_ in ids]
        assert len({address.casefold() for address in found}) == len(ids)
        assert all(is_address(address, query=False) and address.isascii() for address in found)
        # What would be resolved away, or ends the path.
        assert not any(part in (".", "..", "") for address in found for part in address.rstrip("/").split("/")[3:])


def test_an_address_is_the_same_in_every_export() -> None:
    """Written down here: whoever refers to an item does so by this."""
    addresses = Addresses("https://a.example/open/")

    assert addresses.item("gw-2011-0001") == "https://a.example/open/id/item/gw-2011-0001"
    assert addresses.item("番府办〔2011〕1号") == (
        "https://a.example/open/id/item/%E7%95%AA%E5%BA%9C%E5%8A%9E=e3=80=942011=e3=80=951%E5%8F%B7"
    )
    assert addresses.page("..") == "https://a.example/open/=2e=2e/"
