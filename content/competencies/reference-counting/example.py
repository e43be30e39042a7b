import sys

item = object()
base = sys.getrefcount(item)
print("one name:", sys.getrefcount(item) - base)
other = item
print("second name:", sys.getrefcount(item) - base)
box = [item, item]
print("twice in a list:", sys.getrefcount(item) - base)
del other
print("after del:", sys.getrefcount(item) - base)
box.clear()
print("after clear:", sys.getrefcount(item) - base)
