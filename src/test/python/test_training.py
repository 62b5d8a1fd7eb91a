"""Training in the notebook, watched and stopped: the chart is drawn anew in its place, an interrupt leaves a usable model."""
import time

import pytest
from jupyter_client.manager import start_new_kernel

import notebooks

SECONDS = 120
DISPLAYED, UPDATED = 'display_data', 'update_display_data'


@pytest.fixture(scope='module')
def kernel():
    with notebooks.kernel_log() as log:
        manager, client = start_new_kernel(kernel_name='java', startup_timeout=SECONDS, cwd=str(notebooks.FOLDER), stdout=log, stderr=log)
        yield manager, client
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def run(client, source, on_message=lambda message: None):
    """The messages of a cell, until the kernel is idle again."""
    request, messages = client.execute(source), []
    while True:
        message = client.get_iopub_msg(timeout=SECONDS)
        if message['parent_header'].get('msg_id') != request:
            continue
        if message['msg_type'] == 'status' and message['content']['execution_state'] == 'idle':
            client.get_shell_msg(timeout=SECONDS)
            return messages
        messages.append(message)
        on_message(message)


def text(messages):
    return ''.join(message['content']['text'] for message in messages if message['msg_type'] == 'stream')


def cell(lesson, part):
    return next(cell.source for cell in notebooks.code_cells(lesson) if part in cell.source)


def test_the_chart_updates_in_its_place_and_an_interrupt_keeps_what_was_learnt(kernel):
    manager, client = kernel
    lesson = notebooks.read(notebooks.lessons(['05'])[0])
    for part in ('%classpath', 'Dataset digits', 'Parameters weights =', 'void show('):
        run(client, cell(lesson, part))
    training = cell(lesson, 'descent.train(network')
    assert training.count('(0.3, 16, 30, 5)') == 1
    interrupted = []

    def stop_after_a_while(message):
        updates.append(message['msg_type'] == UPDATED and 'image/png' in message['content']['data'])
        if sum(updates) == 4 and not interrupted:
            interrupted.append(time.monotonic())
            manager.interrupt_kernel()

    updates = []
    messages = run(client, training.replace('(0.3, 16, 30, 5)', '(0.3, 16, 100000, 5)'), stop_after_a_while)
    assert interrupted and time.monotonic() - interrupted[0] < 20

    pictures = [message for message in messages if 'image/png' in message['content'].get('data', {})]
    assert [message['msg_type'] for message in pictures][:5] == [DISPLAYED] + [UPDATED] * 4
    assert len({message['content']['transient']['display_id'] for message in pictures}) == 1
    lines = [message['content']['data']['text/plain'] for message in messages
             if message['msg_type'] == UPDATED and 'image/png' not in message['content']['data']]
    assert lines[1].startswith('epoch 2 of 100000: loss ') and lines[1].endswith(' s left')

    held_out = 'split.heldOut().labels(), network.predict(split.heldOut().features())'
    said = text(run(client, f'System.out.println(Metrics.of({held_out}).accuracy());'))
    assert 0.8 < float(said) <= 1
    loss = 'System.out.println(network.loss(split.train().features(), split.train().labels()));'
    first = text(run(client, loss))
    time.sleep(1)
    assert text(run(client, loss)) == first                              # nothing goes on behind the reader's back
    check = 'GradientCheck.of(network, split.heldOut().features(), split.heldOut().labels()).directions().check()'
    assert text(run(client, f'System.out.println({check}.verdict());')) == 'RIGHT\n'


def test_training_without_a_watcher_shows_nothing(kernel):
    _, client = kernel
    messages = run(client, 'Progress quiet = new StochasticGradientDescent(0.3, 16, 2, 5).train(network, split.train());')
    assert not [message for message in messages if message['msg_type'] in (DISPLAYED, UPDATED, 'stream')]
