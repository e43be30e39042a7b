import array
import sys

numbers = range(100_000)
raw = array.array("i", numbers)
boxed = list(numbers)
print("range     ", sys.getsizeof(numbers))
print("generator ", sys.getsizeof(n for n in numbers))
print("array     ", sys.getsizeof(raw))
print("list      ", sys.getsizeof(boxed), "+ the int objects")
print("set       ", sys.getsizeof(set(boxed)), "+ the same objects")
del boxed[10:]
print("list after del", sys.getsizeof(boxed))
