import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adviseList, readMirrorList, withoutRemoved } from '../../../src/core/mirrors/list.ts';

const now = new Date('2026-11-24');

describe('readMirrorList', () => {
  it.each([
    [
      '{"registry-mirrors": ["https://a.cn", "https://b.cn/"]}',
      ['https://a.cn', 'https://b.cn/'],
      'daemon.json',
      0,
    ],
    [
      '\uFEFF{"registry-mirrors": ["https://a.cn"], "debug": true}',
      ['https://a.cn'],
      'daemon.json',
      0,
    ],
    ['{"registry-mirrors": ["https://a.cn", 5]}', ['https://a.cn'], 'daemon.json', 1],
    ['{"registry-mirrors": "https://a.cn"}', [], 'daemon.json', 1],
    ['{"debug": true}', [], 'daemon.json', 1],
    ['{"debug": }', [], 'daemon.json', 1],
    ['{\n  // mine\n  "registry-mirrors": ["https://a.cn",],\n}', ['https://a.cn'], 'fragment', 1],
    [
      '"registry-mirrors": [\n  "https://a.cn",\n  "https://b.cn"\n]',
      ['https://a.cn', 'https://b.cn'],
      'fragment',
      0,
    ],
    [
      'https://a.cn\nb.cn:5000\n# note\n\n - https://c.cn/',
      ['https://a.cn', 'b.cn:5000', 'https://c.cn/'],
      'lines',
      0,
    ],
    [
      ' Registry Mirrors:\n  https://a.cn/\n  https://b.cn/',
      ['https://a.cn/', 'https://b.cn/'],
      'lines',
      0,
    ],
    [
      ' Server Version: 28.5.2\n Insecure Registries:\n  ::1/128\n  127.0.0.0/8\n Registry Mirrors:\n  https://a.cn/\n  https://b.cn/\n Live Restore Enabled: false\n',
      ['https://a.cn/', 'https://b.cn/'],
      'lines',
      0,
    ],
    ['\u202ehttps://a.cn\u202c\u200b', ['https://a.cn'], 'lines', 0],
    ['“https://a.cn”\n「b.cn」', ['https://a.cn', 'b.cn'], 'lines', 0],
    ['"https://a.cn", "https://b.cn"', ['https://a.cn', 'https://b.cn'], 'lines', 0],
    ['https://A.cn/\nhttps://a.cn', ['https://A.cn/'], 'lines', 0],
    [
      'localhost:5000\n[::1]:5000\nnas:5000\nhttp://nas',
      ['localhost:5000', '[::1]:5000', 'nas:5000', 'http://nas'],
      'lines',
      0,
    ],
    ['hello there', [], 'lines', 1],
    ['', [], 'empty', 0],
    ['   \n', [], 'empty', 0],
  ])('%j', (text, urls, source, problems) => {
    const list = readMirrorList(text);
    expect(list.urls).toEqual(urls);
    expect(list.source).toBe(source);
    expect(list.problems).toHaveLength(problems);
  });

  it('takes nothing but the mirrors from a daemon.json', () => {
    const text =
      '{"registry-mirrors":["https://a.cn"],"proxies":{"http-proxy":"http://u:secret@p"}}';
    expect(JSON.stringify(readMirrorList(text))).not.toContain('secret');
    expect(JSON.stringify(readMirrorList(`${text},`))).not.toContain('secret');
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), (text) => {
        readMirrorList(text);
        readMirrorList(`{"registry-mirrors": ${text}}`);
      }),
    );
  });
});

describe('adviseList', () => {
  const urls = [
    'https://docker.m.daocloud.io',
    'https://docker.mirrors.ustc.edu.cn',
    'https://mirrors.tuna.tsinghua.edu.cn',
    'https://m.daocloud.io',
    'https://abc.mirror.aliyuncs.com',
    'https://huecker.io',
    'https://my.registry.cn',
  ];
  const advice = adviseList(urls, now);

  it('says when and why', () => {
    expect(advice.map((item) => [item.url, item.severity])).toEqual([
      ['https://docker.mirrors.ustc.edu.cn', 'remove'],
      ['https://mirrors.tuna.tsinghua.edu.cn', 'remove'],
      ['https://m.daocloud.io', 'remove'],
      ['https://abc.mirror.aliyuncs.com', 'care'],
      ['https://huecker.io', 'care'],
    ]);
    expect(advice[0]?.text).toMatch(/^已停止（2024-06-06）：.*2024-06-06 关闭/);
  });

  it('offers the list without them', () => {
    expect(withoutRemoved(urls, advice)).toEqual([
      'https://docker.m.daocloud.io',
      'https://abc.mirror.aliyuncs.com',
      'https://huecker.io',
      'https://my.registry.cn',
    ]);
  });
});
