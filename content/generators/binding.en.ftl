augmented =
    .why = `+=` and `|=` change the object itself if its type can: list, set, dict. Strings and tuples cannot: a new object is made and the name rebound to it. `x = x + y` always makes a new object.
    .not-in-place = It cannot be changed in place: a new object was made, and `{ $name }` refers to the old one.
    .not-immutable-rebinds = Only the name to the left got the new object; look at what `{ $name }` refers to.
    .not-equal-but-apart = That cannot be: if the second name sees the change, it refers to the same object.
    .not-nothing-happens = Were the object still shared, both names would see the change.
tuple-with-list =
    .why = `t[i] += [x]` is two steps: the list is changed in place, then the result is stored in the tuple, which is a `TypeError`. So there is an error and the change stays. `append` stores nothing in the tuple: no error. A plain assignment fails before anything changes.
    .not-frozen-through = The tuple holds a reference to the list, and the list itself is mutable: `append` works.
    .not-nothing-changed = Mind the order: first the list changes, and only storing it in the tuple fails.
    .not-no-error = You cannot store into a tuple by index: that is a `TypeError`.
    .not-error-after-all = `append` stores nothing in the tuple, so there is nothing to fail.
    .not-replaced-anyway = A plain assignment fails before it changes anything.
    .not-silently-ignored = Python skips nothing silently: either the list changes or there is an error.
arguments =
    .why = A parameter is a new name of the same list. While it refers to it, `append` and `+=` change the caller's list. After `items = …` the name refers to another list, and the caller sees no further change.
    .not-everything-adds-up = After `items = …` the parameter refers to another list.
    .not-last-one-wins = Assigning to the parameter does not change the caller's names.
defaults =
    .why = A default value is computed once, when `def` runs. A mutable one collects what the calls without a list of their own added. A list that is passed stands for itself. With `None` and a check inside, every call makes a new list.
    .not-fresh-by-none = The default is `None` here, and every call makes a new list.
    .not-given-becomes-default = A passed list lives for one call and does not become the default.
    .not-given-ones-too = A call with its own list adds to that one, not to the default.
    .not-first-and-last = The default either collects all calls without a list or is made anew.
    .not-returned-too-early = The last call adds its item too before it returns the list.
    .not-last-two = The default does not remember "the last two": either all calls without a list or none.
copies =
    .why = Assignment copies nothing: it is a second name. A slice, `list()` and `copy.copy` make a new outer list, but the inner ones stay shared. `copy.deepcopy` copies the inner ones too.
    .not-shallow-is-deep = The copy is shallow here: both share the inner list.
    .not-copy-is-alias = It is a copy: its outer list is its own, and changing that leaves the first one alone.
    .not-alias-is-shallow = Assignment copies nothing: the outer list is shared too.
    .not-deep-is-shallow = `deepcopy` copies the inner lists too: nothing is shared.
    .not-outer-shared-only = It cannot be like that: if the outer list is shared, the inner one is the same as well.
