import type { Artifact } from '../artifact.ts';
import type { Checked } from '../checked.ts';
import { fileArtifact } from '../file-artifact.ts';
import { LineWriter } from '../lines.ts';

/** Windows' .wslconfig: the network of every WSL2 distribution. */
export function wslconfig(checked: Checked): Artifact[] {
  const { target, wsl } = checked.settings;
  if (target !== 'wsl2' && target !== 'desktop-windows') return [];
  const writer = new LineWriter().add('[wsl2]');
  if (wsl.networkingMode !== undefined) {
    writer.add(
      `networkingMode=${wsl.networkingMode}`,
      'wsl.networkingMode',
      wsl.networkingMode === 'mirrored'
        ? 'WSL 与 Windows 共用网卡：127.0.0.1 能连到 Windows 上的代理。要 Windows 11 22H2。'
        : '默认模式：WSL 在自己的子网里，127.0.0.1 是它自己。',
    );
  }
  const flag = (name: 'autoProxy' | 'dnsTunneling' | 'firewall', why: string) => {
    if (wsl[name] !== undefined) writer.add(`${name}=${wsl[name]}`, `wsl.${name}`, why);
  };
  flag('dnsTunneling', 'DNS 查询交给 Windows 处理，VPN 和公司网络里更可靠。要 Windows 11 22H2。');
  flag('autoProxy', '把 Windows 的代理设置写进登录 shell 的变量；systemd 启动的 dockerd 看不到。');
  flag('firewall', 'Windows 防火墙规则也管 WSL。要 Windows 11 22H2。');
  if (writer.lines.length === 0) return [];
  return [
    {
      ...fileArtifact(target, {
        id: 'wslconfig',
        path: '%USERPROFILE%\\.wslconfig',
        why: 'WSL2 的网络设置，在 Windows 一侧，对所有发行版有效。',
        language: 'ini',
        content: writer.toString(),
        fileName: '.wslconfig',
        kind: 'ini',
        needs: 'restart',
        lines: writer.lines,
      }),
      apply: {
        command: 'wsl --shutdown',
        note: '会关掉所有 WSL 发行版和 Docker Desktop，先保存手头的工作。',
      },
    },
  ];
}
