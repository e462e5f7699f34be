import fc from 'fast-check';
import type { ProxyEnv } from '../../src/core/noproxy/index.ts';

/** One question to every client. */
export interface Case {
  id: string;
  /** What kind of case it is, for the report. */
  group: string;
  url: string;
  /** Each that is no null is set in both letter cases, unless `env` brings the whole environment. */
  no_proxy: string | null;
  http_proxy: string | null;
  https_proxy: string | null;
  env?: Record<string, string>;
  /** What the resolver knows beyond localhost and the proxy. */
  resolve?: Record<string, string>;
}

type Question = Omit<Case, 'id' | 'group'>;

export const HTTP = 'http://proxy.corp.example:3128';
export const HTTPS = 'http://proxy.corp.example:3129';

const of = fc.constantFrom<string[]>;
const joined = (...parts: fc.Arbitrary<string>[]): fc.Arbitrary<string> =>
  fc.tuple(...parts).map((texts) => texts.join(''));
/** As often as it says in front: `[5, x], [1, y]`. */
const mixed = (...parts: [number, fc.Arbitrary<string>][]): fc.Arbitrary<string> =>
  fc.oneof(...parts.map(([weight, arbitrary]) => ({ weight, arbitrary })));

const domain = of(
  'acme.test',
  'acme.test',
  'git.acme.test',
  'registry.acme.test',
  'my_registry.acme.test',
  'a-b.acme.test',
  'other.test',
  'registry',
  'localhost',
  'localhost.localdomain',
  'db',
  'test',
  'svc.cluster.local',
  'host.docker.internal',
  'docker.io',
  '1password.test',
  '10.example',
  '0.0.5',
);
const idn = of(
  'bücher.example',
  'BÜCHER.example',
  'xn--bcher-kva.example',
  'XN--BCHER-KVA.example',
  'bu\u0308cher.example',
  'straße.test',
  'ｇｉｔ.acme.test',
  '例え.test',
  '仓库.公司.test',
  '例え。test',
  'xn--r8jz45g.test',
  'ı.test',
  'ΑΣ.test',
  'аcme.test',
  'xn--a.test',
  'faß.test',
);
const ipv4 = of(
  '10.0.0.5',
  '10.0.0.5',
  '10.1.2.3',
  '10.255.255.255',
  '110.0.0.5',
  '11.0.0.1',
  '127.0.0.1',
  '127.0.0.53',
  '128.0.0.1',
  '172.16.0.1',
  '172.31.255.255',
  '172.32.0.1',
  '192.168.1.15',
  '192.168.1.200',
  '169.254.169.254',
  '0.0.0.0',
  '255.255.255.255',
);
const oddIPv4 = of(
  '127.1',
  '10.5',
  '10.0.5',
  '0x7f000001',
  '0x7f.1',
  '0X7F.0.0.1',
  '2130706433',
  '167772165',
  '017700000001',
  '010.0.0.5',
  '10.0.0.05',
  '10.0.0.256',
  '10.0.0.5.',
  '1.2.3.4.5',
  '256.1.1.1',
  '4294967296',
  '0',
  '1',
  '0x',
  '10.0.0.0x5',
  '10..0.5',
  '08.0.0.1',
);
const ipv6 = of(
  '::1',
  '::1',
  '::2',
  '::',
  '0:0:0:0:0:0:0:1',
  '0000:0000::0001',
  'fd00::1',
  'fd00::1',
  'FD00::1',
  'fd00:0:0::1',
  'fd12:3456::1',
  '2001:DB8::1',
  '2001:db8::1',
  '2001:db8:0:0:1:0:0:1',
  '2001:db8:7fff::1',
  '2001:db8:8000::1',
  '::ffff:10.0.0.5',
  '::ffff:a00:5',
  '::FFFF:10.0.0.5',
  '::ffff:127.0.0.1',
  '::10.0.0.5',
  '64:ff9b::10.0.0.5',
  'fe80::1',
);
const zoned = of(
  'fe80::1%eth0',
  'fe80::1%25eth0',
  'fe80::1%25.acme.test',
  'fe80::1%25git.acme.test',
  'FE80::1%25ETH0',
  '::1%25lo',
  '::1%lo',
  'fe80::1%',
  'fe80::1%25',
);
const badIPv6 = of('::g', '1::2::3', '1:2:3:4:5:6:7', 'fd00::1::', ':::', '12345::1', ':1', '1:');

const port = of('', '', '', ':443', ':80', ':5000', ':8443');
const oddPort = of(
  ':05000',
  ':',
  ':0',
  ':65535',
  ':65536',
  ':99999',
  ':abc',
  ':50x',
  ':+80',
  ':-1',
);

