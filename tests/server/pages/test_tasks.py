"""What readers come for, done as they would do it."""

import re
from urllib.parse import unquote

import openpyxl
import pytest
from playwright.sync_api import expect


def test_an_official_finds_the_first_gap_and_why(reader):
    page = reader.page
    reader.open("/")
    reader.follow("table.matrix >> text=绍兴市", "/cities/330600$")
    reader.follow("table >> text=集成电路", "/chains/integrated-circuits")
    reader.shows("绍兴市 · 集成电路产业链全景图", at="h1")
    reader.follow("nav >> text=缺口", "/gaps")
    reader.follow(".tabs >> text=集成电路", "/gaps.*chain=integrated-circuits")
    first = page.inner_text("table.gaps tbody tr:first-child th b")
    reader.follow("table.gaps tbody tr:first-child th a", "/segments/")
    reader.shows(first, at="h1")
    reader.shows("绍兴", at=".reason")
    reader.shows("得分", at=".formula")
    expect(page.locator(".changes li")).not_to_have_count(0)
    expect(page.locator("circle.dot.here")).to_have_count(1)
    reader.shows("受影响的下游企业")


@pytest.mark.filterwarnings("ignore:.*extension is not supported")
def test_an_officer_takes_shanghai_firms_away_in_excel(reader, tmp_path):
    page = reader.page
    reader.open("/cities/330600/targets?chain=integrated-circuits")
    with page.expect_response(re.compile("targets.*home=")):
        page.fill("#f-home", "上海")
        page.press("#f-home", "Tab")
    reader.shows("· 上海", at="#results .card-head")
    expect(page).to_have_url(re.compile("home=%E4%B8%8A%E6%B5%B7"))
    rows = page.locator("table.targets tbody tr")
    shown = rows.count()
    assert shown > 3
    expect(rows.filter(has=page.locator("th .small", has_text="上海市"))).to_have_count(shown)
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
    reader.shows("自定义权重", at="#results")
    expect(page.locator("table.targets th b")).not_to_have_text(before)
    expect(page.locator("#w-affinity")).to_have_value("300")
    expect(page).to_have_url(re.compile("w_affinity=300"))


def test_four_targets_side_by_side(reader):
    page = reader.page
    reader.open("/cities/330600/targets?chain=integrated-circuits")
    names = page.locator("table.targets th b").all_inner_texts()[:4]
    for at in range(4):
        page.check(f"table.targets tbody tr:nth-child({at + 1}) input")
    reader.follow("text=对比所选", "/targets/compare")
    expect(page.locator("table.compare thead th")).to_have_text(names)


def test_two_cities_links_and_filter_on_the_panorama(reader):
    page = reader.page
    reader.open("/cities/330600/chains/integrated-circuits")
    every = page.locator(".chips li:visible").count()
    held = page.locator(".chips li[data-held]").count()
    assert 0 < held < every
    page.check("input[name=only][value=held]")
    expect(page.locator(".chips li:visible")).to_have_count(held)
    page.select_option("#focus", "ic-silicon-epi")
    reader.arrive("focus=ic-silicon-epi")
    expect(page.locator(".is-supplier")).not_to_have_count(0)
    expect(page.locator(".is-user")).not_to_have_count(0)
    expect(page.locator("#links path").nth(3)).to_be_attached()
    page.select_option("#other", "330100")
    reader.arrive("other=330100")
    reader.shows("杭州市", at="h1")
    expect(page.locator(".chip .cell")).to_have_count(2 * every)


def test_the_numbers_of_a_segment_on_hover_and_by_keyboard(reader):
    page = reader.page
    reader.open("/cities/330600/chains/integrated-circuits")
    page.hover("#ic-silicon-epi")
    reader.shows("硅外延片", "应有", at="#tip")
    page.mouse.move(5, 5)
    expect(page.locator("#tip")).to_be_hidden()
    page.focus("#ic-silicon-epi")
    expect(page.locator("#tip")).to_be_visible()
    page.keyboard.press("Enter")
    reader.arrive("segments/ic-silicon-epi")


