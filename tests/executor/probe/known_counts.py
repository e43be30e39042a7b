"""Programs whose reference counts follow from the language: each strong reference is written down in the program.

`counts` gives the count of the object that a path names, or the word for why it has none.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Program:
    name: str
    code: str
    counts: dict[str, int | str]


NODE = "class Node:\n    pass\n"
KEPT = "a = []\ntry:\n    raise ValueError(a)\nexcept ValueError as e:\n    kept = e"
CONSTANT = 1
"""A literal is also held by the code it is written in."""

PROGRAMS = (
    Program("one name", "a = []", {"a": 1}),
    Program("two names", "a = []\nb = a", {"a": 2, "b": 2}),
    Program("a chain of names", "a = b = c = d = []", {"a": 4}),
    Program("the example of the guide", "a = []\nb = a\nc = [a, a]", {"a": 4, "c": 1}),
    Program("a deleted name", "a = []\nb = a\ndel b", {"a": 1}),
    Program("a rebound name", "a = []\nb = a\nb = 0", {"a": 1}),
    Program("a list that lost an item", "a = []\nc = [a, a]\nc.pop()", {"a": 2}),
    Program("a cleared list", "a = []\nc = [a] * 5\nc.clear()", {"a": 1}),
    Program("a repeated list", "a = []\nc = [a] * 5", {"a": 6}),
    Program("a slice holds items again", "a = []\nc = [a, a]\nd = c[:1]", {"a": 4, "c": 1, "d": 1}),
    Program("a list in itself", "a = []\na.append(a)", {"a": 2}),
    Program("two lists in each other", "a = []\nb = [a]\na.append(b)", {"a": 2, "b": 2}),
    Program("a ring of three", "a, b, c = [], [], []\na.append(b)\nb.append(c)\nc.append(a)", {"a": 2, "b": 2, "c": 2}),
    Program("a lost cycle", NODE + "n = Node()\nn.me = n\na = []\nn.held = a\ndel n", {"⌀.me": 1, "a": 2}),
    Program("a lost cycle of lists", "a = []\nb = [a]\nb.append(b)\ndel b", {"a": 2}),
    Program(
        "a collected cycle",
        NODE + "n = Node()\nn.me = n\na = []\nn.x = a\ndel n\nimport gc\nx = gc.collect()",
        {"a": 1},
    ),
    Program("a tuple made at run time", "a = []\nt = (a, a)", {"a": 3, "t": 1}),
    Program("a dict value", "a = []\nd = {'x': a, 'y': a}", {"a": 3, "d": 1}),
    Program("a dict key", "k = (1, [].copy) and tuple([7, 8])\nd = {k: k}", {"k": 3}),
    Program("a replaced dict value", "a = []\nd = {'x': a}\nd['x'] = None", {"a": 1}),
    Program("a set element", "k = frozenset([1, 2])\ns = {k}\nr = {k}", {"k": 3}),
    Program("a deque", "from collections import deque\na = []\nq = deque([a, a, a])", {"a": 4, "q": 1}),
    Program("nested containers", "a = []\nc = [[a], [a, [a]]]", {"a": 4, "c[0]": 1, "c[1]": 1, "c[1][1]": 1}),
    Program("an attribute", NODE + "n = Node()\na = []\nn.x = a", {"a": 2, "n": 1}),
    Program("two attributes", NODE + "n = Node()\na = []\nn.x = n.y = a", {"a": 3}),
    Program("a deleted attribute", NODE + "n = Node()\na = []\nn.x = a\ndel n.x", {"a": 1}),
    Program("an instance in itself", NODE + "n = Node()\nn.me = n", {"n": 2}),
    Program("parent and child", NODE + "p = Node()\nc = Node()\np.child = c\nc.parent = p", {"p": 2, "c": 2}),
    Program("an instance reached through another", NODE + "n = Node()\nn.next = Node()", {"n": 1, "n.next": 1}),
    Program("the dict of an instance", NODE + "a = []\nn = Node()\nn.x = a\nd = n.__dict__", {"d": 2, "a": 2}),
    Program("slots", "class P:\n    __slots__ = ('x', 'y')\np = P()\na = []\np.x = a\np.y = p", {"a": 2, "p": 2}),
    Program(
        "slots and a dict", "class P:\n    __slots__ = ('x', '__dict__')\np = P()\na = []\np.x = p.z = a", {"a": 3}
    ),
    Program("a class attribute", "class P:\n    shared = []\na = P.shared\np = P()", {"a": 2}),
    Program("a subclass of list", "class L(list):\n    pass\na = []\nl = L([a])\nl.x = a", {"a": 3, "l": 1}),
    Program("a subclass of dict", "class D(dict):\n    pass\na = []\nd = D(x=a)\nd.x = a", {"a": 3, "d": 1}),
    Program("an ordered dict", "from collections import OrderedDict\na = []\nd = OrderedDict(x=a)", {"a": 2, "d": 1}),
    Program("a default dict", "import collections\nd = collections.defaultdict(list)\na = d[0]", {"a": 2, "d": 1}),
    Program("a function", "def f():\n    pass\ng = f", {"f": "2 or deferred"}),
    Program(
        "a closure",
        "def make():\n    box = []\n    return lambda: box\nf = make()\na = f()",
        {"a": 2},
    ),
    Program(
        "two closures share a cell",
        "def make():\n    box = []\n    return lambda: box, lambda: box\npair = make()\na = pair[0]()",
        {"a": 2},
    ),
    Program("a default argument", "a = []\ndef f(x=a):\n    return x", {"a": 2}),
    Program(
        "a default grows",
        "def f(x, kept=[]):\n    kept.append(x)\n    return kept\na = []\nk = f(a)",
        {"a": 2, "k": 2},
    ),
    Program("a call leaves nothing behind", "def f(x):\n    y = x\n    return None\na = []\nf(a)", {"a": 1}),
    Program("a loop variable stays", "a = []\nfor x in [a, a]:\n    pass", {"a": 2}),
    Program("a comprehension leaves nothing", "a = []\nc = [x for x in [a]]", {"a": 2}),
    Program("an iterator holds its list", "a = [1, 2]\ni = iter(a)", {"a": 2}),
    Program("a finished generator lets go", "a = []\ni = (x for x in [a])\nb = len(list(i))", {"a": 1}),
    Program("a suspended generator", "def g(x):\n    yield\na = []\ns = g(a)\nnext(s)", {"a": 2}),
    Program("a closed generator", "def g(x):\n    yield\na = []\ns = g(a)\nnext(s)\ns.close()", {"a": 1}),
    Program("a bound method", NODE + "class P(Node):\n    def m(self):\n        pass\np = P()\nm = p.m", {"p": 2}),
    Program("a partial", "from functools import partial\na = []\np = partial(print, a)", {"a": 2}),
    Program("a weak reference does not count", "import weakref\n" + NODE + "n = Node()\nw = weakref.ref(n)", {"n": 1}),
    Program("a float literal", "x = 1.5\ny = x", {"x": 2 + CONSTANT}),
    Program("a computed float", "x = float('1.5')\ny = x", {"x": 2}),
    Program("equal literals are one object", "x = 1000000\ny = 1000000", {"x": 2 + CONSTANT}),
    Program("a computed int", "x = int('1000000')", {"x": 1}),
    Program("a constant tuple", "t = (1, 2)\nu = t", {"t": 2 + CONSTANT}),
    Program("a string with spaces", "s = 'hello world'\nc = [s]", {"s": 2 + CONSTANT}),
    Program("a computed string", "s = ' '.join(['a', 'b'])\nc = [s, s]", {"s": 3}),
    Program(
        "a caught exception is dropped",
        "a = []\ntry:\n    raise ValueError(a)\nexcept ValueError:\n    pass",
        {"a": 1},
    ),
    Program("an uncaught exception is dropped", "a = []\ndef f(x):\n    raise ValueError\nf(a)", {"a": 1}),
    Program(
        "a kept exception",
        KEPT,
        {"a": 2, "kept": 1},
    ),
    Program("globals() by another name", "g = globals()\na = []\ng['b'] = a", {"a": 2}),
    Program("the value of a last expression", "a = []\na", {"a": 1}),
    Program("None", "a = None", {"a": "none"}),
    Program("a small int", "a = 7", {"a": "none"}),
    Program("an identifier-like string", "s = 'spam'", {"s": "none"}),
    Program("a module", "import json", {"json": "none"}),
    Program("a function of the library", "from json import dumps", {"dumps": "none"}),
)
