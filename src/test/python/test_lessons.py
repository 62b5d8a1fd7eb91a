"""lessons.py: what it says when something is missing, and that it says it in one line; what it leaves alone."""
import errno
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import nbformat
import pytest
from nbclient.exceptions import DeadKernelError

import lab
import lessons
import machine
import notebooks
import workplace

posix = pytest.mark.skipif(machine.WINDOWS, reason='uses shell scripts and signals')


# ---------------------------------------------------------------- helpers


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project folder in which nothing is set up yet."""
    root = tmp_path / 'project'
    root.mkdir()
    monkeypatch.setattr(workplace, 'ROOT', root)
    monkeypatch.setattr(workplace, 'VENV', root / '.venv')
    for name in ('MAVEN_HOME', 'M2_HOME'):
        monkeypatch.delenv(name, raising=False)
    return root


@pytest.fixture
def bare_path(tmp_path, monkeypatch):
    """A PATH with nothing on it, no JAVA_HOME, no JDK in the usual places. Returns the folder that is on the PATH."""
    folder = tmp_path / 'bin'
    folder.mkdir()
    monkeypatch.setenv('PATH', str(folder))
    monkeypatch.delenv('JAVA_HOME', raising=False)
    monkeypatch.setattr(machine, 'usual_homes', list)
    monkeypatch.setattr(machine, 'has_fonts', lambda: True)
    return folder


def script(folder, name, text):
    file = folder / name
    file.write_text('#!/bin/sh\n' + text + '\n')
    file.chmod(0o755)
    return file


def complaint(capfd, *arguments):
    """The one line on stderr of a command that has to fail."""
    status = lessons.main(list(arguments))
    seen = capfd.readouterr()
    assert status == 1
    assert 'Traceback' not in seen.err
    lines = seen.err.splitlines()
    assert len(lines) == 1 and lines[0].startswith('lessons.py: '), seen.err
    return lines[0]


def free_port():
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        return probe.getsockname()[1]


# ---------------------------------------------------------------- Java, Maven, venv, fonts, Python


COMMANDS_THAT_NEED_JAVA = pytest.mark.parametrize('command', ['open', 'run', 'test', 'bench'])


@COMMANDS_THAT_NEED_JAVA
def test_no_java_at_all(project, bare_path, capfd, command):
    line = complaint(capfd, command)
    assert 'a JDK 17 or later is needed (no Java found)' in line
    assert 'Install a JDK' in line


@posix
def test_java_11(project, bare_path, capfd):
    script(bare_path, 'java', 'echo \'openjdk version "11.0.24" 2024-07-16\' >&2')
    assert f'found only {bare_path}/java, which is Java 11.0.24' in complaint(capfd, 'open')


@posix
def test_java_8(project, bare_path, capfd):
    script(bare_path, 'java', '[ "$1" = -version ] || exit 1; echo \'java version "1.8.0_392"\' >&2')
    assert 'which is Java 1.8.0_392' in complaint(capfd, 'open')


@posix
def test_java_home_decides_alone(project, bare_path, capfd, monkeypatch, tmp_path):
    old = tmp_path / 'jdk-11/bin'
    old.mkdir(parents=True)
    script(old, 'java', 'echo \'openjdk version "11.0.24"\' >&2')
    monkeypatch.setattr(machine, 'usual_homes', lambda: ['a JDK 17 that must not be taken'])
    for home, words in ((old.parent, 'which is Java 11.0.24'), (tmp_path / 'gone', 'which does not run')):
        monkeypatch.setenv('JAVA_HOME', str(home))
        line = complaint(capfd, 'open', '--yes')
        assert f'JAVA_HOME names {home}, {words}' in line and 'unset it' in line


@posix
def test_a_runtime_without_the_compiler(project, bare_path, capfd, tmp_path):
    script(bare_path, 'java', f'echo "    java.home = {tmp_path}"; echo "    java.version = 17.0.9"; echo java.base@17.0.9')
    assert 'without the compiler and jdk.jshell: a JRE, not a JDK' in complaint(capfd, 'open')


@posix
def test_a_good_jdk_elsewhere_is_preferred_to_a_bad_one_on_the_path(bare_path, monkeypatch):
    monkeypatch.undo()
    good = machine.find_jdk()
    monkeypatch.delenv('JAVA_HOME', raising=False)
    script(bare_path, 'java', 'echo \'openjdk version "11.0.24"\' >&2')
    monkeypatch.setenv('PATH', str(bare_path))
    monkeypatch.setattr(machine, 'usual_homes', lambda: [str(good.home)])
    assert machine.find_jdk().version == good.version


def test_no_maven(project, bare_path, capfd, monkeypatch):
    jdk = machine.Jdk('jdk', '17.0.1')
    for module in (machine, workplace):
        monkeypatch.setattr(module, 'find_jdk', lambda: jdk)
    assert 'Maven is needed to build the library (no mvn on the PATH)' in complaint(capfd, 'open')


def test_no_venv_module(project, bare_path, capfd, monkeypatch):
    monkeypatch.setattr(workplace, 'find_jdk', lambda: machine.Jdk('jdk', '17.0.1'))
    monkeypatch.setattr(machine, 'find_maven', lambda: 'mvn')
    monkeypatch.setattr(machine, 'find_spec', lambda name: None if name == 'ensurepip' else name)
    assert 'the venv module of' in complaint(capfd, 'open')


def test_old_python(project, capfd, monkeypatch):
    monkeypatch.setattr(workplace, 'OLDEST_PYTHON', (99, 1))
    assert 'Python 99.1 or later is needed; this is ' in complaint(capfd, 'open')


# ---------------------------------------------------------------- the system's package manager


@pytest.fixture
def debian(bare_path, tmp_path, monkeypatch):
    """A machine with apt-get that notes what it is told. Returns the notes."""
    if machine.WINDOWS or machine.MAC:
        monkeypatch.setattr(machine, 'package_manager', lambda: 'apt-get')
    notes = tmp_path / 'notes'
    notes.write_text('')
    script(bare_path, 'apt-get', f'echo "apt-get $*" >> "{notes}"')
    script(bare_path, 'sudo', f'echo sudo >> "{notes}"; exec "$@"')
    script(bare_path, 'apt-cache', '[ "$2" = openjdk-21-jdk-headless ] && echo "  Candidate: 21.0.9" || echo "  Candidate: (none)"')
    return notes


@posix
def test_without_a_terminal_nothing_is_installed_unasked(project, debian, capfd, monkeypatch):
    monkeypatch.setattr(os, 'geteuid', lambda: 1000)
    line = complaint(capfd, 'open')
    assert 'Type: sudo apt-get update && sudo apt-get install -y --no-install-recommends openjdk-21-jdk-headless maven' in line
    assert '--yes' in line and debian.read_text() == ''


@posix
@pytest.mark.parametrize('user, prefix', [(0, ''), (1000, 'sudo\n')])
def test_yes_installs_all_that_is_missing_at_once(project, debian, capfd, monkeypatch, user, prefix):
    monkeypatch.setattr(os, 'geteuid', lambda: user)
    monkeypatch.setattr(machine, 'find_spec', lambda name: None)
    assert 'still missing after the installation' in complaint(capfd, 'open', '--yes')
    venv = f'python{sys.version_info[0]}.{sys.version_info[1]}-venv'
    assert debian.read_text() == (f'{prefix}apt-get update\n{prefix}apt-get install -y --no-install-recommends '
                                  f'openjdk-21-jdk-headless maven {venv}\n')


@posix
@pytest.mark.parametrize('answer, installs', [('n', False), ('', False), ('y', True)])
def test_on_a_terminal_it_asks(project, debian, capfd, monkeypatch, answer, installs):
    monkeypatch.setattr(sys, 'stdin', type('Terminal', (), {'isatty': lambda self: True})())
    monkeypatch.setattr('builtins.input', lambda question: answer)
    line = complaint(capfd, 'open')
    assert ('still missing' if installs else 'nothing was installed') in line
    assert bool(debian.read_text()) == installs


@posix
def test_a_failing_package_manager(project, debian, bare_path, capfd):
    script(bare_path, 'apt-get', '[ "$1" = update ] || { echo "E: Unable to locate package maven"; exit 100; }')
    assert 'failed: E: Unable to locate package maven' in complaint(capfd, 'open', '--yes')


def test_every_package_manager_has_its_own_words():
    assert machine.install_commands('brew', {'jdk': '', 'maven': ''}) == [['brew', 'install', 'openjdk@21', 'maven']]
    assert machine.install_commands('dnf', {'jdk': ''})[0][-4:] == ['dnf', 'install', '-y', 'java-21-openjdk-devel']
    assert machine.install_commands('winget', {'jdk': ''})[0][:2] == ['winget', 'install']
    assert machine.install_commands('winget', {'jdk': '', 'maven': ''}) is None
    assert 'maven.apache.org' in machine.no_package('winget', {'jdk': '', 'maven': ''})


# ---------------------------------------------------------------- folder, disk, network, port


def test_a_folder_that_cannot_be_written(project, capfd, monkeypatch):
    if os.name == 'posix' and os.geteuid() == 0:
        monkeypatch.setattr(workplace, 'ROOT', Path('/proc/self'))                # even root writes no files there
    else:
        project.chmod(0o555)
    line = complaint(capfd, 'open')
    assert f'cannot write in {workplace.ROOT}' in line and 'Copy this folder' in line


def test_a_full_disk(project, capfd, monkeypatch):
    monkeypatch.setattr(shutil, 'disk_usage', lambda path: shutil._ntuple_diskusage(10**9, 10**9, 5 * 10**6))
    assert 'the disk is full' in complaint(capfd, 'open')
    assert not workplace.VENV.exists()


def test_a_disk_that_fills_up_on_the_way(project, capfd, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, 'No space left on device', str(project / 'some file'))
    monkeypatch.setattr(lessons, 'set_up', full)
    line = complaint(capfd, 'open')
    assert 'No space left on device' in line and 'some file' in line


def test_no_network_on_first_use(project, capfd, monkeypatch):
    for name in ('PIP_FIND_LINKS', 'PIP_EXTRA_INDEX_URL', 'PIP_NO_INDEX'):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv('PIP_CONFIG_FILE', os.devnull)
    monkeypatch.setenv('PIP_INDEX_URL', 'http://127.0.0.1:9/simple')
    monkeypatch.setenv('PIP_RETRIES', '0')
    for _ in range(2):                                                          # what is half there is seen to be
        assert 'no network?' in complaint(capfd, 'open')
        assert workplace.VENV.exists() and not workplace.packages_ready(workplace.REQUIREMENTS)


def test_no_network_for_maven(project, monkeypatch):
    shutil.copy(Path(lessons.__file__).parent / 'pom.xml', project)
    workplace.VENV.mkdir()
    monkeypatch.setenv('MAVEN_OPTS', f'-Dmaven.repo.local={project}/m2 -Dhttps.proxyHost=127.0.0.1 -Dhttps.proxyPort=9 '
                                     '-Dhttp.proxyHost=127.0.0.1 -Dhttp.proxyPort=9 -Dmaven.wagon.http.retryHandler.count=0')
    with pytest.raises(machine.Problem, match=r'Building the library failed: no network\?'):
        workplace.set_up_library(workplace.environment(machine.find_jdk()))
    assert not workplace.library_ready()


def test_a_port_that_is_taken(capfd):
    with socket.socket() as other:
        other.bind(('127.0.0.1', 0))
        other.listen()
        port = other.getsockname()[1]
        assert f'port {port} is taken' in complaint(capfd, 'open', '--no-browser', '--port', str(port))
    assert 'port 70000' in complaint(capfd, 'open', '--port', '70000')


def test_without_a_wish_the_next_free_port_is_taken(monkeypatch):
    with socket.socket() as other:
        other.bind(('127.0.0.1', 0))
        other.listen()
        monkeypatch.setattr(lab, 'FIRST_PORT', other.getsockname()[1])
        assert lab.choose_port(None) > lab.FIRST_PORT


# ---------------------------------------------------------------- half-done work, and what pip and Maven print


REASONS = [
    ('[ERROR] error: error reading /m/.m2/repository/org/nd4j/nd4j-api/1.0/nd4j-api-1.0.jar; zip END header not found',
     'half-downloaded archive. Delete /m/.m2/repository/org/nd4j/nd4j-api/1.0 and try again'),
    (r'[ERROR] error reading C:\Users\me\.m2\repository\a\b\1\b-1.jar; java.util.zip.ZipException: error in opening zip file',
     'half-downloaded archive'),
    ('[ERROR] Could not transfer artifact a:b:pom:1: Unknown host somewhere', 'no network?'),
    ('ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device', 'the disk is full'),
    ('[ERROR] COMPILATION ERROR : \n[ERROR] A.java:[3,1] class expected', 'failed: [ERROR] COMPILATION ERROR'),
    ('', 'no output'),
]


@pytest.mark.parametrize('text, reason', REASONS)
def test_the_reason_is_told_in_one_line(tmp_path, text, reason):
    problem = str(workplace.explain('Building', text, tmp_path / 'log'))
    assert reason in problem and '\n' not in problem
    assert (tmp_path / 'log').read_text() == text


@pytest.fixture
def built(project):
    """A project whose library looks built."""
    for name in ('src/main/java', 'src/main/resources', 'target/lib'):
        (project / name).mkdir(parents=True)
    (project / 'pom.xml').write_text('')
    (project / 'src/main/java/A.java').write_text('')
    for name in ('gradcheck.jar', 'lib/nd4j.jar', 'lib/xchart.jar'):
        shutil.make_archive(str(project / 'target' / name), 'zip', project / 'src')
        (project / 'target' / (name + '.zip')).rename(project / 'target' / name)
    workplace.library_built()
    assert workplace.library_ready()
    return project


def test_a_library_that_is_older_than_its_sources_is_not_ready(built):
    later = time.time() + 10
    os.utime(built / 'src/main/java/A.java', (later, later))
    assert not workplace.library_ready()


@pytest.mark.parametrize('lost', ['gradcheck.jar', 'lib/nd4j.jar', 'gradcheck.built'])
def test_a_library_with_a_part_missing_is_not_ready(built, lost):
    (built / 'target' / lost).unlink()
    assert not workplace.library_ready()


def test_half_a_jar_is_not_ready_and_is_named(built, monkeypatch):
    jar = built / 'target/lib/nd4j.jar'
    jar.write_bytes(jar.read_bytes()[:20])
    assert not workplace.library_ready()
    with pytest.raises(machine.Problem, match='nd4j.jar is no archive: half-downloaded'):
        workplace.library_built()
    assert not jar.exists()


def test_the_kernel_starts_the_jdk_that_was_found(tmp_path):
    folder = tmp_path / 'share/jupyter/kernels/java'
    workplace.write_kernelspec(tmp_path, machine.Jdk('one', '17.0.15'))
    first = (folder / 'kernel.json').read_text()
    assert '-Duser.language=en' in first and 'sun-misc-unsafe' not in first and 'one' in first
    workplace.write_kernelspec(tmp_path, machine.Jdk('other', '25.0.3'))
    second = (folder / 'kernel.json').read_text()
    assert '--sun-misc-unsafe-memory-access=allow' in second and 'other' in second


# ---------------------------------------------------------------- nothing lost, nothing left behind


@pytest.fixture
def lesson(tmp_path, monkeypatch):
    """A folder of lessons with one in it, of one cell."""
    monkeypatch.setattr(notebooks, 'FOLDER', tmp_path)
    path = tmp_path / '09-planted.ipynb'
    notebooks.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell('6 * 7')]), path)
    return path


def test_an_edit_that_is_saved_while_the_lesson_runs_is_not_lost(lesson, monkeypatch, capfd):
    def execute(notebook, *_):
        edited = lesson.read_text(encoding='utf-8').replace('6 * 7', '6 * 8')
        lesson.write_text(edited, encoding='utf-8')
    monkeypatch.setattr(notebooks, 'execute', execute)
    assert notebooks.main([]) == 1
    assert '6 * 8' in lesson.read_text(encoding='utf-8')
    assert re.search('left as it was:.*it was changed meanwhile', capfd.readouterr().err, re.DOTALL)


@pytest.mark.parametrize('text, reason', [('', 'it is empty'), ('{', 'no notebook'), ('{"cells": 1}', 'no notebook'), ('[]', 'no notebook'),
                                          ('<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> other\n', 'merge conflict'), ('\xff', 'no notebook')])
def test_a_broken_notebook_is_named_with_the_way_to_get_it_back(lesson, capfd, text, reason):
    lesson.write_text(text, encoding='latin-1')
    assert notebooks.main([]) == 1
    seen = capfd.readouterr()
    assert reason in seen.err and 'git checkout -- notebooks/09-planted.ipynb' in seen.err and seen.err.count('\n') == 1
    assert lesson.read_text(encoding='latin-1') == text


@pytest.mark.parametrize('trouble, words', [(DeadKernelError('Kernel died'), 'lack of memory'),
                                            (RuntimeError('Kernel did not respond in 60 seconds'), 'does not answer')])
def test_a_kernel_that_dies_or_does_not_answer_is_told_in_a_line(lesson, monkeypatch, capfd, trouble, words):
    def execute(*_):
        raise trouble
    monkeypatch.setattr(notebooks, 'execute', execute)
    before = lesson.read_bytes()
    assert notebooks.main([]) == 1
    assert words in capfd.readouterr().err and lesson.read_bytes() == before


def test_a_full_disk_leaves_the_lesson_and_no_litter(lesson, monkeypatch, capfd):
    def full(path, _):
        path.touch()
        raise OSError(errno.ENOSPC, 'No space left on device', str(path))
    monkeypatch.setattr(notebooks, 'execute', lambda *_: None)
    monkeypatch.setattr(Path, 'write_bytes', full)
    before = lesson.read_bytes()
    assert notebooks.main([]) == 1
    assert 'No space left on device' in capfd.readouterr().err
    assert lesson.read_bytes() == before and [file.name for file in lesson.parent.iterdir()] == [lesson.name]


def children(parent):
    """The processes that a process has started."""
    parents = {stat.parent: read_or_empty(stat).rpartition(')')[2].split()[1:2] for stat in Path('/proc').glob('[0-9]*/stat')}
    return [process for process, of in parents.items() if of == [str(parent)]]


def read_or_empty(file):
    try:
        return file.read_text(errors='replace')
    except OSError:
        return ''


@pytest.mark.skipif(not Path('/proc/self/cmdline').exists(), reason='looks into /proc')
@pytest.mark.parametrize('name', ['SIGINT', 'SIGTERM', 'SIGHUP'])
def test_a_run_that_is_stopped_leaves_no_kernel_and_no_outputs(lesson, tmp_path, name):
    source = f'import sys; sys.path.insert(0, {str(workplace.ROOT / "src/main/python")!r}); import pathlib, notebooks; ' \
             f'notebooks.FOLDER = pathlib.Path({str(tmp_path)!r}); notebooks.stop_as_by_ctrl_c(); sys.exit(notebooks.stoppable([]))'
    begun = tmp_path / 'begun'
    cell = nbformat.v4.new_code_cell(f'new java.io.File("{begun}").createNewFile(); Thread.sleep(60_000)')
    notebooks.write(nbformat.v4.new_notebook(cells=[cell]), lesson)
    before = lesson.read_bytes()
    process = subprocess.Popen([workplace.venv_python(), '-c', source], env=workplace.environment(machine.find_jdk()),
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    deadline = time.monotonic() + 120
    while not begun.exists() and time.monotonic() < deadline:
        time.sleep(0.2)
    kernels = children(process.pid)
    process.send_signal(getattr(signal, name))
    process.communicate(timeout=60)
    assert process.returncode == 130
    assert kernels and not any(kernel.exists() for kernel in kernels)
    assert lesson.read_bytes() == before


@pytest.mark.parametrize('lost', ['share/jupyter/kernels/java/jjava.jar', 'jupyterlab', 'nbclient', 'nbformat', 'jupyter_client'])
def test_packages_that_are_gone_are_not_ready_whatever_the_stamp_says(project, lost):
    places = {name: workplace.VENV / f'lib/python3.11/site-packages/{name}/__init__.py' for name in workplace.PACKAGES}
    places |= {name: workplace.VENV / name for name in ('share/jupyter/kernels/java/jjava.jar',)} | {'python': workplace.venv_python()}
    for place in places.values():
        place.parent.mkdir(parents=True, exist_ok=True)
        place.touch()
    workplace.packages_stamp(workplace.REQUIREMENTS).write_bytes(workplace.REQUIREMENTS.read_bytes())
    assert workplace.packages_ready(workplace.REQUIREMENTS)
    places[lost].unlink()
    assert not workplace.packages_ready(workplace.REQUIREMENTS)


@pytest.mark.parametrize('text', ['', '{', '[]', '{"argv": []}', '{"argv": 1}'])
def test_a_damaged_kernelspec_is_told_as_such(monkeypatch, tmp_path, text):
    monkeypatch.setattr(lessons, 'VENV', tmp_path)
    assert 'no kernel.json' in lessons.kernel_starts()
    file = tmp_path / 'share/jupyter/kernels/java/kernel.json'
    file.parent.mkdir(parents=True)
    file.write_text(text)
    assert 'damaged' in lessons.kernel_starts()


def test_doctor_asks_the_kernel():
    assert [good for _, good, *_ in lessons.answer(machine.find_jdk())] == [True]


@pytest.mark.parametrize('harm', [lambda data: data[:len(data) // 2], lambda data: data.replace(b'A.java', b'B.java', 1)])
def test_a_damaged_jar_is_thrown_away_before_maven_copies_it_again(built, monkeypatch, harm):
    jar = built / 'target/lib/nd4j.jar'
    jar.write_bytes(harm(jar.read_bytes()))
    later = time.time() + 10
    os.utime(jar, (later, later))
    assert not workplace.library_ready()
    monkeypatch.setattr(workplace, 'build', lambda *_: None)
    workplace.set_up_library({})
    assert not jar.exists() and (built / 'target/lib/xchart.jar').exists()


def test_a_library_that_is_there_needs_little_room(built, monkeypatch):
    (built / 'target/gradcheck.built').unlink()
    monkeypatch.setattr(workplace, 'build', lambda *_: None)
    monkeypatch.setattr(shutil, 'disk_usage', lambda path: shutil._ntuple_diskusage(10**9, 10**9, 766 * 10**6))
    workplace.set_up_library({})
    shutil.rmtree(built / 'target/lib')
    with pytest.raises(machine.Problem, match='needs about 1000 MB'):
        workplace.set_up_library({})


def test_where_another_jupyterlab_takes_the_port_the_next_one_is_tried(monkeypatch):
    env = workplace.set_up(False)
    with socket.socket() as other:
        other.bind(('127.0.0.1', 0))
        other.listen()
        ports = [other.getsockname()[1], free_port()]
        monkeypatch.setattr(lab, 'choose_port', lambda wanted: ports.pop(0))
        started = lab.start_lab(env, None)
        try:
            assert started.port != other.getsockname()[1] and ports == []
        finally:
            started.stop()


def test_a_copied_folder_keeps_to_itself(tmp_path):
    workplace.write_kernelspec(tmp_path, machine.Jdk('one', '17.0.15'))
    assert str(tmp_path) not in (tmp_path / 'share/jupyter/kernels/java/kernel.json').read_text()


# ---------------------------------------------------------------- what it does when all is well


def lessons_py(*arguments, root=workplace.ROOT, **options):
    return subprocess.Popen([sys.executable, str(root / 'lessons.py'), *arguments], stdin=subprocess.DEVNULL,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options)


def test_without_a_command_it_says_what_it_can_do(capfd):
    assert lessons.main([]) == 0
    seen = capfd.readouterr()
    for command in ('open', 'test', 'run', 'bench', 'book', 'doctor', '--yes'):
        assert command in seen.out


def test_an_unknown_word_is_refused(capfd):
    for words in (['close'], ['open', '--prot', '1'], ['doctor', 'me']):
        with pytest.raises(SystemExit) as stop:
            lessons.main(words)
        assert stop.value.code == 2


def test_an_unknown_lesson_is_refused():
    process = lessons_py('run', 'no-such-lesson')
    _, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert re.fullmatch(r'lessons.py: no lesson is called no-such-lesson; there are: .*\n', err)


def test_doctor_is_content(capfd):
    assert lessons.main(['doctor']) == 0
    seen = capfd.readouterr()
    assert 'MISSING' not in seen.out and 'the one thing outside this folder' in seen.out


def test_doctor_names_each_lack_with_its_remedy(project, bare_path, capfd, monkeypatch):
    assert lessons.main(['doctor']) == 1
    seen = capfd.readouterr()
    assert seen.err == ''
    for name in ('JDK', 'Maven', 'packages', 'library'):
        assert re.search(rf'MISSING +{name} .*\n +-> ', seen.out), seen.out


@posix
def test_a_second_open_is_quick_and_closes_cleanly():
    port = free_port()
    began = time.monotonic()
    process = lessons_py('open', '--no-browser', '--port', str(port))
    lines = []
    for line in process.stdout:
        lines.append(line)
        if 'http://' in line:
            break
    seconds = time.monotonic() - began
    try:
        assert lines[0] == 'Starting JupyterLab ...\n', 'neither pip nor Maven has anything to do'
        url = lines[-1].strip()
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(url, timeout=20) as page:
            assert page.status == 200
        assert lessons.FIRST_LESSON in url
    finally:
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, '')
    assert lab.is_free(port)
    assert seconds < 10


OUTSIDE = [Path.home() / name for name in ('.jupyter', '.ipython', '.java', '.javacpp', '.local/share/jupyter')]


def outside():
    """What Jupyter and JavaCPP would write in the user's home if they were let."""
    return {str(file): file.lstat().st_mtime for folder in OUTSIDE for file in [folder, *folder.rglob('*')] if os.path.lexists(file)}


@posix
def test_set_up_from_scratch_in_a_folder_with_blanks(tmp_path):
    root = tmp_path / 'my grad check'
    source, before = workplace.ROOT, outside()
    root.mkdir()
    for name in ('lessons.py', 'pom.xml'):
        shutil.copy(source / name, root)
    for name in ('src', 'binder'):
        shutil.copytree(source / name, root / name)
    (root / 'notebooks').mkdir()
    lesson = notebooks.lessons()[0]
    shutil.copy(lesson, root / 'notebooks')
    for expected in ('Building the library', '1 lessons in'):
        process = lessons_py('run', cwd='/', root=root)
        out, err = process.communicate(timeout=500)
        assert (process.returncode, err) == (0, ''), out + err
        assert expected in out
    assert 'Installing' not in out and 'Building' not in out
    assert 'my grad check' not in (root / 'notebooks' / lesson.name).read_text(encoding='utf-8')
    assert (root / '.venv/home/.javacpp').is_dir()
    assert outside() == before
    shutil.rmtree(root)                                                         # 700 MB
