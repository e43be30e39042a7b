command-quiz = Викторина на скорость: всем чатом или против часов
command-quiz-topic = тема: например, слабые ссылки
command-quiz-level = уровень: 1, 2 или 3
command-quiz-rounds = сколько раундов
command-quiz-seconds = сколько секунд на ответ
command-quiz-mode = каждый за себя, команды или на выбывание
command-quiz-action = что сделать с игрой, которая идёт
command-quiz-every = лига чата: пятница 18:00

quiz-title = Викторина
quiz-everything = все темы
quiz-seconds = { $seconds } с
quiz-frame = { $rounds ->
    [one] { $rounds } раунд
    [few] { $rounds } раунда
   *[other] { $rounds } раундов
} по { $seconds } с
quiz-mode-all = каждый за себя
quiz-mode-teams = команды
quiz-mode-alone = против часов
quiz-mode-last = на выбывание
quiz-points = { $score }
quiz-scoring = Верный ответ — от { $least } до { $most } очков: чем быстрее, тем больше; серия верных добавляет до { $streak }, ошибка ничего не отнимает.
quiz-how-teams = Побеждает команда с лучшим средним счётом.
quiz-how-last = Ошибся или промолчал — выбываешь; последний в игре побеждает, а между равными решают очки.
quiz-changes-no = Ответ один, менять нельзя.
quiz-changes-yes = Ответ можно менять, пока раунд открыт.

quiz-setup-go = ▶ Играть
quiz-setup-typed = Быстрее словами: /quiz слабые ссылки 2 10 30
quiz-setup-topic = Тема
quiz-setup-level = Уровень
quiz-setup-rounds = Раунды
quiz-setup-seconds = Время на ответ
quiz-setup-mode = Кто побеждает
quiz-setup-change = Менять ответ
quiz-setup-change-no = нельзя
quiz-setup-change-yes = можно

quiz-joined-none = Пока никого. Присоединиться — одно касание.
quiz-joined = { $count ->
    [one] В игре { $count }: { $names }
   *[other] В игре { $count }: { $names }
}
quiz-and-more = и ещё { $count }
quiz-starts = Старт через { $seconds } с.
quiz-starts-minutes = { $minutes ->
    [one] Старт через { $minutes } минуту.
    [few] Старт через { $minutes } минуты.
   *[other] Старт через { $minutes } минут.
}
quiz-put-off = Сейчас идёт много игр: ещё одна, и все начнут опаздывать. Старт в { $time } ({ $zone }), а может, и раньше.
quiz-put-off-minutes = { $minutes ->
    [one] Сейчас идёт много игр: ещё одна, и все начнут опаздывать. Старт через { $minutes } минуту, а может, и раньше.
    [few] Сейчас идёт много игр: ещё одна, и все начнут опаздывать. Старт через { $minutes } минуты, а может, и раньше.
   *[other] Сейчас идёт много игр: ещё одна, и все начнут опаздывать. Старт через { $minutes } минут, а может, и раньше.
}
quiz-button-join = Участвую
quiz-button-start = Старт
quiz-button-cancel = Отмена
quiz-team-1 = Куча
quiz-team-2 = Стек
quiz-no-team = пока без команды
quiz-lobby-over = Игра началась. Войти ещё можно.
quiz-lobby-ended = Эта игра закончилась. Новая: /quiz
quiz-lobby-paused = Пауза, старт подождёт.
quiz-nameless = игрок

quiz-round = Раунд { $number } из { $total }
quiz-round-time = { $seconds } с на ответ
quiz-poll-who = Очки идут тем, кто в игре. Войти: «Участвую» в начале или /quiz join
quiz-answered = ответили { $answered } из { $players }
quiz-write = Нажми «Ответить» или ответь на это сообщение.
quiz-write-alone = Напиши ответ сообщением.
quiz-order = Нажимай по порядку, от первого к последнему; последнее нажатие отправит ответ.
quiz-round-over = { $count ->
    [0] Раунд закрыт.
    [one] Раунд закрыт, { $count } ответ.
    [few] Раунд закрыт, { $count } ответа.
   *[other] Раунд закрыт, { $count } ответов.
}

