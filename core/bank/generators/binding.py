"""Families about names, objects and what an assignment does: arguments, defaults, `+=`, copies."""

from copy import copy, deepcopy

from core.bank.generators.drawing import Draw, program
from core.bank.generators.family import Draft, Family, Wrong
from core.bank.truth import Skill


def _augmented(draw: Draw) -> Draft:
    first, second = draw.names[:2]
    kind = draw.one(["list", "tuple", "text", "set", "dict"])
    one, two, three = draw.some(range(1, 10), 3)
    letters = "".join(draw.some("abcdefgh", 2))
    before, more, after = {
        "list": (f"[{one}, {two}]", f"[{three}]", f"[{one}, {two}, {three}]"),
        "tuple": (f"({one}, {two})", f"({three},)", f"({one}, {two}, {three})"),
        "text": (f'"{letters[0]}"', f'"{letters[1]}"', letters),
        "set": (f"{{{one}}}", f"{{{one}, {two}}}", ""),
        "dict": (f"{{{one}: {two}}}", f"{{{two}: {three}}}", f"{{{one}: {two}, {two}: {three}}}"),
    }[kind]
    sign = "|" if kind in ("set", "dict") else "+"
    inplace = draw.chance(0.65)
    change = f"{first} {sign}= {more}" if inplace else f"{first} = {first} {sign} {more}"
    shown = f"len({second})" if kind in ("set", "dict") else second
    code = program(
        f"{first} = {before}",
        f"{second} = {first}",
        change,
        f"print({shown}, {first} is {second})",
    )
    old = {"list": before, "tuple": before, "text": before.strip('"'), "set": "1", "dict": "1"}[kind]
    new = after if kind in ("list", "tuple", "text") else "2"
    mutable = kind in ("list", "set", "dict")
    wrong = [
        Wrong(
            f"{new} True",
            misconception="list-iadd-equals-add" if mutable and not inplace else None,
            slip=None if mutable and not inplace else "in-place",
        ),
        Wrong(
            f"{old} False",
            misconception="assignment-copies" if mutable else None,
            slip=None if mutable else "immutable-rebinds",
        ),
        Wrong(f"{new} False", slip="equal-but-apart"),
        Wrong(f"{old} True", slip="nothing-happens"),
    ]
    return Draft(code, tuple(wrong), facts={"name": second})


def _tuple_with_list(draw: Draw) -> Draft:
    name = draw.names[0]
    one, two, three = draw.some(range(1, 10), 3)
    place = draw.number(0, 1)
    way = draw.one(["+=", "+=", "append", "="])
    change = {
        "+=": f"{name}[{place}] += [{three}]",
        "append": f"{name}[{place}].append({three})",
        "=": f"{name}[{place}] = [{three}]",
    }[way]
    code = program(
        f"{name} = ([{one}], [{two}])",
        "try:",
        f"    {change}",
        "except TypeError:",
        '    print("error", end=" ")',
        f"print({name})",
    )
    old = ([one], [two])
    grown = ([one, three], [two]) if place == 0 else ([one], [two, three])
    replaced = ([three], [two]) if place == 0 else ([one], [three])
    new = replaced if way == "=" else grown
    return Draft(
        code,
        (
            Wrong(f"error {old}", slip="frozen-through" if way == "append" else "nothing-changed"),
            Wrong(f"{new}", slip="no-error"),
            Wrong(f"error {new}", slip="error-after-all" if way == "append" else "replaced-anyway"),
            Wrong(f"{old}", slip="silently-ignored"),
        ),
    )


def _arguments(draw: Draw) -> Draft:
    function, name = draw.function, draw.names[0]
    start = [draw.number(1, 9)]
    steps = [draw.one(["append", "rebind", "add", "iadd"]) for _ in range(draw.number(2, 3))]
    if len(set(steps)) == 1:
        steps[-1] = "rebind" if steps[0] != "rebind" else "append"
    values = draw.some(range(10, 20), len(steps))
    spelled = {
        "append": "items.append({})",
        "rebind": "items = [{}]",
        "add": "items = items + [{}]",
        "iadd": "items += [{}]",
    }
    code = program(
        f"def {function}(items):",
        *(f"    {spelled[step].format(value)}" for step, value in zip(steps, values, strict=True)),
        f"{name} = {start}",
        f"{function}({name})",
        f"print({name})",
    )

    def left(*, by_reference: bool = False, iadd_rebinds: bool = False) -> str:
        caller, local = list(start), list(start)
        shared = True
        for step, value in zip(steps, values, strict=True):
            if step == "append" or (step == "iadd" and not iadd_rebinds):
                local.append(value)
                if shared:
                    caller.append(value)
            else:
                local = [value] if step == "rebind" else [*local, value]
                shared = False
        return str(local if by_reference else caller)

    return Draft(
        code,
        (
            Wrong(left(by_reference=True), misconception="pass-by-reference"),
            Wrong(str(start), misconception="assignment-copies"),
            Wrong(left(iadd_rebinds=True), misconception="list-iadd-equals-add"),
            Wrong(str([*start, *values]), slip="everything-adds-up"),
            Wrong(str([values[-1]]), slip="last-one-wins"),
        ),
    )


