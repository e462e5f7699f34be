import type { Artifact } from '../artifact.ts';
import type { Checked } from '../checked.ts';
import { hereDocument, shPath, shWord } from '../escape/sh.ts';
import { daemonJsonPath, isHomePath } from '../paths.ts';
import { hasDockerd, isDesktop, type Target } from '../settings.ts';
import { environmentNames, JQ_MERGE, PYTHON_MERGE } from '../write-command.ts';
import { findSystemStore, systemCertificates } from './ca.ts';

/** What the script asks a target's service to do. */
interface Service {
  /** Makes it read changed files without a restart; undefined: only a restart does. */
  reload: string | undefined;
  restart: string | undefined;
  /** Shows that it runs and what it took; fails when it doesn't. */
  verify: readonly string[];
  /** Said before a restart, Chinese. */
  stops: string;
}

/** Shows what dockerd holds, and fails when a mirror that was written isn't there: a reload succeeds even then. */
function verifyDockerd(who: string, { mirrors }: Checked): string[] {
  const info = `${who}docker info --format '镜像源：{{range .RegistryConfig.Mirrors}}{{.}} {{end}}  代理：{{.HTTPProxy}} {{.HTTPSProxy}}  绕过：{{.NoProxy}}'`;
  if (mirrors.length === 0) return [info];
  return [
    '# 重新加载即使没成功也不报错，所以看 dockerd 手里的是不是新的',
    `set -- ${mirrors.map(({ url }) => shWord(`${url}/`)).join(' ')}`,
    'took_over() {',
    '  local url',
    '  for url; do',
    '    case $info in *"$url "*) ;; *) return 1 ;; esac',
    '  done',
    '}',
    'info=',
    'for _ in 1 2 3 4 5 6 7 8 9 10; do',
    // A failure within $(…) would set the trap off there already.
    `  info=$(${info} 2>&1) || true`,
    '  if took_over "$@"; then break; fi',
    '  sleep 1',
    'done',
    'say "$info"',
    'took_over "$@" || { say "dockerd 没有换上新的镜像源，原因见：journalctl -u docker -e" >&2; false; }',
  ];
}

function serviceOf(checked: Checked): Service {
  const { target } = checked.settings;
  switch (target) {
    case 'linux':
    case 'wsl2':
      return {
        reload: target === 'linux' ? 'as_root systemctl reload docker' : undefined,
        restart:
          target === 'linux'
            ? 'as_root systemctl daemon-reload && as_root systemctl restart docker'
            : 'if [ -d /run/systemd/system ]; then as_root systemctl daemon-reload && as_root systemctl restart docker; else as_root service docker restart; fi',
        verify: verifyDockerd('as_root ', checked),
        stops: '重启 dockerd 会停掉正在运行的容器（开了 live-restore 的除外）。',
      };
    case 'rootless':
      return {
        reload: 'systemctl --user reload docker',
        restart: 'systemctl --user daemon-reload && systemctl --user restart docker',
        verify: verifyDockerd('', checked),
        stops: '重启 dockerd 会停掉你的正在运行的容器（开了 live-restore 的除外）。',
      };
    case 'snap':
      return {
        reload: undefined,
        restart: 'as_root snap restart docker.dockerd',
        verify: verifyDockerd('as_root ', checked),
        stops: '重启 dockerd 会停掉正在运行的容器。',
      };
    case 'containerd':
      return {
        reload: undefined,
        restart: 'as_root systemctl daemon-reload && as_root systemctl restart containerd',
        verify: ['as_root systemctl is-active containerd'],
        stops: '重启 containerd 不停容器和 Pod，但期间不能拉取和新建。',
      };
    case 'k3s':
    case 'rke2': {
      const units = target === 'k3s' ? 'k3s k3s-agent' : 'rke2-server rke2-agent';
      const active = `for unit in ${units}; do if systemctl is-active --quiet "$unit"; then`;
      return {
        reload: undefined,
        restart: `${active} as_root systemctl restart "$unit"; fi; done`,
        verify: [`${active} echo "$unit 在运行"; fi; done`],
        stops: '重启会让这个节点的控制面短暂不可用，运行中的 Pod 不停。',
      };
    }
    case 'podman':
      return {
        reload: undefined,
        restart: undefined,
        verify: ["podman info --format '{{.Registries}}'"],
        stops: '',
      };
    default:
      return { reload: undefined, restart: undefined, verify: [], stops: '' };
  }
}

