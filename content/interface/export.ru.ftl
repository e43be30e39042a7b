# Words of printed pages and exported decks.

export-title = Память Python · уровень { $level }
export-deck = Kucha: память Python, уровень { $level }
export-about = Вопросы и ответы для Python { $python }.
export-contents = Темы
export-answers = Ответы: { $name }
export-kind-multiple = Верных может быть несколько.
export-kind-order = Расставь по порядку.
export-kind-number = Ответ числом.
export-kind-word = Ответ одним словом или короткой строкой.
export-kind-recall = Ответь своими словами.
export-versions = Зависит от версии
export-version = Python
export-answer = Ответ
export-nothing = Для Python { $python } здесь вопросов нет.
