"""Milliseconds of LAPACK's dgesdd through NumPy, values only and thin, and how wrong it is in units of ε."""
import numpy

from stopwatch import answer, seconds, task

EPSILON = numpy.finfo(numpy.float64).eps
figures, errors, values = {}, {}, {}
for case in task()['cases']:
    key, size = case['key'], case['size']
    a = numpy.fromfile(case['file']).reshape(size, size)
    figures[f'{key} values'] = 1e3 * seconds(lambda: numpy.linalg.svd(a, compute_uv=False))
    figures[f'{key} full'] = 1e3 * seconds(lambda: numpy.linalg.svd(a, full_matrices=False))
    u, s, vt = numpy.linalg.svd(a, full_matrices=False)
    errors[key] = numpy.linalg.norm((u * s) @ vt - a) / numpy.linalg.norm(a) / EPSILON
    values[key] = numpy.linalg.svd(a, compute_uv=False).tolist()
answer(figures, errors=errors, values=values, version=f'NumPy {numpy.__version__}')
