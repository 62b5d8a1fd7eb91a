"""Executes lessons from top to bottom, each in a fresh kernel, and writes their outputs back.

Called by lessons.py with .venv's Python; the tests use the same functions. A lesson with a fault is not written.
"""
import io
import os
import re
import sys
import time
from pathlib import Path

try:
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
except ImportError as lack:
    sys.exit(f'lessons.py: {lack.name} is missing in .venv: delete .venv, and the next command installs it anew')

import pictures
from machine import stop_as_by_ctrl_c

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / 'notebooks'
SECONDS_PER_CELL = 300
KERNEL = {'display_name': 'Java', 'language': 'java', 'name': 'java'}
LANGUAGE = {'codemirror_mode': 'java', 'file_extension': '.jshell', 'mimetype': 'text/x-java-source', 'name': 'Java',
            'pygments_lexer': 'java'}
COLOURS = re.compile(r'\x1b\[[0-9;]*m')


class Stopped(Exception):
    """Ends the execution at a cell with a fault."""


class Broken(Exception):
    """A file that is no notebook, and why."""


def lessons(words=()):
    """All lessons, or those whose name starts with (else: contains) one of the words; ValueError for a word that fits none."""
    every = sorted(FOLDER.glob('*.ipynb'))
    chosen = []
    for word in words:
        stem = Path(word).name.removesuffix('.ipynb')
        fitting = [path for path in every if path.stem.startswith(stem)] or [path for path in every if stem in path.stem]
        if not fitting:
            raise ValueError(f'no lesson is called {word}; there are: ' + ', '.join(path.stem for path in every))
        chosen += fitting
    return sorted(set(chosen)) if words else every


def parsed(path, text):
    try:
        if re.search(rb'^<<<<<<< ', text, re.MULTILINE):
            raise ValueError('it holds the marks of a merge conflict')
        notebook = nbformat.reads(text.decode('utf-8'), as_version=4)
        nbformat.validate(notebook)
        return notebook
    except (ValueError, AttributeError, KeyError, TypeError, nbformat.ValidationError) as error:
        reason = str(error).splitlines()[0][:80] if text.strip() else 'it is empty'
        raise Broken(f'{path.name} is no notebook ({reason}). Get the last good one back with: '
                     f'git checkout -- notebooks/{path.name}') from None


def read(path):
    return parsed(path, path.read_bytes())


def code_cells(notebook):
    """The cells that have something to execute, which are those that are counted."""
    return [cell for cell in notebook.cells if cell.cell_type == 'code' and cell.source.strip()]


def may_raise(cell):
    return 'raises-exception' in cell.metadata.get('tags', [])


def kernel_log():
    """Where the kernel's own chatter goes; not into the reader's terminal."""
    return open(os.environ.get('GRADCHECK_LOG', os.devnull), 'ab')


def peak_megabytes(client):
    """The most memory that the kernel ever had, where Linux tells."""
    try:
        status = Path(f'/proc/{client.km.provisioner.pid}/status').read_text(encoding='ascii')
        return int(re.search(r'VmHWM:\s+(\d+) kB', status)[1]) // 1024
    except (OSError, TypeError, AttributeError):
        return None


def kill_kernel(client):
    """Nothing may stay behind: a kernel is 400 MB."""
    process = getattr(getattr(client.km, 'provisioner', None), 'process', None)
    if process is not None and process.poll() is None:
        process.kill()
        process.wait()


def execute(notebook, on_cell=lambda number, cell, seconds: None, stop_at_fault=True):
    """Executes the notebook in place and cleans it. Returns the kernel's peak memory in MB, or None."""
    for cell in notebook.cells:
        if cell.cell_type == 'code':
            cell.outputs, cell.execution_count = [], None
    numbers = {cell.id: number for number, cell in enumerate(code_cells(notebook), 1)}
    started, peak, client = {}, [None], None

    def start(cell, cell_index):
        started[cell.id] = time.monotonic()

    def done(cell, cell_index, execute_reply):
        peak[0] = peak_megabytes(client) or peak[0]
        on_cell(numbers[cell.id], cell, time.monotonic() - started[cell.id])
        if stop_at_fault and cell_faults(numbers[cell.id], cell):
            raise Stopped

    client = NotebookClient(notebook, kernel_name='java', timeout=SECONDS_PER_CELL, coalesce_streams=True, record_timing=False,
                            allow_errors=True, resources={'metadata': {'path': str(FOLDER)}},
                            on_cell_start=start, on_cell_executed=done,
                            on_notebook_start=lambda notebook: stop_as_by_ctrl_c('SIGINT'))   # the client would go on
    with kernel_log() as log:
        try:
            client.execute(stdout=log, stderr=log)
        except Stopped:
            pass
        except KeyboardInterrupt:
            kill_kernel(client)
            raise
    clean(notebook)
    return peak[0]


