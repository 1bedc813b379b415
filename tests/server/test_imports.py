import csv
import io
import os
import time
import zipfile

import pytest

from chainmap.errors import LedgerError
from chainmap.server import building, importing
from chainmap.server.service import utc_now
from chainmap.server.uploads import ABANDONED_S, keep_upload, uploads_folder
from chainmap.server.work import Worker
from chainmap.sources.workspace import Workspace
from tests.server.serving import kind

ROWS = (
    "企业名称,统一社会信用代码,注册地址,经营范围,法定代表人\r\n"
    "甲精密减速器有限公司,91330600MA2BE8XK0D,浙江省绍兴市越城区一路1号,谐波减速器的生产、销售。,某人\r\n"
    ",,浙江省绍兴市,电机的生产。,某人\r\n"
)


def send(served, key, content, name="名单.csv", where="companies", **headers):
    return served.client.post(
        f"/v1/imports/{where}",
        files={"file": (name, content)},
        headers={"Authorization": f"Bearer {key}", **headers},
    )


def left(served):
    return list(uploads_folder(served.service.settings).glob("*/*"))


def work(served):
    worker = Worker(served.service)
    done = 0
    while worker.work_off_one():
        done += 1
    return done


def test_a_list_is_imported_as_a_job(served):
    key = served.key("editor")
    answer = send(served, key, ROWS.encode())
    assert answer.status_code == 202
    where = answer.headers["location"]
    assert served.get(where, key).json()["state"] == "queued"
    assert work(served) == 1
    job = served.get(where, key).json()
    assert job["state"] == "done" and job["progress"] == 1
    result = job["result"]
    assert (
        result["rows"]
        == 2
        == sum(result[name] for name in ("accepted", "repaired", "merged", "rejected"))
    )
    assert result["rejected"] == 1 and result["companies"] == 1
    assert result["lists"][0]["label"] == "名单.csv"
    assert result["lists"][0]["personal_dropped"] == ["法定代表人"]
    assert Workspace(served.service.settings.workspace).manifest().n_companies == 1
    assert list(uploads_folder(served.service.settings).glob("*")) == []
    rejects = served.get(f"{where}/rejects", key)
    assert rejects.status_code == 200 and "拒收原因" in rejects.text and "某人" not in rejects.text
    deeds = [(action, outcome) for action, _, outcome in served.audited()]
    for action in ("job.start", "import", "export"):
        assert (action, "ok") in deeds


def test_a_cancelled_import_leaves_no_file(served):
    key = served.key("editor")
    where = send(served, key, ROWS.encode()).headers["location"]
    assert left(served)
    gone = served.client.delete(where, headers={"Authorization": f"Bearer {key}"})
    assert gone.json()["state"] == "cancelled" and left(served) == []
    assert work(served) == 0


def test_an_import_cancelled_while_it_runs_leaves_no_file_and_changes_nothing(
    served, monkeypatch, caplog
):
    key = served.key("editor")
    where = send(served, key, ROWS.encode()).headers["location"]

    def cancelled_meanwhile(workspace, file, asked, told):
        headers = {"Authorization": f"Bearer {key}"}
        assert served.client.delete(where, headers=headers).status_code == 200
        file.read_bytes()  # what a reader would raise that finds no file any more

    monkeypatch.setitem(importing._READERS, "companies", cancelled_meanwhile)
    assert work(served) == 1
    assert served.get(where, key).json()["state"] == "cancelled" and left(served) == []
    assert not [one for one in caplog.records if one.levelname == "ERROR"]


def test_an_import_goes_on_with_its_file_once_the_database_is_back(served, monkeypatch):
    key = served.key("editor")
    where = send(served, key, ROWS.encode()).headers["location"]

    def out_of_reach(*_):
        raise LedgerError("数据库当前不可用。")

    with monkeypatch.context() as patched:
        patched.setitem(importing._READERS, "companies", out_of_reach)
        with pytest.raises(LedgerError):
            work(served)
    assert left(served)
    lease = served.service.lease
    served.service.now = lambda: utc_now() + 2 * lease
    assert work(served) == 1
    assert served.get(where, key).json()["state"] == "done" and left(served) == []


def test_a_starting_service_takes_old_files_away_but_those_jobs_wait_for(serve):
    served = serve(job_workers=0)
    key = served.key("editor")
    send(served, key, ROWS.encode())
    awaited = left(served)
    keep_upload(served.service.settings, "旧.csv", io.BytesIO(ROWS.encode()))
    assert len(left(served)) == 2
    long_ago = time.time() - ABANDONED_S - 60
    for folder in uploads_folder(served.service.settings).iterdir():
        os.utime(folder, (long_ago, long_ago))
    with served.client:
        assert left(served) == awaited


def test_rejects_of_several_lists_are_one_table(served):
    key = served.key("editor")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("甲.csv", ROWS)
        archive.writestr("乙.csv", "企业名称,注册地址,经营范围\r\n,浙江省宁波市,=1+1\r\n")
    where = send(served, key, packed.getvalue(), "名单.zip").headers["location"]
    work(served)
    text = served.get(f"{where}/rejects", key).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0][:3] == ["名单", "行号", "拒收原因"] and "\ufeff" not in text
    assert [row[0] for row in rows[1:]] == ["名单.zip/甲.csv", "名单.zip/乙.csv"]
    assert all(len(row) == len(rows[0]) for row in rows) and "'=1+1" in rows[2]


