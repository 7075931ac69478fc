import os


class Thing:
    def __del__(self):
        print("ended")


os.held = [Thing()]
print("last line")
