"""What readers come for, done as they would do it."""

import re
from urllib.parse import unquote

import openpyxl
import pytest


def test_an_official_finds_the_first_gap_and_why(reader):
    page = reader.page
    reader.open("/")
    page.click("table.matrix >> text=绍兴市")
    page.click("table >> text=集成电路")
    assert "绍兴市 · 集成电路产业链全景图" in reader.text("h1")
    page.click("nav >> text=缺口")
    page.click(".tabs >> text=集成电路")
    first = page.inner_text("table.gaps tbody tr:first-child th b")
    page.click("table.gaps tbody tr:first-child th a")
    assert first in reader.text("h1")
    assert "绍兴" in reader.text(".reason") and "得分" in reader.text(".formula")
    assert page.locator(".changes li").count() >= 1
    assert page.locator("circle.dot.here").count() == 1
    assert "受影响的下游企业" in reader.text("main")


@pytest.mark.filterwarnings("ignore:.*extension is not supported")
def test_an_officer_takes_shanghai_firms_away_in_excel(reader, tmp_path):
    page = reader.page
    reader.open("/cities/330600/targets?chain=integrated-circuits")
    with page.expect_response(re.compile("targets.*home=")):
        page.fill("#f-home", "上海")
        page.press("#f-home", "Tab")
    page.wait_for_function(
        "[...document.querySelectorAll('table.targets th[scope=row] .small:nth-of-type(1)')]"
        ".every((one) => one.textContent.includes('上海'))"
    )
    shown = page.locator("table.targets tbody tr").count()
    assert shown > 3 and "home=%E4%B8%8A%E6%B5%B7" in page.url
    with page.expect_download() as started:
        page.click("#results >> text=Excel")
    file = tmp_path / "list.xlsx"
    started.value.save_as(file)
    assert unquote(started.value.suggested_filename).endswith(".xlsx")
    sheet = openpyxl.load_workbook(file)["招商目标清单"]
    rows = [row for row in sheet.iter_rows(values_only=True) if isinstance(row[0], int)]
    assert len(rows) == shown and {row[2] for row in rows} == {"上海市"}


def test_weights_of_ones_own_reorder_at_once_and_say_so(reader):
    page = reader.page
    reader.open("/cities/330600/targets?chain=integrated-circuits")
    before = page.locator("table.targets th b").all_inner_texts()
    assert page.locator("text=自定义权重").count() == 0
    page.click("summary >> text=调整权重")
    with page.expect_response(re.compile("w_affinity=300")):
        page.fill("#w-affinity", "300")
    page.wait_for_selector("#results >> text=自定义权重")
    assert page.locator("table.targets th b").all_inner_texts() != before
    assert page.input_value("#w-affinity") == "300"
    assert "w_affinity=300" in page.url


def test_four_targets_side_by_side(reader):
    page = reader.page
    reader.open("/cities/330600/targets?chain=integrated-circuits")
    names = page.locator("table.targets th b").all_inner_texts()[:4]
    for at in range(4):
        page.check(f"table.targets tbody tr:nth-child({at + 1}) input")
    page.click("text=对比所选")
    page.wait_for_selector("table.compare thead th")
    assert page.locator("table.compare thead th").all_inner_texts() == names


def test_two_cities_links_and_filter_on_the_panorama(reader):
    page = reader.page
    reader.open("/cities/330600/chains/integrated-circuits")
    every = page.locator(".chips li:visible").count()
    page.check("input[name=only][value=held]")
    held = page.locator(".chips li:visible").count()
    assert 0 < held < every
    page.select_option("#focus", "ic-silicon-epi")
    page.wait_for_url(re.compile("focus=ic-silicon-epi"))
    assert page.locator(".is-supplier").count() and page.locator(".is-user").count()
    assert page.locator("#links path").count() >= 4
    page.select_option("#other", "330100")
    page.wait_for_url(re.compile("other=330100"))
    assert "杭州市" in reader.text("h1")
    assert page.locator(".chip .cell").count() == 2 * every


def test_the_numbers_of_a_segment_on_hover_and_by_keyboard(reader):
    page = reader.page
    reader.open("/cities/330600/chains/integrated-circuits")
    page.hover("#ic-silicon-epi")
    assert "硅外延片" in reader.text("#tip") and "应有" in reader.text("#tip")
    page.mouse.move(5, 5)
    page.focus("#ic-silicon-epi")
    assert page.is_visible("#tip")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("segments/ic-silicon-epi"))


def test_the_panorama_leaves_as_four_kinds_of_file(reader):
    page = reader.page
    reader.open("/cities/330600/chains/quantum")
    for name in ("SVG", "PNG", "GraphML", "JSON"):
        with page.expect_download() as started:
            page.click(f".actions >> text={name}")
        assert started.value.suggested_filename.endswith(name.lower())


def test_a_policy_box_is_read_in_place(reader):
    page = reader.page
    reader.open("/cities/330600/segments/ic-silicon-epi")
    link = page.locator("section[aria-labelledby=h-policy] a[href*='#at-']").first
    place = link.get_attribute("href").split("#")[1]
    link.click()
    page.wait_for_url(re.compile("#at-"))
    target = page.locator(f"[id='{place}']").first
    assert target.is_visible() and target.locator("mark").count() >= 1


def test_anything_is_found_by_two_characters_pinyin_or_code(reader):
    for query, expected in (
        ("光刻", "光刻设备"),
        ("shaoxing", "绍兴市"),
        ("gke", "光刻"),
        ("688981", "中芯国际"),
        ("330600", "绍兴市"),
        ("共同富裕", "科技创新行动方案"),
    ):
        reader.open("/")
        reader.page.fill("#q", query)
        reader.page.press("#q", "Enter")
        reader.page.wait_for_url(re.compile("/search"))
        assert expected in reader.text("main"), query


