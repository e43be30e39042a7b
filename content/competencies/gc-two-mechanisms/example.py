import gc


class Node:
    pass


gc.collect()
a, b = Node(), Node()
a.peer, b.peer = b, a
del a, b
print("thresholds:", gc.get_threshold())
print("found in cycles:", gc.collect())
