"""The exporter kit fails exporters that are broken on purpose, each in the scenario that names its fault."""

from __future__ import annotations

import inspect
import io
import itertools
import json
from collections.abc import Callable, Iterable, Mapping
from typing import BinaryIO, ClassVar

import pytest

from govopen.errors import ExportFailed, GovopenError, InputError, NotCleared
from govopen.publishing.exporter import Exporter, ExporterFactory, ExportSettings
from govopen.publishing.jsonl import JsonLinesExporter, json_lines_exporter
from govopen.publishing.port import Parcel
from govopen.testing.conformance.exporter import ExporterConformance
from govopen.testing.conformance.hostile import TEXTS


class Kit(ExporterConformance):
    def read(self, content: bytes) -> Mapping[str, str]:
        items = [json.loads(line)["item"] for line in content.split(b"\n") if line]
        return {item["id"]: item["title"] for item in items}


class SaysItWithADot(JsonLinesExporter):
    @property
    def suffix(self) -> str:
        return ".jsonl"


class LeavesFeesOut(JsonLinesExporter):
    def export(self, parcels: Iterable[Parcel], out: BinaryIO) -> None:
        super().export((each for each in parcels if each.cleared.item.fee is None), out)


class WantsOneAtLeast(JsonLinesExporter):
    def export(self, parcels: Iterable[Parcel], out: BinaryIO) -> None:
        rest = iter(parcels)
        super().export(itertools.chain([next(rest)], rest), out)


class CountsLines(JsonLinesExporter):
    """Goes on counting in its next export."""

    written = 0

    def export(self, parcels: Iterable[Parcel], out: BinaryIO) -> None:
        for each in parcels:
            self.written += 1
            file = io.BytesIO()
            super().export([each], file)
            out.write(file.getvalue().replace(b'{"digest"', b'{"at":%d,"digest"' % self.written))


class ClosesTheFile(JsonLinesExporter):
    def export(self, parcels: Iterable[Parcel], out: BinaryIO) -> None:
        with out:
            super().export(parcels, out)


class SaysNothingOfAFullDisk(JsonLinesExporter):
    def export(self, parcels: Iterable[Parcel], out: BinaryIO) -> None:
        try:
            super().export(parcels, out)
        except OSError:
            return


class WritesTitlesAsTheyAre(JsonLinesExporter):
    def export(self, parcels: Iterable[Parcel], out: BinaryIO) -> None:
        for each in _parcels(parcels):
            item = each.cleared.item
            out.write(f'{{"item":{{"id":"{item.id}","title":"{item.title}"}}}}\n'.encode())


class TakesUpperAndLowerCaseForOne(JsonLinesExporter):
    def export(self, parcels: Iterable[Parcel], out: BinaryIO) -> None:
        kept = {each.cleared.item.id.casefold(): each for each in _parcels(parcels)}
        super().export(kept.values(), out)


class ReadsMediaTypes(JsonLinesExporter):
    def export(self, parcels: Iterable[Parcel], out: BinaryIO) -> None:
        for each in _parcels(parcels):
            for file in each.cleared.attachments:
                _, _ = file.media_type.split("/")
            super().export([each], out)


class WritesTitlesOnly(JsonLinesExporter):
    def export(self, parcels: Iterable[Parcel], out: BinaryIO) -> None:
        for each in _parcels(parcels):
            item = {"id": each.cleared.item.id, "title": each.cleared.item.title}
            out.write(json.dumps({"item": item}).encode() + b"\n")


class ExportsWhatItGot(JsonLinesExporter):
    """Ends its export where its items end, however they do."""

    def export(self, parcels: Iterable[Parcel], out: BinaryIO) -> None:
        rest = iter(parcels)
        while True:
            try:
                each = next(rest)
            except NotCleared:
                raise
            except (StopIteration, GovopenError):
                return
            super().export([each], out)


class TakesWhatLooksLikeAParcel(JsonLinesExporter):
    def export(self, parcels: Iterable[Parcel], out: BinaryIO) -> None:
        for each in parcels:
            item = each.cleared.item
            out.write(json.dumps({"item": {"id": item.id, "title": item.title, "text": item.text}}).encode() + b"\n")


class TrustsFiles(JsonLinesExporter):
    """Reads files past the parcel's own check."""

    def export(self, parcels: Iterable[Parcel], out: BinaryIO) -> None:
        for each in _parcels(parcels):
            for file in each.cleared.attachments:
                each._read(file.digest)
            super().export([each], out)


class KeepsAll(JsonLinesExporter):
    def export(self, parcels: Iterable[Parcel], out: BinaryIO) -> None:
        super().export(list(parcels), out)


def takes_any_option(settings: ExportSettings, /) -> Exporter:
    return JsonLinesExporter()


def _parcels(given: Iterable[Parcel]) -> Iterable[Parcel]:
    """Parcels and nothing else, so that a broken exporter is broken in one way only."""
    for each in given:
        if not isinstance(each, Parcel):
            raise NotCleared("No parcel.")
        yield each


def checked(make: Callable[[], Exporter]) -> ExporterFactory:
    def factory(settings: ExportSettings, /) -> Exporter:
        if settings.options:
            raise InputError("Not known: {options}.", options=", ".join(settings.options))
        return make()

    return factory


