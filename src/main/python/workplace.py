"""What the lessons need inside the project's folder: .venv with Jupyter and the kernel, and the library in target.

Standard library only. A second call compares stamps and calls neither pip nor Maven.
"""
import json
import os
import platform
import re
import shutil
import sys
import tempfile
import zipfile
from pathlib import Path

from machine import OLDEST_PYTHON, WINDOWS, Problem, dotted, find_jdk, find_maven, install, last_line, missing_now, output_of, say
from quickstart import quicken, with_archive

ROOT = Path(__file__).resolve().parents[3]
VENV = ROOT / '.venv'
REQUIREMENTS = ROOT / 'binder/requirements.txt'
TEST_REQUIREMENTS = ROOT / 'src/test/python/requirements.txt'


def venv_python(venv=None):
    return (venv or VENV) / ('Scripts/python.exe' if WINDOWS else 'bin/python')


def environment(jdk=None):
    """What all our programs are started with: this JDK, if they need one, and every folder of Jupyter's inside .venv."""
    env = dict(os.environ)
    for name in ('PYTHONPATH', 'PYTHONHOME', 'JUPYTER_PATH', 'JUPYTER_CONFIG_PATH', 'JUPYTER_TOKEN', 'JUPYTERLAB_DIR'):
        env.pop(name, None)
    jupyter = VENV / 'jupyter'
    env.update({
        'PIP_USER': '0', 'PIP_DISABLE_PIP_VERSION_CHECK': '1', 'PYTHONNOUSERSITE': '1',
        'PYTHONUTF8': '1', 'PYDEVD_DISABLE_FILE_VALIDATION': '1',
        'JUPYTER_CONFIG_DIR': str(jupyter / 'config'), 'JUPYTER_DATA_DIR': str(jupyter / 'data'),
        'JUPYTER_RUNTIME_DIR': str(jupyter / 'runtime'), 'JUPYTERLAB_WORKSPACES_DIR': str(jupyter / 'workspaces'),
        'JUPYTERLAB_SETTINGS_DIR': str(jupyter / 'settings'), 'IPYTHONDIR': str(jupyter / 'ipython'),
        'JUPYTER_PREFER_ENV_PATH': '1', 'JUPYTER_PLATFORM_DIRS': '1', 'GRADCHECK_LOG': str(VENV / 'kernel.log')})
    if jdk:
        env['JAVA_HOME'] = str(jdk.home)
    return env


def check_python():
    if sys.version_info < OLDEST_PYTHON:
        raise Problem(f'Python {dotted(OLDEST_PYTHON)} or later is needed; this is {platform.python_version()}, {sys.executable}.')


def check_writable():
    """Set-up and lessons write into the project's folder."""
    try:
        with tempfile.TemporaryFile(dir=ROOT):
            pass
    except OSError as error:
        raise Problem(f'cannot write in {ROOT} ({error.strerror}). Copy this folder to a place of your own and start there.') from None


def check_space(megabytes, what, folder=None):
    folder = folder or ROOT
    free = shutil.disk_usage(folder).free // 1_000_000
    if free < megabytes:
        raise Problem(f'the disk is full: {what} needs about {megabytes} MB, {folder} has {free} MB left.')


TROUBLES = [
    (r'No space left on device|not enough space on the disk|ENOSPC', 'the disk is full. Make room (about 2 GB) and try again.'),
    (r'Read-only file system|Permission denied|Access is denied', 'a file or folder cannot be written.'),
    ((r'UnknownHost|Unknown host|[Nn]ame resolution|Name or service not known|nodename nor servname|getaddrinfo|'
      r'Connection refused|Network is unreachable|No route to host|NewConnectionError|ProxyError|timed out|Could not transfer|'
      r'Connection reset|from versions: none'), 'no network? The first start downloads about 400 MB. Connect and try again.'),
]


def explain(what, text, log):
    """One line on why pip or Maven failed; all that it printed is in the log."""
    log.write_text(text, encoding='utf-8')
    broken = re.search(r'([^\s\[\]:]?:?[^\s\[\]:]+\.jar)\b.*(?:END header|opening zip|LOC header|CEN header|[Cc]orrupt|ZipException)', text)
    if broken:
        return Problem(f'{what} met a half-downloaded archive. Delete {Path(broken[1]).parent} and try again (all it printed: {log}).')
    for pattern, reason in TROUBLES:
        if re.search(pattern, text):
            return Problem(f'{what} failed: {reason} (All it printed: {log})')
    errors = [line for line in text.splitlines() if 'ERROR' in line] or [last_line(text)]
    return Problem(f'{what} failed: {errors[0].strip()[:200]} (all it printed: {log})')


