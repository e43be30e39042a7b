import gc, weakref

gc.disable()
class Node: pass

alone = Node()
weakref.finalize(alone, print, "alone: freed by counting")
alone = None
pair = Node()
pair.me = pair
weakref.finalize(pair, print, "cycle: freed by the collector")
pair = None
print("nothing more until a collection")
gc.collect()