const cidr4 = joined(
  mixed(
    [5, ipv4],
    [1, of('10', '10.0', '10.0.0', '010.0.0.0', '0.0.0.0', '10.0.0.0')],
    [1, oddIPv4],
  ),
  of('/', '/'),
  of(
    '8',
    '8',
    '16',
    '24',
    '32',
    '0',
    '1',
    '12',
    '31',
    '33',
    '08',
    '+8',
    '-1',
    ' 8',
    '8 ',
    '8x',
    '8:5000',
    '',
    '128',
    '255.0.0.0',
    '255.255.0.0',
    '0.255.255.255',
    '8/8',
    '4294967304',
  ),
);
const cidr6 = joined(
  mixed([5, ipv6], [1, of('[fd00::]', 'fd00:', 'fd00::', '::')], [1, zoned]),
  of(
    '/8',
    '/16',
    '/32',
    '/33',
    '/64',
    '/127',
    '/128',
    '/129',
    '/0',
    '/1',
    '/',
    '/08',
    '/8x',
    '/8:5000',
  ),
);
const bracketedCidr6 = ipv6.map((ip) => `[${ip}/32]`);

const nameEntry = joined(
  of('', '', '', '.', '.', '*.', '*.', '*', '..', '*.*.', '?.', '.*.', '**.', '-', '_'),
  mixed(
    [8, domain],
    [1, idn],
    [1, of('ACME.test', 'Git.ACME.Test', 'LOCALHOST', 'acme.test/', 'acme')],
  ),
  of('', '', '', '', '.', '..', '.*', '*'),
  mixed([5, port], [1, oddPort]),
);
const oddEntry = of(
  '*',
  '*.',
  '.*',
  '.',
  '..',
  '*:443',
  '*:5000',
  ':5000',
  '5000',
  '10.*',
  '10.0.*',
  '192.168.*.*',
  '127.*',
  '*.0.0.5',
  '.0.0.5',
  '0.0.5',
  '5',
  'git*.acme.test',
  'git.*',
  'g?t.acme.test',
  '/acme/',
  '^.*acme\\.test$',
  '<local>',
  '<-loopback>',
  'http://acme.test',
  'https://git.acme.test:8443',
  'http://git.acme.test/',
  '//git.acme.test',
  'http',
  'user@acme.test',
  'user:pw@git.acme.test:5000',
  '"acme.test"',
  "'git.acme.test'",
  '"acme.test',
  '`acme.test`',
  'acme.test#comment',
  'acme.test?',
  'acme%2etest',
  '%61cme.test',
  'acme\\.test',
  '$NO_PROXY',
  '~acme.test',
  '!acme.test',
  'acme.test=1',
  'acme,.test',
  'Ａcme.test',
  'acme\u00a0test',
  '\u00a0acme.test',
  'acme.test\u00a0',
  '\u3000git.acme.test',
  '\ufeffacme.test',
  '\u200bacme.test',
  'xn--',
  '[::1',
  '::1]',
  '[]',
  '[10.0.0.5]',
  '[acme.test]',
  '10.0.0.5-10.0.0.9',
);
const range = of(
  '192.168.1.10-192.168.1.20',
  '192.168.1.10 - 192.168.1.20',
  '192.168.1.20-192.168.1.10',
  '192.168.1.15-192.168.1.15',
  '10.0.0.1-10.255.255.255',
  '10.0.0.1-10',
  '192.168.1.10-20',
  '0.0.0.0-255.255.255.255',
  '-192.168.1.20',
  '192.168.1.10-',
  '192.168.1.10-192.168.1.20:80',
  '::1-::5',
  'a-b',
);
const v6Entry = fc
  .tuple(mixed([6, ipv6], [2, zoned], [1, badIPv6]), fc.nat({ max: 3 }), port)
  .map(([ip, form, at]) =>
    form === 0 ? `[${ip}]${at}` : form === 1 ? `${ip}${at}` : form === 2 ? ip : `[${ip}]`,
  );
const v4Entry = joined(
  of('', '', '', '.', '*', '*.'),
  mixed([5, ipv4], [2, oddIPv4]),
  of('', '', '', '.'),
  mixed([6, port], [1, oddPort]),
);
const entry = mixed(
  [6, nameEntry],
  [2, v4Entry],
  [2, v6Entry],
  [2, cidr4],
  [1, cidr6],
  [2, oddEntry],
  [1, range],
);

const separator = of(
  ...[
    ',',
    ',',
    ',',
    ',',
    ',',
    ', ',
    ' ,',
    ' , ',
    ' ',
    '  ',
    '\t',
    ',\t',
    '\t,',
    '\n',
    ',\n',
    '\r\n',
    ';',
    '; ',
    '|',
    ',,',
    ', ,',
    ':',
    '/',
    '，',
    '、',
    '；',
    '\u00a0',
    ',\u00a0',
    '\u3000',
    '\v',
    '\f',
    '+',
    '&',
  ],
);
const edge = of('', '', '', '', '', '', ' ', ',', ', ', '\t', '"', "'", '\n', ';', '\u00a0');
const list = (of: fc.Arbitrary<string>, max = 4): fc.Arbitrary<string> =>
  fc
    .tuple(edge, of, fc.array(fc.tuple(separator, of), { maxLength: max }), edge)
    .map(
      ([before, first, rest, after]) =>
        before + first + rest.map((parts) => parts.join('')).join('') + after,
    );

