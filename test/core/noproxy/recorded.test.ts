import { describe, expect, it } from 'vitest';
import { decide } from '../../../src/core/noproxy/decide.ts';
import type { ClientId, ProxyEnv } from '../../../src/core/noproxy/types.ts';
import { type Case, environmentOf, read } from './recorded.ts';

interface JavaCase {
  id: string;
  group: string;
  non_proxy_hosts: string | null;
  url: string;
  expect: { java: string };
}

describe('recorded behaviour of real clients', () => {
  it.each(read<Case>('recorded.json'))('$id $group: $url', (recorded) => {
    const names = recorded.resolve;
    const options = names ? { resolve: (host: string) => names[host] } : {};
    const routes: Record<string, string> = {};
    const variables: Record<string, string | undefined> = {};
    for (const client of Object.keys(recorded.expect)) {
      const decision = decide(client as ClientId, environmentOf(recorded), recorded.url, options);
      routes[client] = decision.route;
      const via = recorded.via?.[client];
      if (via) {
        // In cases without an environment of their own both letter cases hold the same value.
        const known = recorded.env
          ? via.split('/')
          : via.split('/').flatMap((name) => [name, name.toUpperCase()]);
        variables[client] = known.includes(decision.variable ?? '') ? via : decision.variable;
      }
    }
    expect(routes).toEqual(recorded.expect);
    expect(variables).toEqual(recorded.via ?? {});
  });
});

describe('recorded behaviour of Java', () => {
  it.each(read<JavaCase>('recorded-java.json'))('$id $group: $url', (recorded) => {
    const env: ProxyEnv =
      recorded.non_proxy_hosts === null ? {} : { 'http.nonProxyHosts': recorded.non_proxy_hosts };
    expect(decide('java', env, recorded.url).route).toBe(recorded.expect.java);
  });
});

