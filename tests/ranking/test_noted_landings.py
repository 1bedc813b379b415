from chainmap.ranking.noted_landings import HELD_BACK, noted_rows, roster_landings, teaching
from chainmap.sources.companies import load_companies
from chainmap.sources.landings import load_landings
from chainmap.sources.places import load_cities

COMPANIES = load_companies()


def test_landings_in_the_province_held_back_never_teach():
    there = set(load_cities().filter(province_code=HELD_BACK)["city_code"])
    found = roster_landings(COMPANIES).labels
    assert there & set(found["city_code"]), "there is something to hold back"
    taught = teaching(found)
    assert not there & set(taught["city_code"])
    assert taught.height == found.filter(~found["city_code"].is_in(list(there))).height > 100


def test_what_one_of_a_group_did_the_group_did():
    found = roster_landings(COMPANIES)
    heads = dict(COMPANIES.select("stock_code", "group_id").drop_nulls().iter_rows())
    known = load_landings().filter(load_landings()["stock_code"].is_in(list(heads)))
    assert found.n_rows == known.height == found.labels.height + found.refused.height > 150
    pairs = found.labels.select("firm_id", "city_code").rows()
    assert ("huafeng-group", "500000") in pairs and heads["002064.SZ"] == "huafeng-group"
    assert ("sanan", "420700") in pairs


def test_every_row_of_the_ledger_is_asked_about():
    rows = noted_rows()
    assert rows.columns == ["row", "firm_id", "name", "other_city", "date"]
    assert rows["row"].to_list() == list(range(2, load_landings().height + 2))
