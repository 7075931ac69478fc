import math
import statistics
from _statistics import _normal_dist_inv_cdf as inverse

for p in (5e-324, 1e-200, 1e-20, 0.01, 0.075, 0.0750001, 0.3, 0.5, 0.7, 0.925, 0.99, 1 - 2**-53):
    print(p, inverse(p, 0, 1), inverse(p, 100.5, 15))
print(inverse(math.nan, 0, 1), inverse(0.5, math.inf, 1), statistics.NormalDist(3, 2).quantiles(5))
for arguments in ((0, 0, 1), (1.0, 0, 1), (0.5, 0, 0), (0.5, 0), (0.5, 'x', 1)):
    try:
        print(inverse(*arguments))
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