/** Lists as they are met in documentation and in the field. */
const fieldList = of(
  'localhost,127.0.0.1,.acme.test,10.0.0.0/8,*.svc.cluster.local,registry.acme.test:5000,host.docker.internal',
  'localhost, 127.0.0.1, acme.test, 192.168.0.0/16',
  '*.acme.test,*.internal,169.254.169.254,metadata.google.internal',
  '127.0.0.0/8,10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,.local,.internal',
  'localhost,127.0.0.1,10.96.0.0/12,192.168.59.0/24,192.168.49.0/24,.svc,.cluster.local',
  '.cluster.local,.svc,10.128.0.0/14,127.0.0.1,172.30.0.0/16,api-int.ocp.acme.test,localhost',
  'localhost;127.*;10.*;*.acme.test;<local>',
  'localhost,db,redis,minio,web',
  '*.test.example.com,.example.org,127.0.0.0/8',
  'registry-1.docker.com,*.docker.com,10.0.0.0/8',
  'docker.io,ghcr.io,quay.io,.gcr.io,mcr.microsoft.com',
  'http://registry.acme.test:5000,https://nexus.acme.test,//mirror.acme.test',
  '"localhost","acme.test"',
  "'localhost,127.0.0.1,.acme.test'",
  'localhost,127.0.0.1,::1,fd00::/8,.acme.test,registry.acme.test',
  'localhost 127.0.0.1 .acme.test 10.0.0.0/8',
  'localhost|127.*|*.acme.test|10.*',
  'localhost,127.0.0.1,192.168.*,10.*,.acme.test',
  'localhost,127.0.0.1\n.acme.test,10.0.0.0/8\n',
  '.acme.test,acme.test,.other.test,other.test',
  ' localhost,.acme.test ',
  'localhost,127.0.0.1,localhost.localdomain,192.168.1.0/24,acme.test.',
);
const fieldHost = of(
  'acme.test',
  'git.acme.test',
  'a.b.acme.test',
  'notacme.test',
  'registry.acme.test',
  'nexus.acme.test',
  'localhost',
  '127.0.0.1',
  '10.1.2.3',
  '11.0.0.1',
  '192.168.49.2',
  '192.168.1.15',
  '172.20.0.3',
  '172.30.0.1',
  'db',
  'web',
  'intranet',
  'local',
  'svc.cluster.local',
  'web.default.svc.cluster.local',
  'web.default.svc',
  'www.example.org',
  'example.org',
  'api.test.example.com',
  'test.example.com',
  'registry-1.docker.io',
  'auth.docker.io',
  'production.cloudflare.docker.com',
  'docker.com',
  'docker.io',
  'ghcr.io',
  'pkg.ghcr.io',
  'eu.gcr.io',
  'gcr.io',
  'notquay.io',
  'metadata.google.internal',
  '169.254.169.254',
  'host.docker.internal',
  '[::1]',
  '[fd12::1]',
  '[2001:db8::5]',
  'api-int.ocp.acme.test',
  'registry.other.test',
  'mirror.acme.test',
);

const scheme = of('http', 'https');
const path = of('/', '/', '/', '', '/v2/', '/a%20b?x=1', '?x=1', '#f');
const urls = (host: fc.Arbitrary<string>, at: fc.Arbitrary<string> = port): fc.Arbitrary<string> =>
  fc
    .tuple(scheme, host, at, path)
    .map(([how, name, where, rest]) => `${how}://${name}${where}${rest}`);
