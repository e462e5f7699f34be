#!/usr/bin/env bash
# Docker 镜像源真实测试：在运行 Docker 的机器上执行。
#
# 对每个镜像源：测 DNS、连接、TLS、首字节时间；看 /v2/ 的状态；取令牌；取一份镜像清单并核对 digest；
# 按字节上限下载第一层。只发请求，不改任何配置，不重启 Docker；临时文件在退出时删除。
#
# 用法：bash test-mirrors.sh                                 直连（不用终端里的代理变量，dockerd 也不用它们）
#       PROXY=http://127.0.0.1:7890 bash test-mirrors.sh     经代理（dockerd 配了代理时这样测）
# 退出码：0 至少一个通过；1 全部没通过；2 没法测；3 有镜像源的 digest 与你信任的不一致

set -u
export LC_ALL=C

# >>> settings
MIRRORS=('https://docker.m.daocloud.io')
REPOSITORY='library/alpine'
TAG='latest'
TRUSTED=''
BLOB_LIMIT=8388608
# <<< settings

ROUNDS=3
USER_AGENT='docker-mirror-test/1'
ACCEPT='application/vnd.oci.image.index.v1+json, application/vnd.docker.distribution.manifest.list.v2+json, application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json'

say() { printf '%s\n' "$*"; }
# Lines for machines start with @ and the mirror's number; 0 is the run as a whole.
mark() { printf '@%s\n' "$*"; }

if ! command -v curl >/dev/null 2>&1; then
  say '没有找到 curl，请先安装它再运行。'
  exit 2
fi
if ! work=$(mktemp -d 2>/dev/null); then
  say '不能创建临时目录，请检查磁盘空间和 TMPDIR。'
  exit 2
fi
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

# -q: a ~/.curlrc must not change what is measured.
CURL=(curl -q --silent --proto '=http,https' --connect-timeout 5 --max-time 15 --user-agent "$USER_AGENT")
route=direct
if [ -n "${PROXY:-}" ]; then
  route=proxy
  export http_proxy="$PROXY" https_proxy="$PROXY"
  unset no_proxy NO_PROXY HTTPS_PROXY ALL_PROXY all_proxy
else
  CURL+=(--noproxy '*')
fi

case "$(uname -m)" in
  x86_64 | amd64) arch=amd64 ;;
  aarch64 | arm64) arch=arm64 ;;
  armv7* | armv6*) arch=arm ;;
  i?86) arch=386 ;;
  loongarch64) arch=loong64 ;;
  *) arch=$(uname -m) ;;
esac

sha256_of() {
  if command -v sha256sum >/dev/null 2>&1; then
    sha256sum <"$1" | cut -d ' ' -f 1
  elif command -v shasum >/dev/null 2>&1; then
    shasum -a 256 <"$1" | cut -d ' ' -f 1
  elif command -v openssl >/dev/null 2>&1; then
    openssl dgst -sha256 <"$1" | sed 's/.*= *//'
  fi
}

# Seconds with a fraction (as curl prints them) to microseconds, into $micros.
to_micros() {
  local whole=${1%%.*} part="${1#*.}000000"
  [ "$whole" = "$1" ] && part=000000
  micros=$((10#${whole:-0} * 1000000 + 10#${part:0:6}))
}

# Seconds to whole milliseconds, less an earlier moment, into $millis: to_millis END [START]
to_millis() {
  local end
  to_micros "$1"
  end=$micros
  to_micros "${2:-0}"
  millis=$(((end - micros + 500) / 1000))
  [ "$millis" -lt 0 ] && millis=0
  return 0
}

# The value of a response header, the last one if redirects left several: header FILE NAME
header() { tr -d '\r' <"$1" | grep -i "^$2:" | tail -n 1 | sed 's/^[^:]*: *//'; }

# One parameter of a challenge: parameter CHALLENGE NAME
parameter() { printf '%s\n' "$1" | sed -n "s/.*[ ,]$2=\"\([^\"]*\)\".*/\1/p"; }

# JSON without its white space, on one line. Digests and media types hold none.
squeeze() { tr -d ' \t\r\n' <"$1"; }

# The start of an answer's body on one line, control characters removed.
excerpt() { head -c 300 "$1" 2>/dev/null | tr '\t\r\n' '   ' | tr -d '\000-\037\177'; }

curl_text() {
  case "$1" in
    5) echo '代理的域名解析失败' ;;
    6) echo '域名解析失败（DNS）' ;;
    7) echo '连不上（被拒绝或不可达）' ;;
    28) echo '超时' ;;
    35) echo 'TLS 握手失败' ;;
    51 | 60) echo '证书不可信或与域名不符' ;;
    52) echo '对方断开，什么都没返回' ;;
    56) echo '连接被重置' ;;
    97) echo '代理拒绝了连接' ;;
    *) echo "curl 错误 $1" ;;
  esac
}

