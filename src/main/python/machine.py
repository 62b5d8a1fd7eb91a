"""What this machine has: Python, a JDK, Maven, fonts, a package manager; and how to get what it lacks.

Standard library only: this runs before anything is installed.
"""
import glob
import importlib
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

OLDEST_PYTHON = (3, 10)
OLDEST_JDK = 17
BROWSERS = ('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge')
WINDOWS = os.name == 'nt'
MAC = sys.platform == 'darwin'


class Problem(Exception):
    """What the user has to know, in one line."""


def say(text):
    print(text, flush=True)


def dotted(numbers):
    return '.'.join(map(str, numbers))


class Jdk:
    def __init__(self, home, version):
        self.home, self.version, self.major = Path(home), version, major(version)
        self.java = self.home / 'bin' / program('java')


def program(name):
    return name + '.exe' if WINDOWS else name


def major(version):
    """17 for 17.0.15, and 8 for the old style 1.8.0_392."""
    numbers = re.findall(r'\d+', version)
    return int(numbers[1] if numbers[0] == '1' and len(numbers) > 1 else numbers[0])


def output_of(command, **options):
    """Exit status and all that it printed; status None where it cannot be started."""
    try:
        done = subprocess.run([str(word) for word in command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, check=False, encoding='utf-8', errors='replace', **options)
        return done.returncode, done.stdout
    except OSError as error:
        return None, str(error)
    except subprocess.TimeoutExpired:
        return None, 'no answer'


def ask_java(java):
    """The Jdk that this java belongs to, or a string that says why it is of no use."""
    status, text = output_of([java, '-XshowSettings:properties', '--list-modules'], timeout=60)
    if status != 0:
        text += output_of([java, '-version'], timeout=60)[1]
    version = re.search(r'java\.version = (\S+)', text) or re.search(r'version "([^"]+)"', text)
    home = re.search(r'java\.home = (.+)', text)
    if not version:
        return 'which does not run'
    if major(version[1]) < OLDEST_JDK:
        return f'which is Java {version[1]}'
    jdk = Jdk(home[1].strip() if home else Path(java).resolve().parent.parent, version[1])
    if 'jdk.jshell' not in text or not (jdk.home / 'bin' / program('javac')).exists():
        return f'which is Java {version[1]} without the compiler and jdk.jshell: a JRE, not a JDK'
    return jdk


def usual_homes():
    """Where installers put a JDK, for when neither JAVA_HOME nor PATH leads to one."""
    if WINDOWS:
        folders = [os.environ.get(name) for name in ('ProgramFiles', 'LOCALAPPDATA')]
        vendors = ('Java', 'Eclipse Adoptium', 'Microsoft', 'Zulu', 'Amazon Corretto', 'BellSoft', 'Programs/Eclipse Adoptium')
        patterns = [f'{glob.escape(folder)}/{vendor}/*' for folder in folders if folder for vendor in vendors]
    elif MAC:
        patterns = ['/Library/Java/JavaVirtualMachines/*/Contents/Home',
                    str(Path.home() / 'Library/Java/JavaVirtualMachines/*/Contents/Home'),
                    '/opt/homebrew/opt/openjdk*', '/usr/local/opt/openjdk*']
    else:
        patterns = ['/usr/lib/jvm/*', '/usr/java/*', '/opt/jdk*', '/opt/java/*', str(Path.home() / '.sdkman/candidates/java/*')]
    return [home for pattern in patterns for home in sorted(glob.glob(pattern))]


def find_jdk():
    """The Jdk to use, or a string that says why there is none. A JAVA_HOME that is set decides alone."""
    named = os.environ.get('JAVA_HOME')
    if named:
        jdk = ask_java(Path(named) / 'bin' / program('java'))
        if isinstance(jdk, str):
            raise Problem(f'JAVA_HOME names {named}, {jdk}. Set it to a JDK {OLDEST_JDK} or later, or unset it.')
        return jdk
    on_path = shutil.which('java')
    seen, reason = set(), 'no Java found'
    for java in ([on_path] if on_path else []) + [Path(home) / 'bin' / program('java') for home in usual_homes()]:
        if not Path(java).exists() or Path(java).resolve() in seen:
            continue
        seen.add(Path(java).resolve())
        jdk = ask_java(java)
        if isinstance(jdk, Jdk):
            return jdk
        if len(seen) == 1:
            reason = f'found only {java}, {jdk}'
    return reason


def find_maven():
    """Maven's command, or None."""
    for name in ('MAVEN_HOME', 'M2_HOME'):
        if os.environ.get(name):
            found = shutil.which('mvn', path=str(Path(os.environ[name]) / 'bin'))
            if found:
                return found
    return shutil.which('mvn')


def stop_as_by_ctrl_c(*also):
    """A closed terminal and a polite kill end us as Ctrl-C does, and so do signals that are named."""
    for name in ('SIGTERM', 'SIGHUP', *also):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.default_int_handler)


def find_browser():
    """Chromium's or Chrome's command, or None."""
    return os.environ.get('CHROMIUM') or next((found for found in map(shutil.which, BROWSERS) if found), None)


