"""What the sections ``[exporters.dcat-ap]`` and ``[exporters.cpsv-ap]`` of ``govopen.toml`` say."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

import attrs

from govopen.errors import InputError
from govopen.publishing.exporter import ExportSettings
from govopen.texts import Message
from govopen_linked_data.addresses import Addresses, is_address
from govopen_linked_data.writing import FORMATS

__all__ = ["OPTIONS", "SERVICE_OPTIONS", "CatalogueSettings", "catalogue_settings"]

SERVICE_OPTIONS: Mapping[str, str] = {
    "format": f"how it is written: {', '.join(FORMATS)}; else turtle",
    "page": "where an item's page is below base_url, if it is not on record: `items/{name}.html`; else `{name}/`",
    "description": "what the catalogue holds, in a sentence",
    "phone": "telephone number of the office that answers questions about it: +86-20-00000000",
    "email": "its e-mail address",
}
"""The options of the format ``cpsv-ap``, and what each is."""

OPTIONS: Mapping[str, str] = {
    **SERVICE_OPTIONS,
    "license": "address of the licence under which it may be used again",
    "file_sizes": "whether each attached file is read to tell its size; else true",
}
"""The options of the format ``dcat-ap``, and what each is."""

_PHONE = re.compile(r"\+?[0-9][0-9-]{3,20}")
_EMAIL = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_PAGE = re.compile(r"(?!/)[A-Za-z0-9._~/?=&-]*\{(?:name|id)\}[A-Za-z0-9._~/?=&-]*")


@attrs.frozen(kw_only=True)
class CatalogueSettings:
    """One catalogue: whose it is, where it stands, and what is said of all of it.

    Attributes:
        unit: Identifier of the unit that answers for it.
        unit_name: Its name.
        jurisdiction: Code of the place that it is for.
        title: What it is called.
        description: What it holds.
        on: The day of the export.
        addresses: Where everything in it has its address.
        license: Address of the licence; empty: nobody said.
        phone: Telephone number for questions, or empty.
        email: E-mail address for questions, or empty.
        form: One of :data:`govopen_linked_data.writing.FORMATS`.
        file_sizes: Whether files are read for their size.
    """

    unit: str
    unit_name: str
    jurisdiction: str
    title: str
    description: str
    on: dt.date
    addresses: Addresses
    license: str
    phone: str
    email: str
    form: str
    file_sizes: bool


def catalogue_settings(
    settings: ExportSettings, name: str = "dcat-ap", known: Mapping[str, str] = OPTIONS
) -> CatalogueSettings:
    """The settings of one catalogue.

    Args:
        settings: What the exporter is made for.
        name: Of the format.
        known: Its options.

    Raises:
        InputError: An option is unknown or has no good value, or there is no base address.
    """
    given = _Options(settings, name)
    for option in settings.options:
        if option not in known:
            raise InputError(
                Message("格式{form}没有选项{option}。", "The format {form} has no option {option}."),
                hint=Message("选项有：{options}。", "The options are {options}."),
                form=name,
                option=ascii(option).strip("'"),
                options=", ".join(known),
            )
    unit = settings.unit
    return CatalogueSettings(
        unit=unit.id,
        unit_name=unit.name or unit.id,
        jurisdiction=unit.jurisdiction,
        title=settings.title or unit.name or unit.id,
        description=given.text("description") or f"{unit.name}主动公开的政府信息的目录。",
        on=settings.on,
        addresses=Addresses(given.base_url(), given.matching("page", _PAGE, "items/{name}.html") or "{name}/"),
        license=given.address("license", "https://creativecommons.org/licenses/by/4.0/"),
        phone=given.matching("phone", _PHONE, "+86-20-00000000"),
        email=given.matching("email", _EMAIL, "openness@example.gov.cn"),
        form=given.form(),
        file_sizes=given.switch("file_sizes", default=True),
    )


@attrs.frozen
class _Options:
    """The options of one format, read one by one."""

    settings: ExportSettings
    name: str

    def wrong(self, option: str, example: str) -> InputError:
        return InputError(
            Message(
                "格式{form}的选项{option}取值无效。", "The option {option} of the format {form} has no good value."
            ),
            hint=Message("请写成例如：{example}。", "Write it such as {example}."),
            option=option,
            form=self.name,
            example=example,
        )

    def base_url(self) -> str:
        base_url = self.settings.base_url
        if not base_url:
            raise InputError(
                Message(
                    "格式{form}需要公开信息所在网站的基准网址。",
                    "The format {form} needs the address below which the items stand on the Web.",
                ),
                hint=Message(
                    "其中每一项都有自己的网址。请用 --base-url 指明，或者在 exporters.{form} 一节中设置 base_url。",
                    "Whatever is in it has an address of its own. Give --base-url, or set base_url in the section "
                    "exporters.{form}.",
                ),
                form=self.name,
            )
        if not is_address(base_url, query=False):
            raise self.wrong("base_url", "https://www.example.gov.cn/")
        return base_url

    def text(self, option: str) -> str:
        value = self.settings.options.get(option, "")
        if not isinstance(value, str):
            raise self.wrong(option, '"..."')
        return value

    def matching(self, option: str, pattern: re.Pattern[str], example: str) -> str:
        value = self.text(option)
        if value and not pattern.fullmatch(value):
            raise self.wrong(option, example)
        return value

    def address(self, option: str, example: str) -> str:
        value = self.text(option)
        if value and not is_address(value):
            raise self.wrong(option, example)
        return value

    def form(self) -> str:
        form = self.text("format") or "turtle"
        if form not in FORMATS:
            raise self.wrong("format", ", ".join(FORMATS))
        return form

    def switch(self, option: str, *, default: bool) -> bool:
        value = self.settings.options.get(option, default)
        if not isinstance(value, bool):
            raise self.wrong(option, "true")
        return value
