class Thing:
    __slots__ = ()

    def __del__(self):
        print("ended")


thing = Thing()
print("last line")
