class Thing:
    def __del__(self):
        print("ended")


thing = Thing()
print("last line")
