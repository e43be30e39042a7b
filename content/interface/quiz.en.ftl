command-quiz = A quiz against each other, or against the clock
command-quiz-topic = topic, for example weak references
command-quiz-level = level: 1, 2 or 3
command-quiz-rounds = how many rounds
command-quiz-seconds = seconds to answer
command-quiz-mode = each for themselves, teams, or last one standing
command-quiz-action = what to do with the game that is on
command-quiz-every = this chat’s league: friday 18:00

quiz-title = Quiz
quiz-everything = all topics
quiz-seconds = { $seconds } s
quiz-frame = { $rounds ->
    [one] { $rounds } round
   *[other] { $rounds } rounds
} of { $seconds } s
quiz-mode-all = each for themselves
quiz-mode-teams = teams
quiz-mode-alone = against the clock
quiz-mode-last = last one standing
quiz-points = { $score }
quiz-scoring = A right answer brings { $least } to { $most } points, the faster the more; a streak adds up to { $streak }, and a mistake costs nothing.
quiz-how-teams = The team with the best average wins.
quiz-how-last = A wrong answer, or none, and you are out; the last one left wins, and points decide between equals.
quiz-changes-no = One answer, no changing it.
quiz-changes-yes = You may change your answer while the round is open.

quiz-setup-go = ▶ Play
quiz-setup-typed = Quicker in words: /quiz weak references 2 10 30
quiz-setup-topic = Topic
quiz-setup-level = Level
quiz-setup-rounds = Rounds
quiz-setup-seconds = Time to answer
quiz-setup-mode = Who wins
quiz-setup-change = Change answers
quiz-setup-change-no = no
quiz-setup-change-yes = yes

quiz-joined-none = Nobody yet. One tap and you are in.
quiz-joined = { $count ->
    [one] { $count } playing: { $names }
   *[other] { $count } playing: { $names }
}
quiz-and-more = and { $count } more
quiz-starts = Starts in { $seconds } s.
quiz-starts-minutes = { $minutes ->
    [one] Starts in one minute.
   *[other] Starts in { $minutes } minutes.
}
quiz-put-off = Many games are on right now, and more would make them all late. This one starts at { $time } ({ $zone }), or sooner.
quiz-put-off-minutes = { $minutes ->
    [one] Many games are on right now, and more would make them all late. This one starts in a minute, or sooner.
   *[other] Many games are on right now, and more would make them all late. This one starts in { $minutes } minutes, or sooner.
}
quiz-button-join = Join
quiz-button-start = Start
quiz-button-cancel = Cancel
quiz-team-1 = Heap
quiz-team-2 = Stack
quiz-no-team = no team yet
quiz-lobby-over = The game is on. You can still join.
quiz-lobby-ended = This game is over. A new one: /quiz
quiz-lobby-paused = Paused; the start will wait.
quiz-nameless = player

quiz-round = Round { $number } of { $total }
quiz-round-time = { $seconds } s to answer
quiz-poll-who = Points are for those in the game. To get in: “Join” at the start, or /quiz join
quiz-answered = { $answered } of { $players } answered
quiz-write = Tap “Answer”, or reply to this message.
quiz-write-alone = Send your answer as a message.
quiz-order = Tap them in order, first to last; the last tap sends your answer.
quiz-round-over = { $count ->
    [0] Round closed.
    [one] Round closed, one answer.
   *[other] Round closed, { $count } answers.
}

