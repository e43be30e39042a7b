import gc


class Node:
    pass


gc.collect()
gc.set_debug(gc.DEBUG_SAVEALL)
node = Node()
node.me = node
del node
print("found:", gc.collect())
print("kept for us:", [type(o).__name__ for o in gc.garbage])
