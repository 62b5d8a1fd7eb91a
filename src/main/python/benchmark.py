"""Measures how long a check takes: ours with JMH, and for comparison torch's on the same cases. Standard library only."""
import contextlib
import json
import os
import re
import statistics
import sys
import tempfile
from pathlib import Path

from machine import Problem, find_jdk, last_line, output_of, say
from workplace import ROOT, VENV, check_space, explain, jvm_options, set_up, set_up_benchmarks, venv_python

BENCH = ROOT / 'target/bench'
SEED = 1
CASES = ['softmax-iris', 'softmax-digits', 'network-200', 'network-1797']
MODES = ['every-parameter', 'directions']
MORE_PARAMETERS = {'network-400-8': (8, 400), 'network-400-16': (16, 400), 'network-400': (32, 400), 'network-400-64': (64, 400)}
MORE_ROWS = {'network-200': (32, 200), 'network-400': (32, 400), 'network-800': (32, 800), 'network-1600': (32, 1600)}
GROWING = [*MORE_PARAMETERS, 'network-800', 'network-1600']                 # network-200 is one of the cases
ROUNDS = 3                                                                  # where torch takes turns with us


def bench(options):
    if options.json:
        check_file(options.json)
    if options.torch:
        check_torch(options.torch)
    env = set_up(options.yes, building=True)
    set_up_benchmarks(env)
    with peer(options.torch, env) as python:
        runs, peers = measure_in_turns(python, env)
    rows = summaries(runs)
    say(f'\nOne check, in milliseconds; random normal weights from seed {SEED}\n\n' + cases_table(rows))
    if options.json:
        Path(options.json).write_text(json.dumps(chosen(rows), indent=2) + '\n', encoding='utf-8')
    if peers:
        say(f'\nBeside torch {peers[0]["torch"]}: torch.autograd.gradcheck, for directions with fast_mode; '
            f'the smallest of {ROUNDS} rounds, in milliseconds\n\n' + peer_table(rows, peers))
    say('\nHow the cost grows: a tanh network 64-h-10 on digits; evaluations of the loss, and the smallest of the milliseconds\n\n'
        + growth_table(rows))
    return 0


def check_file(name):
    """A file that cannot be written is told now, not after the minutes."""
    file = Path(name)
    existed = file.exists()
    try:
        with open(file, 'a', encoding='utf-8'):
            pass
    except OSError as error:
        raise Problem(f'cannot write {name} ({error.strerror}). Name another file after --json.') from None
    if not existed:
        file.unlink()


# ---------------------------------------------------------------- measuring


def measure_in_turns(python, env):
    """JMH's results of all rounds, and torch's."""
    runs, peers = [], []
    rounds = ROUNDS if python else 1
    for number in range(1, rounds + 1):
        say('Measuring (about two minutes) ...' if not python else f'Measuring, round {number} of {rounds} (two minutes each) ...')
        runs += measure(CASES, env)
        if python:
            peers.append(measure_peer(python))
    return runs + measure(GROWING, env), peers


def measure(names, env):
    """JMH's results: the kernel's options, and its temporary files in target."""
    jdk, results = find_jdk(), BENCH / 'results.json'
    path = [BENCH / 'classes', ROOT / 'target/gradcheck.jar', BENCH / 'lib/*']
    status, text = output_of([jdk.java, *jvm_options(jdk, VENV / 'home'), f'-Djava.io.tmpdir={BENCH}',
                              '-cp', os.pathsep.join(str(place) for place in path), 'gradcheck.bench.Run', results, SEED, *names], env=env)
    (BENCH / 'jmh.log').write_text(text, encoding='utf-8')
    if status != 0:
        raise Problem(f'the benchmark failed: {first_fault(text)} (all it printed: {BENCH / "jmh.log"})')
    return json.loads(results.read_text(encoding='utf-8'))


def first_fault(text):
    """The first exception, or the last line; what a check that is not RIGHT says stands in the next line."""
    found = re.search(r'^(?:ERROR: .*|[\w.]+(?:Error|Exception)\b.*(?:\n {2}.*)?)', text, re.MULTILINE)
    return ' '.join(found[0].split())[:200] if found else last_line(text)


# ---------------------------------------------------------------- torch


