#!/usr/bin/env python3
"""One door to the lessons: sets up what is missing, then opens, runs, tests, measures or binds them.

  python3 lessons.py open     JupyterLab in your browser, on the first lesson
                              (--no-browser: only print the address; --port N)
  python3 lessons.py test     everything that can be checked: library, lessons, browser
                              (further words go to pytest, for example: -k browser)
  python3 lessons.py run      execute all lessons and write their outputs back
                              (run 02 05: only these)
  python3 lessons.py bench    how long a check takes, some two minutes
                              (--json FILE: also as JSON; --torch [PYTHON]: beside torch's check,
                              installed for the time being or found in this PYTHON;
                              --learners N: what a class of N needs at once; --start: how soon
                              a kernel has its first result)
  python3 lessons.py book     the lessons as a web book in target/book, which opens without a network
                              (--repository URL: with buttons that lead to Binder and to the
                              source; --pdf: for paper, too)
  python3 lessons.py doctor   what is installed here, and how to get what is not

Missing system packages (a JDK, Maven) are installed only when you agree; --yes agrees
beforehand. All else stays in .venv and target inside this folder, except for what Maven
downloads, which goes into its own repository (usually .m2 in your home).
"""
import argparse
import json
import os
import platform
import re
import signal
import subprocess
import sys
import webbrowser
from importlib.util import find_spec
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / 'src/main/python'))
from benchmark import bench
from book import book
from classroom import measure_class
from lab import choose_port, start_lab
from machine import (
    MAC,
    OLDEST_PYTHON,
    WINDOWS,
    Jdk,
    Problem,
    dotted,
    find_jdk,
    find_maven,
    has_fonts,
    last_line,
    output_of,
    say,
    stop_as_by_ctrl_c,
)
from workplace import (
    REQUIREMENTS,
    ROOT,
    VENV,
    check_writable,
    environment,
    library_built,
    library_ready,
    maven,
    packages_ready,
    set_up,
    venv_python,
)

FIRST_LESSON = 'notebooks/00-start-here.ipynb'


def call(command, env):
    """Runs a program of ours to its end; when we are stopped, it is stopped too, and has time to clean up."""
    stop_as_by_ctrl_c()
    process = subprocess.Popen([str(word) for word in command], cwd=ROOT, env=env)
    try:
        return process.wait()
    except KeyboardInterrupt:
        if process.poll() is None:
            process.send_signal(signal.CTRL_C_EVENT if WINDOWS else signal.SIGINT)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
        raise


def open_lessons(options):
    choose_port(options.port)                                           # a port that cannot be had is told now, not after the set-up
    env = set_up(options.yes)
    say('Starting JupyterLab ...')
    stop_as_by_ctrl_c()
    lab = start_lab(env, options.port)
    try:
        url = lab.url(FIRST_LESSON)
        say(f'The lessons are open at\n\n    {url}\n\nPress Ctrl-C here to close them.')
        graphical = WINDOWS or MAC or os.environ.get('DISPLAY') or os.environ.get('WAYLAND_DISPLAY')
        if graphical and not options.no_browser:
            webbrowser.open(url)
        if lab.process.wait() != 0:
            raise Problem(f'JupyterLab stopped: {last_line(lab.log.read_text(encoding="utf-8", errors="replace"))}')
    except KeyboardInterrupt:
        say('\nClosing JupyterLab ...')
    finally:
        lab.stop()
    return 0


def run_lessons(options):
    env = set_up(options.yes)
    return call([venv_python(), ROOT / 'src/main/python/notebooks.py', *options.lessons], env)


def test(options):
    env = set_up(options.yes, testing=True)
    say("Maven's tests ...")
    status = call(maven('verify'), env)
    if status != 0:
        return status
    library_built()
    say('Tests of the lessons, the set-up and the browser ...')
    return call([venv_python(), '-m', 'pytest', '-ra', '-o', f'cache_dir={VENV / "pytest"}', ROOT / 'src/test/python', *options.pytest],
                env)


def measure(options):
    if options.learners is None and not options.start:
        return bench(options)
    stop_as_by_ctrl_c()
    return measure_class(options)


def memory_in_gb():
    try:
        return os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30
    except (AttributeError, ValueError, OSError):
        return None


