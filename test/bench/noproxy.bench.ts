// Decisions a second on a 20-entry list, and a whole table over a 10,000-entry list.
import { clients, compile, type ProxyEnv } from '../../src/core/noproxy/index.ts';

const PROXY = 'http://proxy.corp.example:3128';

function environment(list: string): ProxyEnv {
  return {
    no_proxy: list,
    NO_PROXY: list,
    http_proxy: PROXY,
    HTTP_PROXY: PROXY,
    https_proxy: PROXY,
    HTTPS_PROXY: PROXY,
    'http.nonProxyHosts': list.replaceAll(',', '|'),
  };
}

const short = [
  'localhost,127.0.0.1,::1,10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,corp.example,.corp.example',
  '*.svc.cluster.local,registry.acme.test:5000,git.acme.test,.acme.test,host.docker.internal',
  'docker.io,ghcr.io,quay.io,.gcr.io,mcr.microsoft.com,fd00::/8,metadata.google.internal',
].join(',');

const long = Array.from({ length: 10_000 }, (_, i) => {
  const forms = [
    `10.${(i >> 8) & 255}.${i & 255}.0/24`,
    `.h${i}.corp.example`,
    `192.168.${(i >> 8) & 255}.${i & 255}`,
    `host${i}.corp.example:8443`,
    `name${i}.acme.test`,
  ];
  return forms[i % forms.length];
}).join(',');

const urls = Array.from({ length: 100 }, (_, i) => {
  const hosts = [
    'git.acme.test',
    `10.1.2.${i}`,
    `h${i}.corp.example`,
    'registry-1.docker.io',
    `x${i}.other.test:8443`,
    `[fd00::${i}]`,
  ];
  return `${i % 2 === 0 ? 'https' : 'http'}://${hosts[i % hosts.length]}/v2/`;
});

function median(numbers: number[]): number {
  return numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}

let slowest = Number.POSITIVE_INFINITY;
let secondsPerDecision = 0;
for (const { id } of clients) {
  const decide = compile(id, environment(short));
  const rates: number[] = [];
  for (let run = 0; run < 7; run++) {
    const start = performance.now();
    let count = 0;
    while (performance.now() - start < 40) {
      for (const url of urls) decide(url);
      count += urls.length;
    }
    rates.push(count / ((performance.now() - start) / 1000));
  }
  const rate = median(rates);
  slowest = Math.min(slowest, rate);
  secondsPerDecision += 1 / rate / clients.length;
  console.log(`${id.padEnd(22)} ${(rate / 1e6).toFixed(2)} M decisions/s`);
}
console.log(
  `20 entries, all clients: ${(1 / secondsPerDecision / 1e6).toFixed(2)} M decisions/s (target 1), slowest ${(slowest / 1e6).toFixed(2)}`,
);

const times: number[] = [];
for (let run = 0; run < 9; run++) {
  // Another list each time: an edited entry makes every client read it anew.
  const env = environment(`${long},edit${run}.test`);
  const start = performance.now();
  for (const { id } of clients) {
    const decide = compile(id, env);
    for (const url of urls) decide(url);
  }
  times.push(performance.now() - start);
}
console.log(
  `10,000 entries × 100 targets × ${clients.length} clients: ${median(times.slice(2)).toFixed(0)} ms (target 100)`,
);
