import { proxyInDaemonJson } from './artifacts/daemon-json.ts';
import { readsHostsToml, writesHubHosts } from './artifacts/hosts-toml.ts';
import type { Checked, CheckedMirror } from './checked.ts';
import { hasIPv6Host, isLoopback } from './fields/host.ts';
import { formatProxy, type ProxyUrl } from './fields/proxy-url.ts';
import { type Report, reportTo } from './fields/report.ts';
import { HOST_NAME, hasLoopbackProxy, loopbackReach } from './layer.ts';
import { hasDockerd, isDesktop, type ProxyScope } from './settings.ts';
import { atLeast } from './version.ts';

/** What the real programs take, yet does not do what was meant; one function a topic. */
const traps: readonly ((checked: Checked, at: (field: string) => Report) => void)[] = [
  mirrorOrder,
  mirrorLogin,
  mirrorPlainHttp,
  mirrorInsecure,
  mirrorPath,
  registryMirrors,
  dialTimeout,
  proxyVariables,
  proxyAddress,
  proxyVersion,
  proxyKinds,
  bypassList,
  insecureRegistries,
  certificates,
  engineDetails,
  otherTargets,
];

/** Reports what only shows when the settings are seen together. */
export function checkTraps(checked: Checked): void {
  const at = (field: string) => reportTo(checked.problems, field);
  for (const trap of traps) trap(checked, at);
}

type At = (field: string) => Report;

function usesContainerdStore(checked: Checked): boolean {
  return hasDockerd(checked.settings.target) && checked.settings.imageStore === 'containerd';
}

function mirrorOrder(checked: Checked, at: At): void {
  if (!usesContainerdStore(checked) || checked.mirrors.length === 0) return;
  if (!writesHubHosts(checked)) {
    at('mirrors')(
      'note',
      'mirror-black-hole',
      `containerd 镜像存储遇到连不上的镜像源，每个请求要等 30 秒才换下一个；接受连接却不回应的，会一直等下去。只列自己测过的。${
        readsHostsToml(checked) ? '设「连接超时」（写进 hosts.toml）可以把 30 秒缩短。' : ''
      }`,
    );
  }
  if (checked.mirrors.length > 3) {
    at('mirrors')(
      'warning',
      'mirror-many',
      `列了 ${checked.mirrors.length} 个镜像源：排在前面的只要有一个坏了，每次拉取都会变慢。两三个就够。`,
    );
  }
}

function mirrorLogin(checked: Checked, at: At): void {
  const { settings, mirrors } = checked;
  if (!hasDockerd(settings.target) || settings.imageStore !== 'overlay2') return;
  if (mirrors.every(({ host }) => isPrivate(host.name))) return;
  at('mirrors')(
    'warning',
    'mirror-gets-login',
    '经典存储（overlay2 等）会把 docker login 存下的 Docker Hub 用户名和密码发给要求登录的镜像源。用第三方镜像源之前先 docker logout，或改用只读的访问令牌登录。',
  );
}

function mirrorPlainHttp(checked: Checked, at: At): void {
  for (const { field, scheme, host, url } of checked.mirrors) {
    if (scheme !== 'http' || isPrivate(host.name)) continue;
    at(field)(
      'warning',
      'mirror-http',
      `${url} 是明文 http://：路上任何人都能换掉 tag 指向的镜像。公网镜像源只用 https://。`,
      url.replace(/^http:/, 'https:'),
    );
  }
}

function mirrorInsecure(checked: Checked, at: At): void {
  if (!hasDockerd(checked.settings.target)) return;
  for (const mirror of checked.mirrors) {
    if (mirror.scheme !== 'https' || !checked.insecure.some((entry) => covers(entry, mirror))) {
      continue;
    }
    at(mirror.field)(
      'warning',
      'mirror-insecure',
      `${mirror.authority} 同时在 insecure-registries 里：containerd 镜像存储和所有构建会因此连 Docker Hub 和其他镜像源的证书也不校验。请改为安装它的 CA，或者用 http:// 的地址。`,
    );
  }
}

