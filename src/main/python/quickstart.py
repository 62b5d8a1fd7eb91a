"""A kernel that starts sooner: the classes of the JDK and the kernel, parsed and verified once, lie ready in an archive beside kernel.json.

Class-data sharing, which every JDK has since 13. Without the archive a kernel works as well. Standard library only.
"""
import os
from pathlib import Path

from machine import output_of, say

NAME = 'classes.jsa'


def stamp_of(folder, jdk, argv):
    """What an archive depends on: a JVM that does not fit it would start without any archive, even its own."""
    files = [jdk.home / 'lib/modules', folder / 'jjava.jar']
    seen = [f'{file.name} {file.stat().st_size} {int(file.stat().st_mtime)}' for file in files if file.exists()]
    return '\n'.join([jdk.version, str(folder.resolve()), *seen, *argv]) + '\n'


def with_archive(folder, jdk, argv):
    """The kernel's command with the archive, if there is one that fits and is whole: JDK 17 dies of half an archive."""
    try:
        archive = folder / NAME
        known = (folder / (NAME + '.txt')).read_text(encoding='utf-8')
        if known != stamp_of(folder, jdk, argv) + f'{archive.stat().st_size}\n':
            return argv
    except OSError:
        return argv
    # What the JVM has to say about an archive that does not fit is no concern of the reader's.
    return [argv[0], '-XX:SharedArchiveFile={resource_dir}/' + NAME, '-Xlog:disable', *argv[1:]]


def archive_missing(folder, jdk, argv):
    """Whether it was not tried yet: a machine where it fails is not asked each time."""
    try:
        known = (folder / (NAME + '.txt')).read_text(encoding='utf-8')
    except OSError:
        return True
    return known != stamp_of(folder, jdk, argv) + '0\n' and with_archive(folder, jdk, argv) is argv


def make_archive(folder, jdk, argv, python, env=None):
    """Runs a kernel through its first steps; as it ends it writes the archive. A failure leaves things as they were."""
    part, archive = folder / f'{NAME}.{os.getpid()}', folder / NAME
    try:
        status, text = output_of([python, Path(__file__).with_name('kernels.py'), '--archive', part], env=env, timeout=300)
        if status == 0 and part.exists():
            os.replace(part, archive)
        size = archive.stat().st_size if status == 0 and archive.exists() else 0
        (folder / (NAME + '.txt')).write_text(stamp_of(folder, jdk, argv) + f'{size}\n', encoding='utf-8')
        return text
    except OSError as error:                                                # Windows replaces no file that a kernel has open
        return str(error)
    finally:
        part.unlink(missing_ok=True)


def quicken(folder, jdk, argv, python, env=None):
    """Makes the archive where there is none. Returns whether it did."""
    if not archive_missing(folder, jdk, argv):
        return False
    say('Making the kernel start faster (once, 10 seconds) ...')
    make_archive(folder, jdk, argv, python, env)
    return True