# failed NUMBER STAGE CURL_EXIT HTTP_STATUS
failed() {
  if [ "$3" -ne 0 ]; then
    mark "$1 fail stage=$2 curl=$3"
    say "  没通过：$(curl_text "$3")"
  else
    mark "$1 fail stage=$2 http=$4"
    say "  没通过：HTTP $4"
    if [ -s "$work/body" ]; then
      local text
      text=$(excerpt "$work/body")
      mark "$1 says $text"
      say "  对方说：$text"
    fi
  fi
}

# get_manifest BASE REFERENCE: body, headers and stats into $work; sets status, code
get_manifest() {
  local auth=()
  [ -n "$token" ] && auth=(-H "Authorization: Bearer $token")
  rm -f "$work/body" "$work/headers"
  "${CURL[@]}" -L --max-redirs 5 -H "Accept: $ACCEPT" ${auth[@]+"${auth[@]}"} \
    -D "$work/headers" -o "$work/body" -w '%{http_code} %{time_starttransfer}\n' \
    "$1/v2/$REPOSITORY/manifests/$2" >"$work/stats" 2>/dev/null
  code=$?
  status=000 ttfb=0
  read -r status ttfb <"$work/stats" || true
}

# get_blob BASE DIGEST SIZE: redirects by hand, the token never goes to another host
get_blob() {
  local url="$1/v2/$REPOSITORY/blobs/$2" auth=() range=() origin host next hop
  origin=$(printf '%s\n' "$url" | cut -d / -f 1-3)
  [ "$3" -gt "$BLOB_LIMIT" ] && range=(-r "0-$((BLOB_LIMIT - 1))")
  blob_wait=0
  for hop in 1 2 3 4 5 6; do
    auth=()
    host=$(printf '%s\n' "$url" | cut -d / -f 1-3)
    [ -n "$token" ] && [ "$host" = "$origin" ] && auth=(-H "Authorization: Bearer $token")
    rm -f "$work/body"
    # The body goes through head, so that no server can send more than the limit.
    {
      "${CURL[@]}" --max-time 40 ${auth[@]+"${auth[@]}"} ${range[@]+"${range[@]}"} -o /dev/fd/3 \
        -w '%{http_code} %{time_starttransfer} %{time_total} %{redirect_url}\n' \
        "$url" 3>&1 1>&4 2>/dev/null | head -c "$BLOB_LIMIT" >"$work/body"
      code=${PIPESTATUS[0]}
    } 4>"$work/stats"
    status=000 ttfb=0 total=0 next=
    read -r status ttfb total next <"$work/stats" || true
    blob_host=${host#*//}
    case "$status" in
      301 | 302 | 303 | 307 | 308)
        [ -z "${next:-}" ] && return
        to_millis "$total"
        blob_wait=$((blob_wait + millis))
        url=$next
        ;;
      *) return ;;
    esac
  done
  mark "$number note redirects=$hop"
}