/** Whether an entry of insecure-registries is about a mirror: same name and port, or a CIDR around its address. */
function covers(entry: string, mirror: CheckedMirror): boolean {
  if (entry.includes('/')) return mirror.host.kind === 'ipv4' && inCidr(mirror.host.name, entry);
  const port = mirror.port === 443 ? undefined : mirror.port;
  return entry === mirror.authority || (port === undefined && entry === mirror.host.name);
}

function mirrorPath(checked: Checked, at: At): void {
  const { target } = checked.settings;
  if (target === 'podman' || target === 'buildx') {
    const mirrors = [
      ...checked.mirrors,
      ...checked.registryMirrors.flatMap((entry) => entry.mirrors),
    ];
    const reason =
      target === 'podman'
        ? 'Podman 的镜像名里不能有 IPv6 地址，写了它所有拉取都会失败'
        : 'BuildKit 读不了名字里有方括号的小节，会拒绝整个文件';
    for (const { field, host, authority } of mirrors) {
      if (host.kind !== 'ipv6') continue;
      at(field)(
        'error',
        'mirror-ipv6',
        `${authority} 不会被接受：${reason}。没有写进文件，请改用主机名。`,
      );
    }
  }
  const reader = { podman: 'Podman', buildx: 'BuildKit' }[target as string];
  if (reader === undefined) return;
  for (const { field, path, authority } of checked.mirrors) {
    if (path === '') continue;
    at(field)(
      'warning',
      'mirror-path-meaning',
      target === 'podman'
        ? `地址里的路径在 Podman 里算作仓库名的前缀：会请求 ${authority}/v2${path}/library/…。dockerd 和 containerd 请求的是 ${path}/v2/…，请确认镜像源要的是哪一种。`
        : `地址里的路径在 BuildKit 里接在 /v2 后面：会请求 https://${authority}/v2${path}/library/…。dockerd 请求的是 ${path}/v2/…，请确认镜像源要的是哪一种（Harbor 用前一种）。`,
    );
  }
}

function registryMirrors(checked: Checked, at: At): void {
  const { target, engine, imageStore } = checked.settings;
  if (checked.registryMirrors.length === 0 || !hasDockerd(target)) return;
  const report = at('registryMirrors');
  const first = checked.registryMirrors[0];
  const example = `${first?.mirrors[0]?.authority ?? ''}/…`;
  if (isDesktop(target)) {
    report(
      'error',
      'registry-mirrors-desktop',
      `在 Docker Desktop 上不会被接受：没有文档说它会把 hosts.toml 带进虚拟机。请直接把镜像源的主机名写进镜像名：${example}`,
    );
  } else if (!atLeast(engine, '28.0')) {
    report(
      'error',
      'registry-mirrors-version',
      `不会被接受：Docker Engine 28.0 起才读 certs.d 里的 hosts.toml，${engine} 只能给 docker.io 设镜像源。请直接把镜像源的主机名写进镜像名：${example}`,
    );
  } else if (imageStore === 'overlay2') {
    report(
      'warning',
      'registry-mirrors-classic',
      `经典存储（overlay2 等）的 docker pull 不读 hosts.toml，只有构建会读。拉取时请把镜像源的主机名写进镜像名：${example}`,
    );
  }
}

