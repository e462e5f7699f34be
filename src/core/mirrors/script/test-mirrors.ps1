# Docker 镜像源真实测试：在运行 Docker 的机器上执行（Windows PowerShell 5.1 或 PowerShell 7）。
#
# 对每个镜像源：测 DNS、连接、TLS、首字节时间；看 /v2/ 的状态；取令牌；取一份镜像清单并核对 digest；
# 按字节上限下载第一层。只发请求，不改任何配置，不重启 Docker；临时文件在退出时删除。
#
# 用法：powershell -ExecutionPolicy Bypass -File .\test-mirrors.ps1      直连
#       先执行 $env:PROXY = 'http://127.0.0.1:7890' 再运行，就经代理测（Docker Desktop 配了代理时这样测）
# 退出码：0 至少一个通过；1 全部没通过；2 没法测；3 有镜像源的 digest 与你信任的不一致

# >>> settings
$Mirrors = @('https://docker.m.daocloud.io')
$Repository = 'library/alpine'
$Tag = 'latest'
$Trusted = ''
$BlobLimit = 8388608
# <<< settings

$Rounds = 3
$UserAgent = 'docker-mirror-test/1'
$Accept = 'application/vnd.oci.image.index.v1+json, application/vnd.docker.distribution.manifest.list.v2+json, application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json'

# Lines for machines start with @ and the mirror's number; 0 is the run as a whole.
function Write-Mark([string]$Text) { Write-Host "@$Text" }

function Get-CurlText([int]$Code) {
  switch ($Code) {
    5 { '代理的域名解析失败' }
    6 { '域名解析失败（DNS）' }
    7 { '连不上（被拒绝或不可达）' }
    28 { '超时' }
    35 { 'TLS 握手失败' }
    51 { '证书不可信或与域名不符' }
    52 { '对方断开，什么都没返回' }
    56 { '连接被重置' }
    60 { '证书不可信或与域名不符' }
    63 { '对方不支持分段下载，文件超过字节上限' }
    97 { '代理拒绝了连接' }
    default { "curl 错误 $Code" }
  }
}

# Seconds (as curl prints them) to whole milliseconds, less an earlier moment.
function Get-Milliseconds([string]$End, [string]$Start = '0') {
  $culture = [Globalization.CultureInfo]::InvariantCulture
  $a = 0.0
  $b = 0.0
  [void][double]::TryParse($End, [Globalization.NumberStyles]::Float, $culture, [ref]$a)
  [void][double]::TryParse($Start, [Globalization.NumberStyles]::Float, $culture, [ref]$b)
  [int][Math]::Max(0, [Math]::Round(($a - $b) * 1000))
}

# Runs curl; $script:Code and $script:Stats hold its exit status and what -w printed.
function Invoke-Curl([string[]]$Arguments) {
  Remove-Item -LiteralPath $script:Body -ErrorAction SilentlyContinue
  $output = & $script:Curl @script:Common @Arguments
  $script:Code = $LASTEXITCODE
  $script:Stats = "$output".Trim() -split ' '
}

# The value of a response header, the last one if redirects left several.
function Get-Header([string]$Name) {
  $value = ''
  foreach ($line in (Get-Content -LiteralPath $script:Headers -ErrorAction SilentlyContinue)) {
    if ($line -match "^${Name}:\s*(.*?)\s*$") { $value = $Matches[1] }
  }
  $value
}

function Get-Sha256 { 'sha256:' + (Get-FileHash -Algorithm SHA256 -LiteralPath $script:Body).Hash.ToLowerInvariant() }

function Read-Json {
  try { Get-Content -Raw -Encoding UTF8 -LiteralPath $script:Body | ConvertFrom-Json } catch { $null }
}

