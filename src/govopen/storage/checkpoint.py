"""Checkpoints: what the journal was at a time, small enough to be kept elsewhere, even on paper."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import attrs

from govopen.errors import InputError
from govopen.storage.chain import Head

__all__ = ["Checkpoint", "load_checkpoint", "save_checkpoint"]

_FORMAT = "govopen-checkpoint-1"
_HASH_LENGTH = 32


@attrs.frozen(kw_only=True)
class Checkpoint:
    """The ends of a store's chains.

    Attributes:
        store: Identifier of the store.
        made_at: Zone-aware.
        units: By unit; the unit "" is the chain of attachments.
    """

    store: str
    made_at: dt.datetime
    units: Mapping[str, Head]


def save_checkpoint(checkpoint: Checkpoint, path: Path) -> None:
    """Write a checkpoint to a JSON file. It holds identifiers of units and hashes, nothing of a record."""
    document = {
        "format": _FORMAT,
        "store": checkpoint.store,
        "made_at": checkpoint.made_at.astimezone(dt.UTC).isoformat(),
        "units": {
            unit: {"events": head.number, "hash": head.hash.hex()} for unit, head in sorted(checkpoint.units.items())
        },
    }
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def load_checkpoint(path: Path) -> Checkpoint:
    """The checkpoint of a JSON file.

    Raises:
        InputError: The file is not there, or is no checkpoint.
    """
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        _expect(document["format"] == _FORMAT)
        return Checkpoint(
            store=str(document["store"]),
            made_at=_aware(document["made_at"]),
            units={unit: _head(held) for unit, held in document["units"].items()},
        )
    except OSError as error:
        raise InputError(
            "The checkpoint {path} cannot be read.",
            hint="Give the file that a checkpoint was saved to.",
            path=str(path),
        ) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(
            "{path} is no checkpoint of a govopen journal, or was cut off.",
            hint="Give the file that a checkpoint was saved to.",
            path=str(path),
        ) from error


def _expect(fits: bool) -> None:
    if not fits:
        raise ValueError


def _aware(text: str) -> dt.datetime:
    moment = dt.datetime.fromisoformat(text)
    _expect(moment.tzinfo is not None)
    return moment


def _head(held: Mapping[str, Any]) -> Head:
    number, hash_ = held["events"], bytes.fromhex(held["hash"])
    _expect(isinstance(number, int) and number > 0 and len(hash_) == _HASH_LENGTH)
    return Head(number, hash_)
