from math import log

import numpy as np

from chainmap.linkage.fragments import fragments, rows, vocabulary


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
    rarity = np.array(list(known.values()))
    found = rows(["磁钢磁", "无"], places, rarity).toarray()
    wanted = np.zeros(len(places))
    for fragment in set(fragments("磁钢磁")):
        count = fragments("磁钢磁").count(fragment)
        wanted[places[fragment]] = (1 + log(count)) * known[fragment]
    assert np.allclose(found[0], wanted / np.linalg.norm(wanted))
    assert not found[1].any()
