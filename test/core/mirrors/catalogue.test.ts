import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  freshness,
  lookup,
  mirrors,
  notMirrors,
  recommended,
  staleCount,
} from '../../../src/core/mirrors/index.ts';
import { deriveCatalogue, isCatalogueCurrent } from '../../../src/integrations/catalogue.ts';

const now = new Date('2026-11-24T12:00:00Z');

describe('catalogue.json', () => {
  it('is what content/mirrors says (else run `npm run catalogue`)', () => {
    expect(isCatalogueCurrent()).toBe(true);
  });

  it('carries no evidence text', () => {
    expect(deriveCatalogue()).not.toContain('"says"');
    expect(deriveCatalogue()).not.toContain('"evidence"');
  });
});

describe('lookup', () => {
  it.each([
    ['https://docker.m.daocloud.io', 'daocloud-docker'],
    ['docker.m.daocloud.io', 'daocloud-docker'],
    ['HTTPS://Docker.M.DaoCloud.io:443/v2/', 'daocloud-docker'],
    ['docker.m.daocloud.io.', 'daocloud-docker'],
    [
      'https://docker.m.daocloud.io/v2/library/nginx/manifests/latest?ns=docker.io',
      'daocloud-docker',
    ],
    ['http://f1361db2.m.daocloud.io', 'daocloud-old'],
    ['ghcr.m.daocloud.io', 'daocloud-subdomains'],
    ['k8s.m.daocloud.io:443', 'daocloud-subdomains'],
    ['m.daocloud.io', 'daocloud-prefix'],
    ['https://abcd1234.mirror.aliyuncs.com', 'aliyun'],
    ['https://<ID>.mirror.aliyuncs.com', 'aliyun'],
    ['https://<你的ID>.mirror.aliyuncs.com', 'aliyun'],
    ['https://[系统分配前缀].mirror.aliyuncs.com', 'aliyun'],
    ['"https://docker.1ms.run",', '1ms'],
    ['「docker.1ms.run」', '1ms'],
    ['https：//docker.1ms.run', '1ms'],
    ['https:/docker.1ms.run', '1ms'],
    ['docker://docker.1ms.run/library/nginx', '1ms'],
    ['[].mirror.aliyuncs.com', undefined],
    ['"",', undefined],
    ['https://ustc-edu-cn.mirror.aliyuncs.com', 'ustc'],
    ['registry.cn-hangzhou.aliyuncs.com', 'aliyun-acr'],
    ['registry.us-west-1.aliyuncs.com', 'aliyun-acr'],
    ['mirrors.ustc.edu.cn', undefined],
    ['https://mirrors.ustc.edu.cn/dockerhub', 'ustc'],
    ['https://mirrors.ustc.edu.cn/dockerhub/v2/', 'ustc'],
    ['https://mirrors.ustc.edu.cn/dockerhubs', undefined],
    ['https://registry.linkease.net:5443', 'linkease'],
    ['registry.linkease.net', 'linkease'],
    ['dockerhub.azk8s.cn', 'azk8s'],
    ['azk8s.cn', undefined],
    ['docker.xn--6oq72ry9d5zx.cn', 'dead-docker-xn--6oq72ry9d5zx-cn'],
    ['docker.潍坊会展.cn', 'dead-docker-xn--6oq72ry9d5zx-cn'],
    ['quay.io', 'other-registries'],
    ['https://mirrors.tuna.tsinghua.edu.cn', 'tuna-packages'],
    ['docker.tuna.tsinghua.edu.cn', 'tuna-no-such-host'],
    ['user:secret@docker.1ms.run', '1ms'],
    ['evil-docker.1ms.run', undefined],
    ['docker.1ms.run.example.com', undefined],
    ['docker.io', undefined],
    ['registry-1.docker.io', undefined],
    ['192.168.1.1:5000', undefined],
    ['[::1]:5000', undefined],
    ['', undefined],
    ['   ', undefined],
    ['http://', undefined],
    ['not a host', undefined],
  ])('%s -> %s', (text, id) => {
    expect(lookup(text)?.id).toBe(id);
  });

  it('finds every entry by its own url', () => {
    for (const mirror of mirrors)
      expect([mirror.id, lookup(mirror.url)?.id]).toEqual([mirror.id, mirror.id]);
  });

  it('finds every exact match, whatever the case, scheme or port', () => {
    for (const entry of [...mirrors, ...notMirrors]) {
      for (const pattern of entry.match.filter((p) => !p.includes('*'))) {
        const host = pattern.replace(/\/.*/, '');
        const url = pattern.replace(host, `${host.toUpperCase()}:8443`);
        expect([pattern, lookup(`http://${url}`)?.id]).toEqual([pattern, entry.id]);
      }
    }
  });

  it('tells what mirrors nothing apart', () => {
    expect(lookup('ghcr.io')?.kind).toBe('not-a-mirror');
    expect(lookup('docker.1ms.run')?.kind).toBe('mirror');
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        lookup(text);
      }),
    );
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (text) => {
        lookup(text);
      }),
    );
  });
});

