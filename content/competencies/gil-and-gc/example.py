import threading

barrier = threading.Barrier(3)
arrived = []


def work():
    arrived.append(barrier.wait(timeout=5))


threads = [threading.Thread(target=work) for _ in range(3)]
[t.start() for t in threads]
[t.join() for t in threads]
print(len(arrived), "threads waited for each other, GIL or no GIL")
