run-silent = ничего не напечатано
run-exit-status = код выхода { $status }
run-seconds = { $value } с
run-milliseconds = { $value } мс
run-microseconds = { $value } мкс
run-nanoseconds = { $value } нс

run-outcome-finished = готово
run-outcome-error = ошибка
run-outcome-timed-out = не уложилось во время
run-outcome-memory-limit = не хватило памяти
run-outcome-too-many-processes = слишком много процессов
run-outcome-output-limit = слишком много вывода
run-outcome-disk-full = кончилось место
run-outcome-killed = процесс убит
run-outcome-busy = Все песочницы заняты{ $place ->
    [0] { "" }
   *[other] , ты в очереди { $place }-й
  }
run-outcome-unavailable = /run сейчас не работает

run-advice-stdin = Программе нечего читать: допиши под кодом строку --- stdin, а под ней то, что вводишь.
run-advice-error = Последняя строка говорит, что случилось, а строка над ней — где. Исправь сообщение с кодом, и я запущу его ещё раз.
run-advice-timed-out = Остановил по времени. Бесконечный цикл? Попробуй for i in range(10).
run-advice-memory-limit = Попробуй те же структуры, но в сто раз меньше: счётчики ссылок будут те же.
run-advice-too-many-processes = Хватит двух процессов или десятка потоков: возьми Pool(2) вместо большего.
run-advice-output-limit = Остановил, потому что вывода слишком много: печатай итог, а не каждый шаг.
run-advice-disk-full = Файлы не поместились на диск песочницы: пиши меньше или удаляй лишнее по дороге.
run-advice-killed = Процесс убит сигналом { $signal }: так падает код на C или вызов вроде os.kill. Убери его и запусти снова.
run-advice-busy = Попробуй ещё раз через несколько секунд.
run-advice-unavailable-wall = Песочница на этом сервере не поднимается, поэтому чужой код я не запускаю. Остальное работает.
run-advice-unavailable-no-such-python = Python { $python } здесь нет. Список версий видно в /settings.
run-advice-unavailable-code-too-long = Программа слишком длинная: пришли кусок поменьше.
run-advice-unavailable-executor-unreachable = Песочница не отвечает. Попробуй через минуту.

run-column-names = имена
run-column-value = значение
run-column-refs = ссылок
run-column-id = id
run-column-size = байт
run-column-line = строка
run-column-changes = что изменилось

run-uncounted-immortal = бессмертный, не считается
run-uncounted-cached = один на всех, не считается
run-uncounted-interned = интернирована, одна на всех
run-uncounted-shared = общий с интерпретатором
run-uncounted-deferred = в этой сборке счёт отложен
run-unnamed = ещё { $count }
run-more-objects = { $count ->
    [one] И ещё { $count } объект.
    [few] И ещё { $count } объекта.
   *[many] И ещё { $count } объектов.
  }
run-more-steps = { $count ->
    [one] И ещё { $count } шаг.
    [few] И ещё { $count } шага.
   *[many] И ещё { $count } шагов.
  }
run-more-instructions = { $count ->
    [one] И ещё { $count } инструкция.
    [few] И ещё { $count } инструкции.
   *[many] И ещё { $count } инструкций.
  }

run-badge-lost = потерян, ждёт gc
run-badge-in-cycle = в цикле
run-badge-small-int = малое целое
run-badge-interned = интернирована
run-badge-weakly-referenced = есть слабая ссылка
run-badge-gc-tracked = gc

run-ref-constant = константа кода
run-ref-closure = замыкание { $of }
run-ref-defaults = значения по умолчанию { $of }
run-ref-key = ключ { $of }
run-ref-inside = внутри { $of }
run-ref-type = тип { $of }
run-ref-local = локальная в { $of }

run-trace-nothing = Ни одна строка ничего не изменила в памяти.
run-change-created = { $object } создан, { $after ->
    [one] { $after } ссылка
    [few] { $after } ссылки
   *[many] { $after } ссылок
  }
run-change-incremented = { $object } { $before } → { $after }
run-change-decremented = { $object } { $before } → { $after }
run-change-freed = { $object } освобождён
run-change-lost = { $object } без имён, но жив: его держит цикл
run-change-collected = { $object } собрал gc
run-change-bound = { $name } = { $after }
run-change-rebound = { $name }: { $before } → { $after }
run-change-unbound = { $name } больше нет

run-graph-alt = Граф: имена, объекты и сколько на них ссылок; циклы оранжевые
run-graph-missing = Нарисовать граф не вышло: на этом сервере нет Graphviz.
run-timing = Лучшее время { $best } за запуск, медиана { $median } ({ $repeats } серий по { $loops }).

run-button-memory = Память
run-button-trace = По шагам
run-button-graph = Граф
run-button-bytecode = Байт-код
run-button-timing = Время
run-button-compare = Сравнить версии
run-button-again = Ещё раз

run-compare-same = Одинаково на всех версиях ({ $versions })
run-compare-different = На разных версиях по-разному
run-compare-objects = Отличаются ссылки или размеры (ссылок · байт):

run-note-getrefcount-argument = getrefcount видит ещё и свой аргумент, поэтому печатает на единицу больше, чем в таблице.
run-note-getrefcount-borrowed = С 3.14 локальная переменная даётся getrefcount взаймы: внутри функции лишней единицы нет.
run-note-ids-repeat = Адреса и хеши в песочнице повторяются от запуска к запуску: не делай из этого выводов.
run-note-memory-partial = Объектов очень много, я посмотрел не все: часть ссылок осталась без имени.
run-note-memory-failed = Память посмотреть не удалось: программа что-то сломала в интерпретаторе.
run-note-trace-cut = Шагов слишком много, показано начало.
run-note-trace-failed = По шагам показать не вышло.
run-note-bytecode-failed = Байт-код показать не вышло.
run-note-bytecode-cut = Байт-код длинный, показано начало.
run-note-timing-failed = Время измерить не вышло: при повторном запуске программа падает.

run-output-lines = { $lines ->
    [one] … ещё { $lines } строка …
    [few] … ещё { $lines } строки …
   *[many] … ещё { $lines } строк …
  }
run-output-characters = { $characters ->
    [one] … ещё { $characters } символ …
    [few] … ещё { $characters } символа …
   *[many] … ещё { $characters } символов …
  }