describe('freshness', () => {
  it.each([
    // 90 days before 24 November is 26 August.
    ['works', '2026-08-26', 'fresh'],
    ['works', '2026-08-25', 'unverified'],
    // A month counts from its first day.
    ['works', '2026-08', 'unverified'],
    ['works', '2026-09', 'fresh'],
    ['restricted', '2025', 'unverified'],
    ['unknown', '', 'unverified'],
    ['works', 'gibberish', 'unverified'],
    ['stopped', '2026-11', 'stopped'],
    ['stopped', '2019', 'stopped'],
  ] as const)('%s with evidence of %s is %s', (status, lastEvidence, state) => {
    expect(freshness({ status, lastEvidence }, now).state).toBe(state);
  });

  it('shows the date with the label', () => {
    expect(freshness({ status: 'works', lastEvidence: '2026-06' }, now).text).toBe(
      '未验证（最近证据 2026-06）',
    );
    expect(
      freshness(
        { status: 'stopped', lastEvidence: '2026-06', end: { date: '2024-06-06', why: '' } },
        now,
      ),
    ).toMatchObject({ label: '已停止', date: '2024-06-06', text: '已停止（2024-06-06）' });
  });
});

describe('recommended', () => {
  const list = recommended(now);

  it('holds only public Docker Hub mirrors with recent enough evidence', () => {
    expect(list.length).toBeGreaterThan(5);
    for (const mirror of list) {
      expect(['works', 'restricted']).toContain(mirror.status);
      expect(mirror.form).toBe('docker.io-mirror');
      expect(mirror.url).toMatch(/^https:\/\/[a-z0-9.-]+$/);
    }
    expect(list.map((m) => m.id)).not.toContain('gcr-mirror');
  });

  it('starts with the best founded', () => {
    expect(list[0]?.id).toBe('daocloud-docker');
    expect(list.slice(0, 3).map((m) => m.id)).toContain('1ms');
  });

  it('puts fresh evidence first', () => {
    const early = recommended(new Date('2026-09-10T00:00:00Z'));
    const states = early.map((m) => freshness(m, new Date('2026-09-10T00:00:00Z')).state);
    expect(states).toEqual([...states].sort());
    expect(states).toContain('fresh');
    expect(states).toContain('unverified');
  });

  it('is empty once everything is a year old', () => {
    expect(recommended(new Date('2028-01-01'))).toEqual([]);
  });
});

it('staleCount counts what has no evidence of the last 90 days', () => {
  expect(staleCount(now)).toBe(mirrors.length);
  expect(staleCount(new Date('2026-06-15'))).toBeLessThan(mirrors.length);
  expect(staleCount(new Date('2026-06-15'))).toBeGreaterThan(0);
});

const facts = new URL('../../../../shared/facts/mirrors.json', import.meta.url);

describe.skipIf(!existsSync(facts))('against the facts it was made from', () => {
  interface Fact {
    id: string;
    url: string;
    match: string[];
    status: string;
    kind: string;
    last_evidence: string;
    last_test: string | null;
    evidence: { source: string; date: string | null; says: string }[];
  }
  const source: {
    mirrors: Fact[];
    not_docker_hub_mirrors: { match: string[]; except?: string[] }[];
  } = existsSync(facts)
    ? JSON.parse(readFileSync(facts, 'utf8'))
    : { mirrors: [], not_docker_hub_mirrors: [] };
  const plain = (text: string) => text.replace(/[\s，。；：:]/g, '');

  it('has every entry with every piece of evidence', () => {
    for (const fact of source.mirrors) {
      const file = new URL(`../../../content/mirrors/${fact.id}.json`, import.meta.url);
      const content: Fact = JSON.parse(readFileSync(file, 'utf8'));
      const slim = mirrors.find((mirror) => mirror.id === fact.id);
      expect(slim).toMatchObject({
        url: fact.url,
        match: fact.match,
        status: fact.status,
        form: fact.kind,
      });
      expect([fact.id, slim?.lastEvidence]).toEqual([fact.id, fact.last_evidence]);
      expect([fact.id, slim?.lastTest ?? null]).toEqual([fact.id, fact.last_test]);
      // Remarks in brackets are translated.
      const sources = (entry: Fact) =>
        entry.evidence.map((e) => [e.source.replace(/\s*[(（].*$/, ''), e.date ?? '']);
      expect(sources(content)).toEqual(sources(fact));
      for (const [index, item] of fact.evidence.entries()) {
        expect(plain(content.evidence[index]?.says ?? '')).toContain(plain(item.says).slice(-10));
      }
    }
    expect(mirrors).toHaveLength(source.mirrors.length);
  });

  it('has every host that mirrors nothing, with its exceptions', () => {
    expect(notMirrors.map(({ match, except }) => ({ match, ...(except && { except }) }))).toEqual(
      source.not_docker_hub_mirrors.map(({ match, except }) => ({
        match,
        ...(except && { except }),
      })),
    );
  });
});