describe('behaviour found by asking the real clients about random cases', () => {
  const cases: readonly [ClientId, string, string, string][] = [
    ['axios', '*0.0.0.0:05000', 'https://localhost:5000/v2/', 'direct'],
    ['axios', '.localhost', 'http://127.0.0.1/', 'proxy'],
    // npm keeps a registry as url.parse() writes it anew.
    ['npm', 'acme.test', 'https://git.acme.test:8443:5000', 'direct'],
    ['npm', 'acme.test', 'https://git.other.test:-1?x=1', 'proxy'],
    ['npm', 'acme.test', 'http://[::1%lo]/', 'error'],
    ['npm', 'acme.test', 'http://::ffff:a00:5:5000/', 'error'],
    ['npm', 'acme.test', 'git.acme.test:443', 'error'],
    ['curl', 'acme.test', 'ws://git.acme.test/', 'direct'],
    ['curl-7.88', 'acme.test', 'ws://git.acme.test/', 'error'],
    ['curl-7.74', 'acme.test', 'http://☃.acme.test/', 'error'],
    ['curl-7.74', 'acme.test', 'http://git\u00adx.acme.test/', 'direct'],
    ['curl', 'acme.test', 'http://a…acme.test/', 'error'],
    ['curl-8.14', '192.168.1.200/4294967304', 'http://192.1.1.1/', 'direct'],
    ['curl', '192.168.1.200/4294967304', 'http://192.1.1.1/', 'proxy'],
    ['wget', 'acme.test', 'http://us;er:pw@git.acme.test/', 'direct'],
    ['wget', 'acme.test', 'http://us[er:pw@git.acme.test/', 'error'],
    ['axios', '10\u00ad', 'http://0.0.0.10/', 'direct'],
    ['python-requests', '10.0.0.0/８', 'http://10.1.2.3/', 'direct'],
    ['python-requests', '10.0.0.0/ 8', 'http://10.1.2.3/', 'direct'],
    ['python-requests', '10.0.0.0/8\x1c', 'http://10.1.2.3/', 'proxy'],
    ['python-requests', '10.0.0.0/８\x1c', 'http://10.1.2.3/', 'proxy'],
    ['python-requests', '10.0.0.0/\u30008', 'http://10.1.2.3/', 'direct'],
    // Go trims what Unicode calls white space, JavaScript's trim() has another idea of it.
    ['go', 'acme.test', 'http://git.acme.test\u0085/', 'direct'],
    ['apt', 'acme.test', 'http://g\x01t.acme.test/', 'error'],
    ['apt', 'acme.test', 'http://git.acme.test\x7f/', 'error'],
    ['apt', 'acme.test', 'http://g\tt.acme.test/', 'direct'],
    ['apt', 'acme.test', 'http://g\nt.acme.test/', 'proxy'],
    // The C library converts a name only where apt itself looks it up.
    ['apt', 'acme.test', 'http://☃.acme.test/', 'error'],
    ['apt', 'other.test', 'http://☃.acme.test/', 'proxy'],
    ['apt', 'acme.test', 'http://é|x.acme.test/', 'error'],
    ['apt', 'acme.test', 'http://é.a|b.acme.test/', 'direct'],
    ['apt', 'acme.test', 'http://é_x.acme.test/', 'direct'],
    ['curl', 'fe80::1', 'http://[fe80::1%25eth0.1_a-b~]/', 'direct'],
    ['curl', 'fe80::1', 'http://[fe80::1%25e!0]/', 'error'],
    ['curl-8.14', 'fe80::1', 'http://[fe80::1%25e!0]/', 'direct'],
    ['curl', 'acme.test', 'http://g\ufffdt.acme.test/', 'error'],
    ['curl-7.88', 'acme.test', 'http://\u0301git.acme.test/', 'error'],
    ['curl-7.88', 'acme.test', 'http://☃.acme.test/', 'direct'],
    ['curl-8.14', 'acme.test', 'http://é|x.acme.test/', 'error'],
    ['curl-8.14', 'acme.test', 'http://é.a|b.acme.test/', 'direct'],
    ['curl-8.14', 'acme.test', 'http://é_x.acme.test/', 'direct'],
    ['curl-7.88', 'acme.test', 'http://st%raße.acme.test/', 'direct'],
    ['curl', 'acme.test', 'http://-git.é.acme.test/', 'error'],
    ['curl-7.74', 'acme.test', 'http://é。git-.acme.test/', 'error'],
    ['apt', 'acme.test', 'http://git.acme.test:5000\r', 'direct'],
    ['curl-7.74', 'acme.test', 'http://g\u3000t.acme.test/', 'direct'],
    ['curl-7.74', 'acme.test', 'http://é>x.acme.test/', 'direct'],
    ['wget', 'acme.test', 'http://git.acme.test\u200d/', 'direct'],
    ['python-requests', 'acme.test', 'http://us:密码@git.acme.test/', 'error'],
    ['python-requests', 'acme.test', 'http://us:%E5%AF%86@git.acme.test/', 'error'],
    ['python-requests', 'acme.test', 'http://usé:pw@git.acme.test/', 'direct'],
    ['python-requests', 'acme.test', 'http://密码@git.acme.test/', 'direct'],
    ['python-requests', 'acme.test', 'http://us%3A密@git.acme.test/', 'direct'],
    ['apk', 'acme.test', 'http://[fd00::1 ]/', 'proxy'],
    // apk keeps 32 characters of an address, which a long IPv6 address is more than.
    ['apk', '2001:db8:aaaa:bbbb:cccc:d:e:f/32', 'http://[2001:db8::1]/', 'direct'],
    ['apk', '2001:db8:aaaa:bbbb:cccc:dd:ee:ffff/32', 'http://[2001:db8::1]/', 'proxy'],
    ['apk', '2001:db8::/32', 'http://[2001:db8:aaaa:bbbb:cccc:dd:ee:ffff]/', 'proxy'],
  ];
  it.each(cases)('%s: "%s" for %s is %s', (client, list, url, route) => {
    const proxy = 'http://192.0.2.1:3128';
    const env: ProxyEnv = { no_proxy: list, http_proxy: proxy, https_proxy: proxy };
    expect(decide(client, env, url).route).toBe(route);
  });

  it.each([
    ['http://[fe80::1%eth0]/', 'proxy'],
    ['http://[fe80::1%25eth_0.1]/', 'proxy'],
    ['http://[fe80::1%25-eth0]/', 'error'],
    ["http://[fe80::1%et'h0]/", 'error'],
    ['http://[::ffff:10.0.00.5]/', 'proxy'],
    ['http://[1:2:3:4:5:6:0000010.0.0.5]/', 'proxy'],
    ['http://[::ffff:10.0.0.256]/', 'error'],
    ['http://[::00001]/', 'error'],
    ['http://us\u3000er:pw@git.acme.test/', 'error'],
  ])('Java reads the address in %s: %s', (url, route) => {
    expect(decide('java', { 'http.nonProxyHosts': 'acme.test' }, url).route).toBe(route);
  });

  it('npm looks up the name itself before it goes to a socks5:// proxy', () => {
    const env: ProxyEnv = { no_proxy: '', https_proxy: 'socks5://192.0.2.1:1080' };
    const url = 'https://registry.other.test/';
    expect(decide('npm', env, url).reason.code).toBe('own-dns');
    expect(decide('npm', env, url, { resolve: () => '10.1.1.1' }).route).toBe('proxy');
    expect(decide('npm', env, url, { namesResolve: true }).route).toBe('proxy');
    expect(decide('npm', env, 'https://10.0.0.5/').route).toBe('proxy');
    const byProxy: ProxyEnv = { https_proxy: 'socks5h://192.0.2.1:1080' };
    expect(decide('npm', byProxy, url).route).toBe('proxy');
  });

  it.each([
    ['npm', 'http://us:p%w@192.0.2.1:3128', 'http://other.test/', 'error'],
    ['npm', 'http://us:p%w@192.0.2.1:3128', 'https://other.test/', 'proxy'],
    ['npm', 'socks5h://us:p%w@192.0.2.1:1080', 'https://other.test/', 'error'],
    ['npm', 'http://us:p%25w@192.0.2.1:3128', 'http://other.test/', 'proxy'],
    ['node-fetch', 'http://us:p\nw@192.0.2.1:3128', 'http://acme.test/', 'error'],
    ['node-http', 'http://us:p\rw@192.0.2.1:3128', 'https://acme.test/', 'error'],
    ['undici', 'http://us:p\nw@192.0.2.1:3128', 'http://acme.test/', 'direct'],
  ] as [ClientId, string, string, string][])(
    '%s with the proxy %j for %s: %s',
    (client, proxy, url, route) => {
      const env: ProxyEnv = { no_proxy: 'acme.test', http_proxy: proxy, https_proxy: proxy };
      expect(decide(client, env, url).route).toBe(route);
    },
  );

  it('Node reads both proxies at its start, whichever a request needs', () => {
    const env: ProxyEnv = { https_proxy: 'http://192.0.2.1:3128\n' };
    expect(decide('node-http', env, 'http://acme.test/').route).toBe('error');
    expect(decide('node-fetch', env, 'http://acme.test/').route).toBe('error');
  });

  it('apt takes a proxy value without a scheme before its colon for none', () => {
    const env: ProxyEnv = { http_proxy: ':3128' };
    expect(decide('apt', env, 'http://registry.other.test/').route).toBe('direct');
  });

  it.each([
    ['none', 'error', undefined],
    ['http', 'proxy', 'http_proxy'],
    ['https:', 'proxy', 'http_proxy'],
    ['http:/', 'proxy', 'http_proxy'],
    ['http://@', 'direct', 'https_proxy'],
    ['http://[', 'direct', 'https_proxy'],
    ['', 'direct', 'https_proxy'],
    ['http://192.0.2.2:3128', 'proxy', 'https_proxy'],
  ])('apt keeps the host of http_proxy under https_proxy=%s: %s', (value, route, variable) => {
    const env: ProxyEnv = { http_proxy: 'http://192.0.2.1:3128', https_proxy: value };
    expect(decide('apt', env, 'https://other.test/')).toMatchObject(
      variable === undefined ? { route } : { route, ...(route === 'proxy' && { variable }) },
    );
  });

  it('git takes a proxy value without a host for none', () => {
    const env: ProxyEnv = { http_proxy: '/' };
    expect(decide('git', env, 'http://registry.other.test/').route).toBe('direct');
  });
});
