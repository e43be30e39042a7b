import dis


def total(price, count):
    return price * count


print("at module level:")
for step in dis.get_instructions(compile("c = a + b", "demo", "exec")):
    print("  ", step.opname, step.argrepr)
for _ in range(1000):
    total(3, 4)
print("a hot function:", [s.opname for s in dis.get_instructions(total, adaptive=True)])
