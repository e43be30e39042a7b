import weakref

class Photo:
    def __init__(self, name): self.name = name

cache = weakref.WeakValueDictionary()
photo = Photo("cat.png")
cache["cat"] = photo
watch = weakref.ref(photo)
print("alive:", watch().name, "| cached:", list(cache))
photo = None
print("after the last strong reference:", watch(), "| cached:", list(cache))
cache["dog"] = Photo("dog.png")
print("a temporary does not stay:", list(cache))
