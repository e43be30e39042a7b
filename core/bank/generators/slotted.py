"""Families about `__slots__`."""

from itertools import combinations

from core.bank.generators.drawing import Draw, program
from core.bank.generators.family import Draft, Family, Wrong
from core.bank.truth import Skill

ATTRIBUTES = ("age", "color", "name", "price", "size", "weight")


def _slots_errors(draw: Draw) -> Draft:
    declared = draw.some(ATTRIBUTES, 2)
    others = [each for each in ATTRIBUTES if each not in declared]
    in_class, late, free = draw.some(others, 3)
    has_dict, has_class, is_late, subclass = draw.chance(0.2), draw.chance(), draw.chance(0.4), draw.chance(0.3)
    tried = [draw.one(declared), free, *([in_class] if has_class else []), *([late] if is_late else [])]
    tried = list(draw.shuffled(tried))
    slots = [*declared, *(["__dict__"] if has_dict else [])]
    made = f"Small{draw.thing}" if subclass else draw.thing
    code = program(
        f"class {draw.thing}:",
        f"    __slots__ = [{', '.join(map(repr, slots))}]",
        f"    {in_class} = 0" if has_class else "",
        f"class {made}({draw.thing}): pass" if subclass else "",
        f"{draw.thing}.__slots__.append({late!r})" if is_late else "",
        f"{draw.names[0]} = {made}()",
        f"for name in {tried}:",
        f"    try: setattr({draw.names[0]}, name, 1)",
        "    except AttributeError: continue",
        "    print(name, end=' ')",
    )

    def worked(*allowed: str) -> str:
        return " ".join(name for name in tried if name in allowed) or "-"

    if has_dict or subclass:
        ignored = {"misconception": "slots-inherited-by-subclass"} if subclass else {"slip": "dict-slot-ignored"}
        wrong = (
            Wrong(worked(*declared), **ignored),
            Wrong(worked(*declared, late), slip="dict-takes-any"),
            Wrong(worked(*declared, in_class), slip="dict-takes-any"),
            Wrong(worked(*declared, free), slip="dict-takes-any"),
            Wrong(worked(free, in_class), slip="upside-down"),
        )
    else:
        wrong = (
            Wrong(worked(*ATTRIBUTES), slip="only-a-hint"),
            Wrong(worked(*declared, late), slip="slots-read-late"),
            Wrong(worked(*declared, in_class), slip="class-attribute-settable"),
            Wrong(worked(*declared, in_class, late), slip="slots-read-late"),
            Wrong(worked(free, in_class, late), slip="upside-down"),
        )
    return Draft(code, wrong)


def _slots_inheritance(draw: Draw) -> Draft:
    count = draw.number(3, 5)
    fields = draw.some(ATTRIBUTES, count)
    kinds = [draw.one(["slots", "empty", "none"]) for _ in range(count)]
    if "none" not in kinds:
        kinds[draw.number(0, count - 1)] = "none"
    if kinds == ["none"] * count:
        kinds[draw.number(1, count - 1)] = "slots"
    lines = []
    for place, kind in enumerate(kinds):
        base = f"({'ABCDE'[place - 1]})" if place else ""
        slots = {"slots": f'__slots__ = ("{fields[place]}",)', "empty": "__slots__ = ()", "none": "pass"}[kind]
        lines.append(f"class {'ABCDE'[place]}{base}: {slots}")
    shown = ", ".join("ABCDE"[:count])
    code = program(*lines, f'print(*(hasattr(each(), "__dict__") for each in ({shown})))')
    bare = [kind == "none" for kind in kinds]

    def said(flags: list[bool]) -> str:
        return " ".join(map(str, flags))

    return Draft(
        code,
        (
            Wrong(
                said([all(bare[: place + 1]) for place in range(count)]), misconception="slots-inherited-by-subclass"
            ),
            Wrong(said(bare), slip="own-class-only"),
            Wrong(said([bare[0]] * count), slip="base-decides"),
            Wrong(said([False] * count), slip="slots-anywhere"),
            Wrong(said([kind != "slots" for kind in kinds]), slip="empty-is-none"),
            Wrong(said([True] * count), slip="everybody-has"),
        ),
    )


_BASES = {
    "slots": '__slots__ = ("{}",)',
    "empty": "__slots__ = ()",
    "none": "pass",
    "weak": '__slots__ = ("__weakref__",)',
}


def _slots_bases(draw: Draw) -> Draft:
    kinds = ["slots", draw.one(["slots", "slots", "weak"]), draw.one(["empty", "none"])]
    kinds = list(draw.shuffled(kinds))
    fields = draw.some(ATTRIBUTES, 3)
    lines = [
        f"class {letter}: {_BASES[kind].format(field)}"
        for letter, kind, field in zip("ABC", kinds, fields, strict=True)
    ]
    code = program(
        *lines,
        "def mix(*bases):",
        "    try: type('Mix', bases, {})",
        "    except TypeError: return 'error'",
        "    return 'ok'",
        "print(mix(A, B), mix(A, C), mix(B, C))",
    )
    pairs = list(combinations(kinds, 2))

    def said(*clashing: set[str]) -> str:
        return " ".join("error" if set(pair) in clashing else "ok" for pair in pairs)

    slotted = [{one, other} for one in _BASES for other in _BASES if "none" not in (one, other)]
    return Draft(
        code,
        (
            Wrong(said(*slotted), misconception="slots-forbid-multiple-inheritance"),
            Wrong("ok ok ok", slip="never-clash"),
            Wrong(said({"slots"}, {"slots", "weak"}), slip="weakref-clashes"),
            Wrong(said({"slots"}, {"slots", "none"}, {"slots", "weak"}), slip="plain-clashes"),
            Wrong("error error error", slip="always-clash"),
        ),
    )


FAMILIES = (
    Family("slots-errors", "slots", 2, Skill.USE, ("F104", "F104-b", "F108"), _slots_errors),
    Family("slots-inheritance", "slots", 2, Skill.USE, ("F110",), _slots_inheritance),
    Family("slots-bases", "slots", 2, Skill.KNOW, ("F109",), _slots_bases),
)