def test_the_numbers_stay_where_focus_scrolls_to(reader):
    page = reader.page
    page.set_viewport_size({"width": 390, "height": 500})
    reader.open("/cities/330600/chains/integrated-circuits")
    last = page.locator(".chip").last
    last.focus()
    # The scrolling that follows used to hide them: its event is over two frames later.
    page.evaluate("() => new Promise(next => requestAnimationFrame(() => setTimeout(next)))")
    page.evaluate("() => new Promise(next => requestAnimationFrame(() => setTimeout(next)))")
    expect(page.locator("#tip")).to_contain_text(last.locator(".chip-name").inner_text())
    expect(page.locator("#tip")).to_be_in_viewport()
    page.mouse.wheel(0, -5000)
    page.keyboard.press("Escape")
    expect(page.locator("#tip")).to_be_hidden()


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
    selector = "section[aria-labelledby=h-policy] a[href*='#at-']"
    place = page.locator(selector).first.get_attribute("href").split("#")[1]
    reader.follow(selector, "#at-")
    target = page.locator(f"[id='{place}']").first
    expect(target).to_be_in_viewport()
    expect(target.locator("mark")).not_to_have_count(0)


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
        reader.arrive("/search")
        reader.shows(expected)


def test_a_company_shows_where_it_sits_with_its_evidence(reader):
    reader.open("/companies/3peak?city=330600")
    expect(reader.page.locator("mark")).not_to_have_count(0)
    reader.shows("与绍兴市的契合")


