"""Measures what a class needs: many kernels at once, and how soon a kernel has its first result. Standard library only."""
import json
import shutil
import signal
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

from machine import WINDOWS, Problem, last_line, say
from workplace import ROOT, set_up, venv_python

LESSON = '01-binary-sigmoid.ipynb'
STARTS = 10


def measure_class(options):
    if options.learners is not None and not 0 < options.learners <= 1000:
        raise Problem(f'--learners {options.learners}: choose a number from 1 to 1000.')
    env = set_up(options.yes)
    status = 0
    if options.start:
        say(starts_line([one_start(env) for _ in range(STARTS)]))
    if options.learners:
        say(f'{options.learners} kernels at once run lesson 01 (alone it takes some ten seconds) ...')
        began = time.monotonic()
        results = run_learners(options.learners, env)
        say(learners_table(results, time.monotonic() - began))
        status = int(any(result['faults'] for result in results))
    return status


# ---------------------------------------------------------------- starts


def one_start(env):
    with Child(['--start'], env) as child:
        result = child.result()
    if not isinstance(result, float):
        raise Problem(f'a kernel failed: {result}')
    return result


def starts_line(seconds):
    return (f'From the start of a kernel to the first result of ND4J, {len(seconds)} times, in seconds: '
            f'minimum {min(seconds):.2f}, median {statistics.median(seconds):.2f}, maximum {max(seconds):.2f}')


# ---------------------------------------------------------------- learners


def run_learners(count, env):
    """Each learner is a program of its own with a copy of the lesson, beside notebooks: there, too, ../target is the library."""
    children = []
    with tempfile.TemporaryDirectory(prefix='.class-', dir=ROOT) as folder:
        try:
            for number in range(1, count + 1):
                copy = Path(folder) / f'{number}-{LESSON}'
                shutil.copy(ROOT / 'notebooks' / LESSON, copy)
                children.append(Child(['--learner', copy, number], env))
            return [outcome(child.result()) for child in children]
        finally:
            stop(children)


def outcome(result):
    return result if isinstance(result, dict) else {'seconds': None, 'peak': None, 'faults': [result]}


def learners_table(results, seconds):
    lines = ['learner  seconds  peak MB']
    for number, result in enumerate(results, 1):
        took = f'{result["seconds"]:.1f}' if result['seconds'] is not None else '-'
        lines.append(f'{number:7}  {took:>7}  {result["peak"] or "-":>7}' + ''.join(f'  {fault}' for fault in result['faults'][:1]))
    peaks = [result['peak'] for result in results if result['peak']]
    failed = sum(bool(result['faults']) for result in results)
    memory = f'; the peak of a kernel {max(peaks)} MB at most, all peaks together {sum(peaks):,} MB' if peaks else ''
    return '\n'.join(lines) + f'\n{len(results)} learners in {seconds:.1f} s, {failed} failed{memory}'


class Child:
    """kernels.py, which prints one line of JSON. It ends its kernel when it is told to stop."""

    def __init__(self, words, env):
        command = [venv_python(), ROOT / 'src/main/python/kernels.py', *words]
        self.process = subprocess.Popen([str(word) for word in command], cwd=ROOT, env=env, stdin=subprocess.DEVNULL,
                                        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding='utf-8', errors='replace')

    def __enter__(self):
        return self

    def __exit__(self, *_):
        stop([self])

    def result(self):
        """What it found, or in words why it found nothing."""
        text, _ = self.process.communicate()
        try:
            return json.loads(last_line(text)) if self.process.returncode == 0 else last_line(text)
        except ValueError:
            return last_line(text)


def stop(children):
    for child in children:
        if child.process.poll() is None:
            child.process.send_signal(signal.SIGTERM if WINDOWS else signal.SIGINT)
    for child in children:
        try:
            child.process.wait(20)
        except subprocess.TimeoutExpired:
            child.process.kill()
