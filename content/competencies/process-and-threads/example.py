import threading


def work(number):
    shared.append(number)
    print("worked:", number, 6 // (number - 1))


shared = []
threading.excepthook = lambda args: print("one thread ended:", args.exc_type.__name__)
for thread in [threading.Thread(target=work, args=(number,)) for number in range(3)]:
    thread.start()
    thread.join()
print("the process goes on, shared =", shared)