# test_mirror NUMBER URL: 0 passed, 1 failed, 3 the digest isn't the trusted one
test_mirror() {
  number=$1
  local base=$2 round challenge realm service digest declared platform layer size sum self trusted bytes
  local status=000 code=0 ttfb=0 total=0 dns tcp tls ip token='' blob_host blob_wait
  say ''
  say "[$number/${#MIRRORS[@]}] $base"
  mark "$number url $base"

  for ((round = 1; round <= ROUNDS; round++)); do
    rm -f "$work/body" "$work/headers"
    "${CURL[@]}" -L --max-redirs 5 -D "$work/headers" -o "$work/body" \
      -w '%{http_code} %{time_namelookup} %{time_connect} %{time_appconnect} %{time_starttransfer} %{remote_ip}\n' \
      "$base/v2/" >"$work/stats" 2>/dev/null
    code=$?
    read -r status dns tcp tls ttfb ip <"$work/stats" || true
    [ "$code" -ne 0 ] && break
    # Without TLS its moment is 0, and the difference is taken as 0.
    to_millis "$tls" "$tcp" && tls=$millis
    to_millis "$tcp" "$dns" && tcp=$millis
    to_millis "$dns" && dns=$millis
    to_millis "$ttfb" && ttfb=$millis
    mark "$number ping http=$status dns=$dns tcp=$tcp tls=$tls ttfb=$ttfb ip=${ip:-none}"
    [ "$round" -eq 1 ] &&
      say "  /v2/ 返回 $status；DNS $dns ms，连接 $tcp ms，TLS $tls ms，首字节 $ttfb ms（$ip）"
  done
  if [ "$code" -ne 0 ]; then
    failed "$number" ping "$code" "$status"
    return 1
  fi

  case "$status" in
    200) mark "$number auth none" ;;
    401)
      challenge=$(tr -d '\r' <"$work/headers" | grep -i '^www-authenticate: *bearer ' | tail -n 1)
      if [ -z "$challenge" ]; then
        mark "$number auth login"
        failed "$number" auth 0 "$status"
        say '  需要登录（没有匿名令牌）。'
        return 1
      fi
      mark "$number auth bearer"
      realm=$(parameter "$challenge" realm)
      service=$(parameter "$challenge" service)
      rm -f "$work/body"
      status=$("${CURL[@]}" -L --max-redirs 5 -G -o "$work/body" -w '%{http_code}' \
        --data-urlencode "service=$service" --data-urlencode "scope=repository:$REPOSITORY:pull" "$realm" 2>/dev/null)
      code=$?
      if [ "$code" -ne 0 ] || [ "$status" != 200 ]; then
        failed "$number" token "$code" "$status"
        return 1
      fi
      token=$(squeeze "$work/body" | sed -n 's/.*"token":"\([^"]*\)".*/\1/p')
      [ -z "$token" ] && token=$(squeeze "$work/body" | sed -n 's/.*"access_token":"\([^"]*\)".*/\1/p')
      if [ -z "$token" ]; then
        failed "$number" token 0 "$status"
        return 1
      fi
      mark "$number token ok"
      ;;
    *)
      failed "$number" ping 0 "$status"
      return 1
      ;;
  esac

  get_manifest "$base" "$TAG"
  if [ "$code" -ne 0 ] || [ "$status" != 200 ]; then
    failed "$number" manifest "$code" "$status"
    return 1
  fi
  declared=$(header "$work/headers" docker-content-digest)
  sum=$(sha256_of "$work/body")
  digest=${sum:+sha256:$sum}
  digest=${digest:-$declared}
  self=ok
  [ -n "$declared" ] && [ "$declared" != "$digest" ] && self=bad
  [ -z "$sum" ] && self=unknown
  to_millis "$ttfb"
  mark "$number manifest http=$status ttfb=$millis self=$self"
  mark "$number digest $digest"
  say "  清单 $REPOSITORY:$TAG 的 digest："
  say "  $digest"
  if [ "$self" = bad ]; then
    failed "$number" self 0 "$status"
    say '  清单内容与它自己声明的 digest 不一致。'
    return 1
  fi

  # An index points to one manifest per platform: take this machine's, else the first.
  platform=''
  if squeeze "$work/body" | grep -q '"manifests":\['; then
    squeeze "$work/body" | sed 's/.*"manifests":\[//' | awk '{ gsub(/\},\{/, "}\n{"); print }' >"$work/entries"
    platform=$(grep '"os":"linux"' "$work/entries" | grep "\"architecture\":\"$arch\"" | head -n 1)
    [ -z "$platform" ] && platform=$(head -n 1 "$work/entries")
    platform=$(printf '%s\n' "$platform" | sed -n 's/.*"digest":"\(sha256:[0-9a-f]*\)".*/\1/p')
  fi

  trusted=none
  if [ -n "$TRUSTED" ]; then
    trusted=differ
    [ "$TRUSTED" = "$digest" ] && trusted=match
    [ "$TRUSTED" = "$platform" ] && trusted=match
    mark "$number trusted $trusted"
    if [ "$trusted" = differ ]; then
      say '  与你信任的 digest 不一致：可能是 tag 已更新或缓存旧了，也可能被换过。先别用它。'
      mark "$number fail stage=trusted http=$status"
      return 3
    fi
    say '  与你信任的 digest 一致。'
  fi

  if [ -n "$platform" ]; then
    get_manifest "$base" "$platform"
    if [ "$code" -ne 0 ] || [ "$status" != 200 ]; then
      failed "$number" platform "$code" "$status"
      return 1
    fi
    sum=$(sha256_of "$work/body")
    if [ -n "$sum" ] && [ "sha256:$sum" != "$platform" ]; then
      failed "$number" platform 0 "$status"
      say '  平台清单的内容与索引里的 digest 不一致。'
      return 1
    fi
  fi

  layer=$(squeeze "$work/body" | sed -n 's/.*"layers":\[\([^]]*\)\].*/\1/p' | awk '{ gsub(/\},\{/, "}\n{"); print }' | head -n 1)
  size=$(printf '%s\n' "$layer" | sed -n 's/.*"size":\([0-9]*\).*/\1/p')
  layer=$(printf '%s\n' "$layer" | sed -n 's/.*"digest":"\(sha256:[0-9a-f]*\)".*/\1/p')
  if [ -z "$layer" ] || [ -z "$size" ]; then
    failed "$number" layer 0 "$status"
    say '  清单里没有层，格式不认识。'
    return 1
  fi

  get_blob "$base" "$layer" "$size"
  bytes=$(wc -c <"$work/body" | tr -d ' ')
  to_millis "$ttfb" && ttfb=$((blob_wait + millis))
  to_millis "$total" && millis=$((blob_wait + millis))
  # 23: head closed the pipe at the limit, as it should.
  [ "$code" -eq 23 ] && [ "$bytes" -ge "$BLOB_LIMIT" ] && code=0
  if [ "$code" -ne 0 ] || { [ "$status" != 200 ] && [ "$status" != 206 ]; }; then
    mark "$number blob http=$status bytes=$bytes ms=$millis host=$blob_host"
    failed "$number" blob "$code" "$status"
    return 1
  fi
  sum=partial
  if [ "$bytes" -eq "$size" ]; then
    sum=unknown
    digest=$(sha256_of "$work/body")
    [ -n "$digest" ] && sum=bad && [ "sha256:$digest" = "$layer" ] && sum=ok
  fi
  mark "$number blob http=$status bytes=$bytes ttfb=$ttfb ms=$millis sum=$sum host=$blob_host"
  say "  第一层：$bytes 字节，$millis ms，$((bytes * 1000 / (millis > 0 ? millis : 1) / 1024)) KiB/s（来自 $blob_host）"
  if [ "$sum" = bad ]; then
    failed "$number" sum 0 "$status"
    say '  层的内容与 digest 不一致。'
    return 1
  fi
  mark "$number pass"
  say '  通过。'
}

