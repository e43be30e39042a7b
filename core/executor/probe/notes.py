"""What in a snippet's text may puzzle the reader of the report."""

import ast
import sys

from core.executor.probe import pristine

__builtins__ = pristine.BUILTINS


WORTH_A_LOOK = ("getrefcount", "id(", "hash(")
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


def notes_about(tree: ast.Module, code: str) -> list[str]:
    """Words for what the program itself prints about its memory, found in its syntax."""
    if not any(name in code for name in WORTH_A_LOOK):
        return []
    found = set()
    todo: list[tuple[ast.AST, bool]] = [(tree, False)]
    while todo:
        node, inside = todo.pop()
        name = called(node)
        if name == "getrefcount":
            found.add("getrefcount_argument")
            if inside and sys.version_info >= (3, 14):
                found.add("getrefcount_borrowed")
        elif name in ("id", "hash"):
            found.add("ids_repeat")
        inside = inside or isinstance(node, FUNCTIONS)
        todo += [(child, inside) for child in ast.iter_child_nodes(node)]
    return sorted(found)


def called(node: ast.AST) -> str:
    """The name of the function that a call calls, empty for anything else."""
    if not isinstance(node, ast.Call):
        return ""
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""