quiz-answer = Ответ:
quiz-right-count = Верно ответили { $right } из { $answered }.
quiz-nobody-answered = В этом раунде никто не ответил.
quiz-skipped = Раунд пропущен, очков за него нет.
quiz-left = В игре остались: { $names }
quiz-left-nobody = Все выбыли.
quiz-your-score = Очки: { $score } (+{ $points })
quiz-won = Победа: { $names }
quiz-won-team = Побеждает команда «{ $names }»
quiz-drawn = Ничья: { $names }
quiz-no-winner = Очков не набрал никто. Реванш?
quiz-stopped-early = Игра остановлена
quiz-alone-result = Верно { $right } из { $total }
quiz-team-score = { $team }: в среднем { $score }
quiz-right-of = верно { $right } из { $total }
quiz-alone-score = Очки: { $score }
quiz-average = в среднем
quiz-rating-up = рейтинг { $rating } (+{ $change })
quiz-rating = рейтинг { $rating }
quiz-title-flawless = Без единой ошибки: { $names }
quiz-title-streak = Самая длинная серия: { $names }
quiz-missed = Труднее всего
quiz-missed-alone = Вернутся в /ask
quiz-missed-share = ошиблись { $percent } %
quiz-button-rematch = Реванш
quiz-button-weak = Моё слабое место
quiz-picture-title = Итоги викторины
quiz-notice-resumed = Я ненадолго пропал и вернулся. Раунд продолжается, оставшееся время сохранено.
quiz-notice-closed-while-away = Я пропал, и время раунда вышло. Ответы, которые пришли вовремя, засчитаны.
quiz-notice-not-delivered = Вопрос показать не получилось. Этот раунд пропускаем, очков никто не теряет.
quiz-notice-paused = Пауза. Продолжить: /quiz resume
quiz-notice-nobody = Никто не пришёл, игра не началась. Собраться снова: /quiz
quiz-notice-stopped = Игра остановлена. Спасибо, что играли!

quiz-receipt-taken = Принято
quiz-receipt-taken-as = Принято: { $answer }
quiz-receipt-changed = Ответ изменён
quiz-receipt-changed-as = Теперь: { $answer }
quiz-receipt-already = Ответ уже принят, менять нельзя.
quiz-receipt-late = Поздно: этот раунд закрыт.
quiz-paused = Пауза: часы стоят, ответы пока не принимаются.
quiz-type = Ответь на это сообщение, первый ответ засчитывается.
quiz-receipt-stranger = Ты пока не в игре. Войти: /quiz join
quiz-receipt-out = Ты уже выбыл из этой игры. Следующая скоро.
quiz-receipt-invalid = Такого варианта здесь нет.
quiz-ticked = Отмечено: { $letters }. Отправить: «Готово»
quiz-ticked-none = Ничего не отмечено.
quiz-ordered = Порядок: { $letters }

quiz-joined-you = Ты в игре!
quiz-joined-team = Ты в команде «{ $team }»
quiz-left-you = Ты вышел из игры. Вернуться: /quiz join
quiz-ready = Приготовься…
quiz-closed = Войти уже нельзя: игра на выбывание началась. В следующей будет место.
quiz-opened = Лобби уже в чате.
quiz-done-start = Поехали!
quiz-done-stop = Игра остановлена.
quiz-done-skip = Раунд пропущен.
quiz-done-pause = Пауза.
quiz-done-pause-later = Пауза будет после ответа в этом раунде. Передумаешь — /quiz resume
quiz-done-resume = Продолжаем.
quiz-busy = Здесь уже идёт игра. Войти: /quiz join
quiz-none = Сейчас здесь никто не играет. Начать: /quiz
quiz-gone = Эта игра уже закончилась. Новая: /quiz
quiz-not-allowed = Это решают ведущий игры и администраторы.
quiz-not-now = Сейчас так нельзя: игра в другом состоянии.
quiz-nothing-to-ask = Под такие условия вопросов нет. Попробуй другой уровень или тему.
quiz-unknown-topic = Не знаю темы «{ $words }». Вот близкие:
quiz-out-of-range = Раундов бывает от { $fewest } до { $most }, секунд на ответ — от { $shortest } до { $longest }. Например: /quiz 2 10 30
quiz-alone-only = В личке ты играешь один, против часов. Команды и выбывание — для групп.

quiz-weak-spot = Слабее всего вышло: { $topic }. Промахи ещё вернутся в /ask.
quiz-weak-none = Слабого места не видно: ошибок не было.
quiz-note-for-host = Ведущий, для тебя есть записка за кнопкой «Моё слабое место».
quiz-note-for-admins = Админы, для вас есть записка за кнопкой «Моё слабое место».
quiz-flagged = Только для твоих глаз: у этих игроков ответы раз за разом приходили быстрее, чем успевает человек, или секунда в секунду. { $names }
quiz-weak-stranger = В этой игре тебя не было. В следующей будет: /quiz

quiz-league-set = { $days } в { $time } ({ $zone }) здесь викторина, уровень { $level }.
quiz-league-next = Ближайшие три:
quiz-league-off = Выключить: /quiz off
quiz-league-stopped = Лига выключена. Вернуть: /quiz every friday 18:00
quiz-league-not-on = Лиги здесь нет. Включить: /quiz каждую пятницу 18:00
quiz-league-no-time = Во сколько играем? Например: /quiz каждую пятницу 18:00
quiz-league-not-understood = Не понял «{ $word }». Например: /quiz каждую пятницу 18:00, Москва, уровень 2
quiz-league-managers = Расписание чата меняют его администраторы. Сыграть сейчас может любой: /quiz
quiz-league-groups = Лига бывает у групп. Сыграть против часов можно сейчас: /quiz