const nameHost = joined(
  of('', '', '', 'www.', 'not', 'a.b.', 'git.', 'eu.', '.'),
  mixed([9, domain], [1, idn]),
  of('', '', '', '', '', '', '.', '..'),
);
const plainUrl = urls(nameHost, mixed([9, port], [1, oddPort]));
const v4Url = urls(mixed([3, ipv4], [2, oddIPv4]));
const v6Url = urls(
  mixed(
    [6, ipv6.map((ip) => `[${ip}]`)],
    [2, zoned.map((ip) => `[${ip}]`)],
    [1, badIPv6.map((ip) => `[${ip}]`)],
    [1, ipv6],
  ),
);
const anyUrl = mixed([5, plainUrl], [2, v4Url], [2, v6Url]);
const caseUrl = of(
  'https://GIT.Acme.Test/',
  'http://LOCALHOST:5000/',
  'http://LocalHost/',
  'HTTP://git.acme.test/',
  'HTTPS://ACME.TEST/',
  'Https://Git.acme.test:5000/',
  'http://[FD00::1]/',
  'http://[2001:DB8::1]/',
  'https://REGISTRY.ACME.TEST:8443/v2/',
);
const oddUrl = of(
  'http://user@git.acme.test/',
  'https://user:pw@git.acme.test:5000/',
  'https://user:p%40ss@acme.test/',
  'http://user:@acme.test/',
  'http://git.acme.test@other.test/',
  'http://other.test:80@git.acme.test/',
  'http://a@b@git.acme.test/',
  'http://git.acme.test:80:80/',
  'http://git.acme.test?x=1',
  'http://git.acme.test#x',
  'http://git.acme.test/?u=http://other.test/',
  'http://git.acme.test//',
  'https:///git.acme.test/',
  'https:/git.acme.test/',
  'https:git.acme.test',
  'http:///',
  'http://',
  'http:',
  '//git.acme.test/',
  'git.acme.test',
  'git.acme.test:5000',
  'git.acme.test:443',
  'ftp://git.acme.test/',
  'ws://git.acme.test/',
  'socks5://git.acme.test/',
  'htp://git.acme.test/',
  'httpss://acme.test/',
  'http://%67it.acme.test/',
  'http://git%2eacme.test/',
  'http://git.acme%2Etest/',
  'http://git%20a.acme.test/',
  'http://git.acme.test%00/',
  'http://%zz.acme.test/',
  'http://git.acme.test%2f/',
  'http://git_x.acme.test/',
  'http://-git.acme.test/',
  'http://git-.acme.test/',
  'http://_.acme.test/',
  'http://g!t.acme.test/',
  "http://g't.acme.test/",
  'http://g*t.acme.test/',
  'http://*.acme.test/',
  'http://g,t.acme.test/',
  'http://g;t.acme.test/',
  'http://g$t.acme.test/',
  'http://g|t.acme.test/',
  'http://g^t.acme.test/',
  'http://g<t.acme.test/',
  'http://g"t.acme.test/',
  'http://g{t}.acme.test/',
  'http://g~t.acme.test/',
  'http://g+t.acme.test/',
  'http://g=t.acme.test/',
  'http://g&t.acme.test/',
  'http://(git).acme.test/',
  'http://g`t.acme.test/',
  'http://git.acme.test\\/',
  'http://git.acme.test\\@other.test/',
  'http:\\\\git.acme.test\\',
  'http://other.test\\.acme.test/',
  ' http://git.acme.test/',
  'http://git.acme.test/ ',
  'http://git acme.test/',
  'http://git.acme.test /',
  '\thttp://git.acme.test/',
  'http://git.ac\tme.test/',
  'http://git.ac\nme.test/',
  'http://git.acme.test\n/',
  'http://./',
  'http://../',
  'http://.acme.test/',
  'http://git..acme.test/',
  'http://acme.test../',
  'http://[git.acme.test]/',
  'http://[::1/',
  'http://::1/',
  'http://[::1]x/',
  'http://[::1]:/',
  'http://[::1]:x/',
  'http://x[::1]/',
  'http://[10.0.0.5]/',
  'http://[]/',
  'http://10.0.0.5%2f8/',
  'http://10.0.0.5:080/',
  'http://git.acme.test:00443/',
  'https://git.acme.test:0/',
  'https://git.acme.test:65536/',
  'https://git.acme.test:4 43/',
  'https://git.acme.test:٤٤٣/',
  'http://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.acme.test/',
  `http://${'a.'.repeat(127)}acme.test/`,
  `http://${'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.'.repeat(5)}acme.test/`,
  'http://git.acme.test/\u4f60',
  'http://git.acme.test/a b',
  'http://git.acme.test/%zz',
  'http://git.acme.test/[x]',
  'http://git.acme.test/"x"',
  'http://git.acme.test/?q=a b',
  'http://git.acme.test/|',
  'http://git.acme.test/\u0024{x}',
  'http://1/',
  'http://0/',
  'http://1.2.3.4.5/',
  'http://0x7f.0.0.1/',
  'http://127.0.0.1./',
  'http://LOCALHOST./',
  'http://localhost.:5000/',
  'http://foo.localhost/',
  'http://localhost6/',
  'http://127.0.0.1.acme.test/',
  'http://localhost.acme.test/',
  'http://ⓖit.acme.test/',
  'http://git。acme.test/',
  'http://git\u00adx.acme.test/',
  'http://git\u200b.acme.test/',
  'http://１０.0.0.5/',
  'http://\u212aelvin.test/',
  'http://xn--zz.acme.test/',
  'http://ä_ö.acme.test/',
  'http://☃.acme.test/',
  'http://\u{1f600}.acme.test/',
);
const proxyValue = of(
  '',
  ' ',
  'proxy.corp.example:3128',
  'proxy.corp.example',
  'http://proxy.corp.example',
  'http://proxy.corp.example/',
  'http://proxy.corp.example:3128/',
  'http://proxy.corp.example:3128/path',
  'http://proxy.corp.example:3128?x=1',
  'http://proxy.corp.example:3128#f',
  'HTTP://proxy.corp.example:3128',
  'Http://PROXY.corp.example:3128',
  'https://proxy.corp.example:3128',
  'https://proxy.corp.example',
  'HTTPS://proxy.corp.example:3128',
  'socks5://proxy.corp.example:1080',
  'socks5h://proxy.corp.example:1080',
  'socks4://proxy.corp.example:1080',
  'socks4a://proxy.corp.example:1080',
  'socks://proxy.corp.example:1080',
  'SOCKS5://proxy.corp.example:1080',
  'socks5://proxy.corp.example',
  'socks5://user:pw@proxy.corp.example:1080',
  'ftp://proxy.corp.example:3128',
  'foo://proxy.corp.example:3128',
  'htp://proxy.corp.example:3128',
  'tcp://proxy.corp.example:3128',
  'http://user:pass@proxy.corp.example:3128',
  'http://user@proxy.corp.example:3128',
  'http://user:p%40ss@proxy.corp.example:3128/',
  'http://user:p@ss@proxy.corp.example:3128',
  'http://user:pa#ss@proxy.corp.example:3128',
  'http://user:pa/ss@proxy.corp.example:3128',
  'http://user:pa?ss@proxy.corp.example:3128',
  'http://user:pa%ss@proxy.corp.example:3128',
  'http://user:pa ss@proxy.corp.example:3128',
  'http://us\\er:pass@proxy.corp.example:3128',
  'http://:@proxy.corp.example:3128',
  'http://DOM\\user:pw@proxy.corp.example:3128',
  'user:pass@proxy.corp.example:3128',
  'http://user:密码@proxy.corp.example:3128',
  'http://user:p:w@proxy.corp.example:3128',
  'http://user:pa[ss@proxy.corp.example:3128',
  'http://%zz:pw@proxy.corp.example:3128',
  'http://proxy.corp.example:3128 ',
  ' http://proxy.corp.example:3128',
  '"http://proxy.corp.example:3128"',
  "'http://proxy.corp.example:3128'",
  'http://proxy.corp.example:3128\n',
  'http://proxy.corp.example:3128,',
  'http://proxy.corp.example:3128;',
  '\thttp://proxy.corp.example:3128',
  '\u00a0http://proxy.corp.example:3128',
  'http:// proxy.corp.example:3128',
  'http://proxy.corp.example :3128',
  'http://proxy.corp.example: 3128',
  'http：//proxy.corp.example:3128',
  'http://proxy.corp.example：3128',
  'http:/proxy.corp.example:3128',
  'http:proxy.corp.example:3128',
  '//proxy.corp.example:3128',
  'http//proxy.corp.example:3128',
  'http:///proxy.corp.example:3128',
  'http://http://proxy.corp.example:3128',
  'http:\\\\proxy.corp.example:3128',
  'http://',
  'http:',
  '://',
  ':3128',
  'http://:3128',
  '/',
  '.',
  'none',
  'direct',
  'false',
  '0',
  'off',
  'null',
  '-',
  'http://proxy.corp.example:',
  'http://proxy.corp.example:0',
  'http://proxy.corp.example:03128',
  'http://proxy.corp.example:99999',
  'http://proxy.corp.example:65536',
  'http://proxy.corp.example:abc',
  'http://proxy.corp.example:31 28',
  'http://proxy.corp.example:3128x',
  'http://proxy.corp.example:-1',
  'proxy.corp.example:abc',
  'proxy.corp.example:',
  'http://127.0.0.2:3128',
  '127.0.0.2:3128',
  'http://0x7f.2:3128',
  'http://[::ffff:127.0.0.2]:3128',
  'http://[::1',
  'http://[::1]x:3128',
  'http://[fe80::1%25lo]:3128',
  'http://pro_xy.corp.example:3128',
  'http://pröxy.corp.example:3128',
  'http://%70roxy.corp.example:3128',
  'http://proxy..corp.example:3128',
  'http://proxy.corp.example:3128:3128',
  'http://a b',
  'http://proxy.corp.example|x:3128',
  'http://proxy.corp.example<:3128',
  'DIRECT',
  'DIRECT://x',
);