function Write-Failure([int]$Number, [string]$Stage, [string]$Status) {
  if ($script:Code -ne 0) {
    Write-Mark "$Number fail stage=$Stage curl=$($script:Code)"
    Write-Host "  没通过：$(Get-CurlText $script:Code)"
    return
  }
  Write-Mark "$Number fail stage=$Stage http=$Status"
  Write-Host "  没通过：HTTP $Status"
  if (Test-Path -LiteralPath $script:Body) {
    $text = "$(Get-Content -Raw -Encoding UTF8 -LiteralPath $script:Body)" -replace '[\x00-\x1f\x7f-\x9f]', ' '
    if ($text.Length -gt 300) { $text = $text.Substring(0, 300) }
    if ($text.Trim() -ne '') {
      Write-Mark "$Number says $text"
      Write-Host "  对方说：$text"
    }
  }
}

function Get-Manifest([string]$Base, [string]$Reference, [string[]]$Authorization) {
  Remove-Item -LiteralPath $script:Headers -ErrorAction SilentlyContinue
  Invoke-Curl (@('-L', '--max-redirs', '5', '-H', "Accept: $Accept") + $Authorization + @(
      '-D', $script:Headers, '-o', $script:Body, '-w', '%{http_code} %{time_starttransfer}',
      "$Base/v2/$Repository/manifests/$Reference"))
}

