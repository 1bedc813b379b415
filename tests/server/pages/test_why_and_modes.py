"""Why a company is on a list or not, and the four ways to look for targets, as pages show them."""

import re

import httpx2
import polars as pl
import pytest

from chainmap.pipeline import load_world

TARGETS = "/cities/330600/targets"


@pytest.fixture(scope="module")
def get(address):
    with httpx2.Client(base_url=address, timeout=120, follow_redirects=True) as client:
        yield lambda path, **query: client.get(path, params=query)


def plain(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text))


def listed(get, **query):
    """Ids of the companies on a list, in its order."""
    page = get(TARGETS, **query)
    return re.findall(r'<th scope="row"><a href="/companies/([^"?]+)\?', page.text)


def of_one_chain(ids, chain_id):
    """The first of these companies that is in no other chain."""
    world = load_world()
    chains = world.library.chain_of
    return next(
        one
        for one in ids
        if {
            chains(segment).id
            for segment in world.placements.filter(pl.col("company_id") == one)["segment_id"]
        }
        == {chain_id}
    )


def test_why_not_names_one_stage_and_changes_that_lead_on(get):
    last = listed(get, chain="integrated-circuits", top=100)[-1]
    page = get(f"/cities/330600/companies/{last}/why", chain="integrated-circuits")
    text = plain(page)
    assert page.status_code == 200 and "为什么不在" in text and "怎样就会进入清单" in text
    assert "重新排序验证过" in text and "名次的依据" in text and "产业环节契合" in text
    links = re.findall(r'href="(/cities/330600/targets\?segment=[^"]+)"', page.text)
    assert all(get(link).status_code == 200 for link in links[:1])


def test_why_of_a_listed_company_says_what_its_place_rests_on(get):
    page = get(TARGETS, chain="integrated-circuits")
    link = re.search(r'href="(/cities/330600/companies/[^"/]+/why\?[^"]+)"', page.text)[1]
    text = plain(get(link.replace("&amp;", "&")))
    assert "为什么在" in text and "抽去它重新排序" in text and "本市的上下游企业" in text


def test_the_list_asked_about_is_in_the_title_and_one_ground_is_said_once(get):
    other = of_one_chain(listed(get, chain="robotics", top=100), "robotics")
    page = get(f"/cities/330600/companies/{other}/why", chain="integrated-circuits")
    text = plain(page)
    assert "为什么不在绍兴市集成电路招商目标前 20 家之内：" in text
    assert "不按所在地、称号等筛选" in text and text.count("所问只看“集成电路”产业链") == 1


def test_why_of_an_own_and_of_an_unknown_company_lead_on(get):
    local = load_world().companies.filter(pl.col("city_code") == "330600")["company_id"][0]
    assert "本市企业不列为招商目标" in plain(get(f"/cities/330600/companies/{local}/why"))
    unknown = get("/cities/330600/companies/宁德时代/why")
    assert unknown.status_code == 200 and "名称相近的有" in plain(unknown)


def test_a_company_page_leads_to_why(get):
    first = listed(get)[0]
    page = get(f"/companies/{first}", city="330600")
    assert f'href="/cities/330600/companies/{first}/why"' in page.text
    assert "90% 区间" in plain(page) and "不利与待核实" in plain(page)


@pytest.mark.parametrize(
    ("mode", "said"),
    [("chain", "产业链招商"), ("industry", "目标产业招商"), ("advantage", "优势资源引商")],
)
def test_a_mode_says_what_it_selected(get, mode, said):
    text = plain(get(TARGETS, mode=mode, chain="integrated-circuits"))
    assert f"{said} ：" in text or f"{said}：" in text


def test_around_a_leader_the_citys_leading_firms_are_offered(get):
    page = get(TARGETS, mode="leader")
    offered = re.findall(r'<option value="([^"]+)" *(selected)?>', page.text.split("f-leader")[2])
    assert offered and "龙头引商" in plain(page)
    narrowed = get(TARGETS, mode="leader", leader=offered[1][0], listed="yes", top=20)
    assert narrowed.status_code == 200


def test_an_unknown_mode_is_refused_with_a_page(get):
    page = get(TARGETS, mode="sideways")
    assert page.status_code == 422 or page.status_code == 400
    assert "没有这种招商方式" in page.text


def test_each_gap_says_why_and_what_would_change_it(get):
    page = get("/cities/330600/gaps", chain="integrated-circuits")
    assert page.text.count("为什么，怎样会变") == page.text.count('<td class="rank">')
    assert "各列怎么读" in page.text


def test_a_list_of_a_mode_is_kept_with_its_mode_and_its_inputs(get, address):
    from html import unescape

    page = get(TARGETS, mode="leader", chain="integrated-circuits")
    action = unescape(re.search(r'action="(/cities/330600/targets/save[^"]*)"', page.text)[1])
    token = re.search(r'name="token" value="([^"]+)"', page.text)[1]
    kept = httpx2.post(
        address + action, data={"token": token, "name": "龙头周边"}, timeout=120,
        headers={"Origin": address}, follow_redirects=True,
    )  # fmt: skip
    assert kept.status_code == 200 and "龙头引商" in plain(kept)
    shown = httpx2.get(f"{address}/v1/lists", timeout=60).json()
    lists = shown["lists"] if isinstance(shown, dict) else shown
    question = next(one["question"] for one in lists if one["name"] == "龙头周边")
    assert question["mode"] == "leader" and question["leader"]
    assert "龙头周边" in httpx2.get(f"{address}/v1/snapshots", timeout=60).text
