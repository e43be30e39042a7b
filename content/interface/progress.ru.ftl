progress-title = Что ты знаешь
progress-today = { $answers ->
    [0] Сегодня ещё ни одного ответа.
    [one] Сегодня { $answers } ответ, верных { $right }.
    [few] Сегодня { $answers } ответа, верных { $right }.
   *[other] Сегодня { $answers } ответов, верных { $right }.
}
progress-streak = { $days ->
    [0] Серия начнётся с первого ответа.
    [one] Серия: { $days } день.
    [few] Серия: { $days } дня.
   *[other] Серия: { $days } дней.
}
progress-due = { $due ->
    [0] Повторять пока нечего.
    [one] Пора повторить { $due } вопрос: /ask
    [few] Пора повторить { $due } вопроса: /ask
   *[other] Пора повторить { $due } вопросов: /ask
}
progress-paused = Сейчас пауза, серия подождёт. Продолжим { $date }.
progress-topics = По темам
progress-topic = Тема
progress-level = ур. { $level }

progress-mastered = Освоено { $mastered } из { $total }
progress-year = { $days ->
    [0] За год: ответов ещё не было
    [one] За год: { $days } день с ответами
    [few] За год: { $days } дня с ответами
   *[other] За год: { $days } дней с ответами
}
progress-ahead = { $total ->
    [0] Повторения: за две недели ни одного
   *[other] Повторения: сегодня { $today }, за две недели { $total }
}
progress-untouched = не начато
progress-begun = начато
progress-done = освоено
progress-less = меньше
progress-more = больше
progress-months = янв фев мар апр май июн июл авг сен окт ноя дек
progress-weekdays = пн вт ср чт пт сб вс
