"""Kernels started one by one: how long they take to the first result, how a lesson fares in one, and the archive of their classes.

Called with the Python that has jupyter_client, by lessons.py and by Binder.
"""
import json
import os
import sys
import time
from pathlib import Path
from queue import Empty

from jupyter_client import KernelManager
from jupyter_client.connect import LocalPortCache

from lab import is_free
from machine import stop_as_by_ctrl_c

FOLDER = Path(__file__).resolve().parents[3] / 'notebooks'
FIRST_STEPS = ['%classpath ../target/gradcheck.jar',
               'import org.nd4j.linalg.factory.Nd4j;\nNd4j.createFromArray(1.0).sumNumber()']
# More of what lessons do: methods, lambdas, streams, a picture. All of it is the JDK's.
FURTHER_STEPS = [
    'import java.util.*; import java.util.function.*; import java.util.stream.*;',
    'double twice(double x) { return 2 * x; }\nDoubleUnaryOperator f = x -> twice(x);',
    'IntStream.range(0, 9).mapToObj(i -> "a" + f.applyAsDouble(i)).map(String::trim).collect(Collectors.joining())',
    'String.format(Locale.ROOT, "%5.1f %e", f.applyAsDouble(3), 1e-9)',
    'import gradcheck.data.*; import gradcheck.model.*; import gradcheck.check.*; import gradcheck.chart.*;\nDatasets.iris()',
    'import java.awt.image.BufferedImage;\nnew BufferedImage(9, 9, BufferedImage.TYPE_INT_RGB)']
SECONDS = 120


class Broken(Exception):
    """A kernel that does not do as it should, and why."""


class Kernel:
    """A kernel that executes cells; it is killed in the end."""

    def __init__(self, *options):
        self.manager = KernelManager(kernel_name='java')
        argv = self.manager.kernel_spec.argv
        self.manager.kernel_spec.argv = [argv[0], *options, *argv[1:]]

    def __enter__(self):
        with open(os.environ.get('GRADCHECK_LOG', os.devnull), 'ab') as log:
            self.manager.start_kernel(cwd=str(FOLDER), stdout=log, stderr=log)
        self.client = self.manager.client()
        self.client.start_channels()
        return self

    def __exit__(self, *_):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)

    def execute(self, source):
        """Waits for the reply, which comes when the cell is done."""
        asked, deadline = self.client.execute(source), time.monotonic() + SECONDS
        while True:
            if not self.manager.is_alive() or time.monotonic() > deadline:
                raise Broken('the kernel died' if time.monotonic() < deadline else f'the kernel did not answer in {SECONDS} s')
            for message in self.messages():
                if message['parent_header'].get('msg_id') == asked:
                    if message['content']['status'] != 'ok':
                        raise Broken(f'{source.splitlines()[-1]} fails: {message["content"].get("evalue")}')
                    return

    def messages(self):
        try:
            return [self.client.get_shell_msg(timeout=5)]
        except Empty:
            return []

    def end(self):
        """From within, and with the time that it takes; when asked to shut down it stays for a minute."""
        self.client.execute('System.exit(0)')
        deadline = time.monotonic() + SECONDS
        while self.manager.is_alive() and time.monotonic() < deadline:
            time.sleep(0.1)


def seconds_to_first_result():
    began = time.monotonic()
    with Kernel() as kernel:
        for source in FIRST_STEPS:
            kernel.execute(source)
        return time.monotonic() - began


def archive(file):
    with Kernel(f'-XX:ArchiveClassesAtExit={file}') as kernel:
        for source in FIRST_STEPS + FURTHER_STEPS:
            kernel.execute(source)
        kernel.end()


def keep_to(ports):
    """Free ports of these alone: a kernel binds seconds after Jupyter chose its ports, and a neighbour's would have taken them."""
    left = iter(ports)
    LocalPortCache.find_available_port = lambda self, ip: next(port for port in left if is_free(port))


def learner(path, number):
    """One who runs this copy of a lesson: seconds, faults, and the kernel's peak memory."""
    import notebooks
    keep_to(range(20_000 + 10 * number, 20_010 + 10 * number))              # below those that systems give away
    notebooks.FOLDER = Path(path).parent
    began, peak = time.monotonic(), None
    notebook = notebooks.read(Path(path))
    try:
        peak = notebooks.execute(notebook)
        faults = notebooks.faults(notebook)
    except (notebooks.DeadKernelError, notebooks.CellTimeoutError, RuntimeError) as error:
        faults = [str(error).strip().splitlines()[0][:100]]
    except AssertionError:                                                  # nbclient's, of a kernel that was gone at once
        faults = ['the kernel did not start']
    return {'seconds': time.monotonic() - began, 'peak': peak, 'faults': faults}


def stoppable(words):
    stop_as_by_ctrl_c('SIGINT')
    try:
        if words[0] == '--archive':
            archive(words[1])
        else:
            print(json.dumps(seconds_to_first_result() if words[0] == '--start' else learner(words[1], int(words[2]))))
        return 0
    except Broken as broken:
        print(broken)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == '__main__':
    sys.exit(stoppable(sys.argv[1:]))
