command-start = Say hello and set things up
command-explain = Explain a topic or a word
command-explain-words = a topic, a word or a question: slots, reference count, id()
command-ask = The next question
command-ask-level = level: 1, 2 or 3
command-ask-topic = topic, for example weak references
command-progress = What I know by now
command-settings = Language, level, zone, Python version, reviews, quiet hours
command-help = All commands
command-report = Report a mistake or propose a topic
command-report-words = what is wrong
command-export = Everything stored about me, in one file
command-forget = Erase everything stored about me

group-learn = Learn
group-me = About me
group-data = Data and mistakes

level-1 = Level 1: I know what it is
level-2 = Level 2: I can use it
level-3 = Level 3: I know how it is built
level-short = level { $level }
language-ru = Русский
language-en = English

welcome = Hi! I am kucha, Russian for “heap”. I help you understand how Python manages memory. Every answer is proved by running CPython, 3.11 to 3.15.
welcome-level = Where shall we start?
welcome-zone = What is your time zone? Your study days are counted by it.
welcome-python = Which Python are you preparing for? Some answers depend on it.
welcome-done = Done: level { $level }, { $zone }, Python { $python }. Change it any time in /settings.
welcome-try = Try /ask, or look something up: /explain slots
button-skip = Skip
button-ask = Ask me something
button-next = Next
button-wrong = This is wrong
button-run = Run it
button-ask-about = Ask me about this
button-answer = Answer
button-done = Done
button-reveal = Show the answer
button-back = Back
button-card = About {"\u201C"}{ $name }{"\u201D"}
button-write = Write

help-title = What I can do
help-hint = No command needed in a private chat: write a word or a question and I will find the card.

settings-title = Settings
settings-language = Language
settings-level = Level
settings-zone = Time zone
settings-python = Python
settings-zone-other = Another zone: /settings zone Tbilisi
settings-saved = Saved
settings-unknown-zone = I do not know the time zone “{ $zone }”. Give me a city, a name like Europe/London, or an offset: UTC+5.
settings-unknown = There are language, level, zone, python, retention and quiet. For example: /settings level 2

explain-empty = What shall I explain? Put the topic after the command: /explain slots
explain-several = Several topics fit. Which one?
explain-nothing = I have nothing on “{ $words }”.
explain-nearest = The nearest I have:
explain-propose = Missing a topic? Send /report with a few words about it.
card-level = level { $level }
card-details = More
card-sources = Sources
card-question = Question: { $prompt }

ask-nothing = I have no such questions. Try /ask on its own.
ask-unknown-topic = I do not know the topic “{ $words }”. Close ones:
ask-multiple = More than one may be right: tick them all, then Done.
ask-order = Tap them in order, first to last.
ask-number = Type a number.
ask-word = Type a word or a short line.
ask-recall = Recall the answer, then reveal it and grade yourself.
ask-form-title = Your answer
ask-form-label = Answer
ask-write = Send me your answer as a message.
ask-pick-something = Tick at least one option first.
ask-true = True
ask-false = False
ask-picked = Order: { $items }
ask-python = Python { $python }
grade-1 = Forgot
grade-2 = Hard
grade-3 = Knew it
grade-4 = Easy

verdict-right = Right
verdict-wrong = No
verdict-noted = Noted
verdict-answer = The answer:
verdict-yours = Yours:
verdict-compared = I read your answer as “{ $compared }”.
quotation-marks = “”
verdict-misconception = A common mistake:
verdict-again = You will see this one again { $when }.
when-soon = today
when-tomorrow = tomorrow
when-day = { $day ->
    [0] on Monday
    [1] on Tuesday
    [2] on Wednesday
    [3] on Thursday
    [4] on Friday
    [5] on Saturday
   *[6] on Sunday
}
when-date = on { $date }

sheet-unknown = That question is gone. Take a new one: /ask
sheet-foreign = That is somebody else’s question. Your own: /ask
sheet-answered = Your answer has been counted already.
sheet-option = There is no such option here.

report-ask = What is wrong? Write it in one message; I will pass it to the author with the question.
report-form-title = What is wrong?
report-form-label = A few words for the author
report-thanks = Thank you! Noted as number { $number }. The author will check and fix it.
report-ran = I ran the program in your message: the author will see what it printed.

forget-confirm = Erase everything: progress, answers, settings and reports? This cannot be undone.
forget-yes = Erase
forget-no = Keep
forget-done = Everything is erased. If you come back, we start afresh: /start
forget-kept = Nothing was touched.
export-done = Everything that is stored about you.

unknown-command = I do not know /{ $name }. All commands: /help
unknown-button = That button no longer works. Start again: /ask or /help
unknown-words = I did not get that. Write a word or a question about Python’s memory, or look at /help
too-long = That is long: I read the first { $limit } characters.
broken = Something broke on my side, not yours. Try again; if it stays, send /report with the number { $incident }.
slow-down = You are faster than I am. I will answer again in a few seconds.

terminal-counts = { $topics ->
    [one] one topic
   *[other] { $topics } topics
}, { $questions ->
    [one] one question
   *[other] { $questions } questions
}
terminal-runs = /run is ready ({ $pythons })
terminal-hint = /explain slots   /ask   /quiz   /help   leave: Ctrl-D
terminal-hint-runs = /explain slots   /ask   /run   /quiz   /help   leave: Ctrl-D
