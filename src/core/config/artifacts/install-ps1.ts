import type { Artifact } from '../artifact.ts';
import type { Checked } from '../checked.ts';
import { powershellHereString } from '../escape/powershell.ts';
import { POWERSHELL_MERGE_INI, POWERSHELL_MERGE_JSON, powershellPath } from '../write-command.ts';

/** The Windows side in one script: Docker Desktop's files and .wslconfig. */
export function installPs1(checked: Checked, artifacts: readonly Artifact[]): Artifact[] {
  const { target } = checked.settings;
  if (target !== 'desktop-windows' && target !== 'wsl2') return [];
  const files = artifacts.filter(
    ({ file, path, id }) =>
      file !== undefined && path.startsWith('%') && id !== 'desktop-settings-store',
  );
  const ca = artifacts.find(({ id, language }) => id === 'ca-install' && language === 'powershell');
  if (files.length === 0 && ca === undefined) return [];
  const wsl = files.some(({ id }) => id === 'wslconfig');
  const json = files.some(({ file }) => file?.kind === 'json');
  const effect = [
    ...(target === 'desktop-windows'
      ? [
          "Write-Host '还要重启 Docker Desktop 才会生效：在 Settings 里点 Apply & restart，或退出后重新打开。虚拟机会重启，所有容器都会停。'",
        ]
      : []),
    ...(wsl
      ? [
          "Write-Host '.wslconfig 要执行 wsl --shutdown 才会生效，它会关掉所有 WSL 发行版和 Docker Desktop。'",
        ]
      : []),
  ].join('\n  ');
  const content = [
    '# 把生成器的配置写到这台 Windows 上：先备份，再合并，最后检查；出错就还原。重复运行不会有副作用。',
    '# 用法：powershell -ExecutionPolicy Bypass -File install.ps1    还原上一次：末尾加 -Rollback',
    'param([switch]$Rollback)',
    "$ErrorActionPreference = 'Stop'",
    "$last = Join-Path $env:LOCALAPPDATA 'docker-network\\last.csv'",
    '$written = @()',
    ...(json ? [unindent(POWERSHELL_MERGE_JSON)] : []),
    ...(wsl ? [unindent(POWERSHELL_MERGE_INI)] : []),
    'function Write-Config($path, $text) {',
    '  $text = $text.TrimEnd() + "`n"',
    '  $backup = $null',
    '  if (Test-Path -LiteralPath $path) {',
    '    if ([IO.File]::ReadAllText($path).TrimEnd() -ceq $text.TrimEnd()) { Write-Host "没有变化  $path"; return }',
    '    $backup = "$path.bak-$(Get-Date -Format yyyyMMdd-HHmmss)"',
    '    Copy-Item -LiteralPath $path -Destination $backup',
    '  }',
    '  New-Item -ItemType Directory -Force -Path (Split-Path $path) | Out-Null',
    '  [IO.File]::WriteAllText($path, $text, (New-Object Text.UTF8Encoding $false))',
    '  $script:written += [PSCustomObject]@{ Path = $path; Backup = $backup }',
    '  Write-Host "已写入    $path"',
    '}',
    'function Restore-Config {',
    '  foreach ($item in $written) {',
    '    if ($item.Backup) { Copy-Item -LiteralPath $item.Backup -Destination $item.Path -Force }',
    '    else { Remove-Item -LiteralPath $item.Path -Force }',
    '    Write-Host "已还原    $($item.Path)"',
    '  }',
    '}',
    'if ($Rollback) {',
    '  if (-not (Test-Path -LiteralPath $last)) { Write-Host "没有备份。"; exit 1 }',
    '  $written = @(Import-Csv -LiteralPath $last -Encoding UTF8)',
    '  Restore-Config',
    '  Remove-Item -LiteralPath $last',
    ...(effect ? [`  ${effect}`] : []),
    '  exit 0',
    '}',
    'try {',
    ...files.flatMap((file) => put(file)),
    ...(ca ? [installCa(ca)] : []),
    ...files
      .filter(({ language }) => language === 'json')
      .map(
        ({ path }) =>
          `  [IO.File]::ReadAllText("${powershellPath(path)}") | ConvertFrom-Json | Out-Null`,
      ),
    '} catch {',
    '  Write-Host "出错了，正在还原：$_"',
    '  Restore-Config',
    '  exit 1',
    '}',
    'if ($written.Count -gt 0) {',
    '  New-Item -ItemType Directory -Force -Path (Split-Path $last) | Out-Null',
    '  $written | Export-Csv -LiteralPath $last -NoTypeInformation -Encoding UTF8',
    ...(effect ? [`  ${effect}`] : []),
    '  Write-Host "备份在原文件旁边（.bak-日期），还原用：powershell -ExecutionPolicy Bypass -File install.ps1 -Rollback"',
    '}',
    ...(artifacts.some(({ id }) => id === 'desktop')
      ? [
          "Write-Host '代理请在 Settings → Resources → Proxies 里填：Desktop 运行时会改写它的设置文件，脚本不去碰。'",
        ]
      : []),
    '',
  ].join('\n');
  return [
    {
      id: 'install.ps1',
      path: 'install.ps1',
      why: '一次做完 Windows 一侧：备份、合并、检查；出错就还原。先看一遍再运行。',
      language: 'powershell',
      content,
      apply: {
        command: 'powershell -ExecutionPolicy Bypass -File install.ps1',
        note: ca
          ? '要装证书，请在「以管理员身份运行」的 PowerShell 里执行。'
          : '不需要管理员权限。',
      },
      fileName: 'install.ps1',
      bom: true,
    },
  ];
}

function put({ path, content, file }: Artifact): string[] {
  const text = powershellHereString(content.replace(/\n$/, ''));
  const merge = { json: 'Merge-JsonText', ini: 'Merge-IniText' }[file?.kind as string];
  return [
    `  $path = "${powershellPath(path)}"`,
    `  $text = ${text}`,
    ...(merge ? [`  $text = ${merge} $path $text`] : []),
    '  Write-Config $path $text',
  ];
}

function installCa(ca: Artifact): string {
  return ca.content.trimEnd();
}

function unindent(text: string): string {
  return text.replace(/^ {2}/gm, '');
}
