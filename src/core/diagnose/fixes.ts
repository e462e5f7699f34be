import type { Settings, Target } from '../config/settings.ts';
import { recommended } from '../mirrors/index.ts';
import { classifyAddress } from './addresses.ts';
import { registryHost } from './context.ts';
import type { PlatformId } from './platforms.ts';
import type { Finding } from './types.ts';

export { type PlatformId, platformIds, platformNames } from './platforms.ts';

/** One step of a fix. */
export interface Step {
  /** Chinese. */
  readonly text: string;
  /** Commands or file contents to copy. */
  readonly code?: string;
  readonly language?: 'bash' | 'powershell' | 'dockerfile' | 'json' | 'ini';
  /** Guide page. */
  readonly link?: { readonly href: string; readonly text: string };
}

const isDesktop = (platform: PlatformId): boolean => platform.startsWith('desktop');

function restart(platform: PlatformId): Step {
  if (isDesktop(platform))
    return { text: '在 Docker Desktop 里点 Apply & restart，或从菜单选 Restart。' };
  if (platform === 'containerd') {
    return {
      text: '重启 containerd（k3s 则重启 k3s 或 k3s-agent）。',
      code: 'sudo systemctl restart containerd',
      language: 'bash',
    };
  }
  if (platform === 'podman') return { text: 'Podman 没有守护进程，下一条命令就生效。' };
  return {
    text: '重新加载并重启 dockerd。',
    code: 'sudo systemctl daemon-reload\nsudo systemctl restart docker',
    language: 'bash',
  };
}

function daemonProxy(platform: PlatformId): Step {
  if (isDesktop(platform)) {
    return {
      text: '打开 Settings → Resources → Proxies，在 Manual configuration 里填代理；Web Server 与 Secure Web Server 两格都写 http:// 开头。',
      link: { href: '/proxy/desktop/', text: 'Docker Desktop 的代理' },
    };
  }
  if (platform === 'containerd') {
    return {
      text: '给 containerd（或 k3s）的 systemd 服务加代理环境变量。',
      link: { href: '/mirror/containerd/', text: 'containerd、k3s、Podman' },
    };
  }
  if (platform === 'podman') {
    return {
      text: 'Podman 读当前终端的 HTTPS_PROXY 等变量，在运行命令的终端里设置。',
      code: 'export HTTPS_PROXY=http://127.0.0.1:10808',
      language: 'bash',
    };
  }
  return {
    text: '给 dockerd 写 systemd 附加配置；终端里的 export 对它没有用。',
    link: { href: '/proxy/systemd/', text: 'dockerd 的代理（systemd）' },
  };
}

function layerProxy(finding: Finding, platform: PlatformId): Step {
  if (finding.layer === 'build') {
    return {
      text: '构建步骤用的是构建参数，不是 dockerd 的代理。127.0.0.1 在构建容器里是容器自己，要写宿主机的地址。',
      code: 'docker build --build-arg HTTP_PROXY=http://host.docker.internal:10808 --build-arg HTTPS_PROXY=http://host.docker.internal:10808 .',
      language: 'bash',
      link: { href: '/build/proxy/', text: '构建时的代理' },
    };
  }
  if (finding.layer === 'container') {
    return {
      text: '容器里要单独传代理变量；127.0.0.1 在容器里是容器自己，要写 host.docker.internal（Linux 上还要加 --add-host）。',
      code: 'docker run --rm --add-host=host.docker.internal:host-gateway -e HTTPS_PROXY=http://host.docker.internal:10808 curlimages/curl -sI https://www.docker.com',
      language: 'bash',
      link: { href: '/proxy/container/', text: '容器的代理' },
    };
  }
  if (finding.layer === 'client') {
    return {
      text: '这条命令在本机运行，读的是当前终端的 HTTP_PROXY、HTTPS_PROXY、NO_PROXY。',
      code: 'env | grep -i proxy',
      language: platform === 'desktop-windows' ? 'powershell' : 'bash',
    };
  }
  return daemonProxy(platform);
}

