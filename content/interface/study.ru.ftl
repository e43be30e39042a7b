command-pause = Пауза: ничего не присылать, серию не прерывать
command-pause-days = на сколько: 10d, 2 недели; off — закончить

button-hint = Подсказка
hint-title = Подсказка
hint-counts = Вопрос ждёт ответа. Верный с подсказкой засчитаю как трудный и спрошу снова пораньше.
hint-none = Здесь подсказка выдала бы ответ целиком. Попробуй без неё.
verdict-eased-hint = Засчитал как трудный: с подсказкой.
verdict-eased-second-look = Засчитал как трудный: со второй попытки.

settings-retention = Помнить
settings-retention-value = { $percent } %
settings-retention-about = Какую долю вопросов ты хочешь вспоминать, когда я спрашиваю снова. Чем она больше, тем чаще повторы. Другое число от 70 до 97: /settings retention 88
settings-unknown-retention = Нужен процент от 70 до 97. Например: /settings retention 85
settings-quiet = Тихие часы
settings-quiet-off = выключены
settings-quiet-about = Если вопрос дня опоздает (например, я был недоступен), в эти часы я с ним не приду. Вовремя он приходит всегда. Другие часы: /settings quiet 22-8
settings-unknown-quiet = Не понял часы. Например: /settings quiet 22-8. Выключить: /settings quiet off

pause-none = Паузы сейчас нет. На паузе я ничего не присылаю, серия спит, а повторы ждут и потом возвращаются понемногу. Надолго?
pause-now = Пауза. Вернусь { $date }. Серия спит, повторы ждут.
pause-begun = Молчу. Вернусь { $date }. Серия спит, а повторы потом вернутся понемногу, до { $daily } в день.
pause-ended = С возвращением! Пауза закончилась, серия продолжается с сегодняшнего дня.
pause-not-on = Паузы и так нет. Начать: /pause 10d
pause-unknown = Не понял, на сколько. Например: /pause 10d или /pause 2 недели, самое большее на год. Закончить: /pause off
pause-days = { $days ->
    [one] { $days } день
    [few] { $days } дня
   *[other] { $days } дней
}
pause-end = Закончить паузу
