command-exam = Пробное собеседование
command-exam-level = уровень: 1, 2 или 3

exam-title = Пробное собеседование
exam-frame = { $questions ->
    [one] { $questions } вопрос
    [few] { $questions } вопроса
   *[other] { $questions } вопросов
} за { $minutes ->
    [one] { $minutes } минуту
    [few] { $minutes } минуты
   *[other] { $minutes } минут
}. Чтобы сдать, нужно { $percent } %.
exam-rules = Что-то выбрать, что-то дописать, что-то рассказать своими словами, а потом сверить с пунктами. Верно или нет, узнаешь в конце. Прервёшься — вернуться можно через /exam, но время идёт.
exam-start = Начать

exam-running = Собеседование уже идёт: уровень { $level }, вопрос { $number } из { $total }, осталось { $left }.
exam-continue = Продолжить
exam-stop = Сдаться
exam-left = осталось { $left }
exam-tell = Расскажи вслух или напиши сообщением, потом открой пункты.
exam-reveal = Показать пункты
exam-tick = Отметь то, что в самом деле прозвучало, и нажми «Готово».

exam-passed = Сдано: { $percent } %
exam-failed = Пока не сдано: { $percent } %, нужно { $needed } %
exam-time = { $spent } из { $given }
exam-level = Уровень { $passed } сдан, ты на уровне { $level }.
exam-highest = Уровень 3 сдан, выше уровней нет. Поздравляю: на собеседовании тебя уже трудно удивить.
exam-part = Как спрашивал
exam-credit = Верно
exam-part-choice = на выбор
exam-part-order = по порядку
exam-part-typed = число или слово
exam-part-recall = рассказ
exam-of = { NUMBER($credit, maximumFractionDigits: 1) } из { $total }
exam-unanswered = { $count ->
    [one] Без ответа остался { $count } вопрос.
    [few] Без ответа остались { $count } вопроса.
   *[other] Без ответа осталось { $count } вопросов.
}
exam-missed = Что не вышло: { $count }
exam-unsaid = Не прозвучало:
exam-plan = Что подтянуть
exam-plan-how = Сначала карточка, потом вопросы темы. Промахи ещё вернутся в /ask.
exam-plan-card = Карточка { $number }
exam-plan-ask = Вопросы { $number }

exam-nothing = На этом уровне спрашивать пока нечего. Попробуй другой: /exam 1
exam-unknown-level = Уровни есть 1, 2 и 3. Например: /exam 2
exam-unknown = Этого собеседования больше нет. Начать новое: /exam
exam-foreign = Это собеседование другого человека. Своё: /exam
exam-answered = Ответ на этот вопрос уже принят.