function lookAtLog(platform: PlatformId): Step {
  if (platform === 'containerd')
    return {
      text: '看 containerd 的日志。',
      code: 'journalctl -u containerd -e --no-pager | tail -n 50',
      language: 'bash',
    };
  if (isDesktop(platform))
    return {
      text: '在 Docker Desktop 的 Troubleshoot 里看日志。',
      link: { href: '/desktop/troubleshoot/', text: 'Docker Desktop 排障顺序' },
    };
  if (platform === 'podman')
    return {
      text: '加 --log-level=debug 再运行一次。',
      code: 'podman --log-level=debug pull docker.io/library/hello-world',
      language: 'bash',
    };
  return {
    text: '看 dockerd 的日志。',
    code: 'journalctl -u docker -e --no-pager | tail -n 50',
    language: 'bash',
  };
}

function trustCa(finding: Finding, platform: PlatformId): Step[] {
  const host = finding.host ?? '仓库地址';
  const build = finding.layer === 'build' || finding.layer === 'container';
  const get: Step = {
    text: '先看对方出示的是谁签的证书，再向公司 IT 或仓库管理员要它的根证书（PEM 格式）。',
    code: `openssl s_client -showcerts -connect ${host.includes(':') ? host : `${host}:443`} </dev/null | openssl x509 -noout -issuer -subject -dates`,
    language: 'bash',
  };
  if (build) {
    return [
      get,
      {
        text: '容器和构建步骤不会继承宿主机的 CA：在 Dockerfile 里装上。',
        code: 'COPY corp-ca.crt /usr/local/share/ca-certificates/corp-ca.crt\nRUN update-ca-certificates',
        language: 'dockerfile',
        link: { href: '/certs/images/', text: '镜像与构建里的证书' },
      },
    ];
  }
  if (platform === 'desktop-windows') {
    return [
      get,
      {
        text: '把根证书装进「受信任的根证书颁发机构」（管理员终端），然后重启 Docker Desktop。',
        code: 'certutil -addstore -f Root corp-ca.crt',
        language: 'powershell',
        link: { href: '/certs/desktop/', text: 'Docker Desktop 的证书' },
      },
    ];
  }
  if (platform === 'desktop-mac') {
    return [
      get,
      {
        text: '把根证书装进钥匙串，然后重启 Docker Desktop。',
        code: 'sudo security add-trusted-cert -d -r trustRoot -k /Library/Keychains/System.keychain corp-ca.crt',
        language: 'bash',
        link: { href: '/certs/desktop/', text: 'Docker Desktop 的证书' },
      },
    ];
  }
  if (platform === 'podman') {
    return [
      get,
      {
        text: '放进 Podman 的 certs.d，不用重启。',
        code: `sudo mkdir -p /etc/containers/certs.d/${host}\nsudo cp corp-ca.crt /etc/containers/certs.d/${host}/ca.crt`,
        language: 'bash',
      },
    ];
  }
  const system: Step = {
    text: '公司代理解密了所有网站时，装进系统的信任库并重启；dockerd 只在启动时读一次。',
    code: 'sudo cp corp-ca.crt /usr/local/share/ca-certificates/corp-ca.crt\nsudo update-ca-certificates\nsudo systemctl restart docker',
    language: 'bash',
    link: { href: '/certs/system/', text: '各系统安装 CA' },
  };
  if (platform === 'containerd')
    return [
      get,
      { ...system, code: (system.code ?? '').replace('restart docker', 'restart containerd') },
    ];
  return [
    get,
    {
      text: '只有这一个私有仓库时，放进 dockerd 的 certs.d（目录名要与镜像名里的写法一样，扩展名必须是 .crt），不用重启。',
      code: `sudo mkdir -p /etc/docker/certs.d/${host}\nsudo cp corp-ca.crt /etc/docker/certs.d/${host}/ca.crt`,
      language: 'bash',
      link: { href: '/certs/private-registry/', text: '私有仓库的证书' },
    },
    system,
  ];
}

function reach(finding: Finding): Step {
  const host = (finding.host ?? 'registry-1.docker.io').replace(/^\[|\]$/g, '');
  const url =
    finding.facts.url !== undefined && /\/v2\//.test(finding.facts.url)
      ? `https://${host}/v2/`
      : `https://${host}/`;
  return {
    text: '在出错的那一层里试一下（dockerd 的问题在宿主机上试，构建和容器的问题在容器里试）。',
    code: `curl -sS -o /dev/null -m 15 -w '%{http_code} %{remote_ip} %{time_total}\\n' ${url}`,
    language: 'bash',
  };
}

