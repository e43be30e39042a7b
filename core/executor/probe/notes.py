"""What in a snippet's text may puzzle the reader of the report."""

import ast
import sys

from core.executor.probe import pristine

__builtins__ = pristine.BUILTINS


def notes_about(code: str) -> list[str]:
    """Words for what the program itself prints about its memory, found in its syntax."""
    if not any(name in code for name in ("getrefcount", "id(", "hash(")):
        return []
    try:
        tree = ast.parse(code)
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return []
    found = set()
    borrowing = sys.version_info >= (3, 14)
    functions = [
        node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
    ]
    inside = {id(node) for function in functions for node in ast.walk(function)}
    for node in ast.walk(tree):
        name = called(node)
        if name == "getrefcount":
            found.add("getrefcount_argument")
            if borrowing and id(node) in inside:
                found.add("getrefcount_borrowed")
        elif name in ("id", "hash"):
            found.add("ids_repeat")
    return sorted(found)


def called(node: ast.AST) -> str:
    """The name of the function that a call calls, empty for anything else."""
    if not isinstance(node, ast.Call):
        return ""
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""