/** One script that puts every file in place, and back again when something goes wrong. */
export function installSh(checked: Checked, artifacts: readonly Artifact[]): Artifact[] {
  const { target } = checked.settings;
  if (target === 'desktop-windows') return [];
  const files = artifacts.filter(
    (artifact) =>
      artifact.file !== undefined &&
      artifact.id !== 'wslconfig' &&
      !artifact.id.startsWith('desktop-'),
  );
  const ca = artifacts.find(({ id }) => id === 'ca-install');
  const create = artifacts.find(({ id }) => id === 'buildx-create');
  if (files.length === 0 && ca === undefined) return [];
  const service = serviceOf(checked);
  const content = [
    ...header(checked, service),
    ...functions(files, service, ca !== undefined && target !== 'desktop-mac'),
    ...(hasDockerd(target) && !isDesktop(target) ? validation(target) : []),
    ...(ca && target !== 'desktop-mac' ? storeFunctions() : []),
    ...prelude(checked, service),
    '',
    '# ---- 写文件 ----',
    ...files.flatMap((file) => put(file)),
    ...(ca ? ['', '# ---- 系统信任库 ----', ...systemCa(checked, ca)] : []),
    '',
    ...finish(checked, service, create),
    '',
  ].join('\n');
  return [
    {
      id: 'install.sh',
      path: 'install.sh',
      why: '一次做完：备份、写入或合并、检查、需要时才重启、确认生效；出错就还原。先看一遍再运行。',
      language: 'bash',
      content,
      apply: {
        command: 'bash install.sh',
        note: '不要整个用 sudo 运行，需要 root 的步骤脚本自己会用 sudo。',
      },
      fileName: 'install.sh',
    },
  ];
}

function header(checked: Checked, service: Service): string[] {
  const { target } = checked.settings;
  const restarts = service.restart !== undefined;
  const usage = restarts ? ' [--yes] [--no-restart]' : '';
  return [
    '#!/usr/bin/env bash',
    '# 把生成器的配置写到这台机器上：先备份，再写入或合并，检查，需要时重启，最后确认。',
    '# 任何一步失败都会还原。重复运行不会有副作用。',
    `# 用法：bash install.sh${usage}    还原上一次：bash install.sh --rollback`,
    'set -Eeuo pipefail',
    '',
    `${restarts ? 'assume_yes=0 restart=1 ' : ''}rollback=0`,
    'for option in "$@"; do',
    '  case $option in',
    ...(restarts ? ['    --yes) assume_yes=1 ;;', '    --no-restart) restart=0 ;;'] : []),
    '    --rollback) rollback=1 ;;',
    '    *) echo "不认识的选项：$option" >&2; exit 2 ;;',
    '  esac',
    'done',
    '',
    'say() { printf "%s\\n" "$*"; }',
    'as_me() { "$@"; }',
    '# 内容相同（cmp 不是每台机器都有）',
    'same() { [ "$("$1" cat "$2")" = "$(cat "$work/new")" ]; }',
    'as_root() { if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi; }',
    '',
    ...(target === 'rootless'
      ? [
          `export DOCKER_HOST=\${DOCKER_HOST:-unix://\${XDG_RUNTIME_DIR:-/run/user/$(id -u)}/docker.sock}`,
        ]
      : []),
    `backups=\${XDG_STATE_HOME:-"$HOME/.local/state"}/docker-network/${target}`,
    'run=$backups/$(date +%Y%m%d-%H%M%S)-$$',
    'work=$(mktemp -d)',
    `changed=0 need=0${restarts ? ' touched=0' : ''}   # need：0 什么都不用，1 重新加载，2 重启`,
  ];
}

/**
 * The shell functions, only those that are needed.
 *
 * @param store whether certificates go into the system's store
 */