def test_keyboard_alone_reaches_the_content(reader):
    page = reader.page
    reader.open("/cities/330600")
    page.keyboard.press("Tab")
    expect(page.locator("a", has_text="跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_city_and_language_are_remembered(reader):
    page = reader.page
    reader.open("/cities/330200")
    reader.follow("text=English", "lang=en")
    reader.open("/policies")
    reader.shows("Ningbo", at="nav")
    reader.follow("text=中文", "lang=zh")
    reader.shows("宁波市", at="nav")
    reader.follow("nav >> text=宁波市", "/cities/330200")
    page.select_option("#switch-city", "330100")
    reader.arrive("/cities/330100")


def test_a_wrong_name_is_helped(reader):
    reader.forgive("404")
    assert reader.open("/cities/绍新").status == 404
    reader.follow("main >> text=绍兴市", "/search")
    reader.follow("main a >> text=绍兴市", "/cities/330600")
    reader.shows("绍兴市", at="h1")
    assert reader.open("/没有这一页").status == 404
    reader.shows("没有这个页面", at="h1")


@pytest.mark.filterwarnings("ignore:.*extension is not supported")
def test_an_officer_keeps_a_list_and_takes_it_away(reader, tmp_path):
    page = reader.page
    reader.open("/cities/330600/targets?chain=integrated-circuits&home=上海")
    names = page.locator("table.targets th b").all_inner_texts()
    page.fill("#save-name", "上海集成电路第一批")
    reader.follow(".save button", "/lists/[0-9a-f]{32}")
    expect(page.locator("h1")).to_have_text("上海集成电路第一批")
    reader.shows("名单已保存")
    expect(page.locator("table.targets th b")).to_have_text(names)
    page.emulate_media(media="print")
    expect(page.locator("table.targets thead th").first).to_have_text("序号")
    expect(page.locator("table.targets thead th").first).to_be_visible()
    page.emulate_media(media="screen")
    with page.expect_download() as started:
        page.click(".actions >> text=Excel")
    file = tmp_path / "list.xlsx"
    started.value.save_as(file)
    sheet = openpyxl.load_workbook(file)["招商目标清单"]
    rows = [row for row in sheet.iter_rows(values_only=True) if isinstance(row[0], int)]
    assert [row[1] for row in rows] == names
    page.fill("#name", "上海第一批")
    page.press("#name", "Enter")
    reader.arrive("done=rename")
    reader.follow("nav >> text=名单", "/lists$")
    reader.follow("main >> text=上海第一批", "/lists/[0-9a-f]{32}")
    page.click("summary >> text=删除名单")
    reader.follow("text=确认删除", "done=delete")
    reader.shows("名单已删除")
    expect(page.locator("main >> text=上海第一批")).to_have_count(0)


def test_reasons_unfold_and_sliders_say_where_they_stand(reader):
    page = reader.page
    reader.open("/cities/330600/targets?chain=quantum")
    row = page.locator("table.targets tbody tr").first
    expect(row.locator(".unfold ul")).to_be_hidden()
    row.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(row.locator(".unfold ul")).to_be_visible()
    page.locator(".weights summary").click()
    page.focus("#w-affinity")
    page.keyboard.press("ArrowRight")
    expect(page.locator("output[for=w-affinity]")).to_have_text("110")
    reader.shows("自定义权重", at="#results")


def test_segments_follow_the_chain_without_a_reload(reader):
    page = reader.page
    reader.open("/cities/330600/targets")
    assert page.locator("#f-segment").count() == 0
    page.select_option("#f-chain", "quantum")
    wanted = page.locator("#f-segment option").nth(1)
    expect(wanted).to_be_attached()
    name = wanted.inner_text()
    page.select_option("#f-segment", index=1)
    expect(page).to_have_url(re.compile("segment=[a-z]"))
    reader.shows(f"· {name}", at="#results .card-head")


def test_an_editor_changes_an_item_and_it_is_approved(reader):
    page = reader.page
    reader.open("/cities/330700/catalogue")
    row = "table.catalogue tbody tr:first-child"
    name = page.inner_text(f"{row} th a b")
    reader.follow(f"{row} >> text=编辑", "/catalogue/item")
    reader.shows(name, at="h1")
    reader.forgive("422")
    page.fill("#x-period", "尽快")
    page.click("text=保存为新草案")
    reader.shows("应写作", at="#period-wrong")
    expect(page.locator("#x-period")).to_have_attribute("aria-describedby", "period-wrong")
    page.wait_for_load_state()
    page.fill("#x-period", "2026–2029")
    page.press("#x-period", "Enter")
    reader.arrive("done=edit")
    reader.shows("已保存为新的草案")
    reader.follow("text=看改了什么", "/difference")
    reader.shows("2026–2029", at="ins")
    reader.follow("text=审定此草案", "/approve")
    page.fill("#by", "投资促进处")
    page.press("#by", "Enter")
    reader.arrive("done=approve")
    reader.shows("2026-v1", at=".head")
    reader.shows("已审定", at=".done")
    reader.follow("text=历史", "/history")
    reader.shows("投资促进处")


def test_an_official_compares_two_cities_and_takes_the_report(reader):
    page = reader.page
    reader.open("/cities/330600")
    page.select_option("#other", "330200")
    reader.arrive("/chains/.*other=330200")
    reader.shows("绍兴市 与 宁波市", at="h1")
    with page.expect_download() as started:
        page.click("text=六链对比（Word）")
    assert started.value.suggested_filename == "绍兴市-城市对比.docx"


def test_a_report_in_the_making_says_so_and_says_when_it_fails(reader):
    page = reader.page
    held = []
    page.route("**/report?*", lambda route: held.append(route))
    reader.open("/cities/330700/catalogue")
    page.click(".head .actions >> text=Word")
    reader.shows("正在生成", at=".making")
    page.click(".head .actions >> text=Word")  # once is enough
    reader.forgive("503")
    assert len(held) == 1
    held[0].fulfill(status=503, content_type="application/problem+json", body='{"detail":"忙"}')
    expect(page.locator(".making")).to_have_text("忙")
    page.unroute("**/report?*")
    with page.expect_download() as started:
        page.click(".head .actions >> text=Word")
    assert started.value.suggested_filename == "金华市-招商目录.docx"
    expect(page.locator(".making")).to_have_text("")


def test_a_list_of_targets_is_dense_on_paper(reader):
    from io import BytesIO

    from pypdf import PdfReader

    reader.open("/cities/330600/targets")
    assert len(PdfReader(BytesIO(reader.page.pdf())).pages) <= 3


def test_what_was_measured_is_read_without_words_of_the_trade(reader):
    reader.open("/evaluation")
    reader.shows("我们输在哪里")
    assert reader.page.locator("tr.ours").count() >= 8
    for word in ("AUC", "NDCG", "MRR", "hit@", "LightGBM"):
        expect(reader.page.locator("main")).not_to_contain_text(word)
