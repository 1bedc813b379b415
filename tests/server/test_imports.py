import io
import zipfile

from chainmap.server.uploads import uploads_folder
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


def test_presence_is_built_as_a_job(served):
    key = served.key("editor")
    shown = {"Authorization": f"Bearer {key}"}
    send(served, key, ROWS.encode())
    answer = served.client.post("/v1/builds/presence", json={}, headers=shown)
    work(served)
    job = served.get(answer.headers["location"], key).json()
    assert job["state"] == "done" and job["result"]["companies"] == 1
    assert job["result"]["cells"] >= 1
