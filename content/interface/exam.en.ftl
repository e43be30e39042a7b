command-exam = A mock interview
command-exam-level = level: 1, 2 or 3

exam-title = Mock interview
exam-frame = { $questions ->
    [one] One question
   *[other] { $questions } questions
}, { $minutes ->
    [one] one minute
   *[other] { $minutes } minutes
}. You pass with { $percent }%.
exam-rules = Some answers you pick, some you type, some you tell in your own words and check against a list. What was right comes at the end. If you have to leave, /exam brings you back, but the clock keeps running.
exam-start = Start

exam-running = Your interview is under way: level { $level }, question { $number } of { $total }, { $left } left.
exam-continue = Continue
exam-stop = Give up
exam-left = { $left } left
exam-tell = Say it aloud or write it as a message, then open the checklist.
exam-reveal = Show the checklist
exam-tick = Tick what you really said, then Done.

exam-passed = Passed: { $percent }%
exam-failed = Not yet: { $percent }%, you need { $needed }%
exam-time = { $spent } of { $given }
exam-level = Level { $passed } passed, you are on level { $level }.
exam-highest = Level 3 passed, and there is no higher one. Congratulations: an interviewer will find it hard to surprise you.
exam-part = Asked as
exam-credit = Right
exam-part-choice = choice
exam-part-order = order
exam-part-typed = number or word
exam-part-recall = telling
exam-of = { NUMBER($credit, maximumFractionDigits: 1) } of { $total }
exam-unanswered = { $count ->
    [one] One question was left unanswered.
   *[other] { $count } questions were left unanswered.
}
exam-missed = What went wrong: { $count }
exam-unsaid = Left out:
exam-plan = What to work on
exam-plan-how = First the card, then the questions of the topic. What you missed will come back in /ask.
exam-plan-card = Card { $number }
exam-plan-ask = Questions { $number }

exam-nothing = I have nothing to ask on this level yet. Try another one: /exam 1
exam-unknown-level = Levels are 1, 2 and 3. For example: /exam 2
exam-unknown = That interview is gone. Start a new one: /exam
exam-foreign = That is somebody else’s interview. Your own: /exam
exam-answered = Your answer to this question is in already.
