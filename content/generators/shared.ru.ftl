generated =
    .prints = Что напечатает эта программа на Python { $python }?
    .claimed = Эта программа на Python { $python } напечатает `{ $claimed }`. Верно?
    .elsewhere = Так было бы в другой версии Python, но не в этой.
    .printed = Напечатает именно это: проверено запуском.
