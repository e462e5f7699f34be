import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ClientId,
  clients,
  compile,
  coverageOf,
  covers,
  decide,
  desktopBypasses,
  explainDecision,
  extractVariables,
  fromDesktop,
  lintEnvironment,
  lintNoProxy,
  lintProxies,
  makePortable,
  nearMisses,
  parseTargets,
  probeEnvironment,
  toDesktop,
  toNonProxyHosts,
} from '../../../src/core/noproxy/index.ts';

const ids = clients.map(({ id }) => id);

describe('lintProxies', () => {
  const judged = (value: string) =>
    lintProxies({ http_proxy: value, HTTPS_PROXY: value }).map(({ message }) => message);
  it.each([
    ['proxy:3128', '没有写协议', 'apt、npm、node fetch 会报错；apk 不报错、悄悄直连'],
    ['http://proxy:3128 ', '前后有空白', 'curl'],
    ['"http://proxy:3128"', '带着引号', 'git'],
    ['http://proxy:99999', '端口不是 0 到 65535', 'npm'],
    ['http://me:a#b@proxy:3128', '特殊字符', 'npm'],
    ['https://proxy:3128', '也用 TLS', 'GNU wget 会报错'],
    ['socks5://proxy:1080', 'SOCKS', 'apt'],
    ['http：//proxy:3128', '全角', 'npm'],
  ])('says what %s breaks', (value, fault, who) => {
    const messages = judged(value);
    expect(messages).toHaveLength(1);
    expect(messages[0]).toContain(fault);
    expect(messages[0]).toContain(who);
    expect(messages[0]).not.toContain('a#b');
  });

  it.each(['http://proxy:3128', 'http://proxy', 'http://me:a%23b@proxy:3128/', ''])(
    'has nothing to say about %s',
    (value) => {
      expect(judged(value)).toEqual([]);
    },
  );
});

describe('lintNoProxy', () => {
  const safe = ['localhost', '127.0.0.1'];
  it.each([
    [' corp.example', 'space', ['corp.example']],
    ['a.example b.example', 'space', ['a.example', 'b.example']],
    ['a.example，b.example', 'fullwidth-comma', ['a.example', 'b.example']],
    ['a.example;b.example', 'separator', ['a.example', 'b.example']],
    [
      'a.example，b.example；c.example d.example',
      'fullwidth-comma',
      ['a.example', 'b.example', 'c.example', 'd.example'],
    ],
    ['a.example; b.example | c.example', 'separator', ['a.example', 'b.example', 'c.example']],
    ['"corp.example"', 'quote', ['corp.example']],
    ['https://corp.example', 'scheme', ['corp.example']],
    ['corp.example/', 'path', ['corp.example']],
    ['*.corp.example', 'star-name', ['.corp.example']],
    ['192.168.*', 'star-ip', ['192.168.0.0/16']],
    ['10.*', 'star-ip', ['10.0.0.0/8']],
    ['10.0.0', 'part-of-ip', ['10.0.0.0/24']],
    ['\u0430pple.example', 'mixed-script', undefined],
    ['git.*.example', 'star-inside', undefined],
    ['corp.example:5000', 'port', ['corp.example']],
    ['.corp.example:5000', 'port', ['.corp.example']],
    ['corp.example:99999', 'bad-port', ['corp.example']],
    ['corp.example.', 'trailing-dot', ['corp.example']],
    ['Corp.Example', 'upper', ['corp.example']],
    ['bücher.example', 'idn', ['xn--bcher-kva.example']],
    ['[fd00::1]', 'ipv6', ['fd00::1', '[fd00::1]']],
    ['10.0.0.0/8', 'cidr', undefined],
    ['10.0.0.0/8:5000', 'cidr-port', ['10.0.0.0/8']],
    ['10.0.0.5/8', 'cidr-bits', ['10.0.0.0/8']],
    ['0.0.0.0/0', 'cidr-all', undefined],
    ['<local>', 'windows', ['localhost', '127.0.0.1']],
    ['10.0.0.1-10.0.0.9', 'range', undefined],
    ['*', 'star-among', undefined],
  ])('finds what is wrong with %s', (entry, code, fix) => {
    const found = lintNoProxy([...safe, entry]).find((lint) => lint.code === code);
    expect(found).toMatchObject({ index: 2, entry });
    expect(found?.fix).toEqual(fix);
  });

  it('finds nothing in a portable list', () => {
    expect(lintNoProxy(['localhost', '127.0.0.1', 'corp.example', '.corp.example'])).toEqual([]);
  });

  it('finds duplicates, entries inside others and what is missing', () => {
    const codes = lintNoProxy(
      ['corp.example', 'corp.example', 'git.corp.example', '10.0.0.0/8', '10.1.0.0/16'],
      { container: true },
    ).map(({ code, index }) => `${code} ${index}`);
    expect(codes).toEqual(
      expect.arrayContaining([
        'duplicate 1',
        'shadowed 2',
        'shadowed 4',
        'missing-localhost -1',
        'missing-host-docker-internal -1',
      ]),
    );
  });

  it('sees letter case that disagrees or is missing', () => {
    const codes = (env: Record<string, string>) => lintEnvironment(env).map(({ code }) => code);
    expect(codes({ no_proxy: 'a', NO_PROXY: 'b' })).toEqual(['case-conflict']);
    expect(codes({ NO_PROXY: 'b' })).toEqual(['upper-only']);
    expect(codes({ no_proxy: 'a', NO_PROXY: 'a' })).toEqual([]);
  });

  it('answers any list', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (entries) => {
        for (const lint of lintNoProxy(entries)) expect(lint.message).not.toBe('');
      }),
    );
  });
});