def test_a_company_shows_where_it_sits_with_its_evidence(reader):
    reader.open("/companies/3peak?city=330600")
    assert reader.page.locator("mark").count() >= 1
    assert "与绍兴市的契合" in reader.text("main")


def test_keyboard_alone_reaches_the_content(reader):
    page = reader.page
    reader.open("/cities/330600")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_city_and_language_are_remembered(reader):
    page = reader.page
    reader.open("/cities/330200")
    page.click("text=English")
    reader.open("/policies")
    assert "Ningbo" in reader.text("nav")
    page.click("text=中文")
    assert "宁波市" in reader.text("nav")
    page.click("nav >> text=宁波市")
    page.select_option("#switch-city", "330100")
    page.wait_for_url(re.compile("/cities/330100"))


def test_a_wrong_name_is_helped(reader):
    page = reader.page
    assert reader.open("/cities/绍新").status == 404
    page.click("main >> text=绍兴市")
    assert "绍兴市" in reader.text("main")
    assert reader.open("/没有这一页").status == 404
    assert "没有这个页面" in reader.text("h1")
    reader.troubles = [said for said in reader.troubles if "404" not in said]


@pytest.mark.filterwarnings("ignore:.*extension is not supported")
def test_an_officer_keeps_a_list_and_takes_it_away(reader, tmp_path):
    page = reader.page
    reader.open("/cities/330600/targets?chain=integrated-circuits&home=上海")
    names = page.locator("table.targets th b").all_inner_texts()
    page.fill("#save-name", "上海集成电路第一批")
    page.click(".save button")
    page.wait_for_url(re.compile("/lists/[0-9a-f]{32}"))
    assert reader.text("h1") == "上海集成电路第一批" and "名单已保存" in reader.text("main")
    assert page.locator("table.targets th b").all_inner_texts() == names
    with page.expect_download() as started:
        page.click(".actions >> text=Excel")
    file = tmp_path / "list.xlsx"
    started.value.save_as(file)
    sheet = openpyxl.load_workbook(file)["招商目标清单"]
    rows = [row for row in sheet.iter_rows(values_only=True) if isinstance(row[0], int)]
    assert [row[1] for row in rows] == names
    page.fill("#name", "上海第一批")
    page.press("#name", "Enter")
    page.wait_for_url(re.compile("done=rename"))
    page.click("nav >> text=名单")
    page.click("main >> text=上海第一批")
    page.click("summary >> text=删除名单")
    page.click("text=确认删除")
    page.wait_for_url(re.compile("done=delete"))
    assert page.locator("main >> text=上海第一批").count() == 0


def test_reasons_unfold_and_sliders_say_where_they_stand(reader):
    page = reader.page
    reader.open("/cities/330600/targets?chain=quantum")
    row = page.locator("table.targets tbody tr").first
    assert not row.locator(".unfold ul").is_visible()
    row.locator("summary").focus()
    page.keyboard.press("Enter")
    assert row.locator(".unfold ul").is_visible()
    page.locator(".weights summary").click()
    page.focus("#w-affinity")
    page.keyboard.press("ArrowRight")
    assert page.inner_text("output[for=w-affinity]") == "110"
    page.wait_for_selector("#results >> text=自定义权重")


def test_segments_follow_the_chain_without_a_reload(reader):
    page = reader.page
    reader.open("/cities/330600/targets")
    assert page.locator("#f-segment").count() == 0
    page.select_option("#f-chain", "quantum")
    page.wait_for_selector("#f-segment option:nth-child(2)", state="attached")
    wanted = page.locator("#f-segment option").nth(1)
    name = wanted.inner_text()
    page.select_option("#f-segment", index=1)
    page.wait_for_url(re.compile("segment="))
    page.wait_for_selector(f"#results >> text={name}")


def test_an_editor_changes_an_item_and_it_is_approved(reader):
    page = reader.page
    reader.open("/cities/330700/catalogue")
    first = page.locator("table.catalogue tbody tr").first
    name = first.locator("th a b").inner_text()
    first.locator("text=编辑").click()
    assert name in reader.text("h1")
    page.fill("#x-period", "尽快")
    page.click("text=保存为新草案")
    assert "应写作" in reader.text("#period-wrong")
    assert page.get_attribute("#x-period", "aria-describedby") == "period-wrong"
    reader.troubles = [said for said in reader.troubles if "422" not in said]
    page.fill("#x-period", "2026–2029")
    page.press("#x-period", "Enter")
    page.wait_for_url(re.compile("done=edit"))
    assert "已保存为新的草案" in reader.text("main")
    page.click("text=看改了什么")
    assert "2026–2029" in reader.text("ins")
    page.click("text=审定此草案")
    page.fill("#by", "投资促进处")
    page.press("#by", "Enter")
    page.wait_for_url(re.compile("done=approve"))
    assert "2026-v1" in reader.text(".head") and "已审定" in reader.text(".done")
    page.click("text=历史")
    assert "投资促进处" in reader.text("main")


def test_what_was_measured_is_read_without_words_of_the_trade(reader):
    reader.open("/evaluation")
    text = reader.text("main")
    assert "我们输在哪里" in text and reader.page.locator("tr.ours").count() >= 8
    for word in ("AUC", "NDCG", "MRR", "hit@"):
        assert word not in text
