import datetime as dt
import threading
from collections import Counter

import pytest

from chainmap.errors import ConflictError, UnknownNameError
from chainmap.ledger import jobs
from chainmap.ledger.jobs import MOST_ATTEMPTS, JobState
from tests.ledgers import NOW, later

LEASE = dt.timedelta(seconds=30)


def submit(ledger, n=1):
    made = []
    for at in range(n):
        with ledger.write() as tx:
            made.append(
                jobs.submit(tx, "targets", {"n": at, "城市": "绍兴"}, "k", later(seconds=at))
            )
    return made


def claim(ledger, now=NOW):
    with ledger.write() as tx:
        return jobs.claim(tx, now, LEASE)


def stored(ledger, job):
    with ledger.read() as tx:
        return jobs.get(tx, job.id)


def test_a_job_goes_from_waiting_to_done(ledger):
    (job,) = submit(ledger)
    assert (job.state, job.progress, job.question) == ("queued", 0.0, {"n": 0, "城市": "绍兴"})
    mine = claim(ledger)
    assert mine.id == job.id and mine.state is JobState.RUNNING and mine.owner
    with ledger.write() as tx:
        jobs.report(tx, mine, 0.5, "第 1 个城市")
    assert (stored(ledger, job).progress, stored(ledger, job).step) == (0.5, "第 1 个城市")
    with ledger.write() as tx:
        jobs.finish(tx, mine, later(seconds=5), {"n": 7})
    done = stored(ledger, job)
    assert (done.state, done.result, done.progress) == ("done", {"n": 7}, 1.0)
    assert done.finished_at == later(seconds=5) and claim(ledger, later(days=1)) is None


def test_jobs_are_taken_in_order(ledger):
    made = submit(ledger, 3)
    assert [claim(ledger, later(minutes=1)).id for _ in made] == [job.id for job in made]


def test_a_killed_workers_job_goes_on_from_its_checkpoint_and_ends_once(ledger):
    (job,) = submit(ledger)
    dead = claim(ledger)
    with ledger.write() as tx:
        jobs.save_checkpoint(tx, dead, {"done": ["330600"]})
    assert claim(ledger, NOW + LEASE / 2) is None
    heir = claim(ledger, NOW + 2 * LEASE)
    assert heir.id == job.id and heir.owner != dead.owner
    assert heir.checkpoint == {"done": ["330600"]} and heir.attempts == 2
    with pytest.raises(ConflictError), ledger.write() as tx:
        jobs.finish(tx, dead, NOW + 2 * LEASE, {"by": "dead"})
    with ledger.write() as tx:
        jobs.finish(tx, heir, NOW + 2 * LEASE, {"by": "heir"})
    assert stored(ledger, job).result == {"by": "heir"}


def test_heartbeats_keep_a_claim(ledger):
    submit(ledger)
    mine = claim(ledger)
    for beat in range(1, 6):
        with ledger.write() as tx:
            jobs.keep(tx, mine, NOW + beat * LEASE / 3, LEASE)
        assert claim(ledger, NOW + beat * LEASE / 3 + LEASE / 2) is None


def test_a_job_that_kills_its_workers_is_given_up(ledger):
    (job,) = submit(ledger)
    now = NOW
    for _ in range(MOST_ATTEMPTS):
        assert claim(ledger, now).id == job.id
        now += 2 * LEASE
    assert claim(ledger, now) is None
    failed = stored(ledger, job)
    assert failed.state is JobState.FAILED and failed.problem["type"].endswith("job-abandoned")


def test_many_workers_never_share_a_job(ledger):
    made = submit(ledger, 12)
    taken = []

    def work():
        while (mine := claim(ledger, later(minutes=1))) is not None:
            taken.append(mine.id)
            with ledger.write() as tx:
                jobs.finish(tx, mine, later(minutes=1), {})

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Counter(taken) == Counter(job.id for job in made)


def test_a_cancelled_job_is_noticed_by_its_worker(ledger):
    (job,) = submit(ledger)
    mine = claim(ledger)
    with ledger.write() as tx:
        assert jobs.cancel(tx, job.id, NOW).state is JobState.CANCELLED
    with pytest.raises(ConflictError), ledger.write() as tx:
        jobs.report(tx, mine, 0.9)
    with pytest.raises(ConflictError), ledger.write() as tx:
        jobs.cancel(tx, job.id, NOW)


def test_a_failed_job_says_why(ledger):
    (job,) = submit(ledger)
    with ledger.write() as tx:
        jobs.fail(tx, jobs.claim(tx, NOW, LEASE), NOW, {"detail": "没有这个城市"})
    assert stored(ledger, job).problem == {"detail": "没有这个城市"}


def test_a_worker_that_stops_gives_its_job_back(ledger):
    (job,) = submit(ledger)
    with ledger.write() as tx:
        jobs.release(tx, jobs.claim(tx, NOW, LEASE))
    again = claim(ledger)
    assert again.id == job.id and again.attempts == 1


def test_an_unknown_job_is_an_unknown_name(ledger):
    with pytest.raises(UnknownNameError), ledger.read() as tx:
        jobs.get(tx, "nothing")
