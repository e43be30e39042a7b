"""Families about objects that are reused: small ints, interned strings, merged constants."""

from core.bank.generators.drawing import Draw, program
from core.bank.generators.family import Draft, Family, Wrong
from core.bank.truth import Skill

CACHED_TO_314 = range(-5, 257)
CACHED_FROM_315 = range(-5, 1025)


def _said(flags: list[bool]) -> str:
    return " ".join(map(str, flags))


def _small_ints(draw: Draw) -> Draft:
    numbers = [
        draw.one([-7, -6, -5, -4, -1, 0, 100]),
        draw.one([255, 256, 257, 258, 300, 999]),
        draw.one([1023, 1024, 1025, 2000, 10_000]),
    ]
    numbers = list(draw.shuffled(numbers))
    code = program(
        "def same(digits):",
        f"    {draw.names[0]} = int(digits)",
        f"    {draw.names[1]} = int(digits)",
        f"    return {draw.names[0]} is {draw.names[1]}",
        f"print(*map(same, {[str(number) for number in numbers]}))",
    )
    return Draft(
        code,
        (
            Wrong(_said([number in CACHED_TO_314 for number in numbers]), misconception="int-cache-256-everywhere"),
            Wrong(_said([number in CACHED_FROM_315 for number in numbers]), slip="cache-of-315"),
            Wrong("False False False", slip="no-cache"),
            Wrong("True True True", slip="all-ints-shared"),
            Wrong(_said([0 <= number <= 255 for number in numbers]), slip="a-byte"),
        ),
    )


_WORDS = ("ab", "heap", "slot_", "x1", "garbage", "reference", "collector", "immortal_object_")


def _strings(draw: Draw) -> Draft:
    left, right = draw.one(_WORDS), draw.one(_WORDS)
    name = draw.names[0]
    ways = draw.some(['"{}" + "{}"', '"".join(["{}", "{}"])', 'intern("".join(["{}", "{}"]))'], 2)
    ways = (*ways, draw.one(["{name}[:]", "str({name})", "{name}.upper().lower()", 'b"{}{}".decode()']))
    made = [way.replace("{name}", name).format(left, right) for way in draw.shuffled(ways)]
    code = program(
        "from sys import intern",
        f'{name} = "{left}{right}"',
        "others = [",
        *(f"    {each}," for each in made),
        "]",
        f"print(*(each is {name} for each in others))",
    )
    folded = [" + " in each for each in made]
    interned = [each.startswith("intern") for each in made]
    itself = [each in (f"{name}[:]", f"str({name})") for each in made]
    short = len(left + right) < 20
    return Draft(
        code,
        (
            Wrong("True True True", misconception="equal-strings-same-object"),
            Wrong(
                _said(
                    [
                        own or (short and (fold or kept))
                        for fold, kept, own in zip(folded, interned, itself, strict=True)
                    ]
                ),
                misconception="intern-under-twenty",
            ),
            Wrong(_said(interned), slip="only-intern"),
            Wrong(_said([kept or fold for kept, fold in zip(interned, folded, strict=True)]), slip="slice-copies"),
            Wrong(_said([fold or own for fold, own in zip(folded, itself, strict=True)]), slip="intern-copies"),
            Wrong("False False False", slip="never-shared"),
        ),
    )


def _constants(draw: Draw) -> Draft:
    kind = draw.one(["small", "int", "float", "word", "text", "tuple"])
    value = {
        "small": str(draw.number(0, 200)),
        "int": str(draw.number(2, 90) * 1000),
        "float": f"{draw.number(1, 99)}.5",
        "word": f'"{draw.names[3]}"',
        "text": f'"{draw.names[3]} {draw.number(2, 9)}"',
        "tuple": f"({draw.number(1, 9)}, {draw.number(1, 9)})",
    }[kind]
    first, second = draw.names[:2]
    code = program(
        "one, two = {}, {}",
        f"exec('{first} = {value}; {second} = {value}', one)",
        f"exec('{first} = {value}', two)",
        f'print(one["{first}"] is one["{second}"], one["{first}"] is two["{first}"])',
    )
    wrong = [
        Wrong("True True", slip="equal-is-same"),
        Wrong("False False", slip="every-literal-new"),
        Wrong("True False", slip="units-never-share"),
        Wrong("False True", slip="impossible"),
    ]
    if kind == "int":
        wrong.insert(0, Wrong("False False", misconception="equal-big-ints-never-same"))
    if kind == "text":
        wrong.insert(0, Wrong("True True", misconception="every-literal-interned"))
    return Draft(code, tuple(wrong))


FAMILIES = (
    Family("small-ints", "object-reuse", 2, Skill.KNOW, ("F96",), _small_ints),
    Family("string-identity", "object-reuse", 2, Skill.USE, ("F98", "F98-b", "F99"), _strings),
    Family("merged-constants", "object-reuse", 2, Skill.EXPLAIN, ("F97", "F98"), _constants),
)
