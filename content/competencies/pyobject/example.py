import ctypes, sys

number = 1.5
second = ctypes.c_void_p.from_address(id(number) + 8).value
data = ctypes.c_double.from_address(id(number) + 16).value
print("second field points to the type:", second == id(float))
print("the value lies behind the header:", data)

for thing in (1, 1.5, "", (), []):
    own, full = thing.__sizeof__(), sys.getsizeof(thing)
    print(f"{type(thing).__name__:6} own {own}, GC header {full - own}")

print("a list of one huge string:", sys.getsizeof(["x" * 10_000]))
