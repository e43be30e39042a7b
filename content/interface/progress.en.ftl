progress-title = What you know
progress-today = { $answers ->
    [0] No answers yet today.
    [one] One answer today, right: { $right }.
   *[other] { $answers } answers today, right: { $right }.
}
progress-streak = { $days ->
    [0] Your streak starts with the first answer.
    [one] Streak: one day.
   *[other] Streak: { $days } days.
}
progress-due = { $due ->
    [0] Nothing to review right now.
    [one] One question is due: /ask
   *[other] { $due } questions are due: /ask
}
progress-paused = You are on a break, and your streak waits. We go on { $date }.
progress-topics = By topic
progress-topic = Topic
progress-level = level { $level }

progress-mastered = Mastered: { $mastered } of { $total }
progress-year = { $days ->
    [0] Past year: no answers yet
    [one] Past year: one day with answers
   *[other] Past year: { $days } days with answers
}
progress-ahead = { $total ->
    [0] Reviews: none for two weeks
   *[other] Reviews: { $today } today, { $total } in two weeks
}
progress-untouched = not begun
progress-begun = begun
progress-done = mastered
progress-less = less
progress-more = more
progress-months = Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec
progress-weekdays = Mo Tu We Th Fr Sa Su