def call_pip(requirements, env, venv):
    status, text = output_of([venv_python(venv), '-m', 'pip', 'install', '--quiet', '--no-input', '-r', requirements], env=env)
    if status != 0:
        raise explain('Installing the Python packages', text, venv / 'pip.log')


def packages_stamp(requirements, venv=None):
    return (venv or VENV) / ('ready-' + requirements.parent.name)


PACKAGES = ('jupyterlab', 'nbclient', 'nbformat', 'jupyter_client')


def packages_there():
    """Whether what we start is really there: pip itself looks at its lists alone."""
    folders = [VENV / 'Lib/site-packages', *VENV.glob('lib/python*/site-packages')]
    return (VENV / 'share/jupyter/kernels/java/jjava.jar').exists() and all(
        any((folder / name / '__init__.py').exists() for folder in folders) for name in PACKAGES)


def packages_ready(requirements, venv=None):
    """A stamp is written when pip has succeeded and holds what it installed: a half-built .venv has none."""
    stamp = packages_stamp(requirements, venv)
    return (venv_python(venv).exists() and stamp.exists() and stamp.read_bytes() == requirements.read_bytes()
            and (requirements != REQUIREMENTS or packages_there()))


def set_up_packages(requirements, what, env, venv=None):
    """In .venv, or in a virtual environment of their own inside it."""
    if packages_ready(requirements, venv):
        return
    check_space(700, what)
    say(f'Installing {what} in .venv (once, about a minute) ...')
    stamp = packages_stamp(requirements, venv)
    if not packages_ready(requirements if venv else REQUIREMENTS, venv):
        status, text = output_of([sys.executable, '-m', 'venv', '--clear', venv or VENV], env={**env, 'PYTHONUTF8': '0'})
        if status != 0:
            raise Problem(f'Python cannot make the virtual environment .venv: {last_line(text)}')
    stamp.unlink(missing_ok=True)
    call_pip(requirements, env, venv or VENV)
    stamp.write_bytes(requirements.read_bytes())


def jars():
    return [ROOT / 'target/gradcheck.jar', *sorted((ROOT / 'target/lib').glob('*.jar'))]


def jar_list():
    return ''.join(f'{jar.name} {jar.stat().st_size}\n' for jar in jars() if jar.exists())


def is_archive(jar):
    """Whether all of it can be read."""
    try:
        with zipfile.ZipFile(jar) as archive:
            return archive.testzip() is None
    except (OSError, zipfile.BadZipFile, EOFError, NotImplementedError):
        return False


def library_ready():
    """Built, complete, newer than its sources, and no jar damaged since."""
    stamp = ROOT / 'target/gradcheck.built'
    if not stamp.exists() or stamp.read_text(encoding='utf-8') != jar_list():
        return False
    if not all(is_archive(jar) for jar in jars() if jar.stat().st_mtime > stamp.stat().st_mtime):
        return False
    sources = [ROOT / 'pom.xml']
    for folder in ('src/main/java', 'src/main/resources'):
        sources += [ROOT / folder, *(ROOT / folder).rglob('*')]
    return all(source.stat().st_mtime <= stamp.stat().st_mtime for source in sources if source.exists())


def library_built():
    """Called after Maven has succeeded: looks at every archive, then writes the stamp."""
    for jar in jars():
        if not is_archive(jar):
            jar.unlink(missing_ok=True)
            raise Problem(f'{jar.name} is no archive: half-downloaded? Delete {where_maven_keeps(jar)} and try again.')
    (ROOT / 'target/gradcheck.built').write_text(jar_list(), encoding='utf-8')


def where_maven_keeps(jar):
    found = next((Path.home() / '.m2/repository').rglob(jar.name), None)
    return found.parent if found else f"{jar.name}'s folder in Maven's repository"


def maven(*goals):
    return [find_maven(), '-B', '-ntp', f'-Dorg.bytedeco.javacpp.cachedir={VENV / "home/.javacpp/cache"}', *goals]


