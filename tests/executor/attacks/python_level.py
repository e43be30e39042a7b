"""Turning the interpreter against the probe that shares it."""

from core.executor.model import Outcome
from tests.executor.attacks import attack

_DONE, _ERROR = Outcome.finished, Outcome.error

ATTACKS = (
    attack("null pointer", "import ctypes\nctypes.string_at(0)", Outcome.killed),
    attack("abort", "import os\nos.abort()", Outcome.killed),
    attack(
        "garbage bytecode",
        """
def f(): pass
f.__code__ = f.__code__.replace(co_code=b'\\xff\\xff' * 50)
f()
""",
        Outcome.killed,
        _ERROR,
        _DONE,
    ),
    attack(
        "frames of the harness",
        """
import sys
frame, found = sys._getframe(), []
while frame:
    found += [key for key in frame.f_globals if 'token' in key.lower() or 'secret' in key.lower()]
    frame = frame.f_back
print('found', found)
""",
        _DONE,
        says="found []",
    ),
    attack(
        "objects of the harness",
        """
import gc
print('found', [o for o in gc.get_objects() if isinstance(o, dict) and 'bot_token' in o])
""",
        _DONE,
        says="found []",
    ),
    attack(
        "environment of the host",
        """
import os
print('seen', sorted(os.environ))
""",
        _DONE,
        never="TOKEN",
    ),
    attack(
        "evil metaclass",
        """
class Meta(type):
    @property
    def __name__(cls): raise RuntimeError
    def __repr__(cls): raise RuntimeError
    def __hash__(cls): raise RuntimeError
    def __eq__(cls, other): raise RuntimeError
    def __getattribute__(cls, name): raise RuntimeError
class Evil(metaclass=Meta): pass
x = Evil()
""",
        _DONE,
    ),
    attack(
        "repr that raises",
        """
class X:
    def __repr__(self): raise BaseException('no')
x = X()
""",
        _DONE,
    ),
    attack(
        "repr that never ends",
        """
class X:
    def __repr__(self):
        while True: pass
x = X()
""",
        _DONE,
    ),
    attack(
        "repr of a gigabyte",
        """
class X:
    def __repr__(self): return 'x' * 10 ** 9
x = X()
""",
        _DONE,
    ),
    attack("a long string in a name", "s = 'x' * 10 ** 7", _DONE),
    attack(
        "patched json",
        """
import json, json.encoder, json.decoder
json.dumps = json.loads = json.JSONEncoder.encode = json.JSONEncoder.iterencode = None
json.encoder.encode_basestring_ascii = json.encoder.c_make_encoder = None
print('patched')
""",
        _DONE,
        says="patched",
    ),
    attack(
        "patched builtins",
        """
import builtins
out = print
for name in 'len type id isinstance getattr open list dict str int range sorted print'.split():
    setattr(builtins, name, None)
out('patched')
""",
        _DONE,
        says="patched",
    ),
    attack(
        "patched os",
        "import os\nos.write = os.read = os.close = os._exit = os.waitpid = None\nprint('patched')",
        _DONE,
        Outcome.killed,
        _ERROR,
        says="patched",
    ),
    attack("patched sys", "import sys\nsys.stdout = sys.stderr = sys.modules = sys.path = None", _DONE, _ERROR),
    attack("modules emptied", "import sys\nsys.modules.clear()", _DONE, _ERROR),
    attack(
        "tracing left on", "import sys\nsys.settrace(lambda *a: 1 / 0)\nsys.setprofile(lambda *a: 1 / 0)", _DONE, _ERROR
    ),
    attack(
        "audit hook that refuses",
        """
import sys
def hook(event, args): raise RuntimeError(event)
sys.addaudithook(hook)
""",
        _DONE,
        _ERROR,
        Outcome.killed,
    ),
    attack("excepthook that hides", "import sys\nsys.excepthook = lambda *a: None\n1 / 0", _ERROR),
    attack("_exit", "import os\nos._exit(0)", _DONE),
    attack("_exit with a status", "import os\nos._exit(3)", _ERROR),
    attack("SystemExit with text", "raise SystemExit('bye')", _ERROR, says="bye"),
    attack("exit with a huge status", "import sys\nsys.exit(10 ** 100)", _ERROR, _DONE),
    attack("NUL in the source", "x = 1\0", _ERROR),
    attack("source that is no text", "x = '\ud800'", _ERROR, _DONE),
    attack("execv", "import os\nos.execv('/bin/echo', ['echo', 'replaced'])", _DONE, says="replaced"),
    attack("fork that returns twice", "import os\nos.fork()\nprint('twice')", _DONE, says="twice"),
    attack("frozen garbage collector", "import gc\ngc.disable()\ngc.freeze()\ngc.set_debug(gc.DEBUG_LEAK)", _DONE),
    attack("hooks at fork", "import os\nos.register_at_fork(before=lambda: os._exit(5))\nos.fork()", _ERROR, _DONE),
    attack(
        "class whose dict is a trap",
        """
class Trap(dict):
    def __getitem__(self, key): raise KeyboardInterrupt
    def items(self): raise KeyboardInterrupt
x = Trap(a=1)
""",
        _DONE,
    ),
    attack("KeyboardInterrupt", "raise KeyboardInterrupt", _ERROR),
    attack(
        "interrupt sent to itself",
        "import os, signal\nos.kill(os.getpid(), signal.SIGINT)\nimport time; time.sleep(0.2)",
        _ERROR,
        Outcome.killed,
    ),
    attack(
        "builtins of the probe",
        """
import sys
for name, module in list(sys.modules.items()):
    if 'probe' in name or 'inside' in name:
        for key in list(vars(module)):
            if not key.startswith('__'): setattr(module, key, None)
""",
        _DONE,
        _ERROR,
        Outcome.killed,
    ),
    attack(
        "cell and frame cycle",
        """
import sys
def f():
    frame = sys._getframe()
    def g(): return frame, g
    return g
kept = [f() for _ in range(1000)]
""",
        _DONE,
    ),
)