function functions(files: readonly Artifact[], service: Service, store: boolean): string[] {
  const kinds = new Set(files.map(({ file }) => file?.kind));
  return [
    '',
    '# 备份清单里每行：谁写的、原来有没有、备份文件、路径',
    'restore() {',
    `  local list=$1 who had copy path${store ? ' certificates=0' : ''}`,
    '  [ -f "$list" ] || return 0',
    "  while IFS=$'\\t' read -r who had copy path; do",
    '    if [ "$had" = 1 ]; then "$who" cp -p "$copy" "$path"; else "$who" rm -f "$path"; fi',
    '    say "已还原 $path"',
    ...(store ? ['    case $path in */company-ca*.crt) certificates=1 ;; esac'] : []),
    '  done <"$list"',
    ...(store
      ? ['  if [ "$certificates" = 1 ] && find_store; then as_root "$update" || true; fi']
      : []),
    '}',
    '# 出错、Ctrl-C：一切回到原样，动过的服务也换回去',
    'failed() {',
    '  local code=$?',
    '  if [ $# -gt 0 ]; then code=$1; fi',
    "  trap - ERR; trap '' INT TERM",
    '  say "出错了，正在还原……" >&2',
    '  restore "$run/list"',
    ...(service.reload ? ['  if [ "$touched" -eq 1 ]; then reload_service || true; fi'] : []),
    ...(service.restart ? ['  if [ "$touched" -eq 2 ]; then restart_service || true; fi'] : []),
    '  rm -rf "$work"',
    '  exit "$code"',
    '}',
    '',
    '# place 谁 路径 权限 需要：把 $work/new 放到路径上；没有变化就不动',
    'place() {',
    '  local who=$1 path=$2 mode=$3 level=$4 had=0 copy',
    '  if "$who" test -e "$path"; then',
    '    had=1',
    '    if same "$who" "$path"; then say "没有变化  $path"; return; fi',
    '  fi',
    '  mkdir -p "$run"; chmod 700 "$run"',
    '  copy=$run/$changed',
    '  if [ "$had" = 1 ]; then "$who" cp -p "$path" "$copy"; fi',
    '  printf "%s\\t%s\\t%s\\t%s\\n" "$who" "$had" "$copy" "$path" >>"$run/list"',
    '  changed=$((changed + 1))',
    '  "$who" mkdir -p "$(dirname "$path")"',
    '  if [ "$had" = 0 ]; then "$who" install -m "$mode" /dev/null "$path"; fi',
    '  # 已有的文件保留属主；有密码的收紧权限',
    '  if [ "$mode" != 0644 ]; then "$who" chmod "$mode" "$path"; fi',
    '  "$who" tee "$path" <"$work/new" >/dev/null',
    '  if [ "$level" -gt "$need" ]; then need=$level; fi',
    '  say "已写入    $path"',
    '}',
    ...(kinds.has('json')
      ? [
          '',
          'merged_json() {',
          '  if command -v jq >/dev/null; then',
          `    jq -s '${JQ_MERGE}' "$1" "$2"`,
          '  else',
          '    { cat "$1"; printf "\\0"; cat "$2"; } |',
          `      python3 -c '${PYTHON_MERGE}'`,
          '  fi',
          '}',
          '# 只在前一份里有的行（diff 不是每台机器都有），密码不显示',
          'only_in() {',
          '  sed \'s/,$//\' "$1" >"$work/these"',
          '  sed \'s/,$//\' "$2" >"$work/those"',
          `  { grep -vxF -f "$work/those" "$work/these" || true; } | sed -E 's#://[^/@"]*@#://***@#; s/^/'"$3"'/'`,
          '}',
          '# 把 $work/new 里的键合并进已有的 JSON 文件，其他键不动',
          'merge_json() {',
          '  local who=$1 path=$2',
          '  "$who" test -s "$path" || return 0',
          '  "$who" cat "$path" >"$work/old"',
          '  if ! command -v jq >/dev/null && ! command -v python3 >/dev/null; then',
          '    say "已有 $path，但没有 jq 或 python3 来合并：请把它粘贴到配置生成器里合并。" >&2',
          '    return 1',
          '  fi',
          '  echo \'{}\' >"$work/none"',
          '  merged_json "$work/old" "$work/none" >"$work/was"',
          '  merged_json "$work/old" "$work/new" >"$work/merged"',
          '  # 意思没变就一个字也不动；变了先说变在哪里',
          '  if [ "$(cat "$work/was")" = "$(cat "$work/merged")" ]; then',
          '    mv "$work/old" "$work/new"',
          '    return',
          '  fi',
          '  say "要改 $path："',
          '  only_in "$work/was" "$work/merged" -',
          '  only_in "$work/merged" "$work/was" +',
          '  mv "$work/merged" "$work/new"',
          '}',
        ]
      : []),
    ...(kinds.has('env')
      ? [
          '',
          '# 只换掉这几个变量，其他行不动',
          'merge_env() {',
          '  local who=$1 path=$2 names=$3',
          '  "$who" test -s "$path" || return 0',
          '  { "$who" grep -vE "^($names)=" "$path" || true; cat "$work/new"; } >"$work/merged"',
          '  mv "$work/merged" "$work/new"',
          '}',
        ]
      : []),
    ...(kinds.has('shared')
      ? [
          '',
          '# 别人也写、又不能自动合并的文件：已有就不动',
          'only_new() {',
          '  local who=$1 path=$2',
          '  "$who" test -s "$path" || return 0',
          '  if same "$who" "$path"; then return 0; fi',
          '  say "已有 $path，没有改动它。请把下面的内容手工合并进去：" >&2',
          '  cat "$work/new" >&2',
          '  "$who" cat "$path" >"$work/new"',
          '}',
        ]
      : []),
  ];
}