def _defaults(draw: Draw) -> Draft:
    function = draw.function
    guarded = draw.chance(0.3)
    own = draw.number(20, 29)
    values = draw.some(range(1, 10), draw.number(3, 4))
    given = [place for place in range(len(values)) if draw.chance(0.3)]
    if len(given) > 1 or given == [len(values) - 1]:
        given = given[:1] if given[0] != len(values) - 1 else []
    code = program(
        f"def {function}(item, items={'None' if guarded else '[]'}):",
        "    if items is None: items = []" if guarded else "",
        "    items.append(item)",
        "    return items",
        *(
            f"{function}({value}, [{own}])" if place in given else f"{function}({value})"
            for place, value in enumerate(values[:-1])
        ),
        f"print({function}({values[-1]}))",
    )
    plain = [value for place, value in enumerate(values) if place not in given]
    since = [value for place, value in enumerate(values) if not given or place >= given[0]]
    return Draft(
        code,
        (
            Wrong(str(plain), slip="fresh-by-none")
            if guarded
            else Wrong(str([values[-1]]), misconception="default-made-per-call"),
            Wrong(
                str([own, *since] if given else [*values[-2:]]), slip="given-becomes-default" if given else "last-two"
            ),
            Wrong(str(list(values)), slip="given-ones-too"),
            Wrong(str([values[0], values[-1]]), slip="first-and-last"),
            Wrong(str(plain[:-1]), slip="returned-too-early"),
            Wrong(str([*values[-2:]]), slip="last-two"),
        ),
    )


def _copies(draw: Draw) -> Draft:
    first, second = draw.names[:2]
    one, two, three, four = draw.some(range(1, 10), 4)
    way = draw.one(["alias", "slice", "list", "copy", "deepcopy", "deepcopy"])
    made = {
        "alias": first,
        "slice": f"{first}[:]",
        "list": f"list({first})",
        "copy": f"copy.copy({first})",
        "deepcopy": f"copy.deepcopy({first})",
    }[way]
    steps = draw.shuffled(
        [f"{second}[0].append({three})", draw.one([f"{second}[1] = {four}", f"{second}.append({four})"])]
    )
    code = program(
        "import copy" if "copy." in made else "",
        f"{first} = [[{one}], {two}]",
        f"{second} = {made}",
        *steps,
        f"print({first})",
    )

    def left(kind: str) -> str:
        original: list[object] = [[one], two]
        other = original if kind == "alias" else copy(original) if kind == "shallow" else deepcopy(original)
        inner = other[0]
        assert isinstance(inner, list)
        inner.append(three)
        if any("] = " in step for step in steps):
            other[1] = four
        else:
            other.append(four)
        return str(original)

    untouched = Wrong(left("deep"), misconception="assignment-copies") if way == "alias" else None
    return Draft(
        code,
        (
            untouched or Wrong(left("deep"), slip="shallow-is-deep"),
            Wrong(left("alias"), slip="copy-is-alias"),
            Wrong(left("shallow"), slip="alias-is-shallow" if way == "alias" else "deep-is-shallow"),
            Wrong(left("alias").replace(f"[{one}, {three}]", f"[{one}]"), slip="outer-shared-only"),
        ),
    )


FAMILIES = (
    Family("augmented", "identity-and-mutability", 3, Skill.USE, ("F93", "F95"), _augmented),
    Family("tuple-with-list", "identity-and-mutability", 3, Skill.EXPLAIN, ("F95-b", "F87-b"), _tuple_with_list),
    Family("arguments", "argument-passing", 2, Skill.USE, ("F86", "F86-b", "F86-c"), _arguments),
    Family("defaults", "argument-passing", 2, Skill.USE, ("F87-c",), _defaults),
    Family("copies", "argument-passing", 2, Skill.USE, ("F87-d", "F03"), _copies),
)
