import type { FileRules } from './artifact.ts';
import { powershellHereString } from './escape/powershell.ts';
import { hereDocument, shPath } from './escape/sh.ts';
import { isHomePath } from './paths.ts';

/** A file and how it is put in place. */
export interface FileToWrite {
  path: string;
  content: string;
  kind: FileRules['kind'];
  /** Octal, when it isn't 0644. */
  mode?: string;
}

/**
 * A bash command that writes a file: what is there is copied beside it first, and a file that others
 * write too is merged into, not replaced. It runs in a subshell, so a failure leaves the terminal open.
 */
export function bashWriteCommand(file: FileToWrite): string {
  const root = isHomePath(file.path) ? '' : 'sudo ';
  const here = hereDocument(file.content);
  const write = root === '' ? 'cat >"$f"' : 'sudo tee "$f" >/dev/null';
  const append = root === '' ? 'cat >>"$f"' : 'sudo tee -a "$f" >/dev/null';
  const backup = `${root}cp -p "$f" "$f.bak-$(date +%Y%m%d-%H%M%S)"`;
  const head = [
    '(',
    '  set -eu',
    `  f=${shPath(file.path)}`,
    `  ${root}mkdir -p "$(dirname "$f")"`,
  ];
  // Before the content: a password must not lie open even for a moment.
  const mode =
    file.mode === undefined ? [] : [`  ${root}touch "$f"`, `  ${root}chmod ${file.mode} "$f"`];
  switch (file.kind) {
    case 'whole':
    case 'ini':
      return [
        ...head,
        `  if ${root}test -e "$f"; then ${backup}; fi`,
        ...mode,
        `  ${write} ${here.operator}`,
        here.body,
        ')',
      ].join('\n');
    case 'shared':
      return [
        ...head,
        `  if ${root}test -s "$f"; then`,
        '    echo "已有 $f，没有改动它。请手工把下面的内容合并进去。" >&2',
        '    exit 1',
        '  fi',
        ...mode,
        `  ${write} ${here.operator}`,
        here.body,
        ')',
      ].join('\n');
    case 'env':
      return [
        ...head,
        `  if ${root}test -e "$f"; then`,
        `    ${backup}`,
        `    ${root}sed -i -E '/^(${environmentNames(file.content).join('|')})=/d' "$f"`,
        '  fi',
        ...mode,
        `  ${append} ${here.operator}`,
        here.body,
        ')',
      ].join('\n');
    case 'json':
      return [
        ...head,
        `  new=$(cat ${here.operator}`,
        here.body,
        ')',
        `  if ${root}test -s "$f"; then`,
        `    ${backup}`,
        '    if command -v jq >/dev/null; then',
        `      new=$({ ${root}cat "$f"; printf '%s\\n' "$new"; } | jq -s '${JQ_MERGE}')`,
        '    elif command -v python3 >/dev/null; then',
        `      new=$({ ${root}cat "$f"; printf '\\0%s' "$new"; } | python3 -c '${PYTHON_MERGE}')`,
        '    else',
        '      echo "已有 $f，但没有 jq 或 python3 来合并：请把它粘贴到配置生成器里合并。" >&2',
        '      exit 1',
        '    fi',
        '  fi',
        ...mode,
        `  printf '%s\\n' "$new" | ${write}`,
        ')',
      ].join('\n');
  }
}

/** The names that an environment file sets. */
export function environmentNames(content: string): string[] {
  return [...content.matchAll(/^(\w+)=/gm)].flatMap(([, name]) => name ?? []);
}

/**
 * Merges two JSON objects (`jq -s`): what the second has counts, but registries without TLS add up, as those of the file
 * would stop working. Holds no single quote.
 */
export const JQ_MERGE = [
  '.[0]["insecure-registries"] as $old | .[0] * .[1]',
  'if $old and .["insecure-registries"] then .["insecure-registries"] |= $old + (. - $old) else . end',
].join(' | ');

/** The same, read from standard input, separated by NUL. Holds no single quote. */
export const PYTHON_MERGE = [
  'import json, sys',
  'def merge(old, new):',
  '    for key, value in new.items():',
  '        was = old.get(key)',
  '        if isinstance(value, dict) and isinstance(was, dict):',
  '            merge(was, value)',
  '        elif key == "insecure-registries" and was:',
  '            old[key] = was + [item for item in value if item not in was]',
  '        else:',
  '            old[key] = value',
  '    return old',
  'old, new = sys.stdin.read().split("\\0")',
  'old = json.loads(old.lstrip("\\ufeff"))',
  'print(json.dumps(merge(old, json.loads(new)), indent=2, ensure_ascii=False))',
].join('\n');

