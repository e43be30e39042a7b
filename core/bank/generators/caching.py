"""Families about caches and buffers, and what they keep alive."""

from collections import OrderedDict

from core.bank.generators.drawing import Draw, program
from core.bank.generators.family import Draft, Family, Wrong
from core.bank.truth import Skill


def _computed(keys: list[int], size: int | None, recent: bool) -> str:
    """Which keys a cache has to compute; `recent` says whether a hit makes a key young again."""
    cached: OrderedDict[int, None] = OrderedDict()
    missed = []
    for key in keys:
        if key in cached:
            if recent:
                cached.move_to_end(key)
            continue
        missed.append(key)
        cached[key] = None
        if size is not None and len(cached) > size:
            cached.popitem(last=False)
    return " ".join(map(str, missed))


def _cache_misses(draw: Draw) -> Draft:
    function, size = draw.function, draw.number(2, 3)
    keys = [draw.number(1, 4) for _ in range(draw.number(5, 7))]
    code = program(
        "from functools import lru_cache",
        f"@lru_cache(maxsize={size})",
        f"def {function}(key):",
        "    print(key, end=' ')",
        f"for key in {keys}:",
        f"    {function}(key)",
    )
    return Draft(
        code,
        (
            Wrong(_computed(keys, size, recent=False), slip="oldest-goes"),
            Wrong(_computed(keys, None, recent=True), slip="no-limit"),
            Wrong(" ".join(map(str, keys)), slip="no-cache"),
            Wrong(_computed(keys, size - 1, recent=True), slip="one-smaller"),
            Wrong(" ".join(map(str, sorted(set(keys)))), slip="no-limit"),
        ),
    )


def _cache_keeps(draw: Draw) -> Draft:
    thing, function = draw.thing, draw.function
    size = draw.one([1, 2, 2, None])
    names = draw.names[:3]
    called = draw.shuffled(names)
    ending = draw.one(["", "", f"{function}.cache_clear()"])
    code = program(
        "import functools, weakref",
        f"class {thing}: pass",
        f"@functools.lru_cache(maxsize={size})",
        f"def {function}(item): return None",
        f"{', '.join(names)} = {thing}(), {thing}(), {thing}()",
        f"watch = [weakref.ref(each) for each in ({', '.join(names)})]",
        f"for each in ({', '.join(called)}): {function}(each)",
        f"del each, {', '.join(names)}",
        ending,
        "print(*(ref() is None for ref in watch))",
    )

    def dead(kept: tuple[str, ...]) -> str:
        return " ".join(str(name not in kept) for name in names)

    return Draft(
        code,
        (
            Wrong(dead(()), misconception="lru-cache-costs-nothing"),
            Wrong(dead(names), slip="keeps-everything"),
            Wrong(dead(called[:size]), slip="keeps-the-first"),
            Wrong(dead(called[-size:] if size else names), slip="clear-ignored"),
            Wrong(dead(called[-1:]), slip="last-only"),
            Wrong(dead(called[-2:]), slip="last-only"),
        ),
    )


def _buffers(draw: Draw) -> Draft:
    first, second = draw.names[:2]
    word = "".join(draw.some("abcdefgh", 4))
    start = draw.number(0, 2)
    letter = draw.one("XYZ")
    view, grows = draw.chance(0.6), draw.chance(0.3)
    made = f"memoryview({first})[{start}:]" if view else f"{first}[{start}:]"
    code = program(
        f'{first} = bytearray(b"{word}")',
        f"{second} = {made}",
        f'{second}[0] = ord("{letter}")',
        "try:" if grows else "",
        f'    {first} += b"!"' if grows else "",
        "except BufferError: print('error', end=' ')" if grows else "",
        f"print({first}.decode())",
    )
    changed = word[:start] + letter + word[start + 1 :]
    at_zero = letter + word[1:]
    tail = "!" if grows else ""
    return Draft(
        code,
        (
            Wrong(f"{word}{tail}", slip="view-copies" if view else "slice-copies"),
            Wrong(f"{changed}{tail}", slip="view-allows-growth" if view else "slice-shares"),
            Wrong(f"error {changed}", slip="no-view-no-error"),
            Wrong(f"error {word}", slip="view-copies" if view else "no-view-no-error"),
            Wrong(f"{at_zero}{tail}", slip="index-of-view"),
        ),
        facts={"name": first},
    )


FAMILIES = (
    Family("cache-misses", "memory-optimization", 3, Skill.USE, ("F146-b",), _cache_misses),
    Family("cache-keeps", "memory-optimization", 3, Skill.USE, ("F146", "F146-b"), _cache_keeps),
    Family("buffers", "memory-optimization", 3, Skill.USE, ("F149",), _buffers),
)
