"""GFLOP/s of C = A·B, float64, with NumPy."""
import numpy

from stopwatch import answer, seconds, task

figures = {}
for case in task()['cases']:
    size = case['size']
    random = numpy.random.default_rng(1)
    a, b = random.standard_normal((size, size)), random.standard_normal((size, size))
    c = numpy.empty((size, size))
    figures[case['key']] = 2 * size**3 / seconds(lambda: numpy.matmul(a, b, out=c)) / 1e9
answer(figures, version=f'NumPy {numpy.__version__}')
