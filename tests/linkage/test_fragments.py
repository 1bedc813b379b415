from math import log

import numpy as np

from chainmap.linkage.fragments import fragments, known_fragments, rows, vocabulary


def test_fragments_are_every_run_of_one_to_three_characters_in_lower_case():
    assert fragments("GPS仪") == ["g", "p", "s", "仪", "gp", "ps", "s仪", "gps", "ps仪"]
    assert fragments("") == []


def test_the_vocabulary_leaves_out_the_rare_the_blank_and_the_bar():
    known = vocabulary(["磁 材", "磁|材", "磁"], 1)
    assert "磁" in known and not any(" " in f or "|" in f for f in known)
    assert list(known) == sorted(known)
    assert vocabulary(["磁材", "磁钢"], 2).keys() == {"磁"}
    assert known["磁"] == round(log(4 / 4) + 1, 4)


def test_rows_are_of_length_one_and_weigh_as_written_out():
    known = vocabulary(["磁材", "磁钢磁", "钢"], 1)
    places = {f: at for at, f in enumerate(known)}
    numbers = known_fragments(list(known))
    rarity = np.array(list(known.values()))
    found = rows(["磁钢磁", "无"], numbers, rarity).toarray()
    wanted = np.zeros(len(places))
    for fragment in set(fragments("磁钢磁")):
        count = fragments("磁钢磁").count(fragment)
        wanted[places[fragment]] = (1 + log(count)) * known[fragment]
    assert np.allclose(found[0], wanted / np.linalg.norm(wanted))
    assert not found[1].any()


def test_fragments_are_read_as_a_loop_over_them_reads():
    texts = ["ΑΣ GPS仪", "", "İ磁", "𠮷磁𠮷磁", "a\0b"]
    known = vocabulary(texts, 1)
    names = list(known)
    found = rows(texts, known_fragments(names), np.ones(len(names))).toarray()
    for text, row in zip(texts, found, strict=True):
        counts = [fragments(text).count(name) for name in names]
        values = np.array([1 + log(n) if n else 0.0 for n in counts])
        assert np.allclose(row, values / (np.linalg.norm(values) or 1))