function dialTimeout(checked: Checked, at: At): void {
  if (checked.dialTimeout === undefined) return;
  const { target, engine, imageStore, containerdVersion } = checked.settings;
  const report = at('dialTimeout');
  if (checked.mirrors.length + checked.registryMirrors.length === 0) {
    report('note', 'dial-no-mirror', '没有镜像源，连接超时没有可写的地方。');
  } else if (target === 'containerd') {
    if (containerdVersion === '1') {
      report(
        'warning',
        'dial-containerd-1',
        'dial_timeout 是 containerd 2.1 才有的，1.x 会忽略它。没有写进文件。',
      );
    } else report('note', 'dial-containerd', 'dial_timeout 要 containerd 2.1，更早的会忽略它。');
  } else if (!readsHostsToml(checked)) {
    report(
      'warning',
      'dial-not-read',
      isDesktop(target) || !hasDockerd(target)
        ? '连接超时写在 hosts.toml 里，这个环境不读它。没有写进文件。'
        : `Docker Engine 28.0 起才读 hosts.toml，${engine} 用不上连接超时。没有写进文件。`,
    );
  } else if (imageStore === 'overlay2') {
    report(
      'note',
      'dial-classic',
      '经典存储（overlay2 等）的拉取不读 hosts.toml（它本来就只等 15 秒），只对构建有用。',
    );
  } else if (!atLeast(engine, '28.3')) {
    report('note', 'dial-28', '28.3 之前的 dockerd 读 hosts.toml，但不认 dial_timeout，会忽略它。');
  }
}

function proxyVariables(checked: Checked, at: At): void {
  const { http, https, all } = checked.proxy;
  const { proxyScope } = checked.settings;
  if (http !== undefined && https === undefined) {
    at('proxy.https')(
      'warning',
      'proxy-https-missing',
      '只填了 HTTP 代理：镜像仓库几乎都是 https://，不填 HTTPS 代理就等于直连。通常两个填同一个地址。',
      formatProxy(http),
    );
  }
  if (all !== undefined && http === undefined && https === undefined) {
    if (proxyScope.includes('daemon')) {
      at('proxy.all')(
        'error',
        'proxy-all-daemon',
        '只填 ALL_PROXY 不会被接受：dockerd、containerd、BuildKit 都不看它。请填 HTTP 和 HTTPS 代理。',
      );
    } else {
      at('proxy.all')(
        'warning',
        'proxy-all-clients',
        'curl、git、pip 看 ALL_PROXY，apt、wget、npm、Go 程序不看。最好 HTTP 和 HTTPS 也填上。',
      );
    }
  }
}

function eachProxy(checked: Checked, visit: (proxy: ProxyUrl, field: string) => void): void {
  const { http, https, all } = checked.proxy;
  if (http) visit(http, 'proxy.http');
  if (https) visit(https, 'proxy.https');
  if (all) visit(all, 'proxy.all');
}

const LAYER_NAMES: Readonly<Record<ProxyScope, string>> = {
  daemon: '守护进程',
  cli: '新建的容器（config.json）',
  build: '构建',
  run: '容器',
};

