"""Cleaners are kept: reading options costs more than a short page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from ._zonetext import Cleaner


class OptionError(ValueError, TypeError):
    """A wrong option: an unknown name, a value that is none of its words, or one of the wrong type. The message says what is right."""


def cleaner(options: Mapping[str, Any]) -> Cleaner:
    """The cleaner for these options; the last ones are kept."""
    try:
        key = json.dumps(options, sort_keys=True)
    except TypeError:
        return _made(options)
    return _kept(key)


@lru_cache(maxsize=32)
def _kept(key: str) -> Cleaner:
    return _made(json.loads(key))


def _made(options: Mapping[str, Any]) -> Cleaner:
    try:
        return Cleaner(**options)
    except (TypeError, ValueError) as error:
        raise OptionError(str(error)) from None
