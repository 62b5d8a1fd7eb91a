"""Measures torch.autograd.gradcheck on the cases of the benchmarks: torch_gradcheck.py DATA SEED CASE ...

DATA is the folder of iris.csv and digits.csv.gz. Prints JSON: the version of torch, and the milliseconds of each check. Needs
torch and numpy, nothing of the project.
"""
import json
import os
import sys
import time
from pathlib import Path

import numpy
import torch

MODES = {'every-parameter': False, 'directions': True}                      # of fast_mode
CHECKS, SECONDS = 3, 1


def read(name, data):
    """Features and classes, as gradcheck.data.Datasets reads them."""
    if name == 'iris':
        table = numpy.loadtxt(data / 'iris.csv', delimiter=',', skiprows=1)
        return torch.tensor(table[:, :-1]), torch.tensor(table[:, -1]).long()
    table = numpy.loadtxt(data / 'digits.csv.gz', delimiter=',')
    return torch.tensor(table[:, :-1]) / 16, torch.tensor(table[:, -1]).long()


def normal(rows, columns):
    return (torch.randn(rows, columns, dtype=torch.float64) / rows ** 0.5).requires_grad_()


def zeros(columns):
    return torch.zeros(columns, dtype=torch.float64, requires_grad=True)


def cross_entropy(logits, classes):
    return -torch.log_softmax(logits, 1)[torch.arange(len(classes)), classes].mean()


def softmax(x, classes):
    x = torch.cat([torch.ones(len(x), 1, dtype=torch.float64), x], 1)
    return lambda w: cross_entropy(x @ w, classes), (normal(x.shape[1], int(classes.max()) + 1),)


def network(x, classes):
    return (lambda w1, b1, w2, b2: cross_entropy(torch.tanh(x @ w1 + b1) @ w2 + b2, classes),
            (normal(64, 32), zeros(32), normal(32, 10), zeros(10)))


def case_of(name, data):
    """The loss and the tensors of softmax-iris, softmax-digits or network-ROWS."""
    kind, which = name.split('-')
    if kind == 'softmax':
        return softmax(*read(which, data))
    x, classes = read('digits', data)
    return network(x[:int(which)], classes[:int(which)])


def measure(loss, tensors, fast):
    """Milliseconds of each check after the first one. An exception where torch does not call the gradient right."""
    times = []
    while len(times) <= CHECKS or sum(times[1:]) < SECONDS:
        began = time.perf_counter()
        torch.autograd.gradcheck(loss, tensors, fast_mode=fast)
        times.append(time.perf_counter() - began)
    return [1000 * seconds for seconds in times[1:]]


def main(data, seed, *cases):
    torch.set_num_threads(min(2, os.cpu_count()))
    results = []
    for case in cases:
        torch.manual_seed(int(seed))
        loss, tensors = case_of(case, Path(data))
        results += [{'case': case, 'mode': mode, 'milliseconds': measure(loss, tensors, fast)} for mode, fast in MODES.items()]
    print(json.dumps({'torch': torch.__version__, 'results': results}))


if __name__ == '__main__':
    main(*sys.argv[1:])
