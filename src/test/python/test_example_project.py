"""The small Maven project that a reader of lesson 08 copies: its test passes, and fails with the report when the gradient is broken."""
import os
import re
import shutil
from pathlib import Path

import pytest

import workplace
from machine import find_jdk, output_of
from notebooks import ROOT, lessons, read

PROJECT = ROOT / 'src/docs/example-project'
MODEL, TEST = 'src/main/java/example/HuberRegression.java', 'src/test/java/example/HuberRegressionTest.java'
RIGHT, BROKEN = 'Math.max(-delta, Math.min(delta, residual(w, i)))', 'residual(w, i)'


def coordinates(pom):
    return re.findall(r'<(groupId|artifactId|version)>(.*?)<', pom)[:3]


def local_repository(folder):
    """Maven's own repository seen through links, with the library as `mvn install` puts it there: nothing of it stays behind."""
    users = Path.home() / '.m2/repository'
    users.mkdir(parents=True, exist_ok=True)
    folder.mkdir()
    for each in users.iterdir():
        if each.name != 'gradcheck':
            (folder / each.name).symlink_to(each, target_is_directory=each.is_dir())
    (_, group), (_, artifact), (_, version) = coordinates((ROOT / 'pom.xml').read_text(encoding='utf-8'))
    installed = folder / group / artifact / version
    installed.mkdir(parents=True)
    shutil.copy(ROOT / 'target/gradcheck.jar', installed / f'{artifact}-{version}.jar')
    shutil.copy(ROOT / 'pom.xml', installed / f'{artifact}-{version}.pom')
    return folder


@pytest.mark.skipif(os.name != 'posix', reason='links need a right of their own there')
def test_its_build_passes_and_fails_with_the_report_when_the_gradient_is_broken(tmp_path):
    project = tmp_path / 'my model'
    shutil.copytree(PROJECT, project)
    command = workplace.maven(f'-Dmaven.repo.local={local_repository(tmp_path / "repository")}', 'test')
    env = workplace.environment(find_jdk())
    status, text = output_of(command, cwd=project, env=env)
    assert status == 0 and 'Tests run: 1, Failures: 0, Errors: 0, Skipped: 0' in text, text
    source = (project / MODEL).read_text(encoding='utf-8')
    assert source.count(RIGHT) == 1
    (project / MODEL).write_text(source.replace(RIGHT, BROKEN), encoding='utf-8')
    status, text = output_of(command, cwd=project, env=env)
    assert status == 1 and 'Tests run: 1, Failures: 1' in text, text
    for words in ('WRONG', 'the gradient says', 'loss says', 'evaluations of the loss'):
        assert words in ' '.join(text.split()), text


def test_it_asks_for_the_library_by_its_own_coordinates():
    asked = coordinates((PROJECT / 'pom.xml').read_text(encoding='utf-8').split('<dependencies>')[1])
    assert asked == coordinates((ROOT / 'pom.xml').read_text(encoding='utf-8'))


def test_the_lesson_shows_its_test_and_its_dependencies_as_they_are():
    prose = '\n'.join(cell.source for cell in read(lessons(['08'])[0]).cells if cell.cell_type == 'markdown')
    for language, file in (('java', TEST), ('xml', 'pom.xml')):
        shown = re.search(rf'```{language}\n(.*?)```', prose[prose.index('example-project'):], re.DOTALL)[1]
        whole = (PROJECT / file).read_text(encoding='utf-8')
        assert re.sub(r'\s+', ' ', shown.strip()) in re.sub(r'\s+', ' ', whole)