def examine():
    """Yields name, whether it is as needed, what was found, remedy."""
    yield 'Python', sys.version_info >= OLDEST_PYTHON, f'{platform.python_version()}, {sys.executable}', \
        f'install Python {dotted(OLDEST_PYTHON)} or later'
    installs = 'python3 lessons.py open installs it if you agree'
    yield 'venv', bool(find_spec('venv') and find_spec('ensurepip')), 'the venv module', installs
    try:
        jdk = find_jdk()
    except Problem as problem:
        jdk = str(problem)
    good = isinstance(jdk, Jdk)
    yield 'JDK', good, f'{jdk.version}, {jdk.home}, with jdk.jshell' if good else jdk, installs
    command = find_maven()
    status, text = output_of([command, '-B', '-v'], env=environment(jdk) if good else None) if command else (None, '')
    lines = re.sub(r'\x1b\[\d*m', '', text).splitlines()
    version = ', '.join(line.strip() for line in lines if re.match('Apache Maven|Java version', line))
    yield 'Maven', status == 0, f'{command}: {version}' if command else 'no mvn on the PATH', installs
    yield 'fonts', has_fonts(), 'fontconfig and fonts' if has_fonts() else 'no fontconfig library, or no font', \
        'install fontconfig and a font such as DejaVu Sans'
    memory = memory_in_gb()
    try:
        check_writable()
        yield 'folder', True, str(ROOT), ''
    except Problem as problem:
        yield 'folder', False, str(problem), 'copy this folder to a place of your own'
    yield 'memory', memory is None or memory > 1.5, f'{memory:.1f} GB' if memory else 'not known', 'a lesson needs about 1 GB'
    yield 'packages', packages_ready(REQUIREMENTS), f'JupyterLab and the Java kernel in {VENV}', \
        'python3 lessons.py open installs them'
    starts = kernel_starts()
    yield 'kernel', good and starts == str(jdk.java), f'java starts {starts}', 'python3 lessons.py open writes it'
    yield from (answer(jdk) if good and starts == str(jdk.java) and packages_ready(REQUIREMENTS) else ())
    yield 'library', library_ready(), str(ROOT / 'target/gradcheck.jar'), 'python3 lessons.py open builds it'


def kernel_starts():
    """What the kernel's kernel.json starts, in words where that cannot be told."""
    try:
        return json.loads((VENV / 'share/jupyter/kernels/java/kernel.json').read_text(encoding='utf-8'))['argv'][0]
    except FileNotFoundError:
        return 'nothing: there is no kernel.json'
    except (ValueError, KeyError, IndexError, TypeError, OSError):
        return 'nothing: kernel.json is damaged'


def answer(jdk):
    """Starts a kernel and asks it."""
    status, text = output_of([venv_python(), ROOT / 'src/main/python/notebooks.py', '--answers'], env=environment(jdk), timeout=120)
    yield 'answer', status == 0, 'a kernel started and knows 1 + 1' if status == 0 else last_line(text), \
        f'delete .venv and type python3 lessons.py open; what the kernel printed: {VENV / "kernel.log"}'


def doctor(_options):
    failed = False
    for name, good, found, remedy in examine():
        failed = failed or not good
        say(f'{"ok" if good else "MISSING":8} {name:9} {found}' + ('' if good else f'\n{"":18} -> {remedy}'))
    repository = Path.home() / '.m2/repository'
    say(f"note     Maven's own repository (by default {repository}) is the one thing outside this folder that is written to.")
    return 1 if failed else 0


def parse(arguments):
    parser = argparse.ArgumentParser(prog='lessons.py', description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter,
                                     usage='python3 lessons.py [open | test | run | bench | book | doctor]')
    agreeing = argparse.ArgumentParser(add_help=False)
    agreeing.add_argument('--yes', action='store_true', help='install missing system packages without asking')
    commands = parser.add_subparsers(dest='command', metavar='')
    opening = commands.add_parser('open', parents=[agreeing])
    opening.add_argument('--no-browser', action='store_true', help='only print the address')
    opening.add_argument('--port', type=int, metavar='N')
    opening.set_defaults(do=open_lessons)
    running = commands.add_parser('run', parents=[agreeing])
    running.add_argument('lessons', nargs='*', metavar='LESSON', help='part of a name, such as 02')
    running.set_defaults(do=run_lessons)
    commands.add_parser('test', parents=[agreeing]).set_defaults(do=test)
    measuring = commands.add_parser('bench', parents=[agreeing])
    measuring.add_argument('--json', metavar='FILE', help='write the table there, too')
    measuring.add_argument('--torch', nargs='?', const='', metavar='PYTHON',
                           help='measure torch.autograd.gradcheck as well: a download of 1 to 3 GB, or a PYTHON that has torch')
    measuring.add_argument('--learners', type=int, metavar='N', help='instead: N kernels at once run lesson 01')
    measuring.add_argument('--start', action='store_true', help='instead: how soon a kernel has its first result of ND4J, ten times')
    measuring.set_defaults(do=measure)
    printing = commands.add_parser('book', parents=[agreeing])
    printing.add_argument('--pdf', action='store_true', help='on paper, too: printed by Chromium or Chrome')
    printing.add_argument('--repository', metavar='URL', help='where the project is on the web, for the buttons')
    printing.set_defaults(do=book)
    commands.add_parser('doctor', parents=[agreeing]).set_defaults(do=doctor)
    options, rest = parser.parse_known_args(arguments)
    if rest and options.command != 'test':
        parser.error('not understood: ' + ' '.join(rest))
    options.pytest = rest
    return options


def main(arguments=None):
    options = parse(sys.argv[1:] if arguments is None else arguments)
    if not options.command:
        say(__doc__.strip())
        return 0
    try:
        return options.do(options)
    except Problem as problem:
        print(f'lessons.py: {problem}', file=sys.stderr)
    except OSError as error:
        print(f'lessons.py: {error.strerror or error}: {error.filename or ROOT}', file=sys.stderr)
    except KeyboardInterrupt:
        print('lessons.py: stopped', file=sys.stderr)
        return 130
    return 1


if __name__ == '__main__':
    sys.exit(main())
