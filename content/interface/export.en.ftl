# Words of printed pages and exported decks.

export-title = Python’s memory · level { $level }
export-deck = Kucha: Python’s memory, level { $level }
export-about = Questions and answers for Python { $python }.
export-contents = Topics
export-answers = Answers: { $name }
export-kind-multiple = Several may be right.
export-kind-order = Put these in order.
export-kind-number = Answer with a number.
export-kind-word = Answer with a word or a short string.
export-kind-recall = Answer in your own words.
export-versions = Depends on the version
export-version = Python
export-answer = Answer
export-nothing = There are no questions for Python { $python } here.