function validation(target: Target): string[] {
  const who = target === 'rootless' ? 'as_me' : 'as_root';
  const dockerd = target === 'snap' ? 'docker.dockerd' : 'dockerd';
  return [
    '',
    '# dockerd 23.0 起能只检查、不启动',
    'validate() {',
    `  command -v ${dockerd} >/dev/null || return 0`,
    `  case "$(${dockerd} --help 2>&1)" in *--validate*) ;; *) return 0 ;; esac`,
    `  ${who} test -e "$1" || return 0`,
    `  ${who} ${dockerd} --validate --config-file "$1"`,
    '}',
  ];
}

const LEVELS = { nothing: 0, reload: 1, restart: 2, unit: 2 } as const;

function put(artifact: Artifact): string[] {
  const { path, content, file } = artifact;
  if (file === undefined) return [];
  const who = isHomePath(path) ? 'as_me' : 'as_root';
  const here = hereDocument(content);
  const target = shPath(path);
  const merge = {
    json: [`merge_json ${who} ${target}`],
    env: [`merge_env ${who} ${target} ${shWord(environmentNames(content).join('|'))}`],
    shared: [`only_new ${who} ${target}`],
    whole: [],
    ini: [],
  }[file.kind];
  return [
    `cat >"$work/new" ${here.operator}`,
    here.body,
    ...merge,
    `place ${who} ${target} ${file.mode ?? '0644'} ${LEVELS[file.needs]}`,
  ];
}

function storeFunctions(): string[] {
  return ['', 'find_store() {', ...findSystemStore('return').map((line) => `  ${line}`), '}'];
}

/** Puts certificates into the system's store, and updates it when one is new. */
function systemCa(checked: Checked, ca: Artifact): string[] {
  if (checked.settings.target === 'desktop-mac') {
    return [ca.content.trimEnd().replaceAll('sudo ', 'as_root ')];
  }
  return [
    'find_store',
    'before=$changed',
    ...systemCertificates(checked).flatMap(({ name, pem }) => {
      const here = hereDocument(pem);
      return [
        `cat >"$work/new" ${here.operator}`,
        here.body,
        `place as_root "$dir/${name}" 0644 2`,
      ];
    }),
    'if [ "$changed" -gt "$before" ]; then as_root "$update"; fi',
  ];
}