describe('makePortable', () => {
  it.each([
    ['corp.example', 'localhost,127.0.0.1,corp.example,.corp.example'],
    ['*.corp.example', 'localhost,127.0.0.1,.corp.example'],
    ['a.example b.example', 'localhost,127.0.0.1,a.example,.a.example,b.example,.b.example'],
    ['Corp.Example.，10.*', 'localhost,127.0.0.1,corp.example,.corp.example,10.0.0.0/8'],
    ['fd00::1', 'localhost,127.0.0.1,fd00::1,[fd00::1]'],
    [
      'https://registry.corp.example:5000/',
      'localhost,127.0.0.1,registry.corp.example,.registry.corp.example',
    ],
    ['bücher.example', 'localhost,127.0.0.1,xn--bcher-kva.example,.xn--bcher-kva.example'],
    [' * ', '*'],
    ['010.*,256.*', ''],
    ['', ''],
  ])('rewrites %s', (value, want) => {
    expect(makePortable(value).value).toBe(want);
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z0-9.*:/-]{1,20}$/)), (entries) => {
        const once = makePortable(entries.join(',')).value;
        expect(makePortable(once).value).toBe(once);
      }),
    );
  });

  it.each(['corp.example', 'git.corp.example'])(
    'reaches %s in all clients that read a list',
    (host) => {
      const { value } = makePortable('corp.example');
      const missing = ids.filter(
        (id) => id !== 'java' && id !== 'busybox-wget' && !covers(id, value, `https://${host}/`),
      );
      expect(missing).toEqual([]);
    },
  );
});

describe('Docker Desktop and Java', () => {
  it.each([
    ['docker.com', 'docker.com', true],
    ['docker.com', 'a.docker.com', true],
    ['*.docker.com', 'docker.com', false],
    ['.docker.com', 'a.b.docker.com', true],
    ['10.0.0.0/8', '10.1.2.3', true],
    ['*', '10.1.2.3', false],
    ['Docker.com', 'docker.com', false],
    ['registry-1.docker.com,*.docker.com,10.0.0.0/8', 'registry-1.docker.io', false],
  ])('Desktop list %s and %s', (list, host, want) => {
    expect(desktopBypasses(list, host)).toBe(want);
  });

  it('converts both ways', () => {
    expect(toDesktop('.corp.example,registry:5000,fd00::1,10.*').value).toBe(
      '*.corp.example,registry,10.0.0.0/8',
    );
    expect(fromDesktop('docker.com *.corp.example,10.0.0.0/8').value).toBe(
      'docker.com,.docker.com,.corp.example,10.0.0.0/8',
    );
  });

  it('writes nonProxyHosts and says what has no form', () => {
    expect(
      toNonProxyHosts('localhost,.corp.example:443,10.0.0.0/8,172.16.0.0/12,fd00::/8:80'),
    ).toEqual({
      value: 'localhost|*.corp.example|10.*',
      lost: ['172.16.0.0/12', 'fd00::/8:80'],
      portless: ['.corp.example:443'],
    });
  });
});

