keepers = []
class R:
    def __del__(self):
        print('resurrect', len(keepers) if keepers is not None else None)
        if keepers is not None: keepers.append(self)
r = R()
c = [R()]; c.append(c); del c