def set_up_library(env):
    if library_ready():
        return
    check_space(50 if (ROOT / 'target/lib').exists() else 1000, 'building the library')
    for jar in jars():                                                  # Maven would not copy them again
        if jar.exists() and not is_archive(jar):
            jar.unlink()
    say('Building the library with Maven (10 seconds; the first time it downloads 150 MB, about a minute) ...')
    build('Building the library', env)


def set_up_benchmarks(env):
    """The library once more, and the benchmarks; Maven sees itself what is up to date."""
    say('Building the benchmarks with Maven (10 seconds; the first time it downloads 2 MB) ...')
    build('Building the benchmarks', env, '-Pbench')


def build(what, env, *words):
    command = maven('-q', '-Dmaven.test.skip=true', *words, 'package')
    status, text = output_of(command, cwd=ROOT, env=env)
    if status != 0 and 'failure was cached' in text:
        status, text = output_of([*command, '-U'], cwd=ROOT, env=env)
    if status != 0:
        raise explain(what, text, VENV / 'maven.log')
    library_built()


def jvm_options(jdk, home):
    """Small enough for five open lessons, the same text everywhere, no warnings. In its home the JVM keeps fonts and natives."""
    options = ['-XX:+UseSerialGC', '-Xmx512m', '-Xmn64m', '-Duser.language=en', '-Dfile.encoding=UTF-8', '-Djava.awt.headless=true',
               f'-Duser.home={home}']
    if jdk.major >= 24:
        options += ['--enable-native-access=ALL-UNNAMED', '--sun-misc-unsafe-memory-access=allow']
    return options


def kernel_folder(prefix):
    return Path(prefix) / 'share/jupyter/kernels/java'


def kernel_command(jdk):
    """Relative to the kernelspec: a copy of the project's folder keeps to itself."""
    return [str(jdk.java), *jvm_options(jdk, '{resource_dir}/../../../../home'),
            '--add-opens', 'jdk.jshell/jdk.jshell=ALL-UNNAMED', '-jar', '{resource_dir}/jjava.jar', '{connection_file}']


def write_kernelspec(prefix, jdk):
    """Makes the kernel `java` under this prefix start exactly this JDK. Its own launcher takes any java on the PATH."""
    folder = kernel_folder(prefix)
    spec = {'argv': with_archive(folder, jdk, kernel_command(jdk)),
            'display_name': 'Java', 'language': 'java', 'interrupt_mode': 'message', 'env': {}, 'metadata': {}}
    write_if_changed(folder / 'kernel.json', spec)


def quicken_kernel(prefix, jdk, python, env=None):
    """Called when the kernelspec and the library are there."""
    if quicken(kernel_folder(prefix), jdk, kernel_command(jdk), python, env):
        write_kernelspec(prefix, jdk)


def write_lab_settings(prefix):
    """No question about news, no look for updates: nothing pops up over a lesson."""
    settings = {'@jupyterlab/apputils-extension:notification': {'fetchNews': 'false', 'checkForUpdates': False}}
    write_if_changed(Path(prefix) / 'share/jupyter/lab/settings/overrides.json', settings)


def write_if_changed(file, content):
    text = json.dumps(content, indent=2) + '\n'
    if not file.exists() or file.read_text(encoding='utf-8') != text:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding='utf-8')


def set_up(agreed, testing=False, building=False):
    """Makes everything ready and returns the environment for our programs. With nothing to do it takes half a second."""
    check_python()
    check_writable()
    maven_needed = testing or building or not library_ready()
    venv_needed = not packages_ready(REQUIREMENTS)
    jdk = find_jdk()
    missing = missing_now(jdk, maven_needed, venv_needed)
    if missing:
        install(missing, agreed)
        jdk = find_jdk()
        missing = missing_now(jdk, maven_needed, venv_needed)
        if missing:
            raise Problem('still missing after the installation: ' + '; '.join(missing.values()) + '.')
    env = environment(jdk)
    set_up_packages(REQUIREMENTS, 'JupyterLab and the Java kernel', env)
    if testing:
        set_up_packages(TEST_REQUIREMENTS, "the tests' packages", env)
    set_up_library(env)
    write_kernelspec(VENV, jdk)
    write_lab_settings(VENV)
    Path(env['IPYTHONDIR']).mkdir(parents=True, exist_ok=True)
    quicken_kernel(VENV, jdk, venv_python(), env)
    return env
