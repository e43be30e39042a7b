command-daily = A question a day, at your hour
command-daily-when = for example: 9:30 weekdays; off; now

daily-title = Question of the day
daily-offer = I can send you a question a day: first what you are about to forget, then something new. When?
daily-offer-group = I can ask a question a day here. Everybody answers, and each answer counts for whoever gave it. When? Administrators decide.
daily-example = Or type it: /daily 9:30 weekdays, Berlin
daily-example-group = Or type it: /daily 9:30 weekdays, Berlin, level 2
daily-when = { $days } at { $time } ({ $zone }).
daily-group-level = Level { $level }, Python { $python }.
daily-next = The next three:
daily-change = To change it: /daily 21:00 mon wed fri
daily-terminal = Here I can ask only while this chat is open. What came due before, I ask as soon as you open it.
daily-now = Now
daily-off = Switch off
daily-days-every = Every day
daily-days-work = On weekdays
daily-days-weekend = At weekends
daily-day-1 = Mon
daily-day-2 = Tue
daily-day-3 = Wed
daily-day-4 = Thu
daily-day-5 = Fri
daily-day-6 = Sat
daily-day-7 = Sun
daily-stopped = No more daily questions. To have them back: /daily
daily-not-on = The daily question is off here. To switch it on: /daily 9:30
daily-soon = Here it comes.
daily-had = Today's question was here already. The next one comes on schedule.
daily-not-understood = I do not understand “{ $word }”. Give a time, and if you like days and a city: /daily 9:30 weekdays, Berlin
daily-no-time = At what time? For example: /daily 9:30
daily-level-private = In private you have one level for everything: /settings level { $level }. Here just give a time: /daily 9:30
daily-managers-only = A chat's schedule is changed by its administrators. You can always have your own in private: /daily
daily-hello = 🕘 Question of the day
daily-missed = { $count ->
    [one] One question was missed: I was away.
   *[other] { $count } questions were missed: I was away.
}
daily-yesterday = Last time { $right } of { $people } knew it. The answer: { $answer }.
daily-mistake = The most common wrong idea: { $belief }.
daily-wrong-pick = The wrong answer picked most: { $option }.
daily-voted = Your answer counts already.
daily-vote-unknown = This question is gone.
daily-forbidden = I may not write to the chat where you switched the daily question on, so its schedule sleeps. Let me write there again, then send /daily there
