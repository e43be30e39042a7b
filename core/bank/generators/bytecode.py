"""Families about bytecode: which instructions there are, and how deep the stack gets."""

from core.bank.generators.drawing import Draw, program
from core.bank.generators.family import Draft, Family, Wrong
from core.bank.truth import Skill

_MODULE = ("LOAD_NAME", "LOAD_GLOBAL", "CALL", "CALL_FUNCTION", "BINARY_OP", "BINARY_ADD")
_FUNCTION = ("LOAD_GLOBAL", "LOAD_NAME", "BINARY_OP", "BINARY_ADD", "CALL", "CALL_FUNCTION", "STORE_FAST")


def _opcodes(draw: Draw) -> Draft:
    name, function = draw.names[0], draw.function
    inside = draw.chance(0.4)
    number = draw.number(300, 999)
    sign = draw.one("+-*")
    if inside:
        source = f"def {function}({name}): return len({name} {sign} {number})"
        compiled = [source, f"code = {function}.__code__"]
        asked = draw.some(_FUNCTION, 3)
    else:
        source = f"print({name} {sign} {number})"
        compiled = [f'code = compile("{source}", "", "exec")']
        asked = draw.some(_MODULE, 3)
    code = program(
        "import dis",
        *compiled,
        "names = {each.opname for each in dis.get_instructions(code)}",
        f"for name in {list(asked)}:",
        "    print(name in names, end=' ')",
    )
    true = {"CALL", "BINARY_OP", "LOAD_GLOBAL" if inside else "LOAD_NAME"}

    def said(present: set[str]) -> str:
        return " ".join(str(each in present) for each in asked)

    old_calls = true - {"CALL"} | {"CALL_FUNCTION"}
    return Draft(
        code,
        (
            Wrong(said(true - {"BINARY_OP"} | {"BINARY_ADD"}), misconception="addition-is-binary-add"),
            Wrong(said(old_calls - {"LOAD_NAME"} | {"LOAD_GLOBAL"}), misconception="module-print-load-global")
            if not inside
            else Wrong(said(old_calls), slip="old-call"),
            Wrong(said(true ^ {"LOAD_NAME", "LOAD_GLOBAL"}), slip="wrong-scope"),
            Wrong(said(old_calls - {"BINARY_OP"} | {"BINARY_ADD"}), slip="as-in-310"),
            Wrong(said(true | {"STORE_FAST"}), slip="parameter-stored"),
            Wrong("True True True", slip="all-of-them"),
        ),
    )


def _expression(draw: Draw, depth: int) -> tuple[str, int, int]:
    """An expression over names, how many values it needs on the stack at once, and how many names it has."""
    if depth == 0:
        return draw.one("abcdef"), 1, 1
    left, right = (depth - 1, 0) if draw.chance() else (0, depth - 1)
    if draw.chance(0.35):
        left = right = depth - 1
    one, one_deep, one_names = _expression(draw, left)
    two, two_deep, two_names = _expression(draw, right)
    sign = draw.one("+-*")
    text = f"{one if left == 0 else f'({one})'} {sign} {two if right == 0 else f'({two})'}"
    return text, max(one_deep, two_deep + 1), one_names + two_names


def _stack_depth(draw: Draw) -> Draft:
    text, deep, names = _expression(draw, draw.number(2, 3))
    probe = program(
        "import dis",
        f'code = compile("{text}", "", "eval")',
        "depth = deepest = 0",
        "for each in dis.get_instructions(code):",
        '    if each.opname.startswith("RETURN"): break',
        '    argument = each.arg if each.opcode >= dis.HAVE_ARGUMENT or each.opname == "BINARY_OP" else None',
        "    depth += dis.stack_effect(each.opcode, argument)",
        "    deepest = max(depth, deepest)",
        "print(deepest)",
    )
    return Draft(
        "",
        (
            Wrong(str(names), slip="every-name-at-once"),
            Wrong(str(names - 1), slip="one-per-operator"),
            Wrong("2", slip="always-two"),
            Wrong(str(deep + 1), slip="result-apart"),
            Wrong(str(text.count("(") + 1), slip="one-per-bracket"),
            Wrong("1", slip="one-accumulator"),
        ),
        probe=probe,
        facts={"expression": text},
    )


FAMILIES = (
    Family("opcodes", "bytecode-and-pvm", 3, Skill.KNOW, ("F133", "F134"), _opcodes),
    Family("stack-depth", "bytecode-and-pvm", 3, Skill.USE, ("F134", "bytecode-pipeline"), _stack_depth),
)