quiz-answer = The answer:
quiz-right-count = { $right } of { $answered } got it right.
quiz-nobody-answered = Nobody answered this round.
quiz-skipped = Round skipped, no points for it.
quiz-left = Still in: { $names }
quiz-left-nobody = Everybody is out.
quiz-your-score = Points: { $score } (+{ $points })
quiz-won = { $names } wins
quiz-won-team = Team { $names } wins
quiz-drawn = A draw: { $names }
quiz-no-winner = Nobody scored this time. Rematch?
quiz-stopped-early = The game was stopped
quiz-alone-result = { $right } of { $total } right
quiz-team-score = { $team }: { $score } on average
quiz-right-of = { $right } of { $total } right
quiz-alone-score = Points: { $score }
quiz-average = on average
quiz-rating-up = rating { $rating } (+{ $change })
quiz-rating = rating { $rating }
quiz-title-flawless = Not a single mistake: { $names }
quiz-title-streak = The longest streak: { $names }
quiz-missed = The hardest
quiz-missed-alone = Coming back in /ask
quiz-missed-share = missed by { $percent }%
quiz-button-rematch = Rematch
quiz-button-weak = My weak spot
quiz-picture-title = Results of the quiz
quiz-notice-resumed = I was away for a moment and am back. The round goes on with the time it had left.
quiz-notice-closed-while-away = I was away, and the round’s time ran out. Answers that came in time count.
quiz-notice-not-delivered = I could not show the question. This round is skipped, and nobody loses points.
quiz-notice-paused = Paused. To go on: /quiz resume
quiz-notice-nobody = Nobody came, so the game did not start. To try again: /quiz
quiz-notice-stopped = The game was stopped. Thank you for playing!

quiz-receipt-taken = Got it
quiz-receipt-taken-as = Got it: { $answer }
quiz-receipt-changed = Answer changed
quiz-receipt-changed-as = Now: { $answer }
quiz-receipt-already = Your answer is in and cannot be changed.
quiz-receipt-late = Too late: this round is closed.
quiz-paused = Paused: the clock stands still, and no answers are taken.
quiz-type = Reply to this message; your first answer counts.
quiz-receipt-stranger = You are not in the game yet. To join: /quiz join
quiz-receipt-out = You are out of this game. The next one is soon.
quiz-receipt-invalid = There is no such option here.
quiz-ticked = Ticked: { $letters }. To send them: “Done”
quiz-ticked-none = Nothing ticked.
quiz-ordered = Order: { $letters }

quiz-joined-you = You are in!
quiz-joined-team = You are on team { $team }
quiz-left-you = You have left the game. To come back: /quiz join
quiz-ready = Get ready…
quiz-closed = Too late to join: last one standing has begun. The next game has a place for you.
quiz-opened = The lobby is in the chat.
quiz-done-start = Here we go!
quiz-done-stop = The game is stopped.
quiz-done-skip = The round is skipped.
quiz-done-pause = Paused.
quiz-done-pause-later = We pause after this round’s answer. To play on: /quiz resume
quiz-done-resume = On we go.
quiz-busy = A game is on here already. To join: /quiz join
quiz-none = Nobody is playing here. To start: /quiz
quiz-gone = That game is over. A new one: /quiz
quiz-not-allowed = That is for the host of the game and the administrators.
quiz-not-now = Not now: the game is not at that point.
quiz-nothing-to-ask = I have no questions like that. Try another level or topic.
quiz-unknown-topic = I do not know the topic “{ $words }”. Close ones:
quiz-out-of-range = Games have { $fewest } to { $most } rounds, of { $shortest } to { $longest } seconds each. For example: /quiz 2 10 30
quiz-alone-only = In private you play alone, against the clock. Teams and last one standing are for groups.

quiz-weak-spot = What went worst: { $topic }. What you missed will come back in /ask.
quiz-weak-none = No weak spot to be seen: you made no mistakes.
quiz-note-for-host = Host, there is a note for you behind “My weak spot”.
quiz-note-for-admins = Admins, there is a note for you behind “My weak spot”.
quiz-flagged = For your eyes only: these players kept answering faster than people can, or at the very same moment as each other. { $names }
quiz-weak-stranger = You were not in that game. In the next one you can be: /quiz

quiz-league-set = { $days } at { $time } ({ $zone }) there is a quiz here, level { $level }.
quiz-league-next = The next three:
quiz-league-off = To switch it off: /quiz off
quiz-league-stopped = The league is off. To have it back: /quiz every friday 18:00
quiz-league-not-on = There is no league here. To start one: /quiz every friday 18:00
quiz-league-no-time = At what time? For example: /quiz every friday 18:00
quiz-league-not-understood = I do not understand “{ $word }”. For example: /quiz every friday 18:00, Berlin, level 2
quiz-league-managers = A chat’s schedule is changed by its administrators. Anybody may play right now: /quiz
quiz-league-groups = Leagues are for groups. You can play against the clock right now: /quiz
