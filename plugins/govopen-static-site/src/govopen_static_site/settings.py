"""What the section of a site in ``govopen.toml`` says."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import attrs

from govopen.errors import InputError
from govopen.model.website import SiteKind
from govopen.publishing.port import PublisherSettings
from govopen.texts import Message
from govopen_static_site.names import line, paragraphs, slug

__all__ = ["OPTIONS", "SiteSettings", "site_settings"]

OPTIONS: Mapping[str, str] = {
    "folder": "where the site is kept, from the workspace; the web server's root is `current` in it",
    "base_url": "address of the site's home page; else that of the site's record",
    "title": "name of the site; else the unit's",
    "subtitle": "what stands below the name",
    "address": "postal address of the unit",
    "postcode": "postcode of the unit",
    "phone": "telephone number of the unit's openness office",
    "email": "its e-mail address",
    "office_hours": "when it is open",
    "guide_url": "page of the unit's guide to openness; else the site brings a short one",
    "request_url": "page where requests are made; else the site says how to make one",
    "icp": "number of the ICP filing (ICP备案号)",
    "police_record": "number of the public security filing (公安备案号)",
    "site_code": "identification code of the government site (政府网站标识码)",
    "footer": "further lines for the foot of each page",
}
"""The options, and what each is."""

_ADDRESSES = ("base_url", "guide_url", "request_url")


@attrs.frozen(kw_only=True)
class SiteSettings:
    """One site: whose it is, where it is kept, where readers find it, and what stands on every page.

    Attributes:
        site: Identifier of the site's record.
        portal: Whether it shows many units.
        unit: Name of the unit that runs it.
        folder: Where it is kept.
        base_url: Address of the home page without its file name; it ends in a slash.
        told: The options that are only shown.
    """

    site: str
    portal: bool
    unit: str
    folder: Path
    base_url: str
    title: str
    subtitle: str
    opened: str
    told: Mapping[str, str]
    footer: tuple[str, ...]

    @property
    def root_path(self) -> str:
        """The path of the home page on its server, for the one page that is shown under any address."""
        return urlsplit(self.base_url).path if self.base_url.startswith("http") else ""

    def tell(self, name: str) -> str:
        """What an option says; empty if nothing."""
        return self.told.get(name, "")


def site_settings(settings: PublisherSettings) -> SiteSettings:
    """The settings of one site.

    Raises:
        InputError: An option is unknown, is no text, or is an address that is none.
    """
    options = {name: _text(name, value) for name, value in settings.options.items()}
    base_url = options.get("base_url") or settings.site.url
    folder = settings.folder / (options.get("folder") or f"public/{slug(settings.site.id)}")
    if base_url:
        _check_address("base_url", base_url)
    else:
        # Nobody serves it yet: it is read where it lies.
        base_url = (folder.absolute() / "current").as_uri()
    portal = settings.site.kind is SiteKind.PORTAL
    return SiteSettings(
        site=settings.site.id,
        portal=portal,
        unit=line(settings.unit.name),
        folder=folder,
        base_url=base_url.rstrip("/") + "/",
        title=line(options.get("title") or settings.unit.name),
        subtitle=line(options.get("subtitle") or ("政府信息公开平台" if portal else "政府信息公开")),
        opened="" if settings.site.since is None else settings.site.since.isoformat(),
        told={name: line(value) for name, value in sorted(options.items()) if name not in ("folder", "footer")},
        footer=paragraphs(options.get("footer", "")),
    )


def _text(name: str, value: Any) -> str:
    if name not in OPTIONS:
        raise InputError(
            Message("静态网站没有选项{option}。", "A static site has no option {option}."),
            hint=Message("选项有：{options}。", "The options are {options}."),
            option=ascii(name),
            options=", ".join(OPTIONS),
        )
    if not isinstance(value, str):
        raise InputError(
            Message("静态网站的选项{option}应为文本。", "The option {option} of a static site is a text."),
            hint=Message("请加引号。", "Write it in quotes."),
            option=name,
        )
    if name in _ADDRESSES and value:
        _check_address(name, value)
    return value


def _check_address(name: str, value: str) -> None:
    try:
        parts = urlsplit(value)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.query and not parts.fragment
    except ValueError:
        good = False
    if not good or line(value) != value or " " in value:
        raise InputError(
            Message(
                "静态网站的选项{option}不是网站地址。",
                "The option {option} of a static site is no address of a website.",
            ),
            hint=Message(
                "请写完整，例如 https://www.example.gov.cn/。不设{option}的，取自网站的登记。",
                "Write it whole, such as https://www.example.gov.cn/. Without {option}, the site's record gives it.",
            ),
            option=name,
        )