def has_fonts():
    """Whether charts can write: on Linux the JDK needs the fontconfig library and one font."""
    if WINDOWS or MAC:
        return True
    folders = ['/usr/share/fonts', '/usr/local/share/fonts', str(Path.home() / '.fonts'), str(Path.home() / '.local/share/fonts')]
    fonts = any(name.endswith(('.ttf', '.otf', '.ttc')) for folder in folders for _, _, names in os.walk(folder) for name in names)
    return fonts and any(glob.glob(place + '/libfontconfig.so*') for place in ('/usr/lib', '/usr/lib64', '/usr/lib/*', '/lib/*'))


# ---------------------------------------------------------------- system packages

PACKAGES = {
    'apt-get': {'maven': 'maven', 'venv': f'python{dotted(sys.version_info[:2])}-venv', 'fonts': 'fontconfig fonts-dejavu-core'},
    'dnf': {'jdk': 'java-21-openjdk-devel', 'maven': 'maven', 'fonts': 'fontconfig dejavu-sans-fonts'},
    'brew': {'jdk': 'openjdk@21', 'maven': 'maven'},
    'winget': {'jdk': 'EclipseAdoptium.Temurin.21.JDK'},
}


def package_manager():
    order = ['winget'] if WINDOWS else ['brew'] if MAC else ['apt-get', 'dnf', 'brew']
    return next((name for name in order if shutil.which(name)), None)


def apt_jdk():
    """Debian's and Ubuntu's releases each have another of these."""
    for name in ('openjdk-17-jdk-headless', 'openjdk-21-jdk-headless', 'openjdk-25-jdk-headless'):
        if re.search(r'Candidate: \d', output_of(['apt-cache', 'policy', name], env={**os.environ, 'LC_ALL': 'C'})[1]):
            return name
    return 'openjdk-17-jdk-headless'


def install_commands(manager, missing):
    """The commands that install what is missing, or None where the package manager has not all of it."""
    packages = dict(PACKAGES.get(manager, {}))
    if manager == 'apt-get' and 'jdk' in missing:
        packages['jdk'] = apt_jdk()
    if any(name not in packages for name in missing):
        return None
    names = ' '.join(packages[name] for name in missing).split()
    root = not hasattr(os, 'geteuid') or os.geteuid() == 0
    sudo = [] if root or manager in ('brew', 'winget') else ['sudo']
    if manager == 'apt-get':
        return [sudo + ['apt-get', 'update'], sudo + ['apt-get', 'install', '-y', '--no-install-recommends', *names]]
    if manager == 'winget':
        return [['winget', 'install', '--exact', '--id', name] for name in names]
    return [sudo + [manager, 'install', *(['-y'] if manager == 'dnf' else []), *names]]


def missing_now(jdk, maven_needed, venv_needed):
    """What set-up lacks: name and reason."""
    missing = {}
    if isinstance(jdk, str):
        missing['jdk'] = f'a JDK {OLDEST_JDK} or later is needed ({jdk})'
    if maven_needed and not find_maven():
        missing['maven'] = 'Maven is needed to build the library (no mvn on the PATH)'
    if venv_needed:
        missing.update(missing_venv())
    if not has_fonts():
        missing['fonts'] = 'the charts need the fontconfig library and a font'
    return missing


def missing_venv():
    if find_spec('venv') and find_spec('ensurepip'):
        return {}
    return {'venv': f'the venv module of {sys.executable} is missing'}


def install(missing, agreed):
    """Installs what is missing if the user agrees; else raises a Problem that says what to type."""
    manager = package_manager()
    commands = install_commands(manager, missing)
    why = '; '.join(missing.values())
    if not commands:
        raise Problem(f'{why}. ' + no_package(manager, missing))
    if 'sudo' in commands[0] and not shutil.which('sudo'):
        raise Problem(f'{why}. As root, type: ' + ' && '.join(shlex.join(words[1:]) for words in commands))
    typed = ' && '.join(shlex.join(words) for words in commands)
    if not agreed:
        if not sys.stdin or not sys.stdin.isatty():
            raise Problem(f'{why}. Type: {typed}   (or add --yes and it is done for you)')
        say(f'Missing: {why}.')
        if input(f'Shall I type this for you:  {typed}  [y/N] ').strip().lower() not in ('y', 'yes'):
            raise Problem(f'nothing was installed. To do it yourself, type: {typed}')
    for number, words in enumerate(commands):
        if number and 'jdk' in missing and manager == 'apt-get':
            words = install_commands(manager, missing)[number]      # the lists of packages are new: choose the JDK again
        say('Installing: ' + shlex.join(words))
        status, text = output_of(words, env={**os.environ, 'DEBIAN_FRONTEND': 'noninteractive'}) if agreed else (subprocess.call(words), '')
        if status != 0 and 'install' in words:
            raise Problem(f'{shlex.join(words)} failed: {last_line(text)}')
    importlib.invalidate_caches()                                   # the venv module may be there now


def no_package(manager, missing):
    remedies = {
        'jdk': f'Install a JDK {OLDEST_JDK} or later, for example Temurin from adoptium.net',
        'maven': 'Install Apache Maven from maven.apache.org: unpack it and put its bin folder on the PATH',
        'venv': f'Install a Python {OLDEST_PYTHON[0]}.{OLDEST_PYTHON[1]} or later that has venv and ensurepip',
        'fonts': 'Install fontconfig and a font such as DejaVu Sans'}
    known = PACKAGES.get(manager, {})
    return '. '.join(f'{manager} install {known[name]}' if name in known else remedies[name] for name in missing) + '. Then try again.'


def last_line(text):
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else 'no output'
