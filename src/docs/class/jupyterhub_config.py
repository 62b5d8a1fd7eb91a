"""A class on one machine: JupyterHub, one system user per learner, the project set up once by a user who may write it.

    COURSE=/srv/gradcheck jupyterhub -f src/docs/class/jupyterhub_config.py

COURSE is this project's folder, built, and readable by all; the Python that runs JupyterHub has binder/requirements.txt installed as well
and its kernelspec written (binder/postBuild does both). At the first sign-in a learner gets a copy of the lessons, which is theirs;
the library is one for all.
"""
import os
import pwd
import shutil
from pathlib import Path

COURSE = Path(os.environ['COURSE'])


def hand_out(spawner):
    """The lessons into the learner's home, unless they are there; what was edited stays."""
    user = pwd.getpwnam(spawner.user.name)
    own = Path(user.pw_dir) / 'gradcheck'
    if own.exists():
        return
    shutil.copytree(COURSE / 'notebooks', own / 'notebooks', ignore=shutil.ignore_patterns('.*'))
    (own / 'target').symlink_to(COURSE / 'target')                          # %classpath ../target/gradcheck.jar
    for path in [own, *own.rglob('*')]:
        os.chown(path, user.pw_uid, user.pw_gid, follow_symlinks=False)
    own.chmod(0o700)


def own_natives(spawner):
    """The natives, 0.4 GB, into the learner's home: the kernel cannot write beside itself, and in /tmp a neighbour could plant his."""
    return f'-Dorg.bytedeco.javacpp.cachedir={pwd.getpwnam(spawner.user.name).pw_dir}/.javacpp/cache'


c = get_config()  # noqa: F821
c.JupyterHub.bind_url = 'http://127.0.0.1:8000'                             # behind a web server that speaks https
c.Authenticator.allow_all = True                                            # who has an account on this machine (PAM)
c.Spawner.pre_spawn_hook = hand_out
c.Spawner.environment = {'JDK_JAVA_OPTIONS': own_natives}
c.Spawner.notebook_dir = '~/gradcheck'
c.Spawner.default_url = '/lab/tree/notebooks/00-start-here.ipynb'
c.Spawner.args = ['--KernelSpecManager.ensure_native_kernel=False', '--KernelSpecManager.allowed_kernelspecs=java',
                  '--MappingKernelManager.cull_idle_timeout=1800', '--MappingKernelManager.cull_connected=True']
c.Spawner.start_timeout = 120                                               # when all of them come at nine o'clock