# Returns 'pass', 'fail' or 'differ'.
function Test-Mirror([int]$Number, [string]$Base) {
  Write-Host ''
  Write-Host "[$Number/$($Mirrors.Count)] $Base"
  Write-Mark "$Number url $Base"

  $status = '000'
  for ($round = 1; $round -le $Rounds; $round++) {
    Remove-Item -LiteralPath $script:Headers -ErrorAction SilentlyContinue
    Invoke-Curl @('-L', '--max-redirs', '5', '-D', $script:Headers, '-o', $script:Body, '-w',
      '%{http_code} %{time_namelookup} %{time_connect} %{time_appconnect} %{time_starttransfer} %{remote_ip}',
      "$Base/v2/")
    if ($script:Code -ne 0) {
      Write-Failure $Number 'ping' $status
      return 'fail'
    }
    $status, $dns, $tcp, $tls, $first, $ip = $script:Stats
    if (-not $ip) { $ip = 'none' }
    $dnsMs = Get-Milliseconds $dns
    $tcpMs = Get-Milliseconds $tcp $dns
    $tlsMs = Get-Milliseconds $tls $tcp
    $firstMs = Get-Milliseconds $first
    Write-Mark "$Number ping http=$status dns=$dnsMs tcp=$tcpMs tls=$tlsMs ttfb=$firstMs ip=$ip"
    if ($round -eq 1) {
      Write-Host "  /v2/ 返回 $status；DNS $dnsMs ms，连接 $tcpMs ms，TLS $tlsMs ms，首字节 $firstMs ms（$ip）"
    }
  }

  $authorization = @()
  if ($status -eq '200') {
    Write-Mark "$Number auth none"
  } elseif ($status -eq '401') {
    $challenge = Get-Header 'www-authenticate'
    if ($challenge -notmatch '^Bearer\s') {
      Write-Mark "$Number auth login"
      Write-Failure $Number 'auth' $status
      Write-Host '  需要登录（没有匿名令牌）。'
      return 'fail'
    }
    Write-Mark "$Number auth bearer"
    $realm = ''
    $service = ''
    if ($challenge -match '[ ,]realm="([^"]*)"') { $realm = $Matches[1] }
    if ($challenge -match '[ ,]service="([^"]*)"') { $service = $Matches[1] }
    Invoke-Curl @('-L', '--max-redirs', '5', '-G', '-o', $script:Body, '-w', '%{http_code}',
      '--data-urlencode', "service=$service", '--data-urlencode', "scope=repository:${Repository}:pull", $realm)
    $status = $script:Stats[0]
    $answer = $null
    if ($script:Code -eq 0 -and $status -eq '200') { $answer = Read-Json }
    $token = ''
    if ($answer -and $answer.token) { $token = $answer.token } elseif ($answer -and $answer.access_token) { $token = $answer.access_token }
    if (-not $token) {
      Write-Failure $Number 'token' $status
      return 'fail'
    }
    $authorization = @('-H', "Authorization: Bearer $token")
    Write-Mark "$Number token ok"
  } else {
    Write-Failure $Number 'ping' $status
    return 'fail'
  }

  Get-Manifest $Base $Tag $authorization
  $status = $script:Stats[0]
  if ($script:Code -ne 0 -or $status -ne '200') {
    Write-Failure $Number 'manifest' $status
    return 'fail'
  }
  $firstMs = Get-Milliseconds $script:Stats[1]
  $declared = Get-Header 'docker-content-digest'
  $digest = Get-Sha256
  $self = 'ok'
  if ($declared -and $declared -ne $digest) { $self = 'bad' }
  Write-Mark "$Number manifest http=$status ttfb=$firstMs self=$self"
  Write-Mark "$Number digest $digest"
  Write-Host "  清单 ${Repository}:$Tag 的 digest："
  Write-Host "  $digest"
  if ($self -eq 'bad') {
    Write-Failure $Number 'self' $status
    Write-Host '  清单内容与它自己声明的 digest 不一致。'
    return 'fail'
  }

  # An index points to one manifest per platform: take Linux on this machine's processor, else the first.
  $manifest = Read-Json
  $platform = ''
  if ($manifest -and $manifest.manifests) {
    $entry = @($manifest.manifests | Where-Object { $_.platform.os -eq 'linux' -and $_.platform.architecture -eq $script:Arch })[0]
    if (-not $entry) { $entry = @($manifest.manifests)[0] }
    $platform = $entry.digest
  }

  if ($Trusted) {
    if ($Trusted -ne $digest -and $Trusted -ne $platform) {
      Write-Mark "$Number trusted differ"
      Write-Host '  与你信任的 digest 不一致：可能是 tag 已更新或缓存旧了，也可能被换过。先别用它。'
      Write-Mark "$Number fail stage=trusted http=$status"
      return 'differ'
    }
    Write-Mark "$Number trusted match"
    Write-Host '  与你信任的 digest 一致。'
  }

  if ($platform) {
    Get-Manifest $Base $platform $authorization
    $status = $script:Stats[0]
    if ($script:Code -ne 0 -or $status -ne '200') {
      Write-Failure $Number 'platform' $status
      return 'fail'
    }
    if ((Get-Sha256) -ne $platform) {
      Write-Failure $Number 'platform' $status
      Write-Host '  平台清单的内容与索引里的 digest 不一致。'
      return 'fail'
    }
    $manifest = Read-Json
  }

  $layer = $null
  if ($manifest -and $manifest.layers) { $layer = @($manifest.layers)[0] }
  if (-not $layer -or -not $layer.digest -or -not $layer.size) {
    Write-Failure $Number 'layer' $status
    Write-Host '  清单里没有层，格式不认识。'
    return 'fail'
  }

  # Redirects by hand: the token never goes to another host.
  $url = "$Base/v2/$Repository/blobs/$($layer.digest)"
  $origin = ($url -split '/')[2]
  $waited = 0
  $range = @()
  if ($layer.size -gt $BlobLimit) { $range = @('-r', "0-$($BlobLimit - 1)") }
  for ($hop = 1; $hop -le 6; $hop++) {
    $blobHost = ($url -split '/')[2]
    $auth = @()
    if ($blobHost -eq $origin) { $auth = $authorization }
    Invoke-Curl (@('--max-time', '40', '--max-filesize', "$BlobLimit") + $auth + $range + @('-o', $script:Body, '-w',
        '%{http_code} %{time_starttransfer} %{time_total} %{redirect_url}', $url))
    $status, $first, $total, $next = $script:Stats
    if ($status -notmatch '^30[12378]$' -or -not $next) { break }
    $waited += Get-Milliseconds $total
    $url = $next
  }
  $bytes = 0
  if (Test-Path -LiteralPath $script:Body) { $bytes = (Get-Item -LiteralPath $script:Body).Length }
  $millis = $waited + (Get-Milliseconds $total)
  if ($script:Code -ne 0 -or ($status -ne '200' -and $status -ne '206')) {
    Write-Mark "$Number blob http=$status bytes=$bytes ms=$millis host=$blobHost"
    Write-Failure $Number 'blob' $status
    return 'fail'
  }
  $sum = 'partial'
  if ($bytes -eq $layer.size) {
    $sum = 'bad'
    if ((Get-Sha256) -eq $layer.digest) { $sum = 'ok' }
  }
  $firstMs = $waited + (Get-Milliseconds $first)
  Write-Mark "$Number blob http=$status bytes=$bytes ttfb=$firstMs ms=$millis sum=$sum host=$blobHost"
  Write-Host "  第一层：$bytes 字节，$millis ms，$([Math]::Round($bytes / [Math]::Max(1, $millis) * 1000 / 1024)) KiB/s（来自 $blobHost）"
  if ($sum -eq 'bad') {
    Write-Failure $Number 'sum' $status
    Write-Host '  层的内容与 digest 不一致。'
    return 'fail'
  }
  Write-Mark "$Number pass"
  Write-Host '  通过。'
  'pass'
}

