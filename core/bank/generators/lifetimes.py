"""Families about the moment at which an object dies."""

from collections.abc import Sequence

from core.bank.generators.drawing import Draw, program
from core.bank.generators.family import Draft, Family, Wrong
from core.bank.truth import Skill


def _del_rebinding(draw: Draw) -> Draft:
    names = draw.names[:3]
    removed = draw.shuffled(names)[: draw.number(len(names) - 1, len(names))]
    how = [draw.one(["del", "none"]) for _ in removed]
    lines = [f"{later} = {names[0]}" for later in names[1:]]
    for step, (name, kind) in enumerate(zip(removed, how, strict=True), 1):
        lines += [f"del {name}" if kind == "del" else f"{name} = None", f"log.append({step})"]
    code = program(
        "log = []",
        f"class {draw.thing}:",
        '    def __del__(self): log.append("gone")',
        f"{names[0]} = {draw.thing}()",
        *lines,
        "print(*log)",
    )

    def dead_at(step: int | None) -> str:
        steps = [str(number) for number in range(1, len(removed) + 1)]
        if step is not None:
            steps.insert(step, "gone")
        return " ".join(steps)

    first_del = how.index("del") if "del" in how else None
    by_del = len(removed) - 1 if "none" not in how and len(removed) == len(names) else None
    return Draft(
        code,
        (
            Wrong(dead_at(first_del), misconception="del-destroys"),
            Wrong(dead_at(None), misconception="gc-decides-dunder-del"),
            Wrong(dead_at(by_del), slip="only-del-lets-go"),
            Wrong(dead_at(0), slip="first-removal"),
            Wrong(dead_at(len(removed)), slip="at-the-end"),
        ),
    )


def _death_order(draw: Draw) -> Draft:
    letters = "".join(draw.some("abcdxyz", draw.number(3, 4)))
    made = f'{draw.thing}("{letters[-1]}")'
    holder, keeper = draw.names[:2]
    kept = draw.number(1, len(letters)) if draw.chance(0.7) else len(letters)
    lines = []
    for place in range(len(letters) - 1, -1, -1):
        if place < len(letters) - 1:
            made = f'{draw.thing}("{letters[place]}", {made})'
        if place == kept:
            lines.append(f"{keeper} = {made}")
            made = keeper
    code = program(
        "log = []",
        f"class {draw.thing}:",
        "    def __init__(self, name, inner=None):",
        "        self.name, self.inner = name, inner",
        "    def __del__(self): log.append(self.name)",
        *lines,
        f"{holder} = {made}",
        draw.one([f"del {holder}", f"{holder} = None"]),
        'print(*log, "end")',
    )
    dead = letters[:kept]
    return Draft(
        code,
        (
            Wrong(" ".join([*reversed(dead), "end"]), slip="inside-out"),
            Wrong(f"{letters[0]} end", slip="outer-only"),
            Wrong(" ".join([*letters, "end"]), slip="kept-dies-too"),
            Wrong("end", misconception="gc-decides-dunder-del"),
            Wrong(" ".join([*reversed(letters), "end"]), slip="inside-out"),
        ),
    )


def _calls(
    steps: Sequence[str], revives: bool, again: bool = False, each_del: bool = False, call_kills: bool = False
) -> int:
    """How often `__del__` runs under a belief; with none of them, how CPython does it."""
    names, kept, calls, finalized, dead = 1, 0, 0, False, False
    for step in steps:
        if dead:
            break
        if step == "call":
            calls, kept, dead = calls + 1, int(revives), call_kills
        elif step == "alias":
            names += 1
        elif step == "del":
            names, calls = names - 1, calls + each_del
        else:
            kept = 0
        if step in ("del", "clear") and not names and not kept and not each_del:
            if again or not finalized:
                calls, kept, finalized = calls + 1, int(revives), True
            dead = not kept
    return calls


def _finalizer_calls(draw: Draw) -> Draft:
    first, second = draw.names[:2]
    revives = draw.chance()
    steps = ["call"] * draw.number(0, 2)
    steps = list(draw.shuffled([*steps, "alias"])) if draw.chance() else steps
    steps += ["del"] * (2 if "alias" in steps else 1)
    steps += ["clear"] * (draw.number(1, 2) if revives else 0)
    deleted = iter([first, second])
    spelled = {"call": f"{first}.__del__()", "alias": f"{second} = {first}", "clear": "kept.clear()"}
    code = program(
        "calls, kept = [], []" if revives else "calls = []",
        f"class {draw.thing}:",
        "    def __del__(self):",
        "        calls.append(1)",
        "        kept.append(self)" if revives else "",
        f"{first} = {draw.thing}()",
        *(f"del {next(deleted)}" if step == "del" else spelled[step] for step in steps),
        "print(len(calls))",
    )
    right = _calls(steps, revives)
    wrong = [
        Wrong(str(_calls(steps, revives, again=True)), misconception="dunder-del-runs-again"),
        Wrong(str(_calls(steps, revives, each_del=True)), misconception="del-calls-dunder-del"),
        Wrong("0", misconception="gc-decides-dunder-del"),
        Wrong(str(right - steps.count("call")), slip="direct-calls-do-not-count"),
        Wrong(str(right + 1), slip="one-more"),
    ]
    if "call" in steps:
        by_hand = _calls(steps, revives, call_kills=True)
        wrong.insert(0, Wrong(str(by_hand), misconception="manual-dunder-del-destroys"))
    return Draft(code, tuple(wrong))