CASES: list[tuple[ExporterFactory | type[Exporter], Callable[..., None]]] = [
    (SaysItWithADot, Kit.test_says_what_it_writes),
    (LeavesFeesOut, Kit.test_holds_what_was_given_and_nothing_else),
    (WantsOneAtLeast, Kit.test_an_empty_catalogue_is_valid),
    (CountsLines, Kit.test_the_same_items_give_the_same_bytes),
    (ClosesTheFile, Kit.test_only_writes_to_the_file_and_leaves_it_open),
    (SaysNothingOfAFullDisk, Kit.test_a_full_disk_is_told),
    (WritesTitlesAsTheyAre, Kit.test_a_hostile_text_comes_back),
    (TakesUpperAndLowerCaseForOne, Kit.test_hostile_identifiers_come_back),
    (ReadsMediaTypes, Kit.test_hostile_file_names_do_no_harm),
    (WritesTitlesOnly, Kit.test_a_change_of_the_text_shows),
    (ExportsWhatItGot, Kit.test_an_error_of_the_items_goes_through),
    (TakesWhatLooksLikeAParcel, Kit.test_what_is_no_parcel_is_refused),
    (TrustsFiles, Kit.test_a_file_that_is_not_what_was_cleared_is_refused),
    (KeepsAll, Kit.test_many_items_are_streamed),
    (takes_any_option, Kit.test_an_unknown_option_is_refused),
]


def run(scenario: Callable[..., None], exporter: ExporterFactory, kit: ExporterConformance | None = None) -> None:
    given = {"exporter": exporter, "text": TEXTS[6], "kind": "alike"}
    wanted = inspect.signature(scenario).parameters.keys() & given.keys()
    scenario(kit or Kit(), **{name: given[name] for name in wanted})


@pytest.mark.parametrize(("broken", "scenario"), CASES, ids=lambda value: value.__name__)
def test_a_broken_exporter_fails_in_the_scenario_of_its_fault(
    broken: ExporterFactory | type[Exporter], scenario: Callable[..., None]
) -> None:
    factory = checked(broken) if isinstance(broken, type) else broken
    with pytest.raises((AssertionError, StopIteration, ValueError, pytest.fail.Exception)):
        run(scenario, factory)


@pytest.mark.parametrize("scenario", [scenario for _, scenario in CASES], ids=lambda scenario: scenario.__name__)
def test_a_good_exporter_passes_it(scenario: Callable[..., None]) -> None:
    run(scenario, json_lines_exporter)


def test_every_scenario_has_a_broken_exporter() -> None:
    scenarios = {name for name in dir(Kit) if name.startswith("test_")}
    assert {scenario.__name__ for _, scenario in CASES} == scenarios


class Careful(JsonLinesExporter):
    """Cannot write control characters or an empty catalogue, and says so."""

    def export(self, parcels: Iterable[Parcel], out: BinaryIO) -> None:
        written = 0
        for each in _parcels(parcels):
            written += 1
            if not each.cleared.item.title.isprintable():
                raise ExportFailed("There is a control character in the item {item}.", item=each.cleared.item.id)
            super().export([each], out)
        if not written:
            raise ExportFailed("There is no item.")


class CarefulKit(Kit):
    keeps_every_character: ClassVar[bool] = False
    supports_empty: ClassVar[bool] = False


def test_what_a_format_cannot_hold_may_be_refused_if_it_is_declared() -> None:
    exporter = checked(Careful)
    for text in TEXTS:
        CarefulKit().test_a_hostile_text_comes_back(exporter, text)
    CarefulKit().test_an_empty_catalogue_is_valid(exporter)

    with pytest.raises(AssertionError, match="refused"):
        Kit().test_a_hostile_text_comes_back(exporter, "a\0b")
    with pytest.raises(ExportFailed):
        Kit().test_an_empty_catalogue_is_valid(exporter)


class StripsControlCharacters(JsonLinesExporter):
    def export(self, parcels: Iterable[Parcel], out: BinaryIO) -> None:
        file = io.BytesIO()
        super().export(_parcels(parcels), file)
        out.write(file.getvalue().replace(b"\\u0000", b""))


def test_what_a_format_cannot_hold_must_not_be_left_out_without_a_word() -> None:
    with pytest.raises(AssertionError):
        CarefulKit().test_a_hostile_text_comes_back(checked(StripsControlCharacters), "a\0b")


def test_an_empty_file_that_was_declared_as_impossible_is_found() -> None:
    with pytest.raises(pytest.fail.Exception):
        CarefulKit().test_an_empty_catalogue_is_valid(json_lines_exporter)


class StrictKit(Kit):
    """The same for formats that keep everything in memory."""

    streams: ClassVar[bool] = False
    keeps_text: ClassVar[bool] = False


def test_what_is_declared_as_missing_is_not_asked_for() -> None:
    StrictKit().test_many_items_are_streamed(checked(KeepsAll))
    with pytest.raises(pytest.skip.Exception):
        StrictKit().test_a_change_of_the_text_shows(checked(WritesTitlesOnly))
