import type { Artifact } from '../artifact.ts';
import type { Checked } from '../checked.ts';
import { environmentFileLine } from '../escape/env-file.ts';
import { environmentLine } from '../escape/systemd.ts';
import { fileArtifact } from '../file-artifact.ts';
import type { FileTools } from '../file-tools.ts';
import { proxyFor, proxyVariables, variableWhy } from '../layer.ts';
import { LineWriter } from '../lines.ts';
import { hasDockerd, type Target } from '../settings.ts';
import { providedFileTools } from '../tools.ts';
import { proxyInDaemonJson } from './daemon-json.ts';

/** The drop-in's path, for targets whose puller is a systemd service. */
function dropInPath(target: Target): string | undefined {
  switch (target) {
    case 'linux':
    case 'wsl2':
      return '/etc/systemd/system/docker.service.d/http-proxy.conf';
    case 'rootless':
      return '~/.config/systemd/user/docker.service.d/http-proxy.conf';
    case 'containerd':
      return '/etc/systemd/system/containerd.service.d/http-proxy.conf';
    default:
      return undefined;
  }
}

/** The drop-in that gives dockerd or containerd its proxy variables. */
export function systemdDropIn(checked: Checked): Artifact[] {
  const { target, existing } = checked.settings;
  const path = dropInPath(target);
  if (path === undefined || (hasDockerd(target) && proxyInDaemonJson(checked.settings))) return [];
  const proxy = proxyFor(checked, 'daemon');
  const pasted = existing.dropIn ?? '';
  if (proxy === undefined && pasted.trim() === '') return [];
  const program = target === 'containerd' ? 'containerd ' : 'dockerd ';
  const variables = proxy ? proxyVariables(proxy) : [];
  const writer = new LineWriter().add('[Service]');
  for (const { name, value, setting } of variables) {
    writer.add(environmentLine(name, value), setting, variableWhy(name, program));
  }
  let content = writer.toString();
  let lines = writer.lines;
  if (pasted.trim() !== '') {
    const tools = providedFileTools();
    if (tools === undefined) return [];
    content = mergePasted(checked, tools, pasted, variables);
    const places = content.split('\n');
    lines = variables.flatMap(({ name, setting }) => {
      const line = places.findIndex(
        (text) => text.startsWith('Environment=') && text.includes(`${name}=`),
      );
      return line < 0 ? [] : [{ line: line + 1, setting, why: variableWhy(name, program) }];
    });
  }
  return [
    fileArtifact(target, {
      id: 'systemd-drop-in',
      path,
      why: `让 ${program.trim()} 拉取镜像时走代理：systemd 启动它时设置这些环境变量。`,
      language: 'ini',
      content,
      fileName: 'http-proxy.conf',
      needs: 'unit',
      lines,
    }),
  ];
}

function mergePasted(
  checked: Checked,
  tools: FileTools,
  pasted: string,
  variables: readonly { name: string; value: string }[],
): string {
  const merged = tools.mergeDropIn(
    pasted,
    Object.fromEntries(variables.map(({ name, value }) => [name, value])),
  );
  const left = new Set(
    tools.parseDropIn(merged.text).problems.map(({ code, message }) => `${code} ${message}`),
  );
  for (const problem of tools.parseDropIn(pasted).problems) {
    const cured = !left.has(`${problem.code} ${problem.message}`);
    const level = problem.severity === 'info' || cured ? 'note' : problem.severity;
    checked.problems.push({
      field: 'existing.dropIn',
      code: problem.code,
      severity: level,
      message: problem.message + (cured ? '（结果里已经改好。）' : (problem.fix?.text ?? '')),
      ...(problem.line !== undefined && { line: problem.line }),
    });
  }
  for (const note of merged.notes) {
    checked.problems.push({
      field: 'existing.dropIn',
      code: note.code,
      severity: 'note',
      message: note.message,
      ...(note.line !== undefined && { line: note.line }),
    });
  }
  return merged.text;
}

const SERVICE_FILES: Partial<Record<Target, { path: string; why: string }>> = {
  k3s: {
    path: '/etc/systemd/system/k3s.service.env',
    why: 'k3s 的服务读这个环境变量文件；agent 节点上是 k3s-agent.service.env。',
  },
  rke2: {
    path: '/etc/default/rke2-server',
    why: 'RKE2 的服务读这个环境变量文件；agent 节点上是 /etc/default/rke2-agent。',
  },
};

/** The environment file of k3s or RKE2: variables for the containerd inside alone. */
export function serviceEnv(checked: Checked): Artifact[] {
  const { target } = checked.settings;
  const place = SERVICE_FILES[target];
  const proxy = proxyFor(checked, 'daemon');
  if (place === undefined || proxy === undefined) return [];
  const writer = new LineWriter();
  for (const { name, value, setting } of proxyVariables(proxy)) {
    writer.add(
      environmentFileLine(`CONTAINERD_${name}`, value),
      setting,
      variableWhy(name, 'containerd '),
    );
  }
  return [
    fileArtifact(target, {
      id: 'service-env',
      ...place,
      language: 'ini',
      content: writer.toString(),
      fileName: place.path.slice(place.path.lastIndexOf('/') + 1),
      kind: 'env',
      needs: 'restart',
      lines: writer.lines,
    }),
  ];
}
