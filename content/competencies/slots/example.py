class Plain:
    pass


class Slim:
    __slots__ = ("x",)


for cls in (Plain, Slim):
    try:
        cls().typo = 1
        print(cls.__name__, "accepts any attribute")
    except AttributeError as error:
        print(cls.__name__, "refuses:", error)
