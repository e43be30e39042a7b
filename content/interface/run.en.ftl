run-silent = nothing printed
run-exit-status = exit status { $status }
run-seconds = { $value } s
run-milliseconds = { $value } ms
run-microseconds = { $value } µs
run-nanoseconds = { $value } ns

run-outcome-finished = finished
run-outcome-error = error
run-outcome-timed-out = out of time
run-outcome-memory-limit = out of memory
run-outcome-too-many-processes = too many processes
run-outcome-output-limit = too much output
run-outcome-disk-full = disk full
run-outcome-killed = killed
run-outcome-busy = All sandboxes are busy{ $place ->
    [0] { "" }
   *[other] , you are number { $place } in the queue
  }
run-outcome-unavailable = /run is off right now

run-advice-stdin = There is nothing to read: below the code write a line --- stdin, and below that what you would type.
run-advice-error = The last line says what happened, the one above it says where. Edit your message, and I will run it again.
run-advice-timed-out = Stopped: time is up. An endless loop? Try for i in range(10).
run-advice-memory-limit = Try the same structures a hundred times smaller: the reference counts stay the same.
run-advice-too-many-processes = Two processes or ten threads are enough here: use Pool(2).
run-advice-output-limit = Stopped: that is too much output. Print the result, not every step.
run-advice-disk-full = The sandbox's disk is full: write less, or delete on the way what is not needed.
run-advice-killed = The process died of { $signal }: crashing C code or a call like os.kill does that. Take it out and run again.
run-advice-busy = Try again in a few seconds.
run-advice-unavailable-wall = No sandbox can be built on this server, so I do not run anybody's code. Everything else works.
run-advice-unavailable-no-such-python = There is no Python { $python } here. /settings lists the versions.
run-advice-unavailable-code-too-long = The program is too long: send a smaller piece.
run-advice-unavailable-executor-unreachable = The sandbox does not answer. Try again in a minute.

run-column-names = names
run-column-value = value
run-column-refs = references
run-column-id = id
run-column-size = bytes
run-column-line = line
run-column-changes = what changed

run-uncounted-immortal = immortal, not counted
run-uncounted-cached = one for everybody, not counted
run-uncounted-interned = interned, one for everybody
run-uncounted-shared = shared with the interpreter
run-uncounted-deferred = this build counts later
run-unnamed = { $count } more
run-more-objects = { $count ->
    [one] And { $count } more object.
   *[other] And { $count } more objects.
  }
run-more-steps = { $count ->
    [one] And { $count } more step.
   *[other] And { $count } more steps.
  }
run-more-instructions = { $count ->
    [one] And { $count } more instruction.
   *[other] And { $count } more instructions.
  }

run-badge-lost = lost, waits for gc
run-badge-in-cycle = in a cycle
run-badge-small-int = small int
run-badge-interned = interned
run-badge-weakly-referenced = has a weak reference
run-badge-gc-tracked = gc

run-ref-constant = constant of the code
run-ref-closure = closure of { $of }
run-ref-defaults = defaults of { $of }
run-ref-key = key of { $of }
run-ref-inside = inside { $of }
run-ref-type = type of { $of }
run-ref-local = local in { $of }

run-trace-nothing = No line changed anything in memory.
run-change-created = { $object } created, { $after ->
    [one] { $after } reference
   *[other] { $after } references
  }
run-change-incremented = { $object } { $before } → { $after }
run-change-decremented = { $object } { $before } → { $after }
run-change-freed = { $object } freed
run-change-lost = { $object } has no name, yet a cycle keeps it alive
run-change-collected = { $object } collected by gc
run-change-bound = { $name } = { $after }
run-change-rebound = { $name }: { $before } → { $after }
run-change-unbound = { $name } is gone

run-graph-alt = Graph: names, objects and how many references each has; cycles are orange
run-graph-missing = The graph could not be drawn: this server has no Graphviz.
run-timing = Best time { $best } a run, median { $median } ({ $repeats } series of { $loops }).

run-button-memory = Memory
run-button-trace = Step by step
run-button-graph = Graph
run-button-bytecode = Bytecode
run-button-timing = Time
run-button-compare = Compare versions
run-button-again = Again

run-compare-same = The same on every version ({ $versions })
run-compare-different = Versions differ
run-compare-objects = References or sizes differ (references · bytes):

run-note-getrefcount-argument = getrefcount also sees its own argument, so it prints one more than the table.
run-note-getrefcount-borrowed = Since 3.14 a local is lent to getrefcount: inside a function there is no extra one.
run-note-ids-repeat = Addresses and hashes repeat from run to run in the sandbox: draw no conclusions from that.
run-note-memory-partial = There are very many objects and I did not look at all: some references have no name here.
run-note-memory-failed = The memory could not be looked at: the program broke something in the interpreter.
run-note-trace-cut = Too many steps, this is the beginning.
run-note-trace-failed = The steps could not be told.
run-note-bytecode-failed = The bytecode could not be shown.
run-note-bytecode-cut = The bytecode is long, this is the beginning.
run-note-timing-failed = It could not be timed: the program fails when it runs again.

run-output-lines = { $lines ->
    [one] … { $lines } more line …
   *[other] … { $lines } more lines …
  }
run-output-characters = { $characters ->
    [one] … { $characters } more character …
   *[other] … { $characters } more characters …
  }
