"""Families about who counts as a reference."""

from core.bank.generators.drawing import Draw, program
from core.bank.generators.family import Draft, Family, Wrong
from core.bank.truth import Skill


def _aliases(draw: Draw) -> Draft:
    first, *others = draw.names
    cls = draw.thing
    lines: list[str] = []
    bound: list[str] = []
    gone = weak = 0
    for name in others[: draw.number(2, 4)]:
        if draw.chance(0.25):
            lines.append(f"{name} = weakref.ref({first})")
            weak += 1
        else:
            lines.append(f"{name} = {draw.one([first, *bound])}")
            bound.append(name)
    for name in list(bound):
        if len(bound) > 1 and draw.chance(0.4):
            lines.append(draw.one([f"del {name}", f"{name} = None"]))
            bound.remove(name)
            gone += 1
    code = program(
        "import sys, weakref" if weak else "import sys",
        f"class {cls}: pass",
        f"{first} = {cls}()",
        f"before = sys.getrefcount({first})",
        *lines,
        f"print(sys.getrefcount({first}) - before)",
    )
    added = len(bound)
    wrong = [Wrong(str(added + weak), misconception="weakref-adds-one")] if weak else []
    wrong += [
        Wrong("0", misconception="assignment-copies"),
        Wrong(str(added + 1), slip="absolute"),
        Wrong(str(added + gone), slip="deletions-ignored"),
        Wrong(str(added + 2), slip="call-counted-too"),
    ]
    return Draft(code, tuple(wrong), facts={"name": first, "cls": cls})


def _containers(draw: Draw) -> Draft:
    first, *others = draw.names
    cls = draw.thing
    lines: list[str] = []
    places = containers = 0
    for name in others[: draw.number(2, 3)]:
        times = draw.number(1, 3)
        shape = draw.one(["list", "tuple", "repeat", "dict"])
        if shape == "list":
            lines.append(f"{name} = [{', '.join([first] * times)}]")
        elif shape == "tuple":
            lines.append(f"{name} = {_tuple([first] * times)}")
        elif shape == "repeat":
            times += 1
            lines.append(f"{name} = [{first}] * {times}")
        else:
            lines.append(f"{name} = {{{', '.join(f'{key}: {first}' for key in range(times))}}}")
        places += times
        containers += 1
    code = program(
        "import sys",
        f"class {cls}: pass",
        f"{first} = {cls}()",
        f"before = sys.getrefcount({first})",
        *lines,
        f"print(sys.getrefcount({first}) - before)",
    )
    return Draft(
        code,
        (
            Wrong("0", misconception="refcount-counts-variables"),
            Wrong(str(containers), slip="once-per-container"),
            Wrong(str(places + 1), slip="absolute"),
            Wrong(str(places + containers), slip="container-counts-too"),
        ),
        facts={"name": first},
    )


def _tuple(items: list[str]) -> str:
    return f"({items[0]},)" if len(items) == 1 else f"({', '.join(items)})"


def _repeated_rows(draw: Draw) -> Draft:
    grid = draw.names[0]
    rows, columns = draw.number(2, 3), draw.number(2, 3)
    row, column, value = draw.number(0, rows - 1), draw.number(0, columns - 1), draw.number(1, 9)
    fill = draw.one([0, 0, 1])
    own = draw.chance(0.35)
    inner = f"[{fill}] * {columns}"
    code = program(
        f"{grid} = [{inner} for _ in range({rows})]"
        if own
        else f"{grid} = [[{', '.join([str(fill)] * columns)}]] * {rows}",
        f"{grid}[{row}][{column}] = {value}",
        f"print({grid})",
    )
    blank = [fill] * columns
    changed = [*blank[:column], value, *blank[column + 1 :]]
    alone = [changed if index == row else blank for index in range(rows)]
    return Draft(
        code,
        (
            Wrong(str([changed] * rows), slip="comprehension-repeats"),
            Wrong(str(alone), slip="repetition-copies"),
            Wrong(str([[value] * columns] * rows), slip="cells-shared"),
            Wrong(str([[value] * columns if index == row else blank for index in range(rows)]), slip="row-shared"),
            Wrong(str([blank] * rows), slip="nothing-changed"),
        ),
    )


FAMILIES = (
    Family("aliases", "reference-counting", 1, Skill.USE, ("F03", "F04"), _aliases),
    Family("refcount-containers", "reference-counting", 1, Skill.USE, ("F02",), _containers),
    Family("repeated-rows", "reference-counting", 1, Skill.USE, ("F02", "F03"), _repeated_rows),
)
