"""A JupyterLab of our own, whose root folder is the project. Standard library only."""
import os
import secrets
import socket
import subprocess
import time
import urllib.error
import urllib.request

from machine import WINDOWS, Problem, last_line
from workplace import ROOT, VENV, venv_python

FIRST_PORT = 8888


def is_free(port):
    with socket.socket() as probe:
        if not WINDOWS:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(('127.0.0.1', port))
            return True
        except OSError:
            return False


def choose_port(wanted):
    if wanted is not None:
        if not 0 < wanted < 65536 or not is_free(wanted):
            raise Problem(f'port {wanted} is taken or not allowed. Choose another, or leave --port out.')
        return wanted
    for port in range(FIRST_PORT, FIRST_PORT + 100):
        if is_free(port):
            return port
    raise Problem(f'no free port between {FIRST_PORT} and {FIRST_PORT + 99}. Name one with --port.')


def start_lab(env, wanted, root=ROOT):
    """A JupyterLab that answers, on this port, or on the first that is free and stays so: another one may start at the same time."""
    while True:
        lab = Lab(env, choose_port(wanted), root)
        try:
            lab.wait_until_ready()
            return lab
        except BaseException as trouble:
            lab.stop()
            if wanted is not None or not isinstance(trouble, Problem) or 'already in use' not in lab.printed():
                raise


class Lab:
    """A running JupyterLab whose root folder is the project. Also used by the browser test."""

    def __init__(self, env, port, root=ROOT):
        self.token, self.port, self.log = secrets.token_hex(16), port, VENV / f'jupyter-{port}.log'
        command = [venv_python(), '-m', 'jupyterlab', '--no-browser', '--ServerApp.ip=127.0.0.1', f'--ServerApp.port={port}',
                   '--ServerApp.port_retries=0', f'--ServerApp.root_dir={root}',
                   '--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate', '--LabApp.extension_manager=readonly',
                   '--KernelSpecManager.ensure_native_kernel=False', '--KernelSpecManager.allowed_kernelspecs=java',
                   '--ServerApp.terminals_enabled=False']
        if hasattr(os, 'geteuid') and os.geteuid() == 0:
            command.append('--ServerApp.allow_root=True')
        own_group = {'creationflags': subprocess.CREATE_NEW_PROCESS_GROUP} if WINDOWS else {'start_new_session': True}
        with open(self.log, 'w', encoding='utf-8') as log:                  # a Ctrl-C is ours to answer, hence a group of its own
            self.process = subprocess.Popen([str(word) for word in command], cwd=str(root), stdin=subprocess.DEVNULL, stdout=log,
                                            stderr=log, env={**env, 'JUPYTER_TOKEN': self.token}, **own_group)

    def url(self, path):
        return f'http://127.0.0.1:{self.port}/lab/tree/{path}?reset&token={self.token}'

    def request(self, path, method='GET'):
        request = urllib.request.Request(f'http://127.0.0.1:{self.port}{path}', method=method,
                                         headers={'Authorization': f'token {self.token}'})
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(request, timeout=10) as answer:
            return answer.read()

    def printed(self):
        return self.log.read_text(encoding='utf-8', errors='replace')

    def is_ours(self):
        """Whether our own server listens: its log says so before any token is sent."""
        return f':{self.port}/' in self.printed()

    def wait_until_ready(self, seconds=120):
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                if self.is_ours():
                    return self.request('/api/status')
            except (OSError, urllib.error.URLError):
                pass
            time.sleep(0.1)
        raise Problem(f'JupyterLab did not start: {last_line(self.printed())} (all it printed: {self.log})')

    def stop(self):
        if self.process.poll() is None:
            try:
                self.request('/api/shutdown', 'POST')
                self.process.wait(15)
            except (OSError, urllib.error.URLError, subprocess.TimeoutExpired):
                self.process.terminate()
                self.process.wait(15)
