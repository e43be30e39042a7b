"""Which objects lie on a reference cycle."""

from core.executor.probe import pristine

__builtins__ = pristine.BUILTINS


def on_cycles(followers: list[list[int]]) -> set[int]:
    """The nodes of a graph from which a way leads back to themselves.

    `followers[i]` are the nodes that i points to. Tarjan's algorithm for strongly connected components, without
    recursion (R. Tarjan, Depth-first search and linear graph algorithms, 1972).
    """
    order: dict[int, int] = {}
    lowest: dict[int, int] = {}
    stack: list[int] = []
    waiting: set[int] = set()
    found: set[int] = set()
    for root in range(len(followers)):
        if root in order:
            continue
        todo = [(root, 0)]
        while todo:
            node, position = todo.pop()
            if position == 0:
                order[node] = lowest[node] = len(order)
                stack.append(node)
                waiting.add(node)
            elif (child := followers[node][position - 1]) in waiting:
                lowest[node] = min(lowest[node], lowest[child])
            if position < len(followers[node]):
                todo.append((node, position + 1))
                if followers[node][position] not in order:
                    todo.append((followers[node][position], 0))
            elif lowest[node] == order[node]:
                component: list[int] = []
                while not component or component[-1] != node:
                    component.append(stack.pop())
                waiting.difference_update(component)
                if len(component) > 1 or node in followers[node]:
                    found.update(component)
    return found
