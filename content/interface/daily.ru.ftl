command-daily = Вопрос дня по расписанию
command-daily-when = например: 9:30 по будням; off; now

daily-title = Вопрос дня
daily-offer = Могу присылать по вопросу в день: сначала то, что вот-вот забудется, потом новое. Во сколько?
daily-offer-group = Могу задавать здесь по вопросу в день. Отвечают все, каждому засчитывается его ответ. Во сколько? Решают администраторы.
daily-example = Или напиши сам: /daily 9:30 по будням, Берлин
daily-example-group = Или напиши сам: /daily 9:30 по будням, Берлин, уровень 2
daily-when = { $days } в { $time } ({ $zone }).
daily-group-level = Уровень { $level }, Python { $python }.
daily-next = Ближайшие три:
daily-change = Поменять: /daily 21:00 пн ср пт
daily-terminal = Здесь я могу спросить, только пока чат открыт. Пропустишь время — спрошу, когда откроешь.
daily-now = Сейчас
daily-off = Выключить
daily-days-every = Каждый день
daily-days-work = По будням
daily-days-weekend = По выходным
daily-day-1 = пн
daily-day-2 = вт
daily-day-3 = ср
daily-day-4 = чт
daily-day-5 = пт
daily-day-6 = сб
daily-day-7 = вс
daily-stopped = Больше не присылаю. Вернуть: /daily
daily-not-on = Вопрос дня здесь выключен. Включить: /daily 9:30
daily-soon = Сейчас пришлю.
daily-had = Сегодняшний вопрос здесь уже был. Следующий придёт по расписанию.
daily-not-understood = Не понял «{ $word }». Напиши время, а если нужно, дни и город: /daily 9:30 по будням, Берлин
daily-no-time = Во сколько присылать? Например: /daily 9:30
daily-level-private = В личке уровень у тебя один на всё: /settings level { $level }. А здесь напиши время: /daily 9:30
daily-managers-only = Расписание чата меняют его администраторы. Себе в личку можно всегда: /daily
daily-hello = 🕘 Вопрос дня
daily-missed = { $count ->
    [one] { $count } вопрос пропущен: я был недоступен.
    [few] { $count } вопроса пропущено: я был недоступен.
   *[other] { $count } вопросов пропущено: я был недоступен.
}
daily-yesterday = На прошлый вопрос верно ответили { $right } из { $people }. Правильный ответ: { $answer }.
daily-mistake = Частое заблуждение: { $belief }.
daily-wrong-pick = Из неверного чаще всего выбирали { $option }.
daily-voted = Ответ уже засчитан.
daily-vote-unknown = Этого вопроса больше нет.
daily-forbidden = Не могу писать в чат, где по твоей просьбе выходил вопрос дня: у меня нет на это прав. Расписание спит. Верни мне право писать и отправь там /daily
