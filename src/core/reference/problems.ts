import type { InvalidReference } from './parse.ts';

const TEXTS: Readonly<Record<InvalidReference['code'], string>> = {
  empty: '没有写镜像名。',
  'hex-id': '64 位十六进制会被当成镜像 ID，不能当名字用。',
  uppercase: '仓库路径只能用小写字母，把大写改成小写。',
  format:
    '不是合法的镜像引用：去掉 http://、空格和中文，写成 registry.example.com/app:1.0 的样子。',
  'too-long': '仓库路径超过 255 个字符。',
  'digest-algorithm': 'digest 的算法不受支持，应为 sha256。',
  'digest-length': 'digest 的长度不对，sha256 后面应是 64 位十六进制。',
  'digest-format': 'digest 只能用小写的十六进制数字。',
};

/** Chinese: what is wrong with a reference and what to do. */
export function referenceProblem(problem: InvalidReference): string {
  return TEXTS[problem.code];
}