function proxyAddress(checked: Checked, at: At): void {
  const { target, proxyScope } = checked.settings;
  eachProxy(checked, (proxy, field) => {
    const { name } = proxy.host;
    const localhost = { ...proxy, host: { kind: 'ipv4' as const, name: '127.0.0.1' } };
    if (name === '0.0.0.0') {
      at(field)(
        'warning',
        'proxy-any-address',
        '0.0.0.0 是代理软件监听时写的，不能拿来连接。本机的代理写 127.0.0.1。',
        formatProxy(localhost),
      );
    }
    if (name === HOST_NAME && proxyScope.includes('daemon')) {
      at(field)(
        isDesktop(target) ? 'note' : 'warning',
        'proxy-host-name',
        isDesktop(target)
          ? `${HOST_NAME} 是给容器用的名字；Desktop 的代理由宿主机上的程序去连，写 127.0.0.1 更可靠。`
          : `${HOST_NAME} 只在容器里有；守护进程在宿主机上，解析不了它。本机的代理写 127.0.0.1。`,
        formatProxy(localhost),
      );
    }
  });
  if (!hasLoopbackProxy(checked)) return;
  const field = (['http', 'https', 'all'] as const).find((name) => {
    const proxy = checked.proxy[name];
    return proxy !== undefined && isLoopback(proxy.host.name);
  });
  const report = at(`proxy.${field}`);
  const blocked = proxyScope.filter((layer) => loopbackReach(checked, layer) === 'none');
  if (target === 'rootless' && blocked.length > 0) {
    report(
      'error',
      'proxy-loopback-rootless',
      '127.0.0.1 在 rootless 模式下不会被接受：dockerd 和容器在自己的网络命名空间里，那里的 127.0.0.1 不是宿主机。请让代理监听局域网地址（打开 Allow LAN），这里填宿主机的局域网 IP。',
    );
  } else if (target === 'wsl2' && blocked.length > 0) {
    const nat = checked.settings.wsl.networkingMode !== 'mirrored';
    report(
      'error',
      'proxy-loopback-wsl',
      nat
        ? '代理在 Windows 上时，127.0.0.1 不会被接受：WSL2 默认的 NAT 模式里它是 WSL 自己。把 WSL 网络改为 mirrored，或打开代理的 Allow LAN，填 ip route show default 显示的网关地址。'
        : `mirrored 模式下 dockerd 和 --network=host 的构建能用 127.0.0.1，但${blocked.map((layer) => LAYER_NAMES[layer]).join('、')}不能：请打开代理的 Allow LAN，填 Windows 的局域网 IP。`,
    );
  } else if (blocked.length > 0) {
    report(
      'error',
      'proxy-loopback-container',
      `127.0.0.1 在${blocked.map((layer) => LAYER_NAMES[layer]).join('、')}里是容器自己，不会被接受。请打开代理的 Allow LAN，填宿主机的局域网 IP。`,
    );
  }
  const turned = proxyScope.flatMap((layer) => {
    switch (loopbackReach(checked, layer)) {
      case 'host-name':
      case 'add-host':
        return [`${LAYER_NAMES[layer]}里换成了 ${HOST_NAME}`];
      case 'bridge':
        return [`${LAYER_NAMES[layer]}里换成了 docker0 的 172.17.0.1（改过 bip 的请自己改）`];
      case 'host-network':
        return [
          target === 'buildx'
            ? '构建器用了宿主机的网络'
            : `${LAYER_NAMES[layer]}用了 --network=host`,
        ];
      default:
        return [];
    }
  });
  const listens = proxyScope.some((layer) =>
    ['host-name', 'add-host', 'bridge'].includes(loopbackReach(checked, layer)),
  );
  if (turned.length > 0) {
    report(
      'note',
      'proxy-loopback-turned',
      `容器里的 127.0.0.1 是容器自己，所以${[...new Set(turned)].join('，')}。${
        listens ? '代理软件要打开 Allow LAN（监听 0.0.0.0），否则连不上。' : ''
      }`,
    );
  }
}

function proxyVersion(checked: Checked, at: At): void {
  const { settings } = checked;
  const { http, https } = checked.proxy;
  if (!settings.proxyScope.includes('daemon') || (http === undefined && https === undefined))
    return;
  if (settings.proxyFile === 'daemon.json' && !proxyInDaemonJson(settings)) {
    if (isDesktop(settings.target)) {
      at('proxyFile')(
        'warning',
        'proxies-desktop',
        'Docker Desktop 不看 daemon.json 里的 proxies，代理要填在它自己的设置窗口里。',
      );
    } else if (settings.target === 'snap') {
      at('engine')(
        'error',
        'proxies-version',
        `snap 里的 dockerd 只能用 daemon.json 的 proxies 设代理，而它 23.0 起才有：${settings.engine} 不会被接受，遇到 proxies 会拒绝启动。请升级。`,
      );
    } else if (hasDockerd(settings.target)) {
      at('proxyFile')(
        'error',
        'proxies-version',
        `daemon.json 的 proxies 从 23.0 起才有，${settings.engine} 不会被接受，遇到它会拒绝启动。已改写成 systemd drop-in。`,
      );
    }
  }
  const password = [http, https].some((proxy) => proxy?.password !== undefined);
  if (password && !proxyInDaemonJson(settings) && ['linux', 'wsl2'].includes(settings.target)) {
    at('proxy.http')(
      'note',
      'proxy-password-visible',
      'systemctl show docker 会把 drop-in 里的密码显示给本机所有用户；介意的话写进 daemon.json（权限 0600）。docker info 里显示为 xxxxx。',
    );
  }
  if (settings.target === 'wsl2') {
    at('target')(
      'note',
      'wsl-systemd',
      'drop-in 要 WSL 开了 systemd 才有用：/etc/wsl.conf 里写 [boot] systemd=true，再 wsl --shutdown。没开的话改为写进 daemon.json。',
    );
  }
  if (settings.target === 'snap' && settings.proxyFile === 'drop-in') {
    at('proxyFile')(
      'error',
      'drop-in-snap',
      'snap 版没有 docker.service，drop-in 不会被接受。请写进 daemon.json。',
      'daemon.json',
    );
  }
}

