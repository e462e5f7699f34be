/** Programs by what their output looks like: [expression, name]. */
const PROGRAMS: readonly (readonly [RegExp, string])[] = [
  [
    /error response from daemon|docker(?:\.exe)? (?:pull|push|run|login|build)|unable to find image/i,
    'Docker CLI',
  ],
  [/\bdockerd\b|level=\w+ msg=.*(?:moby|containerd)/i, 'dockerd'],
  [/failed to solve|load metadata for|\[internal\]|=> ?ERROR|^#\d+ \d+\.\d+ /im, 'BuildKit'],
  [/^Step \d+\/\d+ :|returned a non-zero code/im, '经典构建器'],
  [/docker[- ]compose|\[\+\] (?:Running|Building|up)|^ERROR: for \S+/im, 'Docker Compose'],
  [/\bkubelet\b|ImagePullBackOff|ErrImagePull/, 'kubelet'],
  [/\bcrictl\b|FATA\[\d+\] pulling image/i, 'crictl'],
  [/\bcontainerd\b|\bctr\b:|\bnerdctl\b/, 'containerd'],
  [/\bpodman\b|\bskopeo\b|\bbuildah\b|initializing source docker:/i, 'Podman 或 Skopeo'],
  [/^(?:Err|Get|Hit|Ign):\d+ |^[EW]: |apt(?:-get)? (?:update|install)/m, 'apt'],
  [/dl-cdn\.alpinelinux|\bapk add\b|APKINDEX/, 'apk'],
  [/\b(?:dnf|yum)\b|repomd\.xml/i, 'dnf 或 yum'],
  [/\bpip\b|HTTPSConnectionPool|No matching distribution/i, 'pip'],
  [/\bnpm (?:ERR!|error|WARN)|\byarn\b|\bpnpm\b|ERR_PNPM/, 'npm、yarn 或 pnpm'],
  [/^go: |proxy\.golang\.org|\bgo mod\b/m, 'go'],
  [/\bcurl: \(\d+\)|\* +Trying \d/m, 'curl'],
  [/\bwget\b|Resolving \S+ \(/i, 'wget'],
  [/^fatal: |\bgit clone\b|Cloning into/m, 'git'],
  [
    /\bmaven\b|Could not transfer artifact|\bgradle\b|Could not GET|\[ERROR\].*repo/i,
    'Maven 或 Gradle',
  ],
  [/\bcargo\b|crates\.io/i, 'cargo'],
  [/\bconda\b|CondaHTTPError/i, 'conda'],
  [/\bopenssl\b|s_client|verify error:num/i, 'openssl'],
  [/^PS [A-Z]:|At line:\d+ char:\d+|所在位置 行:/m, 'PowerShell'],
  [/systemd\[\d+\]|journalctl/, 'systemd 日志'],
];

/** Names of the programs whose output a text holds, in a fixed order. */
export function recognise(text: string): string[] {
  return PROGRAMS.filter(([expression]) => expression.test(text)).map(([, name]) => name);
}