/** The same for Windows PowerShell 5.1 and PowerShell 7: UTF-8 without a byte order mark. */
export function powershellWriteCommand(file: FileToWrite): string {
  return [
    '& {',
    // Pasted line by line, PowerShell would go on after an error and write over the file.
    "  $ErrorActionPreference = 'Stop'",
    ...(file.kind === 'json' ? [POWERSHELL_MERGE_JSON] : []),
    ...(file.kind === 'ini' ? [POWERSHELL_MERGE_INI] : []),
    ...powershellWriteSteps(file),
    '}',
  ].join('\n');
}

/** The steps that write one file, for inside a script that defines the merge functions. */
export function powershellWriteSteps(file: FileToWrite): string[] {
  const content = file.content.replace(/\n$/, '');
  const merge =
    file.kind === 'json'
      ? ['  $new = Merge-JsonText $f $new']
      : file.kind === 'ini'
        ? ['  $new = Merge-IniText $f $new']
        : [];
  return [
    `  $f = "${powershellPath(file.path)}"`,
    `  $new = ${powershellHereString(content)}`,
    '  New-Item -ItemType Directory -Force -Path (Split-Path $f) | Out-Null',
    '  if (Test-Path -LiteralPath $f) { Copy-Item -LiteralPath $f "$f.bak-$(Get-Date -Format yyyyMMdd-HHmmss)" }',
    ...merge,
    '  [IO.File]::WriteAllText($f, $new + "`n", (New-Object Text.UTF8Encoding $false))',
  ];
}

/** `%USERPROFILE%\x` as PowerShell writes it inside double quotes. */
export function powershellPath(path: string): string {
  return path.replace(/%(\w+)%/g, (_, name: string) => `$env:${name}`);
}

export const POWERSHELL_MERGE_JSON = [
  '  function Merge-Object($old, $new) {',
  '    foreach ($p in $new.PSObject.Properties) {',
  '      $o = $old.PSObject.Properties[$p.Name]',
  '      if (-not $o) {',
  '        $old | Add-Member -NotePropertyName $p.Name -NotePropertyValue $p.Value',
  '      } elseif ($o.Value -is [Management.Automation.PSCustomObject] -and $p.Value -is [Management.Automation.PSCustomObject]) {',
  '        Merge-Object $o.Value $p.Value',
  "      } elseif ($p.Name -eq 'insecure-registries' -and $o.Value) {",
  '        $was = @($o.Value)',
  '        $o.Value = $was + @($p.Value | Where-Object { $was -notcontains $_ })',
  '      } else {',
  '        $o.Value = $p.Value',
  '      }',
  '    }',
  '  }',
  '  function Merge-JsonText($path, $new) {',
  '    if (-not (Test-Path -LiteralPath $path)) { return $new }',
  '    $text = [IO.File]::ReadAllText($path)',
  "    if ($text.Trim() -eq '') { return $new }",
  '    $old = $text | ConvertFrom-Json',
  '    if ($old -isnot [Management.Automation.PSCustomObject]) { throw "$path 不是一个 JSON 对象" }',
  '    $before = $old | ConvertTo-Json -Depth 100 -Compress',
  '    Merge-Object $old ($new | ConvertFrom-Json)',
  '    # 意思没变就一个字也不动',
  '    if (($old | ConvertTo-Json -Depth 100 -Compress) -ceq $before) { return $text }',
  '    return ($old | ConvertTo-Json -Depth 100)',
  '  }',
].join('\n');

export const POWERSHELL_MERGE_INI = [
  '  function Merge-IniText($path, $new) {',
  '    if (-not (Test-Path -LiteralPath $path)) { return $new }',
  "    $lines = @([IO.File]::ReadAllText($path) -split '\\r?\\n')",
  "    $wanted = @($new -split '\\r?\\n')",
  '    $header = $wanted[0]',
  "    $names = @($wanted | Select-Object -Skip 1 | ForEach-Object { ($_ -split '=', 2)[0].Trim() })",
  '    $out = @(); $inside = $false; $done = $false',
  '    foreach ($line in $lines) {',
  "      if ($line -match '^\\s*\\[') {",
  '        $inside = $line.Trim() -eq $header',
  '        $out += $line',
  '        if ($inside -and -not $done) { $out += @($wanted | Select-Object -Skip 1); $done = $true }',
  "      } elseif (-not ($inside -and $names -contains ($line -split '=', 2)[0].Trim())) { $out += $line }",
  '    }',
  "    while ($out.Count -gt 0 -and $out[-1] -eq '') { $out = @($out | Select-Object -SkipLast 1) }",
  '    if (-not $done) { $out += $wanted }',
  '    return ($out -join "`r`n")',
  '  }',
].join('\n');
