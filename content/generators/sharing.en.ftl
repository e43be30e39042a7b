small-ints =
    .why = `int()` hands out the ready object if the number is in the cache of small ints, else it makes a new one. Up to 3.14 the cache holds -5 to 256, from 3.15 on -5 to 1024. Compare numbers with `==`, not with `is`.
    .not-cache-of-315 = A cache as wide as 1024 came only with 3.15.
    .not-no-cache = Small ints are made in advance, and two equal ones are one object.
    .not-all-ints-shared = Beyond the cache every call of `int()` makes a new object.
    .not-a-byte = The cache is not a byte: it starts at -5 and goes to 256, from 3.15 on to 1024.
string-identity =
    .why = A literal of letters, digits and `_` is interned, a sum of literals is folded by the compiler, and `intern()` returns the same shared object. A string computed at run time is a new object. A full slice and `str()` hand out the string itself.
    .not-only-intern = Not only `intern`: a sum of literals becomes the same literal, and `[:]` and `str()` hand out the string itself.
    .not-slice-copies = `[:]` and `str()` do not copy an immutable string: they return it.
    .not-intern-copies = `intern()` returns just the shared object, the one that the literal already has.
    .not-never-shared = Strings are immutable and CPython shares them gladly: it interns literals and does not copy for `[:]`.
merged-constants =
    .why = Equal constants of one compilation unit become one object. Two units share only small ints and interned strings: those of letters, digits and `_`.
    .not-equal-is-same = These two pieces were compiled apart, and each has a constant of its own.
    .not-every-literal-new = Equal constants within one piece of code are merged by the compiler.
    .not-units-never-share = Small ints and interned strings are shared by the whole program.
    .not-impossible = If two pieces share the constant, then within one piece it is the same all the more.
