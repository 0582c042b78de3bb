"""Steps per second of gradient descent on masked matrix completion with PyTorch autograd: the fastest natural way."""
import torch

from stopwatch import answer, seconds, task

torch.set_num_threads(1)
task = task()


def step_functions(size, depth, density):
    generator = torch.Generator().manual_seed(1)
    count = round(density * size * size)
    chosen = torch.randperm(size * size, generator=generator)[:count]
    mask = torch.zeros(size * size, dtype=torch.float64)
    mask[chosen] = 1
    mask = mask.view(size, size)
    target = torch.randn(size, size, dtype=torch.float64, generator=generator) * mask
    rows, columns = chosen // size, chosen % size
    values = target[rows, columns]
    scale = task['scale'] / size**0.5
    layers = [
        (scale * torch.randn(size, size, dtype=torch.float64, generator=generator)).requires_grad_()
        for _ in range(depth)
    ]
    optimizer = torch.optim.SGD(layers, lr=task['stepSize'])

    def product():
        result = layers[0]
        for layer in layers[1:]:
            result = layer @ result
        return result

    def masked():
        return ((product() - target) * mask).pow(2).sum() / count

    def indexed():
        return (product()[rows, columns] - values).pow(2).mean()

    def by_optimizer(loss):
        def step():
            optimizer.zero_grad()
            loss().backward()
            optimizer.step()
        return step

    def by_hand(loss):
        def step():
            gradients = torch.autograd.grad(loss(), layers)
            with torch.no_grad():
                for layer, gradient in zip(layers, gradients):
                    layer.sub_(gradient, alpha=task['stepSize'])
        return step

    return [by(loss) for by in (by_optimizer, by_hand) for loss in (masked, indexed)]


figures = {}
for case in task['cases']:
    steps = step_functions(case['size'], case['depth'], case['density'])
    figures[case['key']] = max(1 / seconds(step) for step in steps)
answer(figures, version=f'PyTorch {torch.__version__}')
