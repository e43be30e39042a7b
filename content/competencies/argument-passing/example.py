def rebind(items): items = items + ["tea"]
def mutate(items): items.append("tea")
def add(item, box=[]):
    box.append(item)
    return box

cart = ["milk"]
rebind(cart)
print("after rebind:", cart)
mutate(cart)
print("after mutate:", cart)
print("first call: ", add("a"))
print("second call:", add("b"), "- the default list is shared")
