def make_counter():
    total = 0

    def add(step):
        nonlocal total
        total += step
        return total

    return add


counter = make_counter()
print(counter(2), counter(3), counter.__code__.co_varnames)
print("cell:", counter.__code__.co_freevars, counter.__closure__[0].cell_contents)
