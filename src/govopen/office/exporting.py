"""The public catalogue, written into a file of some format (clause 1.1)."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlsplit

import attrs

from govopen.errors import (
    DeliveryFailed,
    ExportFailed,
    GovopenError,
    InputError,
    NotCleared,
    PluginError,
    StoreError,
)
from govopen.model.catalog import InformationItem
from govopen.model.units import Unit
from govopen.model.website import Carrier, Publication
from govopen.office.clearing import Clearing
from govopen.office.staging import staged
from govopen.publishing.exporter import Exporter, ExportSettings
from govopen.publishing.port import Parcel
from govopen.storage.port import View
from govopen.texts import N_

__all__ = ["ExportReport", "Exporting"]

_OWN_KEYS = ("title", "base_url", "unit")
"""What a section ``[exporters.*]`` says to the office, and not to the exporter."""

_CARRIERS = tuple(Carrier)


@attrs.frozen(kw_only=True)
class ExportReport:
    """What an export wrote.

    Attributes:
        form: The format.
        on: The day that it bears.
        unit: The unit that answers for the catalogue.
        units: The units whose items were looked at, in order.
        items: How many items are cleared, and were given to the format. One for some categories alone holds fewer.
        left_out: How many items of these units are on record and not cleared for the public.
        media_type: Of what was written.
        suffix: What a name of such a file ends with, without the dot.
        size: In bytes.
        digest: SHA-256 of what was written, in hexadecimal.
    """

    form: str
    on: dt.date
    unit: str
    units: tuple[str, ...]
    items: int
    left_out: int
    media_type: str
    suffix: str
    size: int
    digest: str


class Exporting(Clearing):
    """What of the catalogue is for everybody, in formats that others read."""

    def export(
        self,
        form: str,
        out: str | Path | BinaryIO,
        *,
        units: Iterable[str] | None = None,
        title: str | None = None,
        base_url: str | None = None,
        on: dt.date | None = None,
    ) -> ExportReport:
        """Write every item that is cleared for the public today, by unit and identifier.

        Each item is cleared in its turn, as it then is: what loses its clearance before that is not in the export, and
        what gains it after the export began may be missing. What the section ``[exporters.<form>]`` of the workspace
        says holds where an argument is left out.

        Args:
            form: The name of the format: ``jsonl``, or one that a plugin brings.
            out: The file, which is replaced as a whole, or a stream, which is written to only once all is made.
            units: Only items of these units. Default: of all.
            title: What the catalogue is called. Default: 政府信息公开目录 behind the name of the unit that answers.
            base_url: Below which the items stand on the Web: ``https://www.example.gov.cn/``.
            on: The day that the export bears. Default: today. On another day an item has to be cleared then as well.

        Raises:
            InputError: There is no such format or unit, an option is wrong, or the file cannot be written.
            ExportFailed: The items cannot be written in this format.
            NotCleared: A file of an item is no longer what was cleared.
            PluginError: The exporter failed, or left items out.
        """
        day = on or self.today
        section = self.workspace.exporters.get(form, {})
        # What is wrong with the command is told first: it does not depend on what is stored.
        self.registry.require_exporter(form)
        address = _said(form, section, "base_url") if base_url is None else base_url
        _check_address(address)
        called = _said(form, section, "title") if title is None else title
        chosen = self._exported(units)
        answers = self._answering(_said(form, section, "unit"), chosen, day)
        exporter = self.registry.exporter(
            form,
            ExportSettings(
                unit=answers,
                title=called or f"{answers.name or self.workspace.name}政府信息公开目录",
                on=day,
                base_url=address,
                options={key: value for key, value in section.items() if key not in _OWN_KEYS},
            ),
        )
        with staged(out) as file, self.store.snapshot() as view:
            run = _Run(self, view, chosen, day)
            _write(form, exporter, run, file)
            size, digest = _measured(file)
        return ExportReport(
            form=form,
            on=day,
            unit=answers.id,
            units=tuple(unit.id for unit in chosen),
            items=run.items,
            left_out=run.left_out,
            media_type=exporter.media_type,
            suffix=exporter.suffix,
            size=size,
            digest=digest,
        )

    def _exported(self, units: Iterable[str] | None) -> Sequence[Unit]:
        found = list(self.store.units()) if units is None else [self._unit(id_) for id_ in sorted(set(units))]
        if not found:
            raise InputError(N_("There is no unit whose items could be exported."), hint=N_("Import the units first."))
        return found

    def _answering(self, named: str, units: Sequence[Unit], day: dt.date) -> Unit:
        """Whose catalogue it is: of several units, that of the one office that promotes openness among them."""
        if named:
            return self._unit(named)
        offices = [unit for unit in units if "openness_office" in unit.roles_on(day)]
        tops = [unit for unit in units if not unit.parent]
        return next(group[0] for group in (offices, tops, units) if len(group) == 1 or group is units)

    def _parcel(self, item: InformationItem, unit: Unit, day: dt.date) -> Parcel | None:
        """The item as it now is, if it may be shown to everybody and is still the unit's."""
        try:
            cleared = self.clear(item.id)
            if day != self.today:
                self.clear(item.id, on=day)
        except NotCleared:
            return None
        if cleared.item.unit != unit.id:
            return None
        copies = self._related(Publication, unit.id, item.id)
        updates = [copy.updated_on for copy in copies if copy.updated_on is not None and copy.updated_on <= day]
        # The unit's own site first, then the portal; a place where another version stands is none for this one.
        live = [copy for copy in copies if copy.url and copy.digest == cleared.digest and copy.live_on(day)]
        found = sorted(live, key=lambda copy: (_CARRIERS.index(copy.carrier), copy.id))
        return Parcel(
            cleared=cleared,
            unit=unit,
            column=None,
            published_on=min((copy.published_on for copy in copies if copy.published_on <= day), default=day),
            updated_on=max(updates, default=None),
            address=found[0].url if found else "",
            read=self._read,
        )

    def _read(self, digest: str) -> bytes:
        try:
            return self.store.attachment(digest).content
        except StoreError as error:
            raise DeliveryFailed(N_("A file of an item cannot be read."), code="file-unreadable") from error