def test_rejects_of_a_list_that_was_sent_anew_are_gone(served):
    key = served.key("editor")
    where = send(served, key, ROWS.encode()).headers["location"]
    work(served)
    assert served.get(f"{where}/rejects", key).status_code == 200
    for name in ("改名.csv", "又改名.csv"):
        later = send(served, key, ROWS.encode(), name).headers["location"]
        work(served)
    assert kind(served.get(f"{where}/rejects", key)) == "unknown-name"
    assert served.get(f"{later}/rejects", key).status_code == 200


def test_a_job_that_imports_nothing_has_no_rejects(served):
    key = served.key("editor")
    shown = {"Authorization": f"Bearer {key}"}
    body = {"name": "批", "cities": ["绍兴"], "question": {"city": "绍兴", "chain": "量子信息"}}
    where = served.client.post("/v1/target-batches", json=body, headers=shown).headers["location"]
    work(served)
    assert served.get(where, key).json()["state"] == "done"
    assert kind(served.get(f"{where}/rejects", key)) == "unknown-name"


def test_a_form_holds_what_the_operation_has_and_once(served):
    key = served.key("editor")
    shown = {"Authorization": f"Bearer {key}"}

    def sent(files, data):
        answer = served.client.post("/v1/imports/companies", files=files, data=data, headers=shown)
        return answer.json()

    one = ("file", ("名单.csv", ROWS.encode()))
    wrong = sent([one], {"as_off": "2026-01-01"})
    assert wrong["status"] == 422 and "as_off" in wrong["detail"] and "as_of" in wrong["todo"]
    twice = sent([one, one], {})
    assert twice["status"] == 422 and "2 次" in twice["detail"]
    assert sent([one], {"as_of": "2026-01-01"})["state"] == "queued"
    assert work(served) == 1


def test_the_same_request_is_done_once(served):
    key = served.key("editor")
    once = {"Idempotency-Key": "liste-1"}
    first = send(served, key, ROWS.encode(), **once)
    again = send(served, key, ROWS.encode(), **once)
    assert again.json() == first.json() and again.headers["idempotent-replayed"] == "true"
    assert kind(send(served, key, b"x,y\r\n", **once)) == "conflict"
    assert len(list(uploads_folder(served.service.settings).glob("*"))) == 1
    assert work(served) == 1


def test_what_cannot_be_read_fails_with_a_reason(served):
    key = served.key("editor")
    where = send(served, key, "一,二\r\n三,四\r\n".encode()).headers["location"]
    work(served)
    job = served.get(where, key).json()
    assert job["state"] == "failed" and "列名" in job["problem"]["detail"]
    assert "--" not in job["problem"]["todo"] and "上面" not in job["problem"]["todo"]
    assert list(uploads_folder(served.service.settings).glob("*")) == []
    assert Workspace(served.service.settings.workspace).manifest().n_companies == 0
    assert kind(served.get(f"{where}/rejects", key)) == "unknown-name"


def test_a_bomb_is_refused(served):
    key = served.key("editor")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("名单.csv", b"0" * (80 << 20))
    where = send(served, key, packed.getvalue(), "名单.zip").headers["location"]
    work(served)
    job = served.get(where, key).json()
    assert job["state"] == "failed" and "大得不合理" in job["problem"]["detail"]


def test_only_editors_send_files(served):
    assert kind(send(served, served.key("analyst"), ROWS.encode())) == "scope-missing"
    assert kind(send(served, served.key("editor"), b"\x80\x04x", "model.pkl")) == "unsupported-type"


def test_a_catalogue_is_built_as_a_job(served):
    key = served.key("editor")
    shown = {"Authorization": f"Bearer {key}"}
    answer = served.client.post("/v1/builds/catalogue", json={"city": "绍兴"}, headers=shown)
    assert answer.status_code == 202
    work(served)
    job = served.get(answer.headers["location"], key).json()
    assert job["state"] == "done" and job["result"]["items"] > 0
    assert job["result"]["city_code"] == "330600" and "draft" in job["result"]["version"]


def test_a_catalogue_whose_job_was_cancelled_meanwhile_is_not_kept(served, monkeypatch):
    key = served.key("editor")
    shown = {"Authorization": f"Bearer {key}"}
    answer = served.client.post("/v1/builds/catalogue", json={"city": "绍兴"}, headers=shown)
    original = building.draft_catalogue

    def cancelled_meanwhile(*asked):
        assert served.client.delete(answer.headers["location"], headers=shown).is_success
        return original(*asked)

    monkeypatch.setattr(building, "draft_catalogue", cancelled_meanwhile)
    work(served)
    assert list(served.service.settings.workspace.glob("catalogues/*/*")) == []
    assert "build-catalogue" not in [action for action, _, _ in served.audited()]


def test_presence_is_built_as_a_job(served):
    key = served.key("editor")
    shown = {"Authorization": f"Bearer {key}"}
    send(served, key, ROWS.encode())
    answer = served.client.post("/v1/builds/presence", json={}, headers=shown)
    work(served)
    job = served.get(answer.headers["location"], key).json()
    assert job["state"] == "done" and job["result"]["companies"] == 1
    assert job["result"]["cells"] >= 1
