"""A release: the same jar from the same sources, jars of the sources and the Javadoc, a check of the API, and what stands beside them."""
import hashlib
import os
import re
import shutil
import subprocess
import zipfile

import pytest

import workplace
from machine import find_jdk, output_of
from notebooks import ROOT
from test_example_project import local_repository

JARS = ['gradcheck.jar', 'gradcheck-sources.jar', 'gradcheck-javadoc.jar']


@pytest.fixture(scope='module')
def clone(tmp_path_factory):
    """The project as it is committed, and what is not committed yet, in a folder of its own; built, with the jars of a release."""
    folder = tmp_path_factory.mktemp('release') / 'project'
    command = ['git', 'ls-files', '--cached', '--others', '--exclude-standard', '-z', 'pom.xml', 'src/main']
    names = subprocess.run(command, cwd=ROOT, check=True, encoding='utf-8', stdout=subprocess.PIPE).stdout.split('\0')
    for name in (name for name in names if name and (ROOT / name).exists()):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    maven(folder, '-Prelease', 'package')
    return folder


def maven(folder, *words, expected=0):
    status, text = output_of([*workplace.maven('-Dmaven.test.skip=true', '-Dspotless.check.skip', *words)], cwd=folder,
                             env=workplace.environment(find_jdk()))
    assert status == expected, text
    return text


def hashes(folder):
    return {name: hashlib.sha256((folder / 'target' / name).read_bytes()).hexdigest() for name in JARS}


def test_two_builds_have_one_hash(clone, tmp_path):
    again = tmp_path / 'elsewhere'
    shutil.copytree(clone, again, ignore=shutil.ignore_patterns('target'))
    maven(again, '-Prelease', 'package')
    assert hashes(again) == hashes(clone)


def test_sources_and_javadoc_are_whole(clone):
    sources, pages = (set(zipfile.ZipFile(clone / 'target' / name).namelist()) for name in JARS[1:])
    for path in (clone / 'src/main/java').rglob('*.java'):
        name = path.relative_to(clone / 'src/main/java').as_posix()
        assert name in sources
        if re.search(rf'^public .*\b{path.stem}\b', path.read_text(encoding='utf-8'), re.MULTILINE):
            assert name.replace('.java', '.html') in pages


@pytest.mark.skipif(os.name != 'posix', reason='links need a right of their own there')
def test_an_api_that_breaks_what_was_released_is_refused(clone, tmp_path):
    repository = local_repository(tmp_path / 'repository')
    version = re.search('<version>(.*?)<', (ROOT / 'pom.xml').read_text(encoding='utf-8'))[1]
    words = [f'-Dmaven.repo.local={repository}', f'-Dapi.last={version}', 'verify']
    project = tmp_path / 'changed'
    shutil.copytree(clone, project)
    pom = project / 'pom.xml'
    pom.write_text(pom.read_text(encoding='utf-8').replace(f'<version>{version}<', '<version>99-SNAPSHOT<', 1), encoding='utf-8')
    maven(project, *words)
    changed = project / 'src/main/java/gradcheck/check/GradientReport.java'
    changed.write_text(changed.read_text(encoding='utf-8').replace('public double certified()', 'double certified()'), encoding='utf-8')
    assert 'certified' in maven(project, *words, expected=1)


def test_version_changelog_and_citation_agree():
    version = re.search('<version>(.*?)<', (ROOT / 'pom.xml').read_text(encoding='utf-8'))[1]
    assert re.search(r'^## (\S+)', (ROOT / 'CHANGELOG.md').read_text(encoding='utf-8'), re.MULTILINE)[1] == version
    assert f'version: {version}\n' in (ROOT / 'CITATION.cff').read_text(encoding='utf-8')


def test_every_jar_that_is_shipped_has_its_licence_in_the_list():
    listed = (ROOT / 'src/docs/licences.md').read_text(encoding='utf-8')
    for jar in (ROOT / 'target/lib').glob('*.jar'):
        name = re.match(r'[a-zA-Z][\w.]*(?:-[a-zA-Z]\w*)*', jar.stem)[0]
        assert f'| {name} |' in listed, jar.name
