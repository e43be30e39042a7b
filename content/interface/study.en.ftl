command-pause = Take a break: nothing is sent, the streak is kept
command-pause-days = how long: 10d, 2 weeks; off to end it

button-hint = Hint
hint-title = Hint
hint-counts = The question is still yours to answer. Right with a hint counts as hard, so it comes back sooner.
hint-none = A hint would give the whole answer away here. Try without.
verdict-eased-hint = Counted as hard: with a hint.
verdict-eased-second-look = Counted as hard: at the second look.

settings-retention = Remember
settings-retention-value = { $percent }%
settings-retention-about = The share of questions you want to remember when I ask again. The more, the more often I ask. Any other number from 70 to 97: /settings retention 88
settings-unknown-retention = A percentage from 70 to 97, please. For example: /settings retention 85
settings-quiet = Quiet hours
settings-quiet-off = off
settings-quiet-about = When the question of the day is late (say, I was away), it does not come in these hours. On time it always comes. Other hours: /settings quiet 22-8
settings-unknown-quiet = I did not get these hours. For example: /settings quiet 22-8. To have none: /settings quiet off

pause-none = No break right now. During one I send nothing, your streak sleeps, and reviews wait and come back bit by bit. How long?
pause-now = On a break. I am back on { $date }. Your streak sleeps, reviews wait.
pause-begun = Quiet now. I am back on { $date }. Your streak sleeps, and reviews come back bit by bit, up to { $daily } a day.
pause-ended = Welcome back! The break is over, and your streak goes on from today.
pause-not-on = There is no break to end. Begin one: /pause 10d
pause-unknown = I did not get how long. For example: /pause 10d or /pause 2 weeks, a year at most. To end it: /pause off
pause-days = { $days ->
    [one] { $days } day
   *[other] { $days } days
}
pause-end = End the break