function pullBase(finding: Finding): Step | undefined {
  if (finding.layer !== 'build') return undefined;
  return {
    text: '构建里的拉取重试很少：先单独拉好基础镜像，再构建。',
    code: `docker pull ${finding.facts.image ?? '基础镜像'}`,
    language: 'bash',
    link: { href: '/download/stuck/', text: '下载卡住' },
  };
}

/**
 * What to do about a finding.
 *
 * @param finding the finding
 * @param platform where the reader's Docker runs
 * @returns steps in order, Chinese
 */
export function fixSteps(finding: Finding, platform: PlatformId): Step[] {
  return stepsOf(finding, platform).filter((step) => step !== undefined);
}

function stepsOf(finding: Finding, platform: PlatformId): (Step | undefined)[] {
  const { facts, host, layer, rule } = finding;
  const name = host ?? '目标主机';
  switch (finding.category) {
    case 'dns':
      if (rule === 'dns-poisoned' || rule === 'dns-loopback') {
        return [
          {
            text: '看看现在解析到哪里；hosts 文件里有旧记录就删掉。',
            code: `getent hosts ${name}`,
            language: 'bash',
          },
          {
            text: 'DNS 被污染时，换 DNS 服务器未必有用：让 dockerd 走代理，或者换一个能用的镜像源。',
          },
          layerProxy(finding, platform),
          {
            text: '挑一个近期有证据的镜像源。',
            link: { href: '/mirror/sources/', text: '国内镜像源现状' },
          },
        ];
      }
      if (layer === 'build' || layer === 'container') {
        return [
          {
            text: '在一个容器里试解析。',
            code: `docker run --rm busybox nslookup ${name}`,
            language: 'bash',
          },
          {
            text: isDesktop(platform)
              ? '给容器指定 DNS：Settings → Docker Engine，加上 dns，再 Apply & restart。'
              : '给容器指定 DNS：daemon.json 里加上 dns，重启 dockerd。',
            code: '{\n  "dns": ["223.5.5.5", "119.29.29.29"]\n}',
            language: 'json',
          },
          {
            text: '公司内网的域名要用公司的 DNS，把上面的地址换成它。',
            link: { href: '/build/run-network/', text: 'RUN 里的网络' },
          },
        ];
      }
      return [
        {
          text: '在同一台机器上试解析。',
          code:
            platform === 'desktop-windows'
              ? `Resolve-DnsName ${name}`
              : `getent hosts ${name} || nslookup ${name}`,
          language: platform === 'desktop-windows' ? 'powershell' : 'bash',
        },
        {
          text: '能解析却仍报错：dockerd 用的 DNS 与终端不同（虚拟机、WSL2、systemd-resolved），重启 Docker 让它重新读取。',
        },
        restart(platform),
        {
          text: '不能解析：检查 /etc/resolv.conf 或路由器的 DNS；WSL2 试 dnsTunneling。',
          link: { href: '/desktop/wsl2-network/', text: 'WSL2 的网络' },
        },
      ];
    case 'timeout':
    case 'refused':
    case 'interrupted':
      return [
        reach(finding),
        pullBase(finding),
        finding.category === 'interrupted'
          ? {
              text: '一次只下载一层，减少并发，线路差时更稳。',
              code: '{\n  "max-concurrent-downloads": 1\n}',
              language: 'json',
              link: { href: '/download/concurrency/', text: '限制并发' },
            }
          : undefined,
        facts.ipKind === 'fake'
          ? {
              text: `${facts.ip} 是代理软件的 fake-ip：它的 TUN 没有接管这一层的流量，给这一层显式配代理。`,
            }
          : undefined,
        layerProxy(finding, platform),
        /docker\.io|docker\.com|cloudflare/.test(host ?? '')
          ? {
              text: '没有代理时，用近期有证据的镜像源。',
              link: { href: '/mirror/recommended/', text: '推荐的 daemon.json' },
            }
          : undefined,
        finding.category === 'interrupted'
          ? {
              text: '用了代理的，换一个节点再试。',
              link: { href: '/download/proxy-stability/', text: '代理稳定性' },
            }
          : undefined,
      ];
    case 'proxy-unreachable': {
      const proxy = facts.proxy ?? host ?? '代理地址';
      const loopback = /^(?:127\.|localhost|\[?::1)/.test(proxy);
      return [
        {
          text: `先确认代理软件在运行，端口是对的（日志里是 ${proxy}）。`,
          code: `curl -sS -m 10 -x http://${proxy.replace(/^https?:\/\//, '')} -o /dev/null -w '%{http_code}\\n' https://registry-1.docker.io/v2/`,
          language: 'bash',
        },
        loopback &&
        (layer === 'build' || layer === 'container' || isDesktop(platform) || platform === 'wsl2')
          ? {
              text: '127.0.0.1 指发起连接的那台：在容器里是容器，在 WSL2（NAT）里是虚拟机。改成 host.docker.internal 或宿主机的局域网地址。',
              link: { href: '/proxy/allow-lan/', text: '允许局域网连接' },
            }
          : undefined,
        {
          text: '在代理软件里打开「允许局域网连接」（Allow LAN），让它听 0.0.0.0；防火墙放行这个端口。',
          link: { href: '/proxy/allow-lan/', text: '允许局域网连接' },
        },
        layerProxy(finding, platform),
        {
          text: '不再用代理时，把旧的代理设置删干净：systemd 附加配置、daemon.json 的 proxies、~/.docker/config.json。',
          code: "systemctl show --property=Environment docker\ndocker info -f '{{.HTTPProxy}} {{.HTTPSProxy}} {{.NoProxy}}'",
          language: 'bash',
        },
      ];
    }
    case 'proxy-auth':
      return [
        {
          text: '把用户名和密码写进代理地址，特殊字符编码成 %XX（@ 是 %40，# 是 %23）。',
          link: { href: '/proxy/passwords/', text: '代理密码里的特殊字符' },
        },
        layerProxy(finding, platform),
        {
          text: 'NTLM、Kerberos 认证的代理 dockerd 不支持：在本机装一个转换的代理（px、cntlm），让 dockerd 连它。',
        },
      ];
    case 'proxy-protocol':
      return [
        {
          text: '把代理地址的开头改成 http://：HTTPS_PROXY 里的 HTTPS 指的是访问 HTTPS 网站时用它，不是代理自己的协议。',
          code: 'HTTPS_PROXY=http://127.0.0.1:10808',
          language: 'bash',
        },
        {
          text: '密码里有 # / ? @ % 时要编码成 %XX，否则地址会被截断。',
          link: { href: '/proxy/passwords/', text: '代理密码里的特殊字符' },
        },
        { text: '端口是 SOCKS 的，改用 HTTP 或混合端口，或写 socks5:// 开头。' },
        layerProxy(finding, platform),
      ];
    case 'proxy-denied':
      return [
        {
          text: `代理收到了请求但拒绝转发到 ${name}：请管理员放行，Docker Hub 至少要放行下面这些。`,
          code: 'registry-1.docker.io\nauth.docker.io\nproduction.cloudflare.docker.com\ndocker-images-prod.6aa30f8b08e16409b46e0173d6de2f56.r2.cloudflarestorage.com',
        },
        {
          text: `${name} 如果是内网地址，它不该走代理：加进 NO_PROXY，再用测试器核对。`,
          link: { href: '/tools/noproxy/', text: 'NO_PROXY 测试器' },
        },
        { text: '502、503、504 多半是代理自己到不了外网：换节点或换代理。' },
      ];
    case 'tls-unknown-ca':
      return trustCa(finding, platform);
    case 'tls-name':
      return [
        {
          text: `看证书到底发给谁。`,
          code: `openssl s_client -connect ${name.includes(':') ? name : `${name}:443`} </dev/null 2>/dev/null | openssl x509 -noout -subject -ext subjectAltName`,
          language: 'bash',
        },
        facts.certNames?.some((entry) => /facebook|twitter|dropbox/i.test(entry))
          ? { text: '证书属于毫不相干的公司：DNS 被污染了，换镜像源或走代理。' }
          : {
              text: '用证书里有的名称去访问；用 IP 访问的，重签一张带 IP SAN 的证书。',
              link: { href: '/certs/private-registry/', text: '私有仓库的证书' },
            },
        { text: '公共网站出现这个错误，多半是认证页或拦截设备在应答，先在浏览器里登录网络。' },
      ];
    case 'tls-time':
      return [
        {
          text: '先看本机时钟；虚拟机和 WSL2 睡眠后常常慢几小时到几天。',
          code: 'date -u\nsudo hwclock -s 2>/dev/null || sudo timedatectl set-ntp true',
          language: 'bash',
        },
        platform === 'desktop-windows' || platform === 'wsl2'
          ? { text: 'WSL2 的时钟：重启 WSL。', code: 'wsl --shutdown', language: 'powershell' }
          : undefined,
        { text: '时钟没错，就是对方的证书真的过期了：请仓库管理员续期，不要用跳过校验来绕过。' },
        {
          text: '旧系统的根证书太老也会这样：更新 ca-certificates。',
          link: { href: '/certs/system/', text: '各系统安装 CA' },
        },
      ];
    case 'tls-handshake':
      return [
        {
          text: '看是哪一步失败、双方用什么版本。',
          code: `openssl s_client -connect ${name.includes(':') ? name : `${name}:443`} </dev/null`,
          language: 'bash',
        },
        {
          text: '对方要求客户端证书：在 certs.d 里放 client.cert 与 client.key，文件名要成对。',
          link: { href: '/certs/private-registry/', text: '私有仓库的证书' },
        },
        {
          text: '对方只支持旧的 TLS 版本或弱密钥：请管理员升级；公司网关有时只拦 Docker 的握手，换网络试一次可以分清。',
        },
      ];
    case 'http-on-https':
      return [
        {
          text: `${name} 没有 TLS：最好给它配证书；只在内网、知道风险时，才把它列为不安全仓库。`,
          link: { href: '/certs/insecure-registries/', text: '不安全仓库' },
        },
        platform === 'podman' || platform === 'containerd'
          ? {
              text: '在 registries.conf（Podman）或 hosts.toml（containerd）里写成 http。',
              link: { href: '/mirror/containerd/', text: 'containerd、k3s、Podman' },
            }
          : {
              text: `在 daemon.json 里加上，端口要写全。`,
              code: `{\n  "insecure-registries": ["${name}"]\n}`,
              language: 'json',
            },
        restart(platform),
      ];
    case 'auth':
      if (rule === 'npm-auth')
        return [
          {
            text: '令牌要写给下载时用的那个地址：.npmrc 里的一行以 // 开头，路径要一样。',
            code: `npm config set //${host ?? 'registry.example.com'}/:_authToken "$NPM_TOKEN"`,
            language: 'bash',
          },
          { text: '构建镜像时读不到你的 ~/.npmrc：用 RUN --mount=type=secret 传进去，不要 COPY。' },
          { text: 'package-lock.json 里的 resolved 也可能还指着这个私有地址：换源后要重新生成。' },
        ];
      if (rule === 'package-auth')
        return [
          {
            text: `用同一组凭据直接访问 ${name}，看账号对不对。`,
            code: `curl -sSI -u 用户名 https://${name}/`,
            language: 'bash',
          },
          {
            text: '凭据写在工具自己的配置里：pip、uv 用 netrc 或网址，Maven 用 settings.xml（server 的 id 要与仓库一致），NuGet 用 NuGet.Config，apt 用 auth.conf.d。',
          },
          { text: '构建镜像时读不到宿主机的这些文件：用 RUN --mount=type=secret 传进去。' },
        ];
      return [
        { text: '核对镜像名：不存在的名称和没有权限，仓库给的是同一个回答。' },
        rule === 'auth-helper'
          ? {
              text: '打开 ~/.docker/config.json，删掉 credsStore 或 credHelpers 里没有装的助手，再登录。',
              code: 'grep -n creds ~/.docker/config.json',
              language: 'bash',
            }
          : {
              text: '重新登录这个仓库（Docker Hub 不用写地址；开了两步验证要用令牌代替密码）。',
              code: `docker logout ${facts.registry === 'docker.io' ? '' : (host ?? '')}\ndocker login ${facts.registry === 'docker.io' ? '' : (host ?? '')}`.replace(
                / +$/gm,
                '',
              ),
              language: 'bash',
            },
        { text: '登录的用户与运行 docker 的用户要是同一个：sudo docker 读的是 root 的凭据。' },
      ];
    case 'rate-limit':
      return [
        {
          text: '登录 Docker Hub：限额按账号算，不再与同一出口的别人共用。',
          code: 'docker login',
          language: 'bash',
          link: { href: '/mirror/hub-limits/', text: 'Docker Hub 的限额' },
        },
        {
          text: '查还剩多少次。',
          code: 'TOKEN=$(curl -s \'https://auth.docker.io/token?service=registry.docker.io&scope=repository:ratelimitpreview/test:pull\' | sed \'s/.*"token":"\\([^"]*\\).*/\\1/\')\ncurl -sI -H "Authorization: Bearer $TOKEN" https://registry-1.docker.io/v2/ratelimitpreview/test/manifests/latest | grep -i ratelimit',
          language: 'bash',
        },
        { text: '走镜像源时登录没有用：换一个镜像源，或者等窗口（6 小时）过去。' },
      ];
    case 'mirror':
      if (facts.tool !== 'registry' && facts.tool !== undefined && facts.tool !== 'docker') {
        return [
          {
            text: '先更新索引再装；旧的构建缓存里可能还是几个月前的索引。',
            code: 'docker build --no-cache --pull .',
            language: 'bash',
          },
          {
            text: `换一个软件源；${name} 可能正在同步，或不再提供这个发行版。`,
            link: { href: '/build/run-network/', text: 'RUN 里的网络' },
          },
        ];
      }
      return [
        {
          text: `从 registry-mirrors 里删掉${facts.mirror ? ` ${facts.mirror.host}` : '出问题的镜像源'}，换成近期有证据的，少而可用。`,
          link: { href: '/mirror/sources/', text: '国内镜像源现状' },
        },
        restart(platform),
        {
          text: '看 dockerd 到底问了谁：经典存储显示最后一个地址的错误，containerd 镜像存储优先显示镜像源的错误。',
          link: { href: '/mirror/how-it-works/', text: 'dockerd 怎样使用镜像列表' },
        },
        { text: '镜像名拼错时，有的镜像源也回答 403：先核对名称。' },
      ];
    case 'not-found':
      return [
        {
          text: '核对名称和标签；官方镜像不写组织名，个人镜像要写「组织/名称」。',
          code: `docker buildx imagetools inspect ${facts.image ?? '镜像:标签'}`,
          language: 'bash',
        },
        rule === 'not-found-official'
          ? { text: '本该在本地构建的镜像：先 docker build -t 名称 .，或者在 compose 里写 build。' }
          : undefined,
        { text: '私有仓库要把仓库地址写进镜像名，例如 registry.example.com/team/app:1。' },
      ];
    case 'platform':
      return [
        {
          text: '看这个镜像有哪些平台。',
          code: `docker buildx imagetools inspect ${facts.image ?? '镜像:标签'}`,
          language: 'bash',
        },
        {
          text: '换一个有本机平台的标签或镜像；只能用别的平台时加 --platform，靠模拟运行会慢很多。',
          code: `docker pull --platform linux/amd64 ${facts.image ?? '镜像:标签'}`,
          language: 'bash',
        },
        {
          text: '提示 windows/amd64 时，Docker Desktop 处在 Windows 容器模式：从菜单切换到 Linux 容器。',
        },
      ];
    case 'registry-server':
      return [
        { text: '服务器一侧的故障，过几分钟再试；Docker Hub 看 https://www.dockerstatus.com 。' },
        { text: '私有仓库：看它自己的日志和磁盘，前面的反向代理是否限制了大小或时间。' },
        reach(finding),
      ];
    case 'daemon-config':
      return [
        isDesktop(platform)
          ? {
              text: 'Settings → Docker Engine 里改正；起不来时直接编辑 ~/.docker/daemon.json（Windows 是 %USERPROFILE%\\.docker\\daemon.json）。',
            }
          : {
              text: '先检查，不用启动；真正的原因在日志里。',
              code: 'sudo dockerd --validate --config-file /etc/docker/daemon.json\njournalctl -u docker -e --no-pager | tail -n 30',
              language: 'bash',
            },
        {
          text: '把 daemon.json 贴进生成器，它会指出哪一行、怎么改，并且不丢掉别的键。',
          link: { href: '/tools/config/', text: '配置生成器' },
        },
        rule === 'config-conflict'
          ? {
              text: '同一项只留一处：删掉 daemon.json 里的，或者用 systemd 附加配置清空 ExecStart 再写。',
            }
          : undefined,
        restart(platform),
      ];
    case 'daemon-down':
      return [
        isDesktop(platform)
          ? {
              text: '启动 Docker Desktop，等图标不再动；一直起不来就看排障顺序。',
              link: { href: '/desktop/troubleshoot/', text: 'Docker Desktop 排障顺序' },
            }
          : platform === 'podman'
            ? {
                text: '启动 Podman 的虚拟机或服务。',
                code: 'podman machine start 2>/dev/null || systemctl --user start podman.socket',
                language: 'bash',
              }
            : {
                text: '看服务是否在运行，没有就启动。',
                code: 'systemctl status docker --no-pager\nsudo systemctl start docker',
                language: 'bash',
              },
        {
          text: '核对客户端连的是哪里：DOCKER_HOST 和上下文会让它去找别的地址。',
          code: 'docker context ls\necho "$DOCKER_HOST"',
          language: 'bash',
        },
        lookAtLog(platform),
        {
          text: '启动失败多半是 daemon.json 写错。',
          link: { href: '/errors/daemon-config/', text: 'daemon.json 有误' },
        },
      ];
    case 'disk':
      return [
        {
          text: '看谁占了空间，再清理不用的镜像和构建缓存（会删除未使用的东西，先看清楚）。',
          code: 'df -h /var/lib/docker; df -i /var/lib/docker\ndocker system df\ndocker builder prune\ndocker image prune',
          language: 'bash',
        },
        isDesktop(platform)
          ? { text: 'Settings → Resources → Advanced 里调大虚拟磁盘。' }
          : { text: '给构建缓存设上限，或者把 data-root 移到更大的盘。' },
      ];
    default:
      return [{ text: '这不是网络、代理、证书或镜像源的问题。按报错本身去查，网络方面不用改。' }];
  }
}

/** The generator's target for a platform. */
export function targetOfPlatform(platform: PlatformId): Target {
  return platform;
}

function scopeOf(finding: Finding): NonNullable<Settings['proxyScope']> {
  if (finding.layer === 'build') return ['build'];
  if (finding.layer === 'container') return ['run', 'cli'];
  return ['daemon'];
}

/** Hosts that many sites share: their certificate is replaced only by a proxy that opens all HTTPS. */
const PUBLIC_HOST =
  /(?:^|\.)(?:docker\.io|docker\.com|github\.com|githubusercontent\.com|ghcr\.io|quay\.io|gcr\.io|k8s\.io|pypi\.org|pythonhosted\.org|npmjs\.org|npmmirror\.com|golang\.org|maven\.org|apache\.org|crates\.io|debian\.org|ubuntu\.com|alpinelinux\.org|pytorch\.org|google\.com|googleapis\.com|aliyun\.com|aliyuncs\.com|daocloud\.io|edu\.cn|nuget\.org|anaconda\.(?:com|org)|microsoft\.com|cloudflarestorage\.com)(?::\d+)?$/i;

/**
 * Generator settings that mend a finding, with its facts filled in.
 *
 * @param now to choose mirrors whose evidence is not old
 * @returns `undefined` where the generator can't help
 */
export function fixPreset(
  finding: Finding,
  platform: PlatformId,
  now: Date,
): Partial<Settings> | undefined {
  const { facts, host, category, rule } = finding;
  const target = targetOfPlatform(platform);
  const base: Partial<Settings> = target === 'linux' ? {} : { target };
  const proxyScope = scopeOf(finding);
  switch (category) {
    case 'tls-unknown-ca': {
      const own = host !== undefined && !PUBLIC_HOST.test(host) && facts.tool !== 'apt';
      return { ...base, ca: [{ host: own ? host : '', pem: '' }] };
    }
    case 'http-on-https':
      return host === undefined || rule === 'https-on-http'
        ? undefined
        : { ...base, insecureRegistries: [host] };
    case 'proxy-unreachable':
    case 'proxy-auth':
    case 'proxy-protocol': {
      const proxy = mendProxy(
        facts.proxy,
        finding.layer === 'build' || finding.layer === 'container',
        category !== 'proxy-auth',
      );
      return {
        ...base,
        proxyScope,
        ...(proxy === undefined
          ? {}
          : { proxy: { http: proxy, https: proxy, noProxy: bypass(facts.url) } }),
      };
    }
    case 'proxy-denied':
      return host !== undefined && isPrivateHost(host)
        ? {
            ...base,
            proxyScope,
            proxy: { noProxy: bypass(`https://${host}/`) },
          }
        : undefined;
    case 'mirror': {
      if (facts.tool !== undefined && facts.tool !== 'registry' && facts.tool !== 'docker')
        return undefined;
      return { ...base, mirrors: suggestions(now, facts.mirror?.host) };
    }
    case 'timeout':
    case 'refused':
    case 'dns':
      if (finding.layer === 'build' || finding.layer === 'container') {
        return category === 'dns' && rule !== 'dns-poisoned'
          ? { ...base, dns: ['223.5.5.5', '119.29.29.29'] }
          : { ...base, proxyScope };
      }
      return /docker\.(?:io|com)(?::\d+)?$|cloudflare/.test(host ?? '')
        ? { ...base, mirrors: suggestions(now) }
        : undefined;
    case 'interrupted':
      return finding.layer === 'daemon' || finding.layer === 'build' || finding.layer === 'unknown'
        ? { ...base, maxConcurrentDownloads: 1, maxDownloadAttempts: 10 }
        : undefined;
    case 'rate-limit':
      return { ...base, mirrors: suggestions(now) };
    case 'disk':
      return { ...base, builderGc: { enabled: true, keepStorage: '10GB' } };
    case 'daemon-config':
      return rule === 'config-mirror' ? { ...base, mirrors: suggestions(now) } : base;
    default:
      return undefined;
  }
}

function suggestions(now: Date, without?: string): string[] {
  return recommended(now)
    .filter(({ url }) => without === undefined || !url.includes(without))
    .slice(0, 2)
    .map(({ url }) => (/^https?:/.test(url) ? url : `https://${url}`));
}

/** A proxy URL as it should be written; a container reaches the host's loopback by another name. */
function mendProxy(
  proxy: string | undefined,
  inContainer: boolean,
  mendScheme: boolean,
): string | undefined {
  if (proxy === undefined || /^https?$|^$/.test(proxy)) return undefined;
  // Nearly no proxy speaks TLS itself; one that asked for a login has shown that it's reached as written.
  let text = mendScheme
    ? proxy.replace(/^https:\/\//i, 'http://').replace(/^socks:\/\//i, 'socks5://')
    : proxy;
  if (!/^[a-z0-9]+:\/\//i.test(text)) text = `http://${text}`;
  if (inContainer)
    text = text.replace(
      /\/\/(?:127\.0\.0\.1|localhost|\[::1\])(?=[:/]|$)/,
      '//host.docker.internal',
    );
  return text;
}

/** What never needs the proxy: the machine itself, and the host that was asked for if it's private. */
function bypass(url: string | undefined): string[] {
  const own = ['localhost', '127.0.0.1'];
  if (url === undefined || !URL.canParse(url)) return own;
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '');
  return host !== '' && isPrivateHost(host) && !own.includes(host) ? [...own, host] : own;
}

function isPrivateHost(host: string): boolean {
  const bare = host.replace(/:\d+$/, '');
  const kind = classifyAddress(bare)?.kind;
  if (kind !== undefined) return kind === 'private' || kind === 'loopback' || kind === 'shared';
  return !PUBLIC_HOST.test(bare);
}

/** The host whose certificate or access a registry's fix is about. */
export function registryOfFinding(finding: Finding): string | undefined {
  return (
    finding.host ??
    (finding.facts.registry === undefined ? undefined : registryHost(finding.facts.registry))
  );
}

/** What to run next when nothing was recognised, by platform. */
export function nextCommands(platform: PlatformId): Step[] {
  return [
    { text: '把完整的报错贴上来：最后几行、嵌套最里面的那一句最有用。' },
    platform === 'podman'
      ? { text: '看看当前的设置。', code: 'podman info', language: 'bash' }
      : platform === 'containerd'
        ? {
            text: '用 crictl 单独拉一次。',
            code: 'sudo crictl pull docker.io/library/hello-world:latest',
            language: 'bash',
          }
        : {
            text: '看看 dockerd 的代理和镜像源，再单独拉一次。',
            code: 'docker info\ndocker pull hello-world',
            language: 'bash',
          },
    lookAtLog(platform),
    {
      text: '还是看不出来：点下面的「复制脱敏报告」，带着它去问同事或社区；也可以在本站的代码仓库提 issue（选「没认出的报错」），把它补进规则。',
      link: { href: '/start/where-stuck/', text: '你卡在哪一步' },
    },
  ];
}