describe('extractVariables', () => {
  const both = (values: Record<string, string>) =>
    Object.fromEntries(
      Object.entries(values).flatMap(([name, value]) => [
        [name.toUpperCase(), value],
        [name, value],
      ]),
    );
  it.each([
    [
      'env',
      'PATH=/bin\nHTTP_PROXY=http://p:1\nno_proxy=a, b\n',
      { HTTP_PROXY: 'http://p:1', no_proxy: 'a, b' },
    ],
    [
      'env',
      'export https_proxy="http://p:1" NO_PROXY=x',
      { https_proxy: 'http://p:1', NO_PROXY: 'x' },
    ],
    [
      'docker-info',
      ' HTTP Proxy: http://p:1\n HTTPS Proxy: http://p:2\n No Proxy: a,b\n',
      both({ http_proxy: 'http://p:1', https_proxy: 'http://p:2', no_proxy: 'a,b' }),
    ],
    [
      'systemctl',
      'Environment=HTTP_PROXY=http://p:1 "NO_PROXY=a, b"',
      { HTTP_PROXY: 'http://p:1', NO_PROXY: 'a, b' },
    ],
    [
      'drop-in',
      '[Service]\nEnvironment="HTTPS_PROXY=http://u:p%%40@p:1"\n',
      { HTTPS_PROXY: 'http://u:p%40@p:1' },
    ],
    [
      'daemon.json',
      '{"proxies":{"http-proxy":"http://p:1","no-proxy":"a"}}',
      both({ http_proxy: 'http://p:1', no_proxy: 'a' }),
    ],
    [
      'config.json',
      '{"proxies":{"default":{"httpsProxy":"http://p:1","noProxy":"a"}}}',
      both({ https_proxy: 'http://p:1', no_proxy: 'a' }),
    ],
    [
      'daemon.json',
      '{ // mine\n  "proxies": { "http-proxy": "http://p:1", }\n}',
      both({ http_proxy: 'http://p:1' }),
    ],
    [
      'drop-in',
      '[Service]\nEnvironment="A=%40" "HTTP_PROXY=http://p:1"\nEnvironment=\nEnvironment=NO_PROXY=a',
      { NO_PROXY: 'a' },
    ],
    [
      'env',
      'export http_proxy="http://p:1"; export https_proxy=$http_proxy\nexport HTTPS_PROXY=$https_proxy',
      { http_proxy: 'http://p:1', https_proxy: 'http://p:1', HTTPS_PROXY: 'http://p:1' },
    ],
    ['inspect', '["PATH=/bin","no_proxy=a"]', { no_proxy: 'a' }],
    ['inspect', '{"Config":{"Env":["no_proxy=a"]}}', { no_proxy: 'a' }],
    ['daemon.json', '$ cat daemon.json\n{"proxies":{"no-proxy":"a"}}\n$ ', both({ no_proxy: 'a' })],
    ['daemon.json', '"proxies": {\n  "no-proxy": "a"\n}', both({ no_proxy: 'a' })],
    [
      'env',
      '  "HTTP_PROXY=http://p:1",\n  "NO_PROXY=a,b",',
      { HTTP_PROXY: 'http://p:1', NO_PROXY: 'a,b' },
    ],
    ['env', '$env:HTTP_PROXY = "http://p:1"', { HTTP_PROXY: 'http://p:1' }],
    ['env', 'setx NO_PROXY "a, b" /M', { NO_PROXY: 'a, b' }],
    [
      'dockerfile',
      'ENV HTTP_PROXY=http://p:1 NO_PROXY=a',
      { HTTP_PROXY: 'http://p:1', NO_PROXY: 'a' },
    ],
    ['compose', 'environment:\n  HTTP_PROXY: "http://p:1"\n', { HTTP_PROXY: 'http://p:1' }],
  ])('reads %s', (source, text, variables) => {
    expect(extractVariables(text)).toMatchObject({ source, variables });
  });

  it.each([
    ['[Service]\nEnvironment="HTTP_PROXY=http://u:p%40@p:1" "NO_PROXY=a"\n', 'HTTP_PROXY', '%'],
    ['[Service]\nEnvironment=NO_PROXY=a, b\n', 'b', '名字=值'],
    ['{"proxies":{"no-proxy":"a",}}', 'x', '不会启动'],
    ['{"proxies":{"default":{"noProxy":"a"},}}', 'x', '忽略整个文件'],
  ])('says what becomes of %s', (text, lost, words) => {
    const extracted = extractVariables(text);
    expect(extracted?.variables).not.toHaveProperty(lost);
    expect(extracted?.notes.join('')).toContain(words);
  });

  it('finds nothing where nothing is, and never throws', () => {
    expect(extractVariables('hello')).toBeUndefined();
    fc.assert(fc.property(fc.string(), (text) => void extractVariables(text)));
  });
});

