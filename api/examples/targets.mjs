// 绍兴“集成电路”的招商目标企业；Node 18 以上或浏览器，不需要任何依赖。
// 用法：CHAINMAP_URL=https://… CHAINMAP_KEY=cm_… node targets.mjs
// A city's targets under weights of one's own (scope compute), and every company page by page.

const url = process.env.CHAINMAP_URL ?? "http://127.0.0.1:8600";
const key = process.env.CHAINMAP_KEY ?? "";

async function ask(path, body) {
  const headers = {Accept: "application/json"};
  if (key) headers.Authorization = `Bearer ${key}`;
  if (body) headers["Content-Type"] = "application/json";
  const answer = await fetch(new URL(path, url), {
    method: body ? "POST" : "GET", headers, body: body && JSON.stringify(body),
  });
  if (answer.ok) return answer;
  const problem = await answer.json();
  throw new Error(`${problem.title}：${problem.detail} ${problem.todo}`.trim());
}

async function* every(path) {
  while (path) {
    const answer = await ask(path);
    yield* await answer.json();
    path = /<([^>]+)>; rel="next"/.exec(answer.headers.get("link") ?? "")?.[1];
  }
}

const question = {city: "绍兴", chain: "集成电路", top: 5};
const answer = await ask("/v1/targets", question);
const found = await answer.json();
console.log(`快照 ${answer.headers.get("chainmap-snapshot")}`);
for (const one of found.targets) {
  console.log(`${one.rank}. ${one.company}（${one.home_city}）→ ${one.segment}：${one.reasons[0]}`);
}
if (!found.basis.may_act) console.log("仅供研判，行动前须核实。");

let n = 0;
for await (const company of every("/v1/companies?q=半导体&limit=20")) n += company.id ? 1 : 0;
console.log(`名称中有“半导体”的企业 ${n} 家`);
