"""The bytecode of a snippet in this version, as the compiler made it."""

import dis
import sys
import warnings
from types import CodeType

from core.executor.probe import pristine

__builtins__ = pristine.BUILTINS

Row = dict[str, object]

_get_instructions = dis.get_instructions


def instructions(code: str, filename: str, most: int) -> list[Row]:
    """At most so many instructions: the module's, then those of each function, outermost first.

    The snippet is compiled afresh, so neither the interpreter's specialised instructions nor the probe's own change to
    the last expression show; inline caches are left out.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        todo = [("", compile(code, filename, "exec", dont_inherit=True))]
    rows: list[Row] = []
    for function, part in todo:
        rows += function_rows(function, part, most - len(rows))
        todo += [
            (f"{function}.{constant.co_name}".removeprefix("."), constant)
            for constant in part.co_consts
            if type(constant) is CodeType
        ]
        if len(rows) >= most:
            break
    return rows


def function_rows(function: str, part: CodeType, most: int) -> list[Row]:
    """The instructions of one code object."""
    rows: list[Row] = []
    for instruction in _get_instructions(part, show_caches=False):
        if len(rows) >= most:
            break
        starts = instruction.starts_line
        if sys.version_info >= (3, 13):
            starts = instruction.line_number if starts else None
        rows.append(
            {
                "function": pristine.plain(function, 80),
                "line": starts or 0,
                "offset": instruction.offset,
                "operation": instruction.opname,
                "argument": argument(instruction),
            }
        )
    return rows


def argument(instruction: dis.Instruction) -> str:
    """What an instruction works on: as `dis` says it, else the bare number; code objects without their address."""
    if type(instruction.argval) is CodeType:
        return f"<code {pristine.plain(instruction.argval.co_name, 80)}>"
    if instruction.argrepr or instruction.arg is None:
        return pristine.plain(instruction.argrepr, 120)
    return str(instruction.arg)
