"""What runs behind the wall: standard library only, CPython 3.11 to 3.15, nothing of the bot is reachable from here.

What `program` asks of `core.executor.probe.snippet.execute(task) -> frame`:
- `task` has code, filename, stdin, view (a list of words) and limits. Standard streams, `sys.argv`, the working folder and
  the file itself are in place already; the source is `task["code"]`.
- It never raises. It prints the traceback of an uncaught exception, as the interpreter would.
- `frame` is what `core.executor.report.model.Report` takes, plus two words that stay on this side of the pipe:
  `exit_status` (what the interpreter would exit with: 0, 1, or what SystemExit says) and `out_of_memory` (the program
  ended with an uncaught MemoryError).
- Threads, atexit, the module's teardown and the end of the process are `program`'s, after the frame has gone.
"""
