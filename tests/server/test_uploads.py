import io
import zipfile

import pytest

from chainmap.server.problems import Refusal
from chainmap.server.uploads import (
    ABANDONED_S,
    forget_upload,
    keep_upload,
    plain_name,
    sweep_uploads,
    uploads_folder,
)
from chainmap.settings import Settings


@pytest.fixture
def settings(tmp_path):
    return Settings(workspace=tmp_path, max_body_mb=1)


def left(settings):
    return [p for p in uploads_folder(settings).rglob("*") if p.is_file()]


def test_a_workspace_begun_by_an_upload_is_closed_to_others(tmp_path):
    new = Settings(workspace=tmp_path / "ws")
    keep_upload(new, "名单.csv", io.BytesIO("企业名称\n甲厂\n".encode()))
    assert new.workspace.stat().st_mode & 0o077 == 0


def test_a_table_is_kept_whole_under_its_own_name(settings):
    upload = keep_upload(settings, "名单.csv", io.BytesIO("企业名称\n甲厂\n".encode()))
    assert upload.path.name == "名单.csv" and upload.path.read_text(encoding="utf-8").endswith("\n")
    assert upload.size == upload.path.stat().st_size and len(upload.sha256) == 64
    forget_upload(upload.path)
    assert left(settings) == []


@pytest.mark.parametrize(
    ("name", "content", "slug"),
    [
        ("model.txt.pkl", b"\x80\x04x", "unsupported-type"),
        ("a.exe", b"MZ", "unsupported-type"),
        ("a.docx", b"PK\x03\x04", "unsupported-type"),
        ("a", b"x", "unsupported-type"),
        (None, b"x", "unsupported-type"),
        ("a.xlsx", b"<html>", "unsupported-type"),
        ("a.csv", b"PK\x03\x04....", "unsupported-type"),
        ("a.csv", b"\x7fELF....", "unsupported-type"),
        ("a.parquet", b"PAR2", "unsupported-type"),
        ("a.csv", b"", "bad-input"),
        ("a.csv", b"x" * ((1 << 20) + 1), "body-too-large"),
    ],
)
def test_what_is_not_a_table_leaves_nothing(settings, name, content, slug):
    with pytest.raises(Refusal) as refused:
        keep_upload(settings, name, io.BytesIO(content))
    assert refused.value.slug == slug
    assert left(settings) == []


def test_names_are_for_people_only():
    assert plain_name("../../etc/passwd.csv") == "passwd.csv"
    assert plain_name("C:\\a\\b.csv") == "b.csv"
    assert plain_name("a\x00b\u202egpj.csv") == "abgpj.csv"
    assert plain_name("") == "未命名" and plain_name("...") == "未命名"
    assert len(plain_name("厂" * 400 + ".csv").encode()) < 255
    assert plain_name("\udcff.csv").isprintable()


def test_what_a_killed_request_left_is_swept(settings):
    upload = keep_upload(settings, "a.csv", io.BytesIO(b"x"))
    made = upload.path.parent.stat().st_mtime
    sweep_uploads(settings, made + ABANDONED_S - 10, [])
    assert left(settings) == [upload.path]
    sweep_uploads(settings, made + ABANDONED_S + 10, [upload.path])
    assert left(settings) == [upload.path]
    sweep_uploads(settings, made + ABANDONED_S + 10, [])
    assert left(settings) == []


def test_an_xls_may_be_an_xlsx_inside(settings):
    book = io.BytesIO()
    with zipfile.ZipFile(book, "w") as archive:
        archive.writestr("x", "y")
    book.seek(0)
    assert keep_upload(settings, "老导出.xls", book).path.suffix == ".xls"
