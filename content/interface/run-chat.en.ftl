command-run = Run code and see its memory
command-run-code = Python code; a file or a reply to a message works too
run-ask = Send me the code as your next message. A .py file or a reply to a message with code works too.
run-write = Write code
run-form-title = Python code
run-form-label = Program
run-too-long = That program is too long: I take up to { $limit } kB.
run-gone = I no longer have that program. Send it again: /run
