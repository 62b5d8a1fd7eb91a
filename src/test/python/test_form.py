"""The form of the Python sources, as .ruff.toml says it."""
import subprocess
import sys

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
