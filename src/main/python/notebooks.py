"""Executes lessons from top to bottom, each in a fresh kernel, and writes their outputs back.

Called by lessons.py with .venv's Python; the tests use the same functions. A lesson with a fault is not written.
"""
import io
import os
import re
import sys
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError

import pictures

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / 'notebooks'
SECONDS_PER_CELL = 300
KERNEL = {'display_name': 'Java', 'language': 'java', 'name': 'java'}
LANGUAGE = {'codemirror_mode': 'java', 'file_extension': '.jshell', 'mimetype': 'text/x-java-source', 'name': 'Java',
            'pygments_lexer': 'java'}
COLOURS = re.compile(r'\x1b\[[0-9;]*m')


class Stopped(Exception):
    """Ends the execution at a cell with a fault."""


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


def read(path):
    return nbformat.read(path, as_version=4)


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
                            on_cell_start=start, on_cell_executed=done)
    with kernel_log() as log:
        try:
            client.execute(stdout=log, stderr=log)
        except Stopped:
            pass
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
    part.write_bytes((text.getvalue().rstrip('\n') + '\n').encode('utf-8'))
    os.replace(part, path)


def run(path):
    """Executes one lesson, prints a line per cell, writes it back if it has no fault. Returns its faults."""
    notebook = read(path)
    count = len(code_cells(notebook))
    print(f'\n{path.name}', flush=True)

    def progress(number, cell, seconds):
        words = ' '.join(cell.source.split())
        print(f'  {number:2}/{count}  {seconds:5.1f} s  {words[:60]}', flush=True)

    began = time.monotonic()
    try:
        peak = execute(notebook, progress)
        found = faults(notebook)
    except (CellTimeoutError, DeadKernelError) as error:
        peak, found = None, [f'{type(error).__name__}: {str(error).splitlines()[0]} (see {os.environ.get("GRADCHECK_LOG")})']
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
    for path in chosen:
        if run(path):
            return 1
    print(f'\n{len(chosen)} lessons in {time.monotonic() - began:.1f} s')
    return 0


if __name__ == '__main__':
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
