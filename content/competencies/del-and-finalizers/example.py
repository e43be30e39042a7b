import weakref

class Door:
    def __init__(self, name): self.name = name
    def __del__(self): print("  __del__ of", self.name)

first = second = Door("front")
del first
print("one name is gone, the door is still there")
second = None
print("now it was the last one")
back = Door("back")
weakref.finalize(back, print, "  finalize: at most once, at exit too")
print("end of the script")
