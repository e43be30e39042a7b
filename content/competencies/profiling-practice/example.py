import tracemalloc

cache = {}


def handle(request):
    cache[request] = bytes(10_000)


tracemalloc.start(5)
before = tracemalloc.take_snapshot()
for request in range(100):
    handle(request)
row = tracemalloc.take_snapshot().compare_to(before, "lineno")[0]
print("line", row.traceback[0].lineno, "grew by", row.size_diff // 1000, "kB in", row.count_diff, "blocks")