describe('parseTargets', () => {
  it('gives each row a name', () => {
    const text = 'https://\nhttp://\nhttps:///x\nhttps://user@\na.example\nnginx';
    for (const { label } of parseTargets(text).targets) expect(label).not.toBe('');
  });

  it('stops at more rows than anyone reads, and says where', () => {
    const text = Array.from({ length: 600 }, (_, i) => `h${i}.example`).join('\n');
    const { targets, problems } = parseTargets(text);
    expect(targets).toHaveLength(500);
    expect(problems).toEqual([
      { line: 500, text: 'h500.example', message: expect.stringContaining('前 500 个') },
    ]);
  });

  it('takes what has a digest for an image', () => {
    const { targets, problems } = parseTargets('ghcr.io/a/b@sha256:deadbeef');
    expect([targets.length, problems.length]).toEqual([0, 1]);
  });

  const urls = (text: string) => parseTargets(text).targets.map(({ url }) => url);
  it.each([
    ['git.corp.example', ['https://git.corp.example/']],
    ['registry.corp.example:5000', ['https://registry.corp.example:5000/']],
    ['10.0.0.5:80', ['http://10.0.0.5:80/']],
    ['fd00::1', ['https://[fd00::1]/']],
    ['http://a.example/x', ['http://a.example/x']],
    [
      'ghcr.io/a/b:1',
      ['https://ghcr.io/v2/a/b/manifests/1', 'https://pkg-containers.githubusercontent.com/'],
    ],
  ])('reads %s', (text, want) => {
    expect(urls(text)).toEqual(want);
  });

  it('expands an image of Docker Hub, mirrors first', () => {
    const { targets } = parseTargets('docker pull nginx:1.27', { mirrors: ['https://m.example'] });
    expect(targets.map(({ label }) => label).slice(0, 3)).toEqual([
      'm.example',
      'registry-1.docker.io',
      'auth.docker.io',
    ]);
  });

  it.each(['ftp://a.example/', 'two words', 'UPPER/Case'])('says what is wrong with %s', (text) => {
    expect(parseTargets(text).problems).toHaveLength(1);
  });

  it('warns of a name that mixes look-alike letters, and keeps the target', () => {
    const { targets, problems } = parseTargets(
      'https://\u0430pple.example/\nhttps://пример.example/',
    );
    expect(targets).toHaveLength(2);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).toContain('西里尔');
  });
});

describe('explanations', () => {
  it.each([
    ['curl', '*.corp.example', 'https://git.corp.example/', '`*.`'],
    ['go', '.corp.example', 'https://corp.example/', '以点开头'],
    ['wget', '10.0.0.0/8', 'http://10.1.2.3/', '网段'],
    ['curl', 'corp.example:5000', 'https://corp.example:5000/', '端口'],
    ['apt', 'x.test, corp.example', 'http://corp.example/', '空白'],
    ['go', '[fd00::1]', 'http://[fd00::1]/', '方括号'],
    ['npm', 'CORP.example', 'http://corp.example/', '大小写'],
    ['busybox-wget', 'corp.example', 'http://corp.example/', 'BusyBox'],
    ['go', 'corp.example', 'https://corp.example./', '末尾有一个点'],
    ['ruby', 'corp.example', 'https://git.corp.example.:8443/', '末尾有一个点'],
    ['curl', '*,corp.example', 'http://other.test/', '整个值就是一个'],
    ['go', '10.0.0.0/33', 'http://10.1.2.3/', '最大是 32'],
    ['go', 'fd00::1/129', 'http://[fd00::1]/', '最大是 128'],
    ['wget', 'fd00:0:0::1', 'http://[fd00::1]/', '最短的小写形式'],
    ['npm', 'fd00:0:0::1', 'http://[fd00::1]/', '要带方括号'],
    ['apk', '2001:db8:aaaa:bbbb:cccc:dd:ee:ffff/32', 'http://[2001:db8::1]/', '32 个字符'],
    ['apt', '127.0.0.1', 'http://0x7f.1/', '只比较文字'],
    ['java', 'corp.example', 'https://git.corp.example/', '`*.corp.example`'],
    ['java', 'x.test,*.corp.example', 'https://git.corp.example/', '逗号不是分隔符'],
  ] as [ClientId, string, string, string][])('%s: why %s misses %s', (client, list, url, word) => {
    expect(decide(client, probeEnvironment(client, list), url).route).toBe('proxy');
    expect(nearMisses(client, list, url)[0]?.why).toContain(word);
  });

  it.each([
    ['axios', 'GIT.Corp.Example', 'https://git.corp.example/', 'no_proxy 里的「GIT.Corp.Example」'],
    ['node-http', 'x, GIT.Corp.Example', 'https://git.corp.example/', '「GIT.Corp.Example」'],
    ['proxy-from-env', '*.Corp.Example', 'https://git.corp.example/', '「*.Corp.Example」'],
    ['wget', 'x.test,', 'http://git.corp.example./', '空项'],
    ['java', 'x.test', 'http://127.0.0.1/', 'Java 自带的默认列表里有「127.*」'],
    ['java', '127.*', 'http://127.0.0.1/', 'http.nonProxyHosts 里的「127.*」'],
  ] as [ClientId, string, string, string][])(
    '%s: names what decided in %s',
    (client, list, url, words) => {
      const decision = decide(client, probeEnvironment(client, list), url);
      expect(decision.route).toBe('direct');
      expect(explainDecision(client, decision)).toContain(words);
    },
  );

  it.each([
    ['npm', 'http://a.test:99999/', '不合 URL 的写法（Invalid URL）'],
    ['curl', 'http://a.test:x/', '端口写得不对（bad port number）'],
    ['python-requests', 'http://a.test:99999/', '端口写得不对（not a valid port）'],
    ['go', 'ftp://a.test/', '协议不对'],
    ['wget', 'http://[::g]/', 'IPv6 地址写得不对'],
    ['ruby', 'http://bücher.example/', '非 ASCII 字符（'],
    ['curl', 'http://-é.example/', 'punycode'],
    ['go', 'http://a.test/%zz', '十六进制'],
    ['go', 'http://a\x01.test/', '控制字符'],
    ['node-fetch', 'http://u:p@a.test/', '用户名和密码'],
    ['curl', 'http://', '没有主机名'],
    ['curl', 'http://a"b.test/', '不允许的字符'],
    ['node-http', 'http://a b.test/', '不合 URL 的写法（Invalid URL）'],
  ] as [ClientId, string, string][])('%s: says what is wrong with %j', (client, url, words) => {
    const decision = decide(client, probeEnvironment(client, 'x.test'), url);
    expect(decision.route).toBe('error');
    expect(explainDecision(client, decision)).toContain(words);
  });

  it('probes an address outside a network only where there is one', () => {
    const labels = (entry: string) => coverageOf(entry, ['go']).map(({ probe }) => probe.label);
    expect(labels('10.0.0.0/8')).toContain('网段外的地址');
    expect(labels('0.0.0.0/0')).not.toContain('网段外的地址');
  });

  it('shows what an entry covers', () => {
    const [apex, below, alike] = coverageOf('.corp.example', ['go', 'curl', 'apt']);
    expect(apex?.covered).toEqual([false, true, false]);
    expect(below?.covered).toEqual([true, true, true]);
    expect(alike?.covered).toEqual([false, false, false]);
  });
});