const both = {
  http_proxy: fc.constant<string | null>(HTTP),
  https_proxy: fc.constant<string | null>(HTTPS),
};
const asks = (
  no_proxy: fc.Arbitrary<string | null>,
  url: fc.Arbitrary<string>,
): fc.Arbitrary<Question> => fc.record({ no_proxy, ...both, url });

/** A URL of the very host that an entry names, or of one near it. */
const nearTo = (text: string): fc.Arbitrary<string> => {
  const bare =
    text
      .replace(/^[*.]+|\/.*$/g, '')
      .replace(/(?<=^[^:]+|\]):[^:\]]*$/, '')
      .trim() || 'acme.test';
  return urls(
    fc.constantFrom(bare, bare, `git.${bare}`, `not${bare}`, `${bare}.`, bare.toUpperCase()),
    of('', '', '', ':443', ':5000', ':80'),
  );
};
const near = fc
  .tuple(entry, list(entry, 2), fc.boolean(), fc.boolean())
  .chain(([first, others, alone, front]) =>
    asks(
      fc.constant(alone ? first : front ? `${first},${others}` : `${others},${first}`),
      nearTo(first),
    ),
  );

/** An entry and a host that some client covers by it: clients part a letter away from there. */
const pair = fc.constantFrom<[string, string][]>(
  ['acme.test', 'acme.test'],
  ['acme.test', 'git.acme.test'],
  ['.acme.test', 'acme.test'],
  ['*.acme.test', 'git.acme.test'],
  ['*acme.test', 'git.acme.test'],
  ['acme.test:5000', 'acme.test:5000'],
  ['.acme.test:443', 'git.acme.test:443'],
  ['my_registry.acme.test', 'my_registry.acme.test'],
  ['10.0.0.5', '10.0.0.5'],
  ['10.0.0.5:5000', '10.0.0.5:5000'],
  ['10.0.0.0/8', '10.1.2.3'],
  ['0.0.0.0/0', '8.8.8.8'],
  ['10.0.0.4/31', '10.0.0.5'],
  ['127.0.0.1', '0x7f.1'],
  ['10.0.0.5', '167772165'],
  ['10.5', '10.0.0.5'],
  ['fd00::1', '[fd00::1]'],
  ['[fd00::1]:5000', '[fd00::1]:5000'],
  ['fd00::/8', '[fd12::1]'],
  ['::/0', '[fd00::1]'],
  ['fd00:0:0::1', '[fd00::1]'],
  ['10.0.0.5', '[::ffff:10.0.0.5]'],
  ['::ffff:10.0.0.0/104', '10.1.2.3'],
  ['fe80::1%eth0', '[fe80::1%25eth0]'],
  ['fe80::1', '[fe80::1%25eth0]'],
  ['localhost', 'localhost:5000'],
  ['*', 'other.test'],
  ['.', 'acme.test.'],
  ['xn--bcher-kva.example', 'bücher.example'],
  ['straße.test', 'straße.test'],
  ['acme.test', 'user:pw@acme.test'],
  ['192.168.1.10-192.168.1.20', '192.168.1.15'],
  ['1]', '[::1]'],
);
const piece = mixed(
  [3, of('.', '..', ':', '/', '*', '[', ']', '%', '%25', '-', '_', '0', '00', '@', '\\', '#', '?')],
  [
    2,
    of(' ', '\t', '\n', '\r', '\v', '\x01', '\x1c', '\x7f', '\u0085', '\u00a0', '\u3000', '\ufeff'),
  ],
  [2, of('"', "'", ';', '|', '!', '$', '&', '(', ')', '+', '=', '<', '>', '^', '`', '{', '}', '~')],
  [
    2,
    of('/8', '/0', '/32', '/128', '/08', ':80', ':0', ':65536', '::', 'ffff:', '0x', 'A', 'xn--'),
  ],
  [
    1,
    of('é', 'ß', 'İ', 'ſ', 'K', '☃', 'א', '中', '\u0301', '\u00ad', '\u200b', '\u200d', '\ufffd'),
  ],
  [1, of('。', '．', '／', '：', '＠', '％', '８', 'Ａ', '①', '⒈', '‥', 'ﬁ')],
);
const mutated = (text: string): fc.Arbitrary<string> =>
  fc
    .tuple(fc.nat({ max: text.length }), fc.nat({ max: 3 }), fc.nat({ max: 4 }), piece)
    .map(([at, length, how, put]) => {
      const [before, part, after] = [
        text.slice(0, at),
        text.slice(at, at + length),
        text.slice(at + length),
      ];
      if (how === 0) return before + after;
      if (how === 1) return before + part.toUpperCase() + after;
      if (how === 2) return before + part + part + after;
      return before + put + (how === 3 ? part : '') + after;
    });
