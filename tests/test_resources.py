import pytest

from chainmap import resources
from chainmap.errors import ResourceError


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """An installed bundle with one recorded file."""
    bundle = tmp_path / "chainmap" / "_bundled"
    (bundle / "taxonomy").mkdir(parents=True)
    file = bundle / "taxonomy" / "domains.yml"
    file.write_text("domains: []\n", encoding="utf-8")
    recorded = {"taxonomy/domains.yml": resources._record_hash(file.read_bytes())}
    monkeypatch.setattr(resources, "root", lambda: bundle)
    monkeypatch.setattr(resources, "_recorded_hashes", lambda: recorded)
    return file


def test_an_untouched_file_is_read(installed):
    assert resources.read_text("taxonomy", "domains.yml") == "domains: []\n"
    assert resources.tampered() == []


def test_a_changed_file_is_refused(installed):
    installed.write_text("domains: [x]\n", encoding="utf-8")
    with pytest.raises(ResourceError, match="不一致"):
        resources.read_text("taxonomy", "domains.yml")
    assert resources.tampered() == ["taxonomy/domains.yml"]


def test_a_missing_file_is_named(installed):
    installed.unlink()
    with pytest.raises(ResourceError, match=r"taxonomy/domains\.yml"):
        resources.read_text("taxonomy", "domains.yml")
    assert resources.tampered() == ["taxonomy/domains.yml"]


def test_a_file_in_another_encoding_is_named(tmp_path, monkeypatch):
    (tmp_path / "taxonomy").mkdir()
    (tmp_path / "taxonomy" / "x.yml").write_bytes("名称".encode("gb18030"))
    monkeypatch.setattr(resources, "root", lambda: tmp_path)
    monkeypatch.setattr(resources, "_recorded_hashes", dict)
    with pytest.raises(ResourceError, match="UTF-8"):
        resources.read_text("taxonomy", "x.yml")


def test_the_folder_hash_follows_names_and_bytes(tmp_path, monkeypatch):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a").write_text("1", encoding="utf-8")
    monkeypatch.setattr(resources, "root", lambda: tmp_path)
    first = resources.content_hash("data")
    (tmp_path / "data" / "a").rename(tmp_path / "data" / "b")
    assert resources.content_hash("data") != first


def test_an_added_file_is_noticed_and_not_read(installed):
    (installed.parent / "extra.yml").write_text("a: 1\n", encoding="utf-8")
    (installed.parent / ".DS_Store").write_bytes(b"")
    assert resources.tampered() == ["taxonomy/extra.yml"]
    with pytest.raises(ResourceError, match=r"extra\.yml"):
        resources.read_text("taxonomy", "extra.yml")


def test_a_bundle_without_its_record_is_refused(tmp_path, monkeypatch):
    package = tmp_path / "chainmap"
    (package / "_bundled" / "taxonomy").mkdir(parents=True)
    monkeypatch.setattr(resources, "_PACKAGE", package)
    monkeypatch.setattr(resources, "root", lambda: package / "_bundled")
    resources._recorded_hashes.cache_clear()
    with pytest.raises(ResourceError, match="RECORD"):
        resources.tampered()


def test_a_file_of_an_own_copy_is_named_by_its_path(tmp_path, monkeypatch):
    (tmp_path / "domains.yml").write_bytes("名称".encode("gb18030"))
    monkeypatch.setenv(resources.OWN_TAXONOMY, str(tmp_path))
    for name in ("domains.yml", "none.yml"):
        with pytest.raises(ResourceError) as caught:
            resources.read_text("taxonomy", name)
        assert str(tmp_path / name) in caught.value.message
        assert "随附" not in caught.value.message


def test_what_pip_compiles_is_no_change(installed):
    cache = installed.parents[1] / "api" / "client" / "__pycache__"
    cache.mkdir(parents=True)
    (cache / "client.cpython-311.pyc").write_bytes(b"x")
    assert resources.tampered() == []
