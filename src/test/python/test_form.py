"""The form of the Python sources, as .ruff.toml says it."""
import re
import subprocess
import sys

import pytest

from notebooks import ROOT


def ruff(*words):
    """Exit status and all that ruff check printed."""
    done = subprocess.run([sys.executable, '-m', 'ruff', 'check', '--output-format', 'concise', *words], cwd=ROOT, check=False,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding='utf-8')
    return done.returncode, done.stdout


def test_the_sources_have_their_form():
    status, found = ruff('lessons.py', 'src')
    assert status == 0, found + 'Most of it is mended by: ruff check --fix'


def test_a_breach_of_each_kind_would_be_noticed(tmp_path):
    planted = ['import sys', 'import os', '', 'print(sys.path, "%s" % 1)', '# ' + 'x' * 140, '', '', 'def f(a=[]):', '    return a', '']
    file = tmp_path / 'planted.py'
    file.write_text('\n'.join(planted), encoding='utf-8')
    status, found = ruff('--config', str(ROOT / '.ruff.toml'), str(file))
    assert status == 1
    for rule in ('I001', 'F401', 'UP031', 'E501', 'B006'):                  # imports sorted, used; pyupgrade; length; bugbear
        assert f' {rule} ' in found, found


def committed():
    """All files of the project that are text, whether committed already or not."""
    names = subprocess.run(['git', 'ls-files', '--cached', '--others', '--exclude-standard', '-z'], cwd=ROOT, check=True, encoding='utf-8',
                           stdout=subprocess.PIPE).stdout.split('\0')
    for path in (ROOT / name for name in names if name):
        if path.is_file() and path.suffix not in ('.png', '.gz', '.jar'):
            yield path, path.read_text(encoding='utf-8')


# The hosts of package registries, in parts, so that this file names none.
REGISTRIES = re.compile('|'.join(r'\.'.join(parts) for parts in (
    ('pypi', 'org'), ('files', 'pythonhosted'), ('repo1?', 'maven'), ('registry', 'npmjs'), ('deb', 'debian'), ('archive', 'ubuntu'))))
OF_A_MACHINE = re.compile(r'(?<![\w.}$)*-])/(?:root|work|home/(?!jovyan\b)\w+)/[\w.]')
SECRET = re.compile(r'BEGIN [A-Z ]*PRIVATE KEY|\bgh[pousr]_\w{30}|\bAKIA[0-9A-Z]{16}\b')


@pytest.mark.parametrize('pattern', [REGISTRIES, OF_A_MACHINE, SECRET], ids=['registry', 'path', 'secret'])
def test_no_file_names_a_registry_a_path_of_one_machine_or_a_secret(pattern):
    assert [f'{path.relative_to(ROOT)}: {found[0]}' for path, text in committed() for found in pattern.finditer(text)] == []


def test_such_names_would_be_noticed():
    dot, slash = '.', '/'
    assert REGISTRIES.search(f'https://pypi{dot}org/simple') and REGISTRIES.search(f'https://repo{dot}maven{dot}x')
    assert OF_A_MACHINE.search(f'open("{slash}home{slash}ann/x.txt")') and SECRET.search('gh' + 'p_' + 'a' * 36)


@pytest.mark.parametrize('name', ['binder/requirements.txt', 'src/test/python/requirements.txt', 'src/docs/book/requirements.txt'])
def test_every_pinned_package_has_hashes(name):
    text = (ROOT / name).read_text(encoding='utf-8').replace('\\\n', ' ')
    pins = [line for line in text.splitlines() if line and not line.startswith('#')]
    assert pins and all(re.match(r'[\w.-]+==\S+.* --hash=sha256:[0-9a-f]{64}', pin) for pin in pins)
