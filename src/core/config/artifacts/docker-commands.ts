import type { Artifact } from '../artifact.ts';
import type { Checked } from '../checked.ts';
import { cmdWord } from '../escape/cmd.ts';
import { powershellString } from '../escape/powershell.ts';
import { shWord } from '../escape/sh.ts';
import { HOST_NAME, proxyFor, proxyVariables, variableWhy } from '../layer.ts';
import { LineWriter } from '../lines.ts';
import { atLeast } from '../version.ts';

/** How one shell writes a command over several lines. */
interface Shell {
  suffix: string;
  language: Artifact['language'];
  name: string;
  fileName: (base: string) => string;
  word: (word: string) => string;
  continuation: string;
}

const BASH: Shell = {
  suffix: '',
  language: 'bash',
  name: '',
  fileName: (base) => `${base}.sh`,
  word: shWord,
  continuation: ' \\',
};
const POWERSHELL: Shell = {
  suffix: '',
  language: 'powershell',
  name: '（PowerShell）',
  fileName: (base) => `${base}.ps1`,
  word: (word) => (/^[\w.:/=+-]+$/.test(word) ? word : powershellString(word)),
  continuation: ' `',
};
const CMD: Shell = {
  suffix: ':cmd',
  language: 'text',
  name: '（命令提示符 cmd）',
  fileName: (base) => `${base}-cmd.txt`,
  word: (word) => cmdWord(word),
  continuation: ' ^',
};

/** One part of a command, on a line of its own. */
interface Part {
  words: string[];
  setting?: string;
  why?: string;
}

function shells(checked: Checked): Shell[] {
  return checked.settings.target === 'desktop-windows' ? [POWERSHELL, CMD] : [BASH];
}

function write(shell: Shell, parts: readonly Part[]): LineWriter {
  const writer = new LineWriter();
  parts.forEach(({ words, setting, why }, index) => {
    const indent = index === 0 ? '' : '  ';
    const end = index === parts.length - 1 ? '' : shell.continuation;
    writer.add(indent + words.map(shell.word).join(' ') + end, setting, why);
  });
  return writer;
}

/** `docker run` with the proxy for one container. */
export function dockerRun(checked: Checked): Artifact[] {
  const { target } = checked.settings;
  const proxy = proxyFor(checked, 'run');
  if (proxy === undefined || ['containerd', 'k3s', 'rke2', 'buildx'].includes(target)) return [];
  const program = target === 'podman' ? 'podman' : 'docker';
  const parts: Part[] = [{ words: [program, 'run', '--rm'] }];
  if (proxy.reach === 'add-host') {
    parts.push({
      words: [`--add-host=${HOST_NAME}:host-gateway`],
      setting: 'proxy',
      why: 'Linux 上容器里没有这个名字，加上它才能指到宿主机（20.10 起）。',
    });
  }
  for (const { name, value, setting } of proxyVariables(proxy)) {
    const why = variableWhy(name, '容器里的程序');
    parts.push({ words: ['-e', `${name}=${value}`], setting, why });
    // curl and wget read only the lower-case names, others only the upper-case ones.
    parts.push({
      words: ['-e', `${name.toLowerCase()}=${value}`],
      setting,
      why: 'curl、wget、apt 只看小写的名字，另一些程序只看大写，所以两个都写。',
    });
  }
  parts.push({ words: ['alpine', 'env'] });
  return shells(checked).map((shell) => {
    const writer = write(shell, parts);
    return {
      id: `docker-run${shell.suffix}`,
      path: `${program} run${shell.name}`,
      why: '只让这一个容器走代理；把最后的 alpine env 换成你的镜像和命令。',
      language: shell.language,
      content: writer.toString(),
      lines: writer.lines,
      apply: { note: '变量会出现在 docker inspect 里，docker commit 也会带上它。' },
      fileName: shell.fileName('docker-run'),
    };
  });
}

/** `docker build` with the proxy for its RUN steps. */
export function dockerBuild(checked: Checked): Artifact[] {
  const { target, engine } = checked.settings;
  const proxy = proxyFor(checked, 'build');
  if (proxy === undefined || ['containerd', 'k3s', 'rke2'].includes(target)) return [];
  const program = target === 'podman' ? 'podman' : 'docker';
  const parts: Part[] = [{ words: [program, 'build'] }];
  if (proxy.reach === 'host-network') {
    parts.push({
      words: ['--network=host'],
      setting: 'proxy',
      why: '让 RUN 与宿主机共用网络，才能用到宿主机 127.0.0.1 上的代理。',
    });
  }
  for (const { name, value, setting } of proxyVariables(proxy)) {
    // buildx forwards no ALL_PROXY from config.json, but takes it as a build argument.
    const why = variableWhy(name, 'RUN 里的程序');
    parts.push({ words: ['--build-arg', `${name}=${value}`], setting, why });
    if (!atLeast(engine, '23.0') || target === 'podman') {
      parts.push({
        words: ['--build-arg', `${name.toLowerCase()}=${value}`],
        setting,
        why: '旧的构建器只给写出来的那一种大小写，BuildKit 才会两种都给。',
      });
    }
  }
  parts.push({ words: ['-t', 'my-image', '.'] });
  return shells(checked).map((shell) => {
    const writer = write(shell, parts);
    return {
      id: `docker-build${shell.suffix}`,
      path: `${program} build${shell.name}`,
      why: 'RUN 里的 apt、pip、npm 走代理。这些是预定义的构建参数：不用在 Dockerfile 里写 ARG，也不进镜像历史。',
      language: shell.language,
      content: writer.toString(),
      lines: writer.lines,
      apply: { note: 'FROM 的镜像由 dockerd 拉取，不看这些参数，要另外给 dockerd 设代理。' },
      fileName: shell.fileName('docker-build'),
    };
  });
}
