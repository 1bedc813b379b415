"""绍兴“集成电路”的缺口和招商目标企业；只用 Python 标准库。

用法：CHAINMAP_URL=https://… CHAINMAP_KEY=cm_… python targets.py

A city's gaps and targets with the standard library alone: problems said as the service says them,
a busy service waited for, pages followed to the end, what has not changed not asked for again.
"""

import json
import os
import re
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

URL = os.environ.get("CHAINMAP_URL", "http://127.0.0.1:8600")
KEY = os.environ.get("CHAINMAP_KEY", "")
KEPT = {}  # address -> (answer, its headers): a 304 has no body, and no Link to the next page


def ask(path):
    """Return the answer to a GET and its headers."""
    url = urllib.parse.urljoin(URL, urllib.parse.quote(path, safe="/?&=%"))
    headers = {"Accept": "application/json"}
    if KEY:
        headers["Authorization"] = f"Bearer {KEY}"
    if url in KEPT:
        headers["If-None-Match"] = KEPT[url][1]["ETag"]
    for _ in range(3):
        try:
            with urllib.request.urlopen(urllib.request.Request(url, headers=headers)) as answer:
                found = json.load(answer), answer.headers
                if "ETag" in answer.headers:
                    KEPT[url] = found
                return found
        except urllib.error.HTTPError as error:
            if error.code == 304:
                return KEPT[url]
            if error.code == 429:
                time.sleep(int(error.headers["Retry-After"]))
                continue
            problem = json.load(error)
            sys.exit(f"{problem['title']}：{problem['detail']} {problem['todo']}".strip())
    sys.exit("服务繁忙，请稍后再试。")


def every(path):
    """Yield the items of a list, page by page."""
    while path:
        found, headers = ask(path)
        yield from found
        following = re.search(r'<([^>]+)>; rel="next"', headers.get("Link", ""))
        path = following and following[1]


gaps, headers = ask("/v1/cities/绍兴/gaps?chain=集成电路&top=5")
print(f"快照 {headers['Chainmap-Snapshot']}，名录截至 {gaps['basis']['edition']}")
for gap in gaps["gaps"]:
    print(f"{gap['rank']}. {gap['segment']}（{gap['kind_zh']}）{gap['reason']}")

targets, _ = ask("/v1/cities/绍兴/targets?chain=集成电路&top=5")
for target in targets["targets"]:
    cited = "；".join(f"{c['title']} {c['box']}" for c in target["citations"][:2])
    print(f"{target['rank']}. {target['company']} → {target['segment']}　出处：{cited}")
if not targets["basis"]["may_act"]:
    print("仅供研判，行动前须核实。")

print("产业链：", "、".join(chain["name"] for chain in every("/v1/chains?limit=3")))