$exitCode = 2
$application = Get-Command -CommandType Application -Name 'curl.exe', 'curl' -ErrorAction SilentlyContinue | Select-Object -First 1
if (-not $application) {
  Write-Host '没有找到 curl.exe（Windows 10 1803 起自带），请先安装它再运行。'
  exit 2
}
$script:Curl = $application.Source
$script:Code = 0
$script:Stats = @()
$work = Join-Path ([IO.Path]::GetTempPath()) ([Guid]::NewGuid().ToString('N'))
$saved = @{}
foreach ($name in 'http_proxy', 'https_proxy', 'all_proxy', 'no_proxy') { $saved[$name] = [Environment]::GetEnvironmentVariable($name) }
$encoding = [Console]::OutputEncoding
try {
  # PowerShell ISE has no console to set.
  try { [Console]::OutputEncoding = New-Object Text.UTF8Encoding $false } catch { }
  [void](New-Item -ItemType Directory -Path $work -ErrorAction Stop)
  $script:Body = Join-Path $work 'body'
  $script:Headers = Join-Path $work 'headers'
  # -q: a curlrc must not change what is measured. Windows' own curl fails where the revocation list
  # can't be reached; dockerd doesn't ask for it.
  $script:Common = @('-q', '--silent', '--ssl-no-revoke', '--proto', '=http,https', '--connect-timeout', '5', '--max-time', '15', '--user-agent', $UserAgent)
  $route = 'direct'
  if ($env:PROXY) {
    $route = 'proxy'
    $env:http_proxy = $env:PROXY
    $env:https_proxy = $env:PROXY
    $env:all_proxy = ''
    $env:no_proxy = ''
  } else {
    $script:Common += @('--noproxy', '*')
  }
  $script:Arch = 'amd64'
  if ("$env:PROCESSOR_ARCHITECTURE$env:PROCESSOR_ARCHITEW6432" -match 'ARM64') { $script:Arch = 'arm64' }

  Write-Mark "0 begin v=1 tool=powershell arch=$($script:Arch) route=$route image=${Repository}:$Tag"
  if ($Trusted) { Write-Mark "0 trusted $Trusted" }
  $number = 0
  $passed = 0
  $differing = 0
  foreach ($mirror in $Mirrors) {
    $number++
    $verdict = Test-Mirror $number $mirror.TrimEnd('/')
    if ($verdict -eq 'pass') { $passed++ }
    if ($verdict -eq 'differ') { $differing++ }
  }
  Write-Host ''
  Write-Mark "0 end pass=$passed total=$number differ=$differing"
  Write-Host "共 $number 个，通过 $passed 个。把全部输出粘贴回网页，就能排序并生成配置。"
  $exitCode = 1
  if ($passed -gt 0) { $exitCode = 0 }
  if ($differing -gt 0) { $exitCode = 3 }
} finally {
  foreach ($name in $saved.Keys) { [Environment]::SetEnvironmentVariable($name, $saved[$name]) }
  try { [Console]::OutputEncoding = $encoding } catch { }
  Remove-Item -LiteralPath $work -Recurse -Force -ErrorAction SilentlyContinue
}
exit $exitCode