function proxyKinds(checked: Checked, at: At): void {
  const { target, proxyScope } = checked.settings;
  const inside = proxyScope.some((layer) => layer !== 'daemon');
  eachProxy(checked, (proxy, field) => {
    if (!proxy.scheme.startsWith('socks')) return;
    const report = at(field);
    if (isDesktop(target) && proxyScope.includes('daemon')) {
      report(
        'warning',
        'proxy-socks-desktop',
        'SOCKS5 代理在 Docker Desktop 里只有 Business 订阅能用。',
      );
    }
    if (inside) {
      report(
        'warning',
        'proxy-socks-clients',
        '容器和构建里的 apt、wget、apk、npm 不支持 SOCKS5，会报错或悄悄直连。请填代理软件的 HTTP 端口。',
      );
    }
  });
}

function bypassList(checked: Checked, at: At): void {
  const { settings, proxy } = checked;
  const set = [proxy.http, proxy.https, proxy.all].some((value) => value !== undefined);
  if (!set) {
    if (proxy.noProxy.length > 0) {
      at('proxy.noProxy')('note', 'noproxy-alone', '没有填代理，绕过列表不会写出来。');
    }
    return;
  }
  const inside = settings.proxyScope.some((layer) => layer !== 'daemon');
  if (inside && !['localhost', '127.0.0.1'].every((name) => proxy.noProxy.includes(name))) {
    at('proxy.noProxy')(
      'warning',
      'noproxy-localhost',
      '绕过列表里最好有 localhost 和 127.0.0.1：容器里的 curl、pip、npm、apt 会把发给自己的请求也送去代理。',
    );
  }
  const wild = proxy.noProxy.filter((entry) => entry.startsWith('*.'));
  if (inside && wild.length > 0) {
    at('proxy.noProxy')(
      'warning',
      'noproxy-star',
      `${wild.join('、')}：curl、git、wget、apt、pip、npm 不认 *. 的写法。写成 ${wild.map((entry) => entry.slice(1)).join('、')}，子域名两边都认。`,
    );
  }
  const ports = proxy.noProxy.filter((entry) => /^[^:]+:\d+$/.test(entry));
  if (inside && ports.length > 0) {
    at('proxy.noProxy')(
      'warning',
      'noproxy-port',
      `${ports.join('、')}：带端口的写法 dockerd 认，curl、git、wget、apt、npm 不认。再加一项不带端口的。`,
    );
  }
}

