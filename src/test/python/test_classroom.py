"""lessons.py bench --learners and --start: its tables, a small class in earnest, and the archive that makes a kernel start sooner."""
import json
import re
import signal
import subprocess
import sys
import time

import pytest

import classroom
import lessons
import machine
import quickstart
import workplace


def test_the_table_has_a_line_for_each_learner_and_one_for_all():
    results = [{'seconds': 8.04, 'peak': 271, 'faults': []}, {'seconds': None, 'peak': None, 'faults': ['the kernel died', 'more']}]
    assert classroom.learners_table(results, 9.96) == '''\
learner  seconds  peak MB
      1      8.0      271
      2        -        -  the kernel died
2 learners in 10.0 s, 1 failed; the peak of a kernel 271 MB at most, all peaks together 271 MB'''


def test_starts_are_told_as_minimum_median_and_maximum():
    assert classroom.starts_line([3.0, 1.0, 1.5]).endswith('3 times, in seconds: minimum 1.00, median 1.50, maximum 3.00')


@pytest.mark.parametrize('number', ['0', '-3', '5000'])
def test_a_class_of_none_is_refused_before_anything_begins(monkeypatch, capfd, number):
    monkeypatch.setattr(classroom, 'set_up', lambda *_: pytest.fail('the set-up began'))
    assert lessons.main(['bench', '--learners', number]) == 1
    assert f'--learners {number}: choose a number' in capfd.readouterr().err


def litter():
    return list(workplace.ROOT.glob('.class-*'))


def test_two_learners_at_once_in_earnest(capfd):
    assert lessons.main(['bench', '--learners', '2']) == 0
    seen = capfd.readouterr()
    assert seen.err == ''
    assert re.search(r'2 learners in [\d.]+ s, 0 failed', seen.out), seen.out
    if not (machine.WINDOWS or machine.MAC):
        assert all(100 < int(peak) < 600 for peak in re.findall(r'^ +\d  +[\d.]+ +(\d+)$', seen.out, re.MULTILINE)), seen.out
    assert litter() == []


def test_two_starts_in_earnest(monkeypatch, capfd):
    monkeypatch.setattr(classroom, 'STARTS', 2)
    assert lessons.main(['bench', '--start']) == 0
    assert re.search(r'2 times, in seconds: minimum \d+\.\d\d, median', capfd.readouterr().out)


def test_a_learner_who_fails_is_counted(monkeypatch, capfd):
    monkeypatch.setattr(classroom, 'run_learners', lambda *_: [{'seconds': 1.0, 'peak': 9, 'faults': ['code cell 1 raises X: y']}])
    assert lessons.main(['bench', '--learners', '1']) == 1
    assert '1 failed' in capfd.readouterr().out


@pytest.mark.skipif(machine.WINDOWS, reason='uses signals')
def test_a_class_that_is_stopped_leaves_nothing_behind():
    process = subprocess.Popen([sys.executable, str(workplace.ROOT / 'lessons.py'), 'bench', '--learners', '1'],
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    while not litter():
        time.sleep(0.1)
    time.sleep(2)
    process.send_signal(signal.SIGTERM)
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (130, 'lessons.py: stopped\n')
    assert litter() == []


# ---------------------------------------------------------------- the archive


@pytest.fixture
def folder(tmp_path):
    """A kernelspec's folder, with a JDK that is none and an archive that was made."""
    jdk = machine.Jdk(tmp_path / 'jdk', '17.0.15')
    folder = workplace.kernel_folder(tmp_path)
    folder.mkdir(parents=True)
    (folder / 'jjava.jar').write_text('jar')
    (folder / quickstart.NAME).write_text('archive')
    stamp(folder, jdk, 7)
    return folder, jdk


def stamp(folder, jdk, size):
    (folder / (quickstart.NAME + '.txt')).write_text(quickstart.stamp_of(folder, jdk, workplace.kernel_command(jdk)) + f'{size}\n')


def written(folder, jdk):
    workplace.write_kernelspec(folder.parents[3], jdk)
    return json.loads((folder / 'kernel.json').read_text())['argv']


def test_the_kernel_starts_with_the_archive_that_fits(folder):
    folder, jdk = folder
    argv = written(folder, jdk)
    assert argv[1] == '-XX:SharedArchiveFile={resource_dir}/classes.jsa'
    assert [argv[0], *argv[3:]] == workplace.kernel_command(jdk)


@pytest.mark.parametrize('harm', ['gone', 'half', 'other jdk', 'other kernel', 'no stamp', 'copied folder'])
def test_an_archive_that_does_not_fit_is_not_used_and_made_anew(folder, harm):
    folder, jdk = folder
    if harm == 'gone':
        (folder / quickstart.NAME).unlink()
    elif harm == 'half':
        (folder / quickstart.NAME).write_text('arc')
    elif harm == 'other jdk':
        jdk = machine.Jdk(jdk.home, '17.0.16')
    elif harm == 'other kernel':
        (folder / 'jjava.jar').write_text('another jar')
    elif harm == 'no stamp':
        (folder / (quickstart.NAME + '.txt')).unlink()
    else:
        folder = folder.rename(folder.with_name('copy'))
    argv = workplace.kernel_command(jdk)
    assert quickstart.with_archive(folder, jdk, argv) == argv
    assert quickstart.archive_missing(folder, jdk, argv)


def test_a_machine_where_it_fails_is_asked_once(folder, monkeypatch):
    folder, jdk = folder
    argv, calls = workplace.kernel_command(jdk), []
    (folder / quickstart.NAME).unlink()
    monkeypatch.setattr(quickstart, 'output_of', lambda *_, **__: calls.append(1) or (1, 'no room'))
    assert quickstart.quicken(folder, jdk, argv, 'python') and not quickstart.quicken(folder, jdk, argv, 'python')
    assert calls == [1] and quickstart.with_archive(folder, jdk, argv) == argv


def test_the_set_up_has_made_an_archive_that_the_jvm_takes():
    jdk = machine.find_jdk()
    workplace.set_up(False)
    folder = workplace.kernel_folder(workplace.VENV)
    options = [word.replace('{resource_dir}', str(folder)) for word in workplace.kernel_command(jdk)[1:-3]]
    status, text = machine.output_of([jdk.java, f'-XX:SharedArchiveFile={folder / quickstart.NAME}', '-Xlog:class+load', *options,
                                      '-cp', folder / 'jjava.jar', 'org.dflib.jjava.distro.JJava', '--help'])
    assert 'shared objects file (top)' in text, (status, text[-500:])