function finish(checked: Checked, service: Service, create: Artifact | undefined): string[] {
  const { target } = checked.settings;
  const check =
    hasDockerd(target) && !isDesktop(target)
      ? ['# ---- 检查 ----', `validate ${shPath(daemonJsonPath(target))}`, '']
      : [];
  const done = ['trap - ERR INT TERM', 'rm -rf "$work"'];
  const tell = 'if [ "$changed" -gt 0 ]; then say "备份在 $run，还原用：bash $0 --rollback"; fi';
  if (service.restart === undefined) {
    const note = isDesktop(target)
      ? 'say "请退出并重新打开 Docker Desktop（或点 Apply & restart）。虚拟机会重启，所有容器都会停。"'
      : target === 'buildx'
        ? undefined
        : 'say "不用重启，下一条命令就会读到。"';
    return [
      ...check,
      ...(create
        ? [
            '# ---- 重建构建器 ----',
            'if [ "$changed" -gt 0 ] && docker buildx inspect mirror >/dev/null 2>&1; then',
            '  docker buildx rm mirror',
            'fi',
            'if ! docker buildx inspect mirror >/dev/null 2>&1; then',
            ...create.content
              .trimEnd()
              .split('\n')
              .map((line) => `  ${line}`),
            'fi',
          ]
        : []),
      ...service.verify,
      ...(note ? [note] : []),
      ...done,
      tell,
    ];
  }
  return [
    ...check,
    '# ---- 生效 ----',
    'if [ "$need" -eq 0 ]; then',
    '  say "不用重启。"',
    ...(service.reload
      ? [
          'elif [ "$need" -eq 1 ]; then',
          '  touched=1',
          '  reload_service',
          '  say "已重新加载，没有停容器。"',
        ]
      : []),
    'elif [ "$restart" -eq 0 ]; then',
    `  say ${shWord(`还没有生效，等方便的时候重启。${service.stops}`)}`,
    `  ${done.join('; ')}; ${tell}`,
    '  exit 0',
    'elif ask_restart; then',
    '  touched=2',
    '  restart_service',
    '  say "已重启。"',
    'else',
    '  say "没有重启，配置还没有生效。"',
    `  ${done.join('; ')}; ${tell}`,
    '  exit 0',
    'fi',
    '',
    '# ---- 确认 ----',
    ...service.verify,
    ...done,
    tell,
  ];
}

/** Where the parts above meet: needs the functions, comes before the first file. */
function prelude(checked: Checked, service: Service): string[] {
  const restarts = service.restart !== undefined;
  const who = checked.settings.target === 'rootless' ? '' : 'as_root ';
  return [
    ...(restarts ? [''] : []),
    ...(service.reload ? [`reload_service() { ${service.reload}; }`] : []),
    ...(restarts
      ? [
          `restart_service() { ${service.restart}; }`,
          '# 先说重启会停掉什么，再问',
          'ask_restart() {',
          `  say ${shWord(service.stops)}`,
          ...(hasDockerd(checked.settings.target)
            ? [
                // dockerd may be down just now; within $(…) that must not set the trap off.
                `  say "正在运行的容器：$({ ${who}docker ps -q 2>/dev/null || true; } | wc -l) 个"`,
              ]
            : []),
          '  if [ "$assume_yes" -eq 1 ]; then return 0; fi',
          '  local answer=n',
          '  if [ -t 0 ]; then read -r -p "现在重启吗？[y/N] " answer || true; fi',
          '  case $answer in y | Y | yes) return 0 ;; *) return 1 ;; esac',
          '}',
        ]
      : []),
    '',
    'if [ "$rollback" -eq 1 ]; then',
    '  last=',
    '  for folder in "$backups"/*/; do if [ -d "$folder" ]; then last=$folder; fi; done',
    '  [ -n "$last" ] || { say "没有备份。" >&2; exit 1; }',
    '  restore "$last/list"',
    '  rm -rf "$last" "$work"',
    ...(restarts
      ? [
          '  if [ "$restart" -eq 1 ] && ask_restart; then restart_service; say "已重启。"',
          '  else say "没有重启，还原的配置还没有生效。"; fi',
        ]
      : []),
    '  exit 0',
    'fi',
    '',
    'trap failed ERR',
    "trap 'failed 130' INT",
    "trap 'failed 143' TERM",
  ];
}
