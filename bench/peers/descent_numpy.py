"""Steps per second of gradient descent on masked matrix completion with NumPy, gradients written by hand."""
import numpy

from stopwatch import answer, seconds, task

task = task()


def step_function(size, depth, density):
    random = numpy.random.default_rng(1)
    count = round(density * size * size)
    mask = numpy.zeros(size * size)
    mask[random.choice(size * size, count, replace=False)] = 1
    mask = mask.reshape(size, size)
    target = random.standard_normal((size, size)) * mask
    layers = [task['scale'] / size**0.5 * random.standard_normal((size, size)) for _ in range(depth)]
    scaled_mask = 2 * mask / count
    rate = task['stepSize']

    def step():
        products = [layers[0]]
        for layer in layers[1:]:
            products.append(layer @ products[-1])
        back = (products[-1] - target) * scaled_mask
        for j in range(depth - 1, 0, -1):
            gradient = back @ products[j - 1].T
            back = layers[j].T @ back
            layers[j] -= rate * gradient
        layers[0] -= rate * back

    return step


figures = {}
for case in task['cases']:
    figures[case['key']] = 1 / seconds(step_function(case['size'], case['depth'], case['density']))
answer(figures, version=f'NumPy {numpy.__version__}')