def check_torch(python):
    status, text = output_of([python, '-c', 'import numpy, torch'])
    if status != 0:
        raise Problem(f'{python} has no torch with numpy: {last_line(text)}. Leave it out, and --torch installs them for the time being.')


@contextlib.contextmanager
def peer(wanted, env):
    """A Python with torch: None if not wanted, the one that was named, or one that is thrown away afterwards."""
    if wanted is None or wanted:
        yield wanted
        return
    with tempfile.TemporaryDirectory(prefix='gradcheck-torch-') as folder:
        check_space(8000, 'torch', folder)
        say('Installing numpy and torch for this comparison alone: a large download, 1 to 3 GB ...')
        python = venv_python(Path(folder))
        status, text = output_of([sys.executable, '-m', 'venv', folder], env={**env, 'PYTHONUTF8': '0'})
        if status == 0:
            status, text = output_of([python, '-m', 'pip', 'install', '--quiet', '--no-input', '--no-cache-dir', 'numpy', 'torch'], env=env)
        if status != 0:
            raise explain('Installing torch', text, BENCH / 'pip.log')
        yield python


def measure_peer(python):
    program, data = ROOT / 'src/jmh/python/torch_gradcheck.py', ROOT / 'src/main/resources/gradcheck/data'
    status, text = output_of([python, program, data, SEED, *CASES])
    (BENCH / 'torch.log').write_text(text, encoding='utf-8')
    if status != 0:
        raise Problem(f'measuring torch failed: {last_line(text)} (all it printed: {BENCH / "torch.log"})')
    return json.loads(last_line(text))


# ---------------------------------------------------------------- tables


def summaries(runs):
    """A row for each case and mode, of all its rounds."""
    groups = {}
    for run in runs:
        groups.setdefault((run['params']['subject'], run['params']['mode']), []).append(run)
    return [summary(case, mode, group) for (case, mode), group in groups.items()]


def summary(case, mode, group):
    times = [time for run in group for fork in run['primaryMetric']['rawData'] for time in fork]
    counts = {name: round(group[0]['secondaryMetrics'][name]['rawData'][0][0]) for name in ('parameters', 'evaluations')}
    return {'case': case, 'mode': mode, **counts, 'milliseconds': round(statistics.median(times), 4), 'minimum': round(min(times), 4)}


def chosen(rows):
    return [row for row in rows if row['case'] in CASES]


def cases_table(rows):
    heads = ['case', 'mode', 'parameters', 'evaluations', 'median', 'minimum']
    return aligned(2, heads, [[row['case'], row['mode'], f'{row["parameters"]:,}', f'{row["evaluations"]:,}', shown(row['milliseconds']),
                               shown(row['minimum'])] for row in chosen(rows)])


def growth_table(rows):
    """More parameters on the same rows, then more rows for the same parameters."""
    found = {(row['case'], row['mode']): row for row in rows}
    lines = []
    for names in (MORE_PARAMETERS, MORE_ROWS):
        for name, (hidden, examples) in names.items():
            both = [found[name, mode] for mode in MODES]
            costs = [word for row in both for word in (f'{row["evaluations"]:,}', shown(row['minimum']))]
            lines.append([f'64-{hidden}-10', f'{both[0]["parameters"]:,}', f'{examples:,}', *costs])
        lines.append([])
    return aligned(1, ['network', 'parameters', 'rows', 'every parameter', 'ms', 'directions', 'ms'], lines[:-1])


def peer_table(rows, peers):
    times = {}
    for result in (result for peer in peers for result in peer['results']):
        times.setdefault((result['case'], result['mode']), []).extend(result['milliseconds'])
    lines = []
    for row in chosen(rows):
        theirs = min(times[row['case'], row['mode']])
        lines.append([row['case'], row['mode'], shown(row['minimum']), shown(theirs), f'{row["minimum"] / theirs:.2f}'])
    return aligned(2, ['case', 'mode', 'gradcheck', 'torch', 'gradcheck / torch'], lines)


def shown(milliseconds):
    return f'{milliseconds:,.2f}'


def aligned(words, heads, lines):
    """So many columns of words, to the left, then numbers, to the right; an empty line stays empty."""
    widths = [max(len(line[i]) for line in [heads, *lines] if line) for i in range(len(heads))]
    return '\n'.join('  '.join(cell.ljust(widths[i]) if i < words else cell.rjust(widths[i]) for i, cell in enumerate(line))
                     for line in [heads, *lines])
