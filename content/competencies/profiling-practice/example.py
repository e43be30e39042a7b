import tracemalloc


def handle(request, cache):
    cache[request] = bytes(10_000)


tracemalloc.start(5)
before = tracemalloc.take_snapshot()
kept = {}
for request in range(100):
    handle(request, kept)
row = tracemalloc.take_snapshot().compare_to(before, "lineno")[0]
print("line", row.traceback[0].lineno, "grew by", row.size_diff // 1000, "kB in", row.count_diff, "blocks")
