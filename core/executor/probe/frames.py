"""Frames as bytes, written by the C encoder that `json` had before the snippet."""

import json.encoder as json_encoder
from typing import Any

from core.executor.probe import pristine

__builtins__ = pristine.BUILTINS


def refuse(value: object) -> object:
    """What the encoder calls for anything that is no JSON."""
    raise TypeError


_to_chunks: Any = json_encoder.c_make_encoder(  # type: ignore[attr-defined]
    None, refuse, json_encoder.encode_basestring_ascii, None, ":", ",", False, False, True
)


def encode(frame: object, _encode: Any = _to_chunks) -> bytes:
    """Compact JSON in ASCII. Raises TypeError or ValueError for what JSON cannot say."""
    return "".join(_encode(frame, 0)).encode("ascii")
