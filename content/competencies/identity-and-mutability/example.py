def show(label, before, after):
    print(f"{label:18} same object: {before is after}")

numbers = alias = [1, 2]
numbers += [3]
show("list +=", alias, numbers)
numbers = numbers + [4]
show("list = list + ...", alias, numbers)

point = alias = (1, 2)
point += (3,)
show("tuple +=", alias, point)

print("two dead lists, one address:", id([]) == id([]))
