"""Families about weak references."""

from core.bank.generators.drawing import Draw, program
from core.bank.generators.family import Draft, Family, Wrong
from core.bank.truth import Skill


def _weak_refs(draw: Draw) -> Draft:
    first, second, holder = draw.names[:3]
    shape, held = draw.one(["[{}]", "({},)", "{{1: {}}}"]), draw.one([first, second, ""])
    loses_holder = bool(held) and draw.chance()
    gone = {first: draw.one(["del", "none", "other", ""]), second: draw.one(["del", "none", ""])}
    spelled = {"del": "del {}", "none": "{} = None", "other": f"{{}} = {second}", "": ""}
    code = program(
        "import weakref",
        f"class {draw.thing}: pass",
        f"{first}, {second} = {draw.thing}(), {draw.thing}()",
        f"watch = [weakref.ref({first}), weakref.ref({second})]",
        f"{holder} = {shape.format(held)}" if held else "",
        *(spelled[how].format(name) for name, how in gone.items()),
        draw.one([f"del {holder}", f"{holder} = None"]) if loses_holder else "",
        "print(*(ref() is None for ref in watch))",
    )
    keeps = held and not loses_holder
    kept_by_name = second if gone[first] == "other" else ""

    def dead(
        *, by_del: bool = False, weak_holds: bool = False, box_counts: bool = True, never_back: bool = False
    ) -> str:
        flags = []
        for name, how in gone.items():
            if weak_holds:
                flags.append(False)
            elif by_del:
                flags.append(how == "del")
            else:
                strong = not how or name == kept_by_name or (box_counts and (keeps or never_back) and name == held)
                flags.append(not strong)
        return " ".join(map(str, flags))

    return Draft(
        code,
        (
            Wrong(dead(weak_holds=True), misconception="weakref-adds-one"),
            Wrong(dead(by_del=True), misconception="del-destroys"),
            Wrong(dead(box_counts=False), misconception="refcount-counts-variables"),
            Wrong(dead(never_back=True), slip="dead-container-holds"),
            Wrong("True True", slip="dies-anyway"),
            Wrong("False True", slip="mixed-up"),
            Wrong("True False", slip="mixed-up"),
        ),
    )


def _weak_values(draw: Draw) -> Draft:
    first, second, cache = draw.names[:3]
    keys = draw.shuffled("abcd")[: draw.number(3, 4)]
    alias = draw.chance()
    drop = draw.one([first, ""])
    listed = draw.chance(0.4) and len(keys) == 4
    code = program(
        "import weakref",
        f"class {draw.thing}: pass",
        f"{cache} = weakref.WeakValueDictionary()",
        f'{first} = {cache}["{keys[0]}"] = {draw.thing}()',
        f'{cache}["{keys[1]}"] = {draw.thing}()',
        f'{second} = {cache}["{keys[2]}"] = {draw.thing}()',
        f'{cache}["{keys[3]}"] = {first}' if len(keys) == 4 else "",
        f"every = list({cache}.values())" if listed else "",
        f"spare = {first}" if alias else "",
        f"del {drop}" if drop else f"{second} = None",
        f"print(*sorted({cache}), len({cache}))",
    )
    owners = {keys[0]: first, keys[2]: second} | ({keys[3]: first} if len(keys) == 4 else {})
    deleted = drop or second
    safe = {first} if alias else set()

    def left(living: list[str]) -> str:
        return " ".join([*sorted(living), str(len(living))])

    named = [key for key, owner in owners.items() if owner != deleted]
    held = [key for key, owner in owners.items() if owner != deleted or owner in safe or listed]
    return Draft(
        code,
        (
            Wrong(left(list(keys)), slip="keeps-alive"),
            Wrong(left([*held, keys[1]]), slip="temporary-stays"),
            Wrong(left(named), misconception="del-destroys"),
            Wrong(left(list(owners)), slip="nothing-leaves"),
            Wrong(left([*named, keys[1]]), slip="temporary-stays"),
            Wrong("0", slip="empty"),
        ),
    )


_BUILT_IN = {
    "5": False,
    '"text"': False,
    "[]": False,
    "(1, 2)": False,
    "{}": False,
    "{1}": True,
    "len": True,
    "frozenset()": True,
    "lambda: 0": True,
    "object()": False,
    "int": True,
    "range(3)": False,
}
_MUTABLE = ("[]", "{}", "{1}")


def _weakly_referable(draw: Draw) -> Draft:
    own = f"{draw.thing}()"
    base = draw.one(["", "list", "dict", "int", "tuple"])
    slots = "" if base else draw.one(["", '"name",', '"name", "__weakref__"'])
    built_in = draw.some(list(_BUILT_IN), 3)
    shown = draw.shuffled([*built_in, own])
    code = program(
        "import weakref",
        f"class {draw.thing}({base}):" if base else f"class {draw.thing}:",
        f"    __slots__ = ({slots})" if slots else "    pass",
        "def can(thing):",
        "    try: weakref.ref(thing)",
        "    except TypeError: return False",
        "    return True",
        f"things = ({', '.join(shown)})",
        "print(*map(can, things))",
    )

    def believed(**answers: bool | None) -> str:
        flags = []
        for each in shown:
            kind = "own" if each == own else "mutable" if each in _MUTABLE else "built_in"
            answer = answers[kind]
            flags.append(_BUILT_IN.get(each, True) if answer is None else answer)
        return " ".join(map(str, flags))

    return Draft(
        code,
        (
            Wrong(believed(own=True, mutable=True, built_in=True), misconception="anything-weakly-referenced"),
            Wrong(believed(own=True, mutable=False, built_in=False), slip="own-classes-only"),
            Wrong(believed(own=True, mutable=True, built_in=False), slip="mutable-only"),
            Wrong(believed(own=slots == "", mutable=None, built_in=None), slip="own-class-misjudged"),
            Wrong(believed(own=False, mutable=None, built_in=None), slip="own-class-misjudged"),
            Wrong(believed(own=True, mutable=None, built_in=None), slip="own-class-misjudged"),
        ),
    )


FAMILIES = (
    Family("weak-refs", "weak-references", 2, Skill.USE, ("F51", "F51-b"), _weak_refs),
    Family("weak-values", "weak-references", 2, Skill.USE, ("F54",), _weak_values),
    Family("weakly-referable", "weak-references", 2, Skill.KNOW, ("F52", "F52-b", "F52-c"), _weakly_referable),
)