class _Run:
    """The items of one export, and what became of them."""

    def __init__(self, office: Exporting, view: View, units: Sequence[Unit], day: dt.date) -> None:
        self._office = office
        self._view = view
        self._units = units
        self._day = day
        self.items = 0
        self.left_out = 0
        self.finished = False

    def parcels(self) -> Iterator[Parcel]:
        for unit in self._units:
            for item in self._view.read(InformationItem, unit.id):
                parcel = self._office._parcel(item, unit, self._day)  # noqa: SLF001 - the office's own other half
                if parcel is None:
                    self.left_out += 1
                else:
                    self.items += 1
                    yield parcel
        self.finished = True


def _write(form: str, exporter: Exporter, run: _Run, file: BinaryIO) -> None:
    try:
        exporter.export(run.parcels(), file)
    except GovopenError:
        raise
    except OSError as error:
        raise ExportFailed(
            N_("The catalogue cannot be written: {reason}."), reason=error.strerror or type(error).__name__
        ) from error
    except Exception as error:
        # Its own words may quote a record.
        raise PluginError(
            N_("The exporter of the format {form}, or a screener, failed: {error}."),
            form=form,
            error=type(error).__name__,
        ) from error
    if file.closed or not run.finished:
        raise PluginError(
            N_("The exporter of the format {form} closed the file, or left items out."),
            hint=N_("Its author can find such faults with the kit govopen.testing.conformance.exporter."),
            form=form,
        )


def _measured(file: BinaryIO) -> tuple[int, str]:
    """How many bytes a file has, and their SHA-256."""
    file.seek(0)
    seen = hashlib.sha256()
    while block := file.read(1 << 16):
        seen.update(block)
    return file.tell(), seen.hexdigest()


def _said(form: str, section: Mapping[str, Any], key: str) -> str:
    value = section.get(key, "")
    if not isinstance(value, str):
        raise InputError(
            N_("The key {key} of the section exporters.{form} is no text."),
            hint=N_("Write it in quotes."),
            key=key,
            form=form,
        )
    return value


def _check_address(address: str) -> None:
    if not address:
        return
    try:
        parts = urlsplit(address)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.query and not parts.fragment
        named = "@" in parts.netloc
    except ValueError:
        good = named = False
    if named:
        raise InputError(
            N_("The base address of an export holds a user name or a password, and would stand in the public file."),
            hint=N_("Write it without: https://www.example.gov.cn/."),
        )
    if not good or not address.isprintable() or any(letter in address for letter in ' <>"{}|\\^`'):
        raise InputError(
            N_("The base address of an export is no address of a website."),
            hint=N_("Write it whole, without a query: https://www.example.gov.cn/."),
        )
