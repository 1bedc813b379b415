#!/bin/sh
# 绍兴“集成电路”前 5 家招商目标企业，打印为表格，并存一份 CSV（CSV 需要 export 权限）。
# 用法：CHAINMAP_URL=https://… CHAINMAP_KEY=cm_… sh targets.sh
# First five targets of a city: as a table on screen, and as CSV for WPS or Excel.
set -eu

: "${CHAINMAP_URL:=http://127.0.0.1:8600}"
: "${CHAINMAP_KEY:?set CHAINMAP_KEY to an API key}"
out="${1:-targets.csv}"

# The key goes in through a file descriptor: arguments are seen by everybody on the machine.
ask() {
    printf 'header = "Authorization: Bearer %s"\n' "$CHAINMAP_KEY" |
        curl --config - --silent --show-error --fail-with-body --get "$@"
}

ask "$CHAINMAP_URL/v1/cities/330600/targets" \
    --data-urlencode 'chain=集成电路' --data-urlencode 'top=5' \
    --header 'Accept: text/csv' --output "$out"
ask "$CHAINMAP_URL/v1/cities/330600/targets" \
    --data-urlencode 'chain=集成电路' --data-urlencode 'top=5' \
    --data-urlencode 'fields=rank,short_name,home_city,segment' \
    --header 'Accept: text/csv'
echo "已存为 $out" >&2