function insecureRegistries(checked: Checked, at: At): void {
  const { settings, insecure } = checked;
  if (insecure.length === 0) return;
  // containerd's skip_verify stays with HTTPS; the others fall back to plain HTTP.
  const httpsOnly = ['containerd', 'k3s', 'rke2'].includes(settings.target);
  at('insecureRegistries')(
    'warning',
    'insecure-risk',
    `这些仓库不校验证书${httpsOnly ? '' : '，HTTPS 不通还会改用明文 HTTP'}：登录密码和镜像都可能被人截取或替换。能装 CA 就不要用它。`,
  );
  if (settings.target === 'k3s' || settings.target === 'rke2') {
    at('insecureRegistries')(
      'note',
      'insecure-plain-http',
      '只有明文 HTTP 的仓库，还要在 registries.yaml 的 mirrors 里给它写一项 endpoint，地址用 http:// 开头。',
    );
  }
  if (insecure.includes('0.0.0.0/0') || insecure.includes('::/0')) {
    at('insecureRegistries')(
      'warning',
      'insecure-everything',
      '0.0.0.0/0 等于对所有仓库都不校验证书。',
    );
  }
  const named = insecure.filter((entry) => checked.ca.some((ca) => ca.registry?.name === entry));
  if (named.length > 0) {
    at('insecureRegistries')(
      'note',
      'insecure-and-ca',
      `${named.join('、')} 已经有 CA，不必再列为不安全仓库。`,
    );
  }
  if (hasDockerd(settings.target) && atLeast(settings.engine, '29.10')) {
    at('insecureRegistries')(
      'note',
      'insecure-loopback',
      '29.10 起，只要写了 insecure-registries，127.0.0.0/8 和 ::1 就不再自动算作不安全仓库；本机的 HTTP 仓库要自己列上。',
    );
  }
}

function certificates(checked: Checked, at: At): void {
  const { settings } = checked;
  for (const ca of checked.ca) {
    if (ca.registry === undefined) continue;
    const report = at(`${ca.field}.host`);
    if (ca.registry.port === 443) {
      report(
        'note',
        'ca-port-443',
        '文件夹名要和镜像名里写的一样：镜像名里不写 :443 的话，这里也不要写。',
        ca.registry.name.replace(/:443$/, ''),
      );
    }
    if (
      usesContainerdStore(checked) &&
      !atLeast(settings.engine, '29.5') &&
      settings.target !== 'desktop-windows'
    ) {
      report(
        'note',
        'ca-token',
        '29.5 之前的 containerd 镜像存储向仓库要令牌时不看 certs.d 里的 CA；登录或拉取仍报 x509 的话，把 CA 装进系统信任库。',
      );
    }
    if (settings.target === 'desktop-windows') {
      report(
        'note',
        'ca-windows',
        'Windows 的文件夹名不能带冒号，所以这个 CA 装进 Windows 的信任库，Docker Desktop 启动时会读。',
      );
    }
  }
  if (settings.proxyScope.includes('build') || checked.ca.every((ca) => ca.registry)) return;
  if (settings.target === 'containerd' || settings.target === 'k3s' || settings.target === 'rke2') {
    return;
  }
  at('ca')(
    'note',
    'ca-images',
    '容器和构建里的程序不会继承这个证书。要在镜像里也信任它，把「构建」也选上，会多出 Dockerfile 的写法。',
  );
}

function engineDetails(checked: Checked, at: At): void {
  const { settings, gc } = checked;
  if (!hasDockerd(settings.target)) return;
  if (gc && !atLeast(settings.engine, '28.0')) {
    for (const [name, key] of [
      ['maxUsedSpace', 'defaultMaxUsedSpace'],
      ['minFreeSpace', 'defaultMinFreeSpace'],
    ] as const) {
      if (gc[name] !== undefined) {
        at(`builderGc.${name}`)(
          'warning',
          'gc-version',
          `${key} 从 28.0 起才有，${settings.engine} 会悄悄忽略它。没有写进文件。`,
        );
      }
    }
  }
  if (usesContainerdStore(checked)) {
    const limits = [
      ['maxConcurrentDownloads', 'max-concurrent-downloads', checked.downloads],
      ['maxConcurrentUploads', 'max-concurrent-uploads', checked.uploads],
    ] as const;
    for (const [name, key, value] of limits) {
      if (value === undefined) continue;
      if (!atLeast(settings.engine, '29.7')) {
        at(name)(
          'warning',
          'limit-ignored',
          `29.7 之前，containerd 镜像存储不理会 ${key}。要么升级，要么换回经典存储（overlay2 等）。`,
        );
      } else if (value === 0) {
        at(name)('note', 'limit-zero', `containerd 镜像存储把 0 当作不限。`);
      }
    }
    if (checked.attempts !== undefined) {
      at('maxDownloadAttempts')(
        'warning',
        'attempts-ignored',
        'containerd 镜像存储从不看 max-download-attempts，只有经典存储（overlay2 等）的拉取用它。',
      );
    }
  }
  if (settings.liveRestore === true) {
    at('liveRestore')(
      'note',
      'live-restore-swarm',
      'live-restore 和 swarm 模式不能一起用：加入了 swarm 的机器会启动失败。',
    );
  }
  if (isDesktop(settings.target) && settings.liveRestore === true) {
    at('liveRestore')(
      'note',
      'live-restore-desktop',
      'Docker Desktop 的 Apply & restart 会重启整个虚拟机，live-restore 留不住容器。',
    );
  }
  if (settings.imageStore === 'containerd' && !atLeast(settings.engine, '23.0')) {
    at('imageStore')(
      'warning',
      'store-version',
      `containerd 镜像存储从 23.0 起才有，${settings.engine} 只能是经典存储（overlay2 等）。`,
    );
  }
}

