"""Families about bytes: blocks, pools, sizes of objects."""

from core.bank.generators.drawing import Draw, program
from core.bank.generators.family import Draft, Family, Wrong
from core.bank.truth import Kind, Skill

STEP = 16
POOL, PAGE, POOL_HEADER = 16 * 1024, 4 * 1024, 48
"""Geometry of pymalloc on 64-bit platforms since 3.10: Include/internal/pycore_obmalloc.h."""

BYTES_HEADER = 33
"""`sys.getsizeof(b"")`: what a bytes object takes besides its bytes."""


def _rounded(size: int, step: int) -> int:
    return (size + step - 1) // step * step


def _block_size(draw: Draw) -> Draft:
    size = draw.number(35, 512)
    probe = program(
        f"things = [bytes({size - BYTES_HEADER}) for _ in range(3000)]",
        "places = sorted(map(id, things))",
        "print(min(b - a for a, b in zip(places, places[1:])))",
    )
    return Draft(
        "",
        (
            Wrong(str(_rounded(size, 8)), misconception="blocks-step-eight"),
            Wrong(str(size), slip="exactly-that"),
            Wrong(str(1 << (size - 1).bit_length()), slip="power-of-two"),
            Wrong(str(size // STEP * STEP), slip="rounded-down"),
            Wrong(str(_rounded(size, STEP) + STEP), slip="header-added"),
        ),
        probe=probe,
        facts={"size": size, "block": _rounded(size, STEP)},
    )


def _pool_blocks(draw: Draw) -> Draft:
    size = draw.number(97, 512)
    block = _rounded(size, STEP)
    probe = program(
        "from collections import Counter",
        f"things = [bytes({size - BYTES_HEADER}) for _ in range({8 * POOL // block})]",
        "pools = Counter(id(each) >> 14 for each in things)",
        "print(max(pools.values()))",
    )
    return Draft(
        "",
        (
            Wrong(str((PAGE - POOL_HEADER) // block), misconception="pool-one-page"),
            Wrong(str(PAGE // block), misconception="pool-one-page"),
            Wrong(str((POOL - POOL_HEADER) // _rounded(size, 8)), misconception="blocks-step-eight"),
            Wrong(str(POOL // block), slip="header-forgotten"),
            Wrong("256", misconception="pool-256-blocks"),
        ),
        probe=probe,
        facts={"size": size, "block": block},
    )


def _container_size(draw: Draw) -> Draft:
    count = draw.number(1, 12)
    kind = draw.one(["tuple", "list", "bytes"])
    empty, item = {"tuple": (40, 8), "list": (56, 8), "bytes": (BYTES_HEADER, 1)}[kind]
    name = draw.names[0]
    made = {"tuple": f"tuple(range({count}))", "list": f"[None] * {count}", "bytes": f"bytes({count})"}[kind]
    code = program("import sys", f"{name} = {made}", f"print(sys.getsizeof({name}))")
    size = empty + item * count
    return Draft(
        code,
        (
            Wrong(str(size + 28 * count), misconception="getsizeof-is-deep"),
            Wrong(str(item * count), slip="header-forgotten"),
            Wrong(str(16 + item * count), slip="short-header"),
            Wrong(str(empty + 2 * item * count), slip="two-words-an-item"),
            Wrong(str(size), slip="tuples-up-to-313" if kind == "tuple" else None),
        ),
    )


def _text_bytes(draw: Draw) -> Draft:
    letter, width, utf8 = draw.one([("a", 1, 1), ("é", 1, 2), ("я", 2, 2), ("ё", 2, 2), ("中", 2, 3), ("🐍", 4, 4)])
    more = draw.number(3, 20)
    mixed = draw.chance(0.5)
    name = draw.names[0]
    start = f'"{letter * 2}"'
    added = f'"a" * {more}' if mixed else f'"{letter}" * {more}'
    code = program(
        "import sys",
        f"{name} = {start}",
        f"longer = {name} + {added}",
        f"print(sys.getsizeof(longer) - sys.getsizeof({name}))",
    )
    return Draft(
        code,
        (
            Wrong(str(more * (1 if mixed else utf8)), slip="utf-8"),
            Wrong(str(more), slip="byte-a-character"),
            Wrong(str(4 * more), slip="always-four"),
            Wrong(str(2 * more), slip="always-two"),
            Wrong(str(8 * more), slip="pointers"),
            Wrong(str(more * width), slip="byte-a-character"),
        ),
        facts={"letter": letter},
    )


def _int_size(draw: Draw) -> Draft:
    power = draw.number(1, 150)
    minus = draw.chance()
    name = draw.names[0]
    code = program("import sys", f"{name} = 2 ** {power}{' - 1' if minus else ''}", f"print(sys.getsizeof({name}))")
    bits = power if minus else power + 1
    digits = max(1, -(-bits // 30))
    natural = 1 if bits <= 8 else 2 if bits <= 16 else 4 if bits <= 32 else 8 * -(-bits // 64)
    return Draft(
        code,
        (
            Wrong(str(natural), misconception="smallest-int-type"),
            Wrong(str(24 + 4 * max(1, -(-bits // 32))), slip="thirty-two-bits"),
            Wrong(str(24 + 8 * max(1, -(-bits // 64))), slip="whole-words"),
            Wrong(str(4 * digits), slip="header-forgotten"),
            Wrong(str(28), slip="one-size"),
            Wrong(str(28 + 4 * digits), slip="one-digit-more"),
        ),
        facts={"bits": bits},
    )


def _list_growth(draw: Draw) -> Draft:
    name, count = draw.names[0], draw.number(5, 60)
    code = program(
        "import sys",
        f"{name} = []",
        "sizes = set()",
        f"for number in range({count}):",
        f"    {name}.append(number)",
        f"    sizes.add(sys.getsizeof({name}))",
        "print(len(sizes))",
    )
    return Draft(
        code,
        (
            Wrong(str(count), slip="grows-every-time"),
            Wrong("1", slip="grows-once"),
            Wrong(str(count.bit_length()), slip="doubles"),
            Wrong(str(-(-count // 4)), slip="by-four"),
            Wrong(str(-(-count // 10)), slip="by-ten"),
        ),
        facts={"count": count},
    )


def _shrinking(draw: Draw) -> Draft:
    name, count = draw.names[0], draw.number(20, 900)
    kept = draw.number(1, 3)
    kind = draw.one(["dict", "dict", "set", "list", "copy"])
    filled, removed = {
        "dict": (f"dict.fromkeys(range({count}))", [f"for key in range({count - kept}):", f"    del {name}[key]"]),
        "set": (f"set(range({count}))", [f"for item in range({count - kept}):", f"    {name}.remove(item)"]),
        "list": (f"list(range({count}))", [f"for _ in range({count - kept}):", f"    {name}.pop()"]),
        "copy": (
            f"dict.fromkeys(range({count}))",
            [f"for key in range({count - kept}):", f"    del {name}[key]", f"{name} = dict({name})"],
        ),
    }[kind]
    code = program(
        "import sys",
        f"{name} = {filled}",
        f"before = sys.getsizeof({name})",
        *removed,
        f"print(sys.getsizeof({name}) < before)",
    )
    shrinks = Wrong("True", misconception="del-key-shrinks-dict" if kind in ("dict", "set") else None)
    stays = Wrong("False", slip="never-shrinks" if kind in ("list", "copy") else None)
    return Draft(code, (), claimed=draw.one([shrinks, stays]))


FAMILIES = (
    Family("block-size", "pymalloc", 3, Skill.USE, ("F62", "F63"), _block_size),
    Family("pool-blocks", "pymalloc", 3, Skill.USE, ("F59", "F60", "F62"), _pool_blocks),
    Family("container-size", "pyobject", 3, Skill.KNOW, ("F91", "F92"), _container_size),
    Family("text-bytes", "pyobject", 3, Skill.USE, ("F102",), _text_bytes),
    Family("int-size", "pyobject", 3, Skill.USE, ("F73",), _int_size),
    Family("list-growth", "memory-optimization", 3, Skill.EXPLAIN, ("F103",), _list_growth),
    Family("shrinking", "memory-optimization", 3, Skill.KNOW, ("F103",), _shrinking, kind=Kind.TRUTH),
)
