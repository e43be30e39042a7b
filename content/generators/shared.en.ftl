generated =
    .prints = What does this program print on Python { $python }?
    .claimed = On Python { $python } this program prints `{ $claimed }`. Is that so?
    .elsewhere = Another version of Python would say so, this one does not.
    .printed = It prints just that: the program was run.