/** Choices that nothing on the chosen target reads. */
function otherTargets(checked: Checked, at: At): void {
  const { settings } = checked;
  const unread = (field: string, used: boolean, what: string) => {
    if (used) at(field)('note', 'not-on-target', `${what}是 dockerd 的设置，这个环境没有，不写。`);
  };
  if (!hasDockerd(settings.target)) {
    unread('maxConcurrentDownloads', checked.downloads !== undefined, '下载并发');
    unread('maxConcurrentUploads', checked.uploads !== undefined, '上传并发');
    unread('maxDownloadAttempts', checked.attempts !== undefined, '重试次数');
    unread('dns', checked.dns.length > 0, '容器 DNS');
    unread('builderGc', checked.gc !== undefined, '构建缓存清理');
    unread('experimental', settings.experimental !== undefined, '实验功能');
    unread('liveRestore', settings.liveRestore !== undefined, 'live-restore');
    unread('existing.daemonJson', !!settings.existing.daemonJson?.trim(), 'daemon.json ');
    if (settings.target === 'podman' || settings.target === 'buildx') {
      const literals = checked.insecure.filter(hasIPv6Host);
      if (literals.length > 0) {
        at('insecureRegistries')(
          'error',
          'insecure-ipv6',
          `${literals.join('、')} 不会被接受：${settings.target === 'podman' ? 'Podman' : 'BuildKit'} 的配置里不能有 IPv6 地址。没有写进文件，请改用主机名。`,
        );
      }
    }
    const cidrs = checked.insecure.filter((entry) => entry.includes('/'));
    if (cidrs.length > 0) {
      at('insecureRegistries')(
        'warning',
        'insecure-cidr-target',
        `${cidrs.join('、')}：只有 dockerd 认网段，这里要逐个写主机名。没有写进文件。`,
      );
    }
  }
}

/** Private by address or by name: a mirror inside the company. */
function isPrivate(name: string): boolean {
  if (isLoopback(name) || !name.includes('.')) return true;
  if (
    ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'].some((cidr) =>
      inCidr(name, cidr),
    )
  ) {
    return true;
  }
  return /\.(local|lan|internal|intranet|corp|home\.arpa|test|example)$/.test(name);
}

function inCidr(address: string, cidr: string): boolean {
  const [base = '', bits = '32'] = cidr.split('/');
  const a = ipv4Number(address);
  const b = ipv4Number(base);
  if (a === undefined || b === undefined) return false;
  const size = 2 ** (32 - Number(bits));
  return Math.floor(a / size) === Math.floor(b / size);
}

function ipv4Number(text: string): number | undefined {
  const parts = text.split('.').map(Number);
  if (parts.length !== 4 || parts.some((part) => !Number.isInteger(part))) return undefined;
  return parts.reduce((sum, part) => sum * 256 + part, 0);
}
