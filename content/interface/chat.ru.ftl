command-start = Знакомство и настройка
command-explain = Объяснить тему или слово
command-explain-words = тема, слово или вопрос: slots, счётчик ссылок, id()
command-ask = Следующий вопрос
command-ask-level = уровень: 1, 2 или 3
command-ask-topic = тема: например, слабые ссылки
command-progress = Что я уже знаю
command-settings = Язык, уровень, пояс, версия Python, повторы, тихие часы
command-help = Все команды
command-report = Сообщить об ошибке или предложить тему
command-report-words = что не так
command-export = Всё, что обо мне хранится, одним файлом
command-forget = Стереть всё, что обо мне хранится

group-learn = Учиться
group-me = Про меня
group-data = Данные и ошибки

level-1 = Уровень 1: знаю, что это
level-2 = Уровень 2: умею пользоваться
level-3 = Уровень 3: знаю, как устроено
level-short = уровень { $level }
language-ru = Русский
language-en = English

welcome = Привет! Я куча: помогаю разобраться, как Python управляет памятью. Каждый ответ проверен запуском CPython, от 3.11 до 3.15.
welcome-level = С чего начнём?
welcome-zone = Какое у тебя время? По нему считаются дни занятий.
welcome-python = К какой версии Python готовишься? От неё зависят ответы.
welcome-done = Готово: уровень { $level }, { $zone }, Python { $python }. Поменять можно в /settings.
welcome-try = Попробуй /ask или спроси словами: /explain slots
button-skip = Пропустить
button-ask = Задай вопрос
button-next = Дальше
button-wrong = Тут ошибка
button-run = Запустить пример
button-ask-about = Спроси меня
button-answer = Ответить
button-done = Готово
button-reveal = Показать ответ
button-back = Назад
button-card = Про «{ $name }»
button-write = Написать

help-title = Что я умею
help-hint = Можно и без команд: напиши в личку слово или вопрос, и я найду карточку.

settings-title = Настройки
settings-language = Язык
settings-level = Уровень
settings-zone = Часовой пояс
settings-python = Python
settings-zone-other = Другой пояс: /settings zone Тбилиси
settings-saved = Сохранил
settings-unknown-zone = Не знаю часового пояса «{ $zone }». Назови город, зону вида Asia/Almaty или сдвиг: UTC+5.
settings-unknown = Есть language, level, zone, python, retention и quiet. Например: /settings level 2

explain-empty = Про что рассказать? Напиши тему после команды: /explain slots
explain-several = Нашлось несколько тем. Какую открыть?
explain-nothing = Про «{ $words }» у меня ничего нет.
explain-nearest = Ближе всего вот это:
explain-propose = Темы не хватает? Напиши /report и пару слов о ней.
card-level = уровень { $level }
card-details = Подробнее
card-sources = Источники
card-question = Вопрос: { $prompt }

ask-nothing = Таких вопросов у меня нет. Попробуй /ask без уточнений.
ask-unknown-topic = Не знаю темы «{ $words }». Вот близкие:
ask-multiple = Верных может быть несколько: отметь все и нажми «Готово».
ask-order = Нажимай по порядку, от первого к последнему.
ask-number = Напиши число.
ask-word = Напиши ответ одним словом или короткой строкой.
ask-recall = Вспомни ответ, потом открой и оцени себя.
ask-form-title = Твой ответ
ask-form-label = Ответ
ask-write = Жду ответ сообщением.
ask-pick-something = Сначала отметь хотя бы один вариант.
ask-true = Верно
ask-false = Неверно
ask-picked = Порядок: { $items }
ask-python = Python { $python }
grade-1 = Не вспомнил
grade-2 = С трудом
grade-3 = Вспомнил
grade-4 = Легко

verdict-right = Верно
verdict-wrong = Нет
verdict-noted = Записал
verdict-answer = Правильно:
verdict-yours = Твой ответ:
verdict-compared = Я прочитал ответ как «{ $compared }».
quotation-marks = «»
verdict-misconception = Частая ошибка:
verdict-again = Спрошу ещё раз { $when }.
when-soon = сегодня
when-tomorrow = завтра
when-day = { $day ->
    [0] в понедельник
    [1] во вторник
    [2] в среду
    [3] в четверг
    [4] в пятницу
    [5] в субботу
   *[6] в воскресенье
}
when-date = { $date }

sheet-unknown = Этого вопроса больше нет. Возьми новый: /ask
sheet-foreign = Это вопрос другого человека. Свой: /ask
sheet-answered = Ответ уже засчитан.
sheet-option = Такого варианта здесь нет.

report-ask = Что не так? Напиши одним сообщением, я передам автору вместе с вопросом.
report-form-title = Что не так?
report-form-label = Пара слов для автора
report-thanks = Спасибо! Записал под номером { $number }. Автор проверит и исправит.
report-ran = Программу из сообщения я запустил: автор увидит, что она напечатала.

forget-confirm = Стереть всё: прогресс, ответы, настройки и сообщения об ошибках? Вернуть будет нельзя.
forget-yes = Стереть
forget-no = Оставить
forget-done = Стёр всё, что было. Если вернёшься, начнём сначала: /start
forget-kept = Ничего не тронул.
export-done = Всё, что о тебе хранится.

unknown-command = Не знаю команды /{ $name }. Все команды: /help
unknown-button = Эта кнопка больше не работает. Начни заново: /ask или /help
unknown-words = Не понял. Напиши слово или вопрос про память в Python, либо загляни в /help
too-long = Слишком длинно: читаю первые { $limit } символов.
broken = Что-то сломалось у меня, не у тебя. Попробуй ещё раз; если повторится, напиши /report и номер { $incident }.
slow-down = Не успеваю за тобой. Отвечу, когда станет потише: через несколько секунд.

terminal-counts = { $topics ->
    [one] { $topics } тема
    [few] { $topics } темы
   *[other] { $topics } тем
}, { $questions ->
    [one] { $questions } вопрос
    [few] { $questions } вопроса
   *[other] { $questions } вопросов
}
terminal-runs = /run готов ({ $pythons })
terminal-hint = /explain slots   /ask   /quiz   /help   выход: Ctrl-D
terminal-hint-runs = /explain slots   /ask   /run   /quiz   /help   выход: Ctrl-D