const aLetterAway = fc
  .tuple(pair, fc.nat({ max: 2 }), edge, edge)
  .chain(([[entry, host], which, before, after]) =>
    asks(
      (which === 1 ? fc.constant(entry) : mutated(entry)).map((text) => before + text + after),
      urls(which === 0 ? fc.constant(host) : mutated(host), fc.constant('')),
    ),
  );

/** Networks of any address, host bits set, and an address that differs in one number. */
const subnet = fc
  .tuple(
    fc.array(fc.constantFrom(0, 1, 10, 127, 128, 192, 254, 255), { minLength: 4, maxLength: 4 }),
    fc.array(of('0', '1', 'ffff', 'fd00', '8000', 'a00'), { minLength: 8, maxLength: 8 }),
    fc.boolean(),
    fc.nat({ max: 7 }),
    fc.constantFrom(0, 1, 7, 8, 9, 15, 16, 17, 24, 31, 32, 33, 63, 64, 95, 96, 104, 127, 128, 129),
    of('', '', '', '', ':80', '/', 'x'),
  )
  .chain(([quad, groups, v6, at, bits, tail]) => {
    const near = v6
      ? `[${groups.map((group, i) => (i === at ? '7fff' : group)).join(':')}]`
      : quad.map((octet, i) => (i === at % 4 ? octet ^ 1 : octet)).join('.');
    return asks(
      fc.constant(`${v6 ? groups.join(':') : quad.join('.')}/${bits}${tail}`),
      urls(v6 ? fc.constant(near) : of(near, near, `[::ffff:${near}]`)),
    );
  });

