import gc

from chainmap.server.garbage import look_as_usual, look_seldom


def test_a_start_looks_for_garbage_seldom_and_a_service_as_python_does():
    before = gc.get_threshold()
    try:
        look_as_usual()
        usual = gc.get_threshold()
        look_seldom()
        assert gc.get_threshold() != usual and gc.get_threshold()[0] >= 50_000
        look_as_usual()
        assert gc.get_threshold() == usual and gc.get_freeze_count() > 0
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)
