import tracemalloc

early = bytearray(5_000_000)
tracemalloc.start()
late = bytearray(1_000_000)
current, peak = tracemalloc.get_traced_memory()
print("traced:", current // 1000, "KB; the early five megabytes are not there")

del late
current, peak = tracemalloc.get_traced_memory()
print("after del:", current // 1000, "KB; peak:", peak // 1000, "KB")