const variables = {
  http_proxy: of('', HTTP, HTTP),
  https_proxy: of('', HTTPS, HTTPS),
  HTTP_PROXY: of('', 'http://proxy.corp.example:3130', 'http://proxy.corp.example:3130'),
  HTTPS_PROXY: of('', 'http://proxy.corp.example:3131', 'http://proxy.corp.example:3131'),
  all_proxy: of('', 'http://proxy.corp.example:3132', 'http://proxy.corp.example:3132'),
  ALL_PROXY: of('', 'http://proxy.corp.example:3133', 'http://proxy.corp.example:3133'),
  no_proxy: of('', '*', 'other.test', 'acme.test', ' '),
  NO_PROXY: of('', '*', 'other.test', 'acme.test', ' '),
  REQUEST_METHOD: of('GET', ''),
  GATEWAY_INTERFACE: of('CGI/1.1'),
  CGI_HTTP_PROXY: of('', 'http://proxy.corp.example:3134'),
  PROXY: of('', 'http://proxy.corp.example:3134'),
  proxy: of('', 'http://proxy.corp.example:3134'),
  Http_Proxy: of('', 'http://proxy.corp.example:8080'),
  Https_Proxy: of('', 'http://proxy.corp.example:8080'),
  No_Proxy: of('', '*', 'other.test'),
  ftp_proxy: of('http://proxy.corp.example:8080'),
};
/** A few variables, in any order: for some clients the order decides. */
const environment = fc
  .tuple(
    fc.shuffledSubarray(Object.keys(variables) as (keyof typeof variables)[], {
      minLength: 1,
      maxLength: 6,
    }),
    fc.record(variables),
  )
  .map(([names, values]) => Object.fromEntries(names.map((name) => [name, values[name]])));
const inEnvironment = (
  env: fc.Arbitrary<Record<string, string>>,
  url: fc.Arbitrary<string>,
): fc.Arbitrary<Question> =>
  fc.record({
    no_proxy: fc.constant(null),
    http_proxy: fc.constant(null),
    https_proxy: fc.constant(null),
    env,
    url,
  });
const environmentUrl = of(
  'http://registry.other.test/',
  'https://registry.other.test/',
  'http://registry.other.test/',
  'https://registry.other.test/',
  'http://localhost/',
  'http://127.0.0.1:5000/',
  'https://git.acme.test/',
  'http://other.test:443/',
);

const address = of('10.20.0.7', '127.0.0.1', '192.168.1.15', 'fd00::1', '::1', '10.0.0.5');
const resolved: fc.Arbitrary<Question> = fc
  .tuple(
    list(
      mixed(
        [4, cidr4],
        [2, ipv4],
        [1, joined(ipv4, port)],
        [
          1,
          of(
            '10.20.0.0/16',
            '10.20.0.7',
            '10.20.0.7:80',
            '10.20.0.0/16:443',
            '0.0.0.0/0',
            '127.0.0.0/8',
            'acme.test',
            'fd00::/8',
            'fd00::1',
            '192.168.0.0/255.255.0.0',
          ),
        ],
      ),
      2,
    ),
    address,
    urls(
      of('registry.acme.test', 'registry.other.test', 'REGISTRY.acme.test', 'registry.acme.test.'),
    ),
  )
  .map(([no_proxy, ip, url]) => ({
    no_proxy,
    http_proxy: HTTP,
    https_proxy: HTTPS,
    url,
    resolve: { 'registry.acme.test': ip, 'registry.other.test': ip },
  }));

