class Box:
    def __del__(self):
        print("box freed")

def plain():
    box = Box()
    print("locals of plain:", list(locals()))
def captured():
    box = Box()
    return lambda: box

plain(); print("plain() returned")
keep = captured(); print("captured() returned, the cell holds the box")
del keep
