import type { Artifact } from '../artifact.ts';
import type { Checked } from '../checked.ts';
import type { Problem as FileProblem } from '../daemon-json/problem.ts';
import { jsonFile, jsonLines } from '../escape/json.ts';
import { fileArtifact } from '../file-artifact.ts';
import type { FileTools } from '../file-tools.ts';
import { proxyFor } from '../layer.ts';
import { providedFileTools } from '../tools.ts';

/** The CLI's config.json: proxy variables for new containers and builds. */
export function cliConfigJson(checked: Checked): Artifact[] {
  const { target, existing } = checked.settings;
  const proxy = proxyFor(checked, 'cli');
  const pasted = existing.configJson ?? '';
  if (target === 'containerd' || target === 'k3s' || target === 'rke2' || target === 'podman') {
    return [];
  }
  if (proxy === undefined && pasted.trim() === '') return [];
  const values = {
    ...(proxy?.http && { httpProxy: proxy.http }),
    ...(proxy?.https && { httpsProxy: proxy.https }),
    ...(proxy?.all && { allProxy: proxy.all }),
    ...(proxy?.noProxy && { noProxy: proxy.noProxy }),
  };
  const tools = providedFileTools();
  if (pasted.trim() !== '' && tools === undefined) return [];
  const content =
    pasted.trim() === '' || tools === undefined
      ? jsonFile({ proxies: { default: values } })
      : mergePasted(checked, tools, pasted, values);
  const places = jsonLines(content);
  const reason = (key: string, setting: string, why: string) => {
    const line = places.get(`proxies.default.${key}`);
    return line === undefined ? [] : [{ line, setting, why }];
  };
  return [
    fileArtifact(target, {
      id: 'cli-config.json',
      path:
        target === 'desktop-windows'
          ? '%USERPROFILE%\\.docker\\config.json'
          : '~/.docker/config.json',
      why: 'docker 命令读它：给新建的容器和构建里的 RUN 设代理变量（大小写各一份）。拉取镜像不用它。',
      language: 'json',
      content,
      fileName: 'config.json',
      kind: 'json',
      merged: pasted.trim() !== '',
      needs: 'nothing',
      lines: [
        ...reason('httpProxy', 'proxy.http', '容器里的 HTTP_PROXY 和 http_proxy。'),
        ...reason('httpsProxy', 'proxy.https', '容器里的 HTTPS_PROXY 和 https_proxy。'),
        ...reason('allProxy', 'proxy.all', '容器里的 ALL_PROXY 和 all_proxy。'),
        ...reason('noProxy', 'proxy.noProxy', '容器里的 NO_PROXY 和 no_proxy。'),
      ],
    }),
  ].map((artifact) => ({
    ...artifact,
    apply: { note: '下一次 docker run 或 docker build 就会读到；已有的容器要删掉重建。' },
  }));
}

function mergePasted(
  checked: Checked,
  tools: FileTools,
  pasted: string,
  values: Parameters<FileTools['mergeConfigJson']>[1],
): string {
  const merged = tools.mergeConfigJson(pasted, values);
  const identity = ({ code, path }: FileProblem) => `${code} ${path ?? ''}`;
  const left = new Set(tools.parseConfigJson(merged.text).problems.map(identity));
  for (const problem of tools.parseConfigJson(pasted).problems) {
    const cured = merged.ok && !left.has(identity(problem));
    const level = problem.severity === 'info' || cured ? 'note' : problem.severity;
    checked.problems.push({
      field: 'existing.configJson',
      code: problem.code,
      severity: level,
      message: problem.message + (cured ? '（结果里已经改好。）' : (problem.fix?.text ?? '')),
      ...(problem.line !== undefined && { line: problem.line }),
      ...(problem.column !== undefined && { column: problem.column }),
    });
  }
  for (const note of merged.notes) {
    checked.problems.push({
      field: 'existing.configJson',
      code: note.code,
      severity: merged.ok ? 'note' : 'error',
      message: note.message,
      ...(note.line !== undefined && { line: note.line }),
    });
  }
  return merged.text;
}