def cell_faults(number, cell):
    """What an executed cell shows that no lesson may show, one line each."""
    faults = []
    errors = [output for output in cell.outputs if output.output_type == 'error']
    for output in errors:
        if not may_raise(cell):
            faults.append(f'code cell {number} raises {output.ename}: {output.evalue}')
    if may_raise(cell) and not errors:
        faults.append(f'code cell {number} is tagged raises-exception and raises none')
    for output in cell.outputs:
        if output.get('name') == 'stderr':
            faults.append(f'code cell {number} prints on stderr: {output.text.strip()[:200]}')
    return faults


def picture_faults(number, cell):
    """What a strict decoder refuses in the pictures of a cell that was cleaned."""
    found = [pictures.fault(output.data['image/png']) for output in pictures.pictures(cell)]
    return [f'code cell {number} shows a picture that {fault}' for fault in found if fault]


def faults(notebook):
    return [fault for number, cell in enumerate(code_cells(notebook), 1)
            for fault in cell_faults(number, cell) + picture_faults(number, cell)]


def clean(notebook):
    """Leaves out what differs from run to run, or from one machine to the next, and finishes the pictures."""
    notebook.metadata = nbformat.from_dict({'kernelspec': KERNEL, 'language_info': LANGUAGE})
    for cell in notebook.cells:
        cell.metadata.pop('execution', None)
        for output in cell.get('outputs', []):
            output.pop('transient', None)
            data = output.get('data', {})
            if 'image/png' in data:
                data.pop('text/plain', None)                        # BufferedImage@3a5ced51: type = 1 ...
            if output.output_type == 'error':
                lines = COLOURS.sub('', '\n'.join(output.traceback)).splitlines()
                output.traceback = [line for line in lines if not re.match(r'\s*(at |\.\.\. \d+ more)', line)]
    pictures.finish(notebook)


def write(notebook, path):
    """The same bytes on every machine, and never half a file."""
    text = io.StringIO()
    nbformat.write(notebook, text)
    part = path.with_name(path.name + '.part')
    try:
        part.write_bytes((text.getvalue().rstrip('\n') + '\n').encode('utf-8'))
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def run(path):
    """Executes one lesson, prints a line per cell, writes it back if it has no fault. Returns its faults."""
    before = path.read_bytes()
    notebook = parsed(path, before)
    count = len(code_cells(notebook))
    print(f'\n{path.name}', flush=True)

    def progress(number, cell, seconds):
        words = ' '.join(cell.source.split())
        print(f'  {number:2}/{count}  {seconds:5.1f} s  {words[:60]}', flush=True)

    began = time.monotonic()
    try:
        peak = execute(notebook, progress)
        found = faults(notebook)
        if path.read_bytes() != before:
            found.append('it was changed meanwhile')
    except DeadKernelError:
        peak, found = None, [f'the kernel died, most often for lack of memory (see {os.environ.get("GRADCHECK_LOG")})']
    except (CellTimeoutError, RuntimeError) as error:
        peak, found = None, [f'the kernel does not answer: {str(error).splitlines()[0][:100]} (see {os.environ.get("GRADCHECK_LOG")})']
    if found:
        print(f'{path.name} is left as it was:', *found, sep='\n  ', file=sys.stderr, flush=True)
    else:
        write(notebook, path)
    memory = f', {peak} MB at most' if peak else ''
    print(f'  {path.stem}: {time.monotonic() - began:.1f} s{memory}', flush=True)
    return found


def main(words):
    try:
        chosen = lessons(words)
    except ValueError as error:
        print(f'lessons.py: {error}', file=sys.stderr)
        return 1
    if not chosen:
        print(f'lessons.py: there is no lesson in {FOLDER}', file=sys.stderr)
        return 1
    began = time.monotonic()
    try:
        for path in chosen:
            if run(path):
                return 1
    except Broken as broken:
        print(f'lessons.py: {broken}', file=sys.stderr)
        return 1
    except OSError as error:
        print(f'lessons.py: {error.strerror or error}: {error.filename or FOLDER}', file=sys.stderr)
        return 1
    print(f'\n{len(chosen)} lessons in {time.monotonic() - began:.1f} s')
    return 0


def answers():
    """Whether a kernel starts and knows what 1 + 1 is."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell('1 + 1')])
    execute(notebook)
    return notebook.cells[0].outputs[0]['data']['text/plain'] == '2'


def stoppable(words):
    try:
        return int(not answers()) if words == ['--answers'] else main(words)
    except KeyboardInterrupt:
        return 130


if __name__ == '__main__':
    stop_as_by_ctrl_c('SIGINT')
    sys.exit(stoppable(sys.argv[1:]))