const kinds: readonly [number, string, fc.Arbitrary<Question>][] = [
  [6, 'list', asks(fieldList, urls(fieldHost, of('', '', '', ':5000', ':8443')))],
  [
    1,
    'empty',
    asks(fc.oneof(of('', ' ', ',', ', ,', '\t', '""', '\n'), fc.constant(null)), anyUrl),
  ],
  [4, 'name', asks(list(nameEntry, 1), plainUrl)],
  [10, 'near', near],
  [3, 'ipv4', asks(list(mixed([3, v4Entry], [1, range]), 1), v4Url)],
  [4, 'cidr4', asks(list(cidr4, 1), v4Url)],
  [2, 'resolved', resolved],
  [4, 'ipv6', asks(list(mixed([3, v6Entry], [2, cidr6], [1, bracketedCidr6]), 1), v6Url)],
  [
    2,
    'loopback',
    asks(
      of(
        'acme.test',
        'localhost',
        '127.0.0.1',
        '::1',
        '[::1]',
        '127.0.0.0/8',
        '0.0.0.0',
        'localhost:5000',
        '*.localhost',
        '127.0.0.1:5000',
        '::ffff:127.0.0.1',
        'localhost.',
        '::1/128',
      ),
      urls(
        of(
          'localhost',
          'LOCALHOST',
          'localhost.',
          'foo.localhost',
          '127.0.0.1',
          '127.0.0.53',
          '127.1',
          '0.0.0.0',
          '[::1]',
          '[::]',
          '[::ffff:127.0.0.1]',
          '[0:0:0:0:0:0:0:1]',
          '[::ffff:7f00:1]',
          '2130706433',
          'localhost.localdomain',
          'ip6-localhost',
          '127.255.255.254',
          '[::1%25lo]',
        ),
      ),
    ),
  ],
  [
    5,
    'separators',
    asks(
      list(
        mixed(
          [
            3,
            of('acme.test', 'other.test', '.acme.test', 'git.acme.test', '10.0.0.0/8', '10.0.0.5'),
          ],
          [1, entry],
        ),
        3,
      ),
      urls(
        of('git.acme.test', 'acme.test', 'other.test', 'www.other.test', '10.0.0.5'),
        of('', '', ':5000'),
      ),
    ),
  ],
  [
    2,
    'case',
    asks(
      list(
        of(
          'ACME.TEST',
          'acme.test',
          'Git.Acme.Test',
          '*.ACME.test',
          '.Acme.Test',
          'LOCALHOST',
          'localhost',
          'FD00::1',
          'fd00::1',
          '[FD00::1]',
          'Acme.Test:8443',
          '2001:DB8::/32',
        ),
        1,
      ),
      caseUrl,
    ),
  ],
  [
    3,
    'idn',
    asks(
      list(joined(of('', '', '.', '*.'), idn, of('', '', ':443', '.')), 1),
      urls(joined(of('', '', 'www.', 'WWW.'), idn)),
    ),
  ],
  [
    3,
    'odd-entry',
    asks(
      list(oddEntry, 1),
      urls(
        mixed(
          [5, of('acme.test', 'git.acme.test', 'other.test')],
          [2, ipv4],
          [1, of('[::1]', 'localhost', 'http', 'intranet')],
        ),
      ),
    ),
  ],
  [
    5,
    'odd-url',
    asks(
      of(
        'acme.test',
        '.acme.test',
        'other.test',
        'git.acme.test',
        'git.acme.test:80',
        '*',
        '*.acme.test',
        '127.0.0.1',
        '127.0.0.0/8',
        '10.0.0.5',
        'localhost',
        '::1',
        '1.2.3.4',
      ),
      oddUrl,
    ),
  ],
  [8, 'letter', aLetterAway],
  [4, 'subnet', subnet],
  [3, 'any', asks(list(entry), anyUrl)],
  [
    4,
    'proxy-value',
    fc.oneof(
      fc
        .tuple(
          proxyValue,
          of('acme.test', 'acme.test', '*', 'other.test'),
          of('http://registry.other.test/', 'https://registry.other.test/'),
        )
        .map(([value, no_proxy, url]) => ({
          no_proxy,
          http_proxy: value,
          https_proxy: value,
          url,
        })),
      fc.record({
        no_proxy: of('acme.test', 'other.test', '*'),
        http_proxy: fc.oneof(proxyValue, fc.constant(null)),
        https_proxy: fc.oneof(proxyValue, fc.constant(HTTPS), fc.constant(null)),
        url: of('http://registry.other.test/', 'https://registry.other.test/', 'http://localhost/'),
      }),
    ),
  ],
  [5, 'env', inEnvironment(environment, environmentUrl)],
  [
    1,
    'env-value',
    inEnvironment(
      fc
        .tuple(
          fc.constantFrom(
            'all_proxy',
            'ALL_PROXY',
            'HTTP_PROXY',
            'HTTPS_PROXY',
            'http_proxy',
            'https_proxy',
          ),
          proxyValue,
          environment,
        )
        .map(([name, value, env]) => ({ ...env, [name]: value })),
      environmentUrl,
    ),
  ],
];

/** Random cases of every kind. Equal arguments give equal cases. */
export function sampleCases(count: number, seed: number, only: readonly string[] = []): Case[] {
  const chosen = kinds.filter(([, group]) => only.length === 0 || only.includes(group));
  const anyCase = fc.oneof(
    ...chosen.map(([weight, group, questions]) => ({
      weight,
      arbitrary: questions.map((asked) => ({ group, ...asked })),
    })),
  );
  return fc
    .sample(anyCase, { numRuns: count, seed })
    .map((asked, index) => ({ id: `s${seed}-${index}`, ...asked }));
}

/** The environment that a case stands for. */
export function environmentOf(asked: Question): ProxyEnv {
  if (asked.env) return asked.env;
  const env: Record<string, string> = {};
  for (const name of ['no_proxy', 'http_proxy', 'https_proxy'] as const) {
    const value = asked[name];
    if (value !== null) {
      env[name] = value;
      env[name.toUpperCase()] = value;
    }
  }
  return env;
}
