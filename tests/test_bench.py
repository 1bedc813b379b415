"""`make bench` reaches its end; what it measures is left out."""

from tests.bench import __main__ as bench


def test_every_section_is_asked(monkeypatch, capsys):
    monkeypatch.setattr(bench, "cpu_seconds", lambda work, runs=5: 1.0)
    monkeypatch.setattr(bench, "wall_seconds", lambda code, runs=3: 1.0)
    asked = []
    rooms = ("centrality", "intervals", "paint", "presence", "ranking", "relatedness", "serving")
    for room in rooms:
        monkeypatch.setattr(
            getattr(bench, room), "report", lambda say, room=room: asked.append(room)
        )
    monkeypatch.setattr(bench.intake, "bench", lambda say: asked.append("intake"))
    monkeypatch.setattr(bench, "report_placement", lambda say: asked.append("placement"))
    bench.main()
    assert sorted(asked) == sorted([*rooms, "intake", "placement"])
    assert "presence, every city and segment" in capsys.readouterr().out
