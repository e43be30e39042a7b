import sys

a = "".join(["mem", "ory"])
b = "".join(["me", "mory"])
print("equal:", a == b, "| same object:", a is b)
print("after sys.intern:", sys.intern(a) is sys.intern(b))

top = 0
while int(str(top + 1)) is int(str(top + 1)):
    top += 1
print("cached ints go up to", top)

print("() is one for all:", tuple([]) is ())
print("a non-empty tuple is not:", tuple([1]) is tuple([1]))