mark "0 begin v=1 tool=bash arch=$arch route=$route image=$REPOSITORY:$TAG"
[ -n "$TRUSTED" ] && mark "0 trusted $TRUSTED"
if [ "$route" = direct ] && command -v docker >/dev/null 2>&1 && command -v timeout >/dev/null 2>&1; then
  daemon_proxy=$(timeout 5 docker info --format '{{.HTTPSProxy}}' 2>/dev/null)
  if [ -n "$daemon_proxy" ]; then
    say "dockerd 配了代理（$daemon_proxy），而这次是直连。要照 dockerd 的路测：PROXY=代理地址 bash test-mirrors.sh"
    mark '0 note daemon-proxy'
  fi
fi

number=0
passed=0
differing=0
for mirror in "${MIRRORS[@]}"; do
  number=$((number + 1))
  test_mirror "$number" "${mirror%/}"
  case $? in
    0) passed=$((passed + 1)) ;;
    3) differing=$((differing + 1)) ;;
  esac
done

say ''
mark "0 end pass=$passed total=$number differ=$differing"
say "共 $number 个，通过 $passed 个。把全部输出粘贴回网页，就能排序并生成配置。"
[ "$differing" -gt 0 ] && exit 3
[ "$passed" -gt 0 ] && exit 0
exit 1