describe('every client', () => {
  const url = fc.oneof(
    fc.webUrl(),
    fc.string(),
    fc.stringMatching(/^https?:\/\/[a-z0-9.:[\]@%-]{0,20}\/?$/),
  );
  const list = fc.oneof(fc.string(), fc.stringMatching(/^[a-z0-9.*:/, [\]-]{0,40}$/));

  it.each(ids)('%s answers anything', (client) => {
    fc.assert(
      fc.property(list, fc.string(), url, (noProxy, proxy, target) => {
        const env = { ...probeEnvironment(client, noProxy), http_proxy: proxy };
        const first = decide(client, env, target);
        expect(['proxy', 'direct', 'error']).toContain(first.route);
        expect(compile(client, env)(target)).toEqual(first);
      }),
      { numRuns: 60 },
    );
  });

  // Where the sources agree, so must the matchers.
  const name = fc.stringMatching(/^[a-z][a-z0-9]{0,6}(\.[a-z][a-z0-9]{0,6}){1,3}$/);
  it('agrees with all that take a plain name for itself', () => {
    fc.assert(
      fc.property(name, (host) => {
        const routes = ids
          .filter((id) => id !== 'busybox-wget')
          .map((id) => decide(id, probeEnvironment(id, host), `https://${host}/`).route);
        expect(new Set(routes)).toEqual(new Set(['direct']));
      }),
    );
  });

  it('of one family agrees on lists of names', () => {
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 4 }), name, (names, host) => {
        const value = names.join(',');
        const route = (id: ClientId) =>
          decide(id, probeEnvironment(id, value), `https://${host}/`).route;
        expect(route('curl-8.14')).toBe(route('curl'));
        expect(route('curl-7.88')).toBe(route('curl'));
        expect(route('git')).toBe(route('curl'));
        expect(route('go-1.24.0')).toBe(route('go'));
        expect(route('apk')).toBe(route('apt'));
        expect(route('proxy-from-env-1')).toBe(route('proxy-from-env'));
        expect(route('ruby-net-http')).toBe(route('ruby'));
        expect(route('python-requests')).toBe(route('python-urllib'));
      }),
    );
  });
});
