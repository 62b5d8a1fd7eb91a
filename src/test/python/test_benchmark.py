"""lessons.py bench: what its tables and its JSON look like, and what it says before the minutes are spent."""
import json
import sys

import pytest

import benchmark
import lessons


def run(case, mode, parameters, evaluations, *times):
    """What JMH's JSON holds of one case."""
    counts = {'parameters': parameters, 'evaluations': evaluations}
    return {'params': {'subject': case, 'mode': mode, 'seed': '1'}, 'primaryMetric': {'rawData': [list(times)]},
            'secondaryMetrics': {name: {'rawData': [[float(count)] * len(times)]} for name, count in counts.items()}}


def runs(names, first=1.0):
    """Each case of names in both modes, each slower than the one before."""
    return [run(name, mode, 100 * number, 220 * number if mode == 'every-parameter' else 60, first * number, 1.5 * number, 2000 * number)
            for number, name in enumerate(names, 1) for mode in benchmark.MODES]


def test_a_row_is_the_median_and_the_minimum_of_all_rounds():
    rows = benchmark.summaries([run('softmax-iris', 'directions', 15, 30, 4, 2, 9), run('softmax-iris', 'directions', 15, 30, 3, 8)])
    assert rows == [{'case': 'softmax-iris', 'mode': 'directions', 'parameters': 15, 'evaluations': 30, 'milliseconds': 4, 'minimum': 2}]


def test_the_json_holds_the_four_cases_in_both_modes_and_nothing_else():
    rows = benchmark.chosen(benchmark.summaries(runs(benchmark.CASES) + runs(benchmark.GROWING)))
    assert [(row['case'], row['mode']) for row in rows] == [(case, mode) for case in benchmark.CASES for mode in benchmark.MODES]
    for row in json.loads(json.dumps(rows)):
        assert list(row) == ['case', 'mode', 'parameters', 'evaluations', 'milliseconds', 'minimum']


def test_the_table_is_aligned():
    assert benchmark.cases_table(benchmark.summaries(runs(['softmax-iris', 'network-1797']))) == '''\
case          mode             parameters  evaluations  median  minimum
softmax-iris  every-parameter         100          220    1.50     1.00
softmax-iris  directions              100           60    1.50     1.00
network-1797  every-parameter         200          440    3.00     2.00
network-1797  directions              200           60    3.00     2.00'''


def test_the_growth_is_shown_by_parameters_and_by_rows():
    table = benchmark.growth_table(benchmark.summaries(runs(benchmark.CASES) + runs(benchmark.GROWING)))
    assert table.splitlines() == [
        'network   parameters   rows  every parameter    ms  directions    ms',
        '64-8-10          100    400              220  1.00          60  1.00',
        '64-16-10         200    400              440  2.00          60  2.00',
        '64-32-10         300    400              660  3.00          60  3.00',
        '64-64-10         400    400              880  4.00          60  4.00',
        '',
        '64-32-10         300    200              660  3.00          60  3.00',
        '64-32-10         300    400              660  3.00          60  3.00',
        '64-32-10         500    800            1,100  5.00          60  5.00',
        '64-32-10         600  1,600            1,320  6.00          60  6.00']


def test_beside_torch_the_minima_of_all_rounds_are_compared():
    peers = [{'torch': '2', 'results': [{'case': 'softmax-iris', 'mode': mode, 'milliseconds': times} for mode in benchmark.MODES]}
             for times in ([4, 5], [1000, 2.5])]
    assert benchmark.peer_table(benchmark.summaries(runs(['softmax-iris'])), peers) == '''\
case          mode             gradcheck  torch  gradcheck / torch
softmax-iris  every-parameter       1.00   2.50               0.40
softmax-iris  directions            1.00   2.50               0.40'''


def test_a_check_that_is_not_right_is_told_with_its_reason():
    text = '# Warmup Iteration   1: <failure>\n\njava.lang.AssertionError: CANNOT TELL\n  The loss carries 24 bits\n\tat gradcheck.A'
    assert benchmark.first_fault(text) == 'java.lang.AssertionError: CANNOT TELL The loss carries 24 bits'
    assert benchmark.first_fault('ERROR: Unable to acquire the lock\nException in thread "main"') == 'ERROR: Unable to acquire the lock'
    assert benchmark.first_fault('no room\n') == 'no room'


# ---------------------------------------------------------------- before the minutes


@pytest.fixture
def nothing_begins(monkeypatch):
    monkeypatch.setattr(benchmark, 'set_up', lambda *_, **__: pytest.fail('the set-up began'))


def complaint(capfd, *arguments):
    assert lessons.main(['bench', *arguments]) == 1
    lines = capfd.readouterr().err.splitlines()
    assert len(lines) == 1 and lines[0].startswith('lessons.py: '), lines
    return lines[0]


def test_a_json_file_that_cannot_be_written(nothing_begins, capfd, tmp_path):
    for file in (tmp_path, tmp_path / 'gone/times.json'):
        line = complaint(capfd, '--json', str(file))
        assert f'cannot write {file}' in line and '--json' in line


def test_a_json_file_that_can_be_written_is_left_as_it_was(tmp_path):
    new, old = tmp_path / 'new.json', tmp_path / 'old.json'
    old.write_text('[]')
    for file in (new, old):
        benchmark.check_file(str(file))
    assert not new.exists() and old.read_text() == '[]'


def test_a_python_without_torch(nothing_begins, capfd, tmp_path):
    line = complaint(capfd, '--torch', str(tmp_path / 'python'))
    assert 'has no torch with numpy' in line and str(tmp_path / 'python') in line


def test_torch_takes_turns_with_us(monkeypatch):
    turns = []
    monkeypatch.setattr(benchmark, 'measure', lambda names, env: turns.append('ours' if names == benchmark.CASES else 'growth') or [])
    monkeypatch.setattr(benchmark, 'measure_peer', lambda python: turns.append('torch'))
    benchmark.measure_in_turns(sys.executable, {})
    assert turns == ['ours', 'torch'] * benchmark.ROUNDS + ['growth']


def test_torch_is_installed_for_the_time_being(monkeypatch, capsys):
    typed = []
    monkeypatch.setattr(benchmark, 'output_of', lambda command, **_: typed.append([str(word) for word in command]) or (0, ''))
    monkeypatch.setattr(benchmark, 'check_space', lambda *_: None)
    with benchmark.peer('', {}) as python:
        folder = python.parent.parent
        assert folder.exists() and typed[0][-1] == str(folder)
        assert typed[1][0] == str(python) and typed[1][-2:] == ['numpy', 'torch']
        assert '1 to 3 GB' in capsys.readouterr().out
    assert not folder.exists()
