"""Families about frames, cells and what keeps a local variable alive."""

from core.bank.generators.drawing import Draw, program
from core.bank.generators.family import Draft, Family, Wrong
from core.bank.truth import Skill


def _late_binding(draw: Draw) -> Draft:
    name, count, factor = draw.names[0], draw.number(3, 4), draw.number(2, 9)
    way = draw.one(["closure", "closure", "default", "loop", "factory"])
    later = draw.number(10, 20) if way == "loop" and draw.chance(0.6) else None
    body = f"i * {factor}" if draw.chance() else f"i + {factor}"
    lines = {
        "closure": [f"{name} = [lambda: {body} for i in range({count})]"],
        "default": [f"{name} = [lambda i=i: {body} for i in range({count})]"],
        "loop": [
            f"{name} = []",
            f"for i in range({count}):",
            f"    {name}.append(lambda: {body})",
            f"i = {later}" if later else "",
        ],
        "factory": [
            f"def {draw.function}(i): return lambda: {body}",
            f"{name} = [{draw.function}(i) for i in range({count})]",
        ],
    }[way]
    code = program(*lines, f"print([each() for each in {name}])")

    def value(i: int) -> int:
        return i * factor if "*" in body else i + factor

    apart = Wrong(str([value(i) for i in range(count)]), slip="value-captured")
    last = Wrong(
        str([value(count - 1)] * count), slip="late-after-all" if way in ("default", "factory") else "loop-end"
    )
    return Draft(
        code,
        (
            apart,
            last,
            Wrong(str([value(count)] * count), slip="one-too-far"),
            Wrong(str([value(0)] * count), slip="first-value"),
        ),
    )


def _scopes(draw: Draw) -> Draft:
    name, function = draw.names[0], draw.function
    outer, middle, inner = draw.some(range(1, 10), 3)
    word = draw.one(["", "global", "nonlocal", "locals"])
    change = f"{name} = {inner}" if word != "locals" else f'locals()["{name}"] = {inner}'
    code = program(
        f"{name} = {outer}",
        f"def {function}():",
        f"    {name} = {middle}",
        "    def change():",
        f"        {word} {name}" if word in ("global", "nonlocal") else "",
        f"        {change}",
        "    change()",
        f"    return {name}",
        f"print({function}(), {name})",
    )
    return Draft(
        code,
        (
            Wrong(f"{inner} {outer}", slip="like-nonlocal"),
            Wrong(f"{middle} {inner}", slip="like-global"),
            Wrong(f"{middle} {outer}", slip="like-local"),
            Wrong(f"{inner} {inner}", slip="everywhere"),
        ),
    )


def _generator_locals(draw: Draw) -> Draft:
    thing, function, name = draw.thing, draw.function, draw.names[0]
    released = draw.one(["none", "del", "", ""])
    taken = draw.number(1, 2)
    ending = draw.one(["del gen", "gen.close()", "next(gen)" if taken == 1 else "gen.close()"])
    code = program(
        "import weakref",
        f"class {thing}: pass",
        f"def {function}():",
        f"    {name} = {thing}()",
        f"    yield weakref.ref({name})",
        {"none": f"    {name} = None", "del": f"    del {name}", "": ""}[released],
        "    yield 2",
        f"gen = {function}()",
        "ref = next(gen)",
        "next(gen)" if taken == 2 else "",
        "print(ref() is None, end=' ')",
        ending,
        "print(ref() is None)",
    )
    gone = bool(released) and taken > 1
    return Draft(
        code,
        (
            Wrong("True True", misconception="locals-never-outlive-call"),
            Wrong("False False", slip="generator-never-lets-go"),
            Wrong("False True", slip="only-at-the-end" if gone else "end-misread"),
            Wrong("True False", slip="never-back"),
        ),
    )


def _closure_keeps(draw: Draw) -> Draft:
    thing, function = draw.thing, draw.function
    first, second = draw.names[:2]
    used = draw.one([(first,), (first,), (second,), (second,), (first, second), ()])
    default = draw.chance(0.3)
    asked = f"({first}, {second})" if len(used) == 2 else "".join(used) or "None"
    inner = f"lambda kept={asked}: kept" if default else f"lambda: {asked}"
    dropped = draw.chance(0.2)
    code = program(
        "import weakref",
        f"class {thing}: pass",
        "watch = []",
        f"def {function}():",
        f"    {first}, {second} = {thing}(), {thing}()",
        f"    watch.extend([weakref.ref({first}), weakref.ref({second})])",
        f"    return {inner}",
        f"{draw.names[2]} = {function}()",
        f"{draw.names[2]} = None" if dropped else "",
        "print(*(ref() is None for ref in watch))",
    )

    def dead(keepers: tuple[str, ...]) -> str:
        return f"{first not in keepers} {second not in keepers}"

    return Draft(
        code,
        (
            Wrong("True True", misconception="locals-never-outlive-call"),
            Wrong("False False", slip="whole-frame-kept"),
            Wrong(dead(used), slip="function-gone"),
            Wrong(dead(tuple(name for name in (first, second) if name not in used)), slip="upside-down"),
            Wrong("True False", slip="upside-down"),
        ),
    )


def _exception_frames(draw: Draw) -> Draft:
    thing, function, name = draw.thing, draw.function, draw.names[0]
    way = draw.one(["error", "error", "error.args", "error.__traceback__", "str(error)"])
    released = draw.one(
        ["kept = None", "kept = None", "kept.__traceback__ = None" if way == "error" else "del kept", "gc.collect()"]
    )
    cleared = draw.chance(0.2)
    code = program(
        "import gc, weakref",
        f"class {thing}: pass",
        f"def {function}():",
        "    global ref",
        f"    {name} = {thing}()",
        f"    ref = weakref.ref({name})",
        f"    {name} = None" if cleared else "",
        "    raise ValueError('no')",
        f"try: {function}()",
        "except ValueError as error:",
        f"    kept = {way}",
        "print(ref() is None, end=' ')",
        released,
        "print(ref() is None)",
    )
    return Draft(
        code,
        (
            Wrong("True True", misconception="locals-never-outlive-call"),
            Wrong("False False", slip="held-for-ever"),
            Wrong("False True", slip="released-by-that"),
            Wrong("True False", slip="never-back"),
        ),
    )


FAMILIES = (
    Family("late-binding", "namespaces-and-frames", 3, Skill.USE, ("frames-cells",), _late_binding),
    Family("scopes", "namespaces-and-frames", 3, Skill.USE, ("F137", "F85"), _scopes),
    Family("generator-locals", "heap-and-stack", 2, Skill.USE, ("F84",), _generator_locals),
    Family("closure-keeps", "heap-and-stack", 2, Skill.USE, ("F84", "F77"), _closure_keeps),
    Family("exception-frames", "reference-counting", 1, Skill.EXPLAIN, ("F26",), _exception_frames),
)