def _finalize(draw: Draw) -> Draft:
    first, second = draw.names[:2]
    letters = "abc"[: draw.number(2, 3)]
    chosen = draw.one(letters)
    act = draw.one(["call", "detach", "none"])
    alias, killed = draw.chance(0.4), draw.chance(0.8)
    lines = [f'{letter} = weakref.finalize({first}, log.append, "{letter}")' for letter in letters]
    lines += [f"{second} = {first}"] if alias else []
    lines += {"call": [f"{chosen}()"], "detach": [f"{chosen}.detach()"], "none": []}[act]
    lines += [f"del {first}"] + ([f"del {second}"] if alias and killed else [])
    code = program(
        "import weakref",
        "log = []",
        f"class {draw.thing}: pass",
        f"{first} = {draw.thing}()",
        *lines,
        'print(*log, "end")',
    )
    dies = killed or not alias
    early = [chosen] if act == "call" else []
    waiting = [letter for letter in letters if act == "none" or letter != chosen]
    late = waiting if dies else []
    everyone = list(letters)

    def shown(order: Sequence[str]) -> str:
        return " ".join([*order, "end"])

    return Draft(
        code,
        (
            Wrong(shown(early + late), slip="first-come-first-served"),
            Wrong(shown(early), misconception="weakref-adds-one"),
            Wrong(shown(early + waiting[::-1]), misconception="del-destroys"),
            Wrong(shown(early + everyone[::-1]), slip="runs-all-the-same"),
            Wrong(shown(early + everyone), slip="runs-all-the-same"),
            Wrong(shown([]), misconception="gc-decides-dunder-del"),
        ),
    )


def _with_blocks(draw: Draw) -> Draft:
    letters = "".join(draw.some("abcdxyz", draw.number(2, 3)))
    guarded, fails = draw.chance(), draw.chance()
    opened = ", ".join(f'{draw.function}("{letter}")' for letter in letters)
    enter = [f"+{letter}" for letter in letters]
    leave = [f"-{letter}" for letter in reversed(letters)]
    yielding = ["    try: yield", "    finally: log.append('-' + name)"] if guarded else ["    yield"]
    code = program(
        "from contextlib import contextmanager",
        "log = []",
        "@contextmanager",
        f"def {draw.function}(name):",
        "    log.append('+' + name)",
        *yielding,
        "" if guarded else "    log.append('-' + name)",
        "try:",
        f"    with {opened}:",
        "        log.append('work')" if not fails else "        log.append(1 / 0)",
        "except ZeroDivisionError: log.append('error')",
        "print(*log)",
    )
    middle, end = ([] if fails else ["work"]), (["error"] if fails else [])
    return Draft(
        code,
        (
            Wrong(" ".join(enter + middle + leave[::-1] + end), slip="first-in-first-out"),
            Wrong(" ".join(enter + middle + end), slip="error-skips-cleanup" if fails else "waits-for-references"),
            Wrong(" ".join(enter + middle + leave + end), slip="cleanup-needs-finally"),
            Wrong(" ".join(enter + middle + end + leave), slip="too-late"),
            Wrong(
                " ".join([*(part for letter in letters for part in (f"+{letter}", f"-{letter}")), *middle, *end]),
                slip="closed-at-once",
            ),
        ),
    )


FAMILIES = (
    Family("del-rebinding", "del-and-finalizers", 1, Skill.USE, ("F10", "F11", "F21"), _del_rebinding),
    Family("death-order", "del-and-finalizers", 1, Skill.USE, ("F18",), _death_order),
    Family("finalizer-calls", "del-and-finalizers", 1, Skill.USE, ("F12", "F13"), _finalizer_calls),
    Family("finalize", "del-and-finalizers", 1, Skill.USE, ("F17",), _finalize),
    Family("with-blocks", "del-and-finalizers", 1, Skill.USE, ("F17-b",), _with_blocks),
)
