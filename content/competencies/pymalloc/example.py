import sys

def block(size):
    return (size + 15) // 16 * 16 if size <= 512 else None

for thing in (1.5, [], {}, "x" * 100, b"x" * 479, b"x" * 480):
    size = sys.getsizeof(thing)
    place = f"block of {block(size)}" if block(size) else "malloc"
    print(f"{type(thing).__name__:6} {size:4} bytes -> {place}")

for size in (16, 64, 512):
    print(f"a 16 KiB pool has {(16384 - 48) // size} blocks of {size}")
