import chainmap


def test_every_public_name_resolves_and_says_what_it_is():
    for name in chainmap.__all__:
        found = getattr(chainmap, name)
        assert name == "__version__" or found.__doc__, name


def test_the_lazy_table_and_the_public_names_agree():
    assert {*chainmap._HOMES, "__version__"} == set(chainmap.__all__)
    assert chainmap.__all__ == sorted(chainmap.__all__)
