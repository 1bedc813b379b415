/* The iframe page: its address says what the component shows, its fragment holds the token. */
import "./chainmap-embed.js";

const ATTRIBUTES = ["city", "chain", "segment", "top", "lang"];
const COLOURS = ["ink", "muted", "paper", "wash", "line", "accent", "gap"];
const asked = new URLSearchParams(location.search);
const kind = location.pathname.split("/").pop();

const shown = document.createElement(`chainmap-${kind}`);
shown.setAttribute("heading-level", "1");
for (const name of ATTRIBUTES) if (asked.has(name)) shown.setAttribute(name, asked.get(name));
for (const name of COLOURS) {
  const value = asked.get(name) || "";
  if (/^[0-9a-f]{6}$/i.test(value)) shown.style.setProperty(`--chainmap-${name}`, `#${value}`);
}

// What follows # is never sent to any server, so the token stays out of logs on the way.
const take = () => {
  const token = new URLSearchParams(location.hash.slice(1)).get("token");
  if (token) shown.setAttribute("token", token);
};
take();
addEventListener("hashchange", take);
document.getElementById("place").append(shown);
