import type { Rule } from '../types.ts';
import { rx } from './fragments.ts';

/** Faults of the configuration that have a rule of their own. */
const OWN_RULE = `(?:the following )?directives |invalid mirror|insecure registry|invalid index name|(?:invalid json: )?(?:invalid character|unexpected end)`;

/** dockerd's own configuration, its socket and its disk. Sources: moby `daemon/command`, `daemon/config`, `registry/config.go`; docker/cli. */
export const daemonRules: readonly Rule[] = [
  {
    id: 'config-syntax',
    category: 'daemon-config',
    name: 'daemon.json 语法错误',
    why: 'daemon.json 不是正确的 JSON（{detail}）：多余或缺少的逗号、注释、中文引号，或者粘贴时带进了看不见的字符。',
    tool: 'docker',
    layer: 'daemon',
    implies: ['daemon-down', 'config-service-failed'],
    patterns: [
      [
        'unable to configure the docker daemon',
        rx`unable to configure the docker daemon(?: with file (?<path>[^\n:]{1,200}))?: (?:invalid json: )?(?<detail>(?:invalid character|unexpected end of json|eof|encoding|failed to decode|json: cannot unmarshal)[^\n]{0,200})`,
      ],
      [
        'daemon.json',
        rx`daemon\.json[^\n]{0,40}: (?:invalid json: )?(?<detail>(?:invalid character|unexpected end of json input|cannot unmarshal|eof\b)[^\n]{0,160})`,
      ],
      ['failed to decode configuration json', /failed to decode configuration json[^\n]{0,120}/i],
      [
        'go struct field config.',
        rx`json: cannot unmarshal (?<detail>[^\n]{1,60} into go struct field config\.[\w.-]{1,80}[^\n]{0,60})`,
      ],
      ['invalid json: ', /invalid json: invalid character[^\n]{0,120}/i],
    ],
  },
  {
    id: 'config-conflict',
    category: 'daemon-config',
    name: '启动参数与 daemon.json 冲突',
    why: '{key} 在 dockerd 的启动参数和 daemon.json 里各写了一次，只能留一处。',
    tool: 'docker',
    layer: 'daemon',
    implies: ['daemon-down', 'config-service-failed', 'config-syntax', 'config-other'],
    patterns: [
      [
        'specified both as a flag',
        rx`(?:the following )?directives are specified both as a flag and in the configuration file: (?<key>[\w-]{1,60})[^\n]{0,300}`,
      ],
      [
        'both as a flag',
        rx`specified both as a flag and in the configuration file(?:: (?<key>[\w-]{1,60}))?`,
      ],
    ],
  },
  {
    id: 'config-unknown-key',
    category: 'daemon-config',
    name: 'daemon.json 里有不认识的键',
    why: '这个版本的 dockerd 不认识 {key}：拼写或大小写不对，或者版本太旧。',
    tool: 'docker',
    layer: 'daemon',
    implies: ['daemon-down', 'config-service-failed', 'config-syntax', 'config-other'],
    patterns: [
      [
        "don't match any configuration option",
        rx`(?:the following )?directives don't match any configuration option: (?<key>[^\n"]{1,200})`,
      ],
      ['unknown configuration option', /unknown configuration option[^\n]{0,80}/i],
    ],
  },
  {
    id: 'config-mirror',
    category: 'daemon-config',
    name: '镜像源地址写法不对',
    why: 'registry-mirrors 里有一项写得不对（{detail}），dockerd 因此拒绝整个文件。',
    tool: 'docker',
    layer: 'daemon',
    implies: ['daemon-down', 'config-service-failed', 'config-other'],
    patterns: [
      ['invalid mirror', rx`invalid mirror: (?<detail>[^\n]{1,240})`],
      [
        'insecure registry ',
        rx`insecure registry (?<detail>[^\n]{1,120}? is not valid|[^\n]{1,120}should not contain)[^\n]{0,120}`,
      ],
      ['invalid index name', rx`(?<detail>invalid index name \([^\n)]{1,120}\))[^\n]{0,80}`],
    ],
  },
  {
    id: 'config-other',
    category: 'daemon-config',
    name: 'dockerd 拒绝了配置',
    why: 'dockerd 因为配置里的一项而没有启动：{detail}。',
    tool: 'docker',
    layer: 'daemon',
    implies: ['daemon-down', 'config-service-failed'],
    patterns: [
      [
        'unable to configure the docker daemon',
        rx`unable to configure the docker daemon with file [^\n:]{1,200}: (?!${OWN_RULE})(?<detail>[^\n]{1,200})`,
      ],
      [
        ['merged configuration validation', 'configuration validation from file'],
        rx`(?:merged )?configuration validation from file and command line flags failed: (?!${OWN_RULE})(?<detail>[^\n]{1,200})`,
      ],
      [
        'file configuration validation',
        rx`file configuration validation failed(?: \(|: )(?!${OWN_RULE})(?<detail>[^\n]{1,200})`,
      ],
      [
        ['invalid max concurrent', 'invalid max download'],
        rx`(?<detail>invalid max (?:concurrent (?:downloads|uploads)|download attempts): [^\n]{1,40})`,
      ],
      [
        'could not get builder gc policy',
        rx`(?<detail>could not get builder gc policy: [^\n]{1,160})`,
      ],
      [
        'error initializing graphdriver',
        rx`error initializing graphdriver: (?<detail>[^\n]{1,160})`,
      ],
      [
        ['error reloading configuration', 'error reconfiguring the daemon'],
        rx`error (?:reloading configuration|reconfiguring the daemon)[^\n]{0,60}: ?"?(?<detail>[^\n]{1,160})`,
      ],
      ['migrating daemon.json', rx`migrating daemon\.json: (?<detail>[^\n]{1,160})`],
      ['no log driver named', rx`(?<detail>(?:logger: )?no log driver named [^\n]{1,60})`],
      [
        'failed to load listeners',
        rx`failed to load listeners: (?<detail>no sockets found via socket activation[^\n]{0,80})`,
      ],
      [
        'failed to start daemon',
        rx`failed to start daemon: (?<detail>(?!${OWN_RULE})(?:invalid|error validating|configuration|could not parse|unable to parse)[^\n]{1,160})`,
      ],
      ['unknown flag', rx`dockerd[^\n]{0,80}: unknown flag: (?<detail>\S{1,60})`],
    ],
    unless: /prior storage driver|failed to set up|permission denied|iptables/i,
  },
  {
    id: 'config-service-failed',
    category: 'daemon-config',
    name: 'docker 服务没有启动',
    why: 'systemd 只说 docker.service 启动失败，没有写原因；最常见的原因是 daemon.json 写错，用 journalctl 看真正的报错。',
    tool: 'docker',
    layer: 'daemon',
    role: 'vague',
    implies: ['daemon-down'],
    becomes: ['none-dockerd-start'],
    patterns: [
      [
        'unable to configure the docker daemon',
        /unable to configure the docker daemon with file [^\s:]{0,200}\s*$/im,
      ],
      ['job for docker.service failed', /job for docker\.service failed[^\n]{0,120}/i],
      [
        'docker.service: failed',
        /docker\.service: failed with result ['"“‘]?(?:exit-code|start-limit-hit|protocol|timeout)/i,
      ],
      [
        'docker.service: start request repeated',
        /docker\.service: start request repeated too quickly/i,
      ],
      [
        'failed to start docker application',
        /failed to start docker application container engine/i,
      ],
      [
        'failed to start docker.service',
        /failed to start docker\.service(?!: (?:unit docker\.service is masked|interactive auth|access denied))[^\n]{0,80}/i,
      ],
      ['docker.service entered failed state', /docker\.service entered failed state/i],
      [
        'docker.service: main process exited',
        /docker\.service: main process exited, code=exited, status=1/i,
      ],
      ['unit docker.service', /unit docker\.service (?:entered failed|failed)[^\n]{0,60}/i],
    ],
    unless: /unit docker\.service not found|docker\.service could not be found/i,
  },
  {
    id: 'config-hosts-toml',
    category: 'daemon-config',
    name: 'containerd 的镜像源配置有误',
    why: 'containerd 或 BuildKit 读不了镜像源配置：{detail}。',
    tool: 'registry',
    layer: 'daemon',
    patterns: [
      [
        'hosts.toml',
        rx`failed to decode (?<path>\S{0,200}hosts\.toml)[^\n]{0,200}|(?:unable to load|invalid)[^\n]{0,80}hosts\.toml[^\n]{0,120}`,
      ],
      [
        'cannot be set when',
        rx`(?<detail>.?mirrors.? cannot be set when .?config_path.? is provided)`,
      ],
      [
        'uri schemes are not supported',
        rx`invalid location '[^'\n]{1,200}': (?<detail>uri schemes are not supported)`,
      ],
      [
        'containerd/config.toml',
        rx`(?:failed to (?:load|parse|unmarshal)|invalid|error)[^\n]{0,80}?containerd/config\.toml: (?<detail>[^\n]{1,160})`,
      ],
      ['mixing sysregistry', rx`(?<detail>mixing sysregistry v1/v2 is not supported)`],
      [
        'registries.conf',
        rx`(?:loading|reading|error)[^\n]{0,120}registries\.conf[^\n]{0,60}(?<detail>toml[^\n]{0,120})`,
      ],
      ['buildkitd.toml', rx`(?:failed|error|can't)[^\n]{0,120}buildkitd\.toml[^\n]{0,120}`],
    ],
  },
  {
    id: 'daemon-down',
    category: 'daemon-down',
    name: '连不上 dockerd',
    why: '客户端在 {socket} 找不到守护进程：dockerd 没有运行，或者上下文、DOCKER_HOST 指错了地方。',
    tool: 'docker',
    layer: 'client',
    implies: ['refused-python', 'refused-tool'],
    becomes: ['none-socket-permission'],
    patterns: [
      [
        'cannot connect to the docker daemon',
        rx`cannot connect to the docker daemon(?: at (?<socket>[^\s.]{1,20}[^\s"']{0,200}?))?\.? (?:is|Is) (?:the|'?docker)[^\n]{0,60}`,
      ],
      ['cannot connect to the docker daemon', /cannot connect to the docker daemon[^\n]{0,80}/i],
      ['bad response from docker engine', /bad response from docker engine/i],
      [
        'failed to connect to the docker api',
        rx`failed to connect to the docker api at (?<socket>[^\s;"']{1,200})[^\n]{0,300}`,
      ],
      [
        'error during connect',
        // The client's request to the engine; a registry's address is none, nor is another program's text.
        rx`error during connect: (?!.{0,300}(?:x509|tls:|:237[56])|err=|\{|(?:get|head|post) "?https://[\w.-]{3,200}/v2/)[^\n]{0,600}`,
      ],
      [
        '//./pipe/docker',
        rx`open //\./pipe/(?<socket>docker\w{0,40}): the system cannot find the file specified`,
      ],
      [
        ['docker_engine', 'dockerengine'],
        rx`(?:open |//\./pipe/|npipe:)[^\n]{0,40}docker_?engine[^\n]{0,100}(?:系统找不到指定的文件|cannot find|access is denied|拒绝访问|dockerDesktopLinuxEngine)[^\n]{0,60}`,
      ],
      [
        'dockerdesktoplinuxengine',
        rx`(?:open |npipe:)[^\n]{0,40}dockerDesktopLinuxEngine[^\n]{0,120}`,
      ],
      [
        'dial unix ',
        rx`dial unix (?<socket>[^\s:"']{0,200}docker\S{0,60}\.sock): (?:connect: )?(?:no such file or directory|connection refused)`,
      ],
      [
        'podman.sock',
        rx`(?:dial unix|unable to connect to podman socket)[^\n]{0,200}podman\.sock[^\n]{0,80}(?:no such file|connection refused|invalid argument)`,
      ],
      [
        'connect to docker socket',
        /(?:can'?t|cannot|unable to|failed to) connect to docker socket[^\n]{0,120}/i,
      ],
      // With what it says of the connection, which is one to its virtual machine.
      [
        'connect to podman',
        /(?:cannot|unable to|could not) connect to podman(?: socket)?[.:;] [^\n]{0,600}|cannot connect to podman[^\n]{0,200}/i,
      ],
      ['valid docker environment', /could not find a valid docker environment[^\n]{0,160}/i],
      ['colima is not running', /\bcolima is not running\b/i],
      [
        ['unixconn.py', 'npipeconn.py'],
        /docker[\\/]transport[\\/](?:unixconn|npipeconn)\.py", line \d{1,4}, in connect/i,
      ],
      ['is the docker daemon running', /is the docker daemon running/i],
      ["can't connect to docker daemon", /can't connect to docker daemon[^\n]{0,80}/i],
      [
        [
          '连接到 docker',
          '连接到docker',
          '连接上 docker',
          '连接上docker',
          '连接 docker',
          '连接docker',
        ],
        /(?:无法|不能)连接(?:到|上)? ?docker ?(?:守护进程|daemon|引擎)/i,
      ],
      [
        [
          'docker daemon is not running',
          'docker engine is not running',
          'docker service is not running',
          'docker desktop is not running',
        ],
        /(?:the )?docker (?:daemon|engine|service|desktop) is not running/i,
      ],
      [
        ["couldn't connect to docker daemon", 'couldnt connect to docker daemon'],
        /couldn'?t connect to docker daemon[^\n]{0,160}/i,
      ],
      [
        'error while fetching server api version',
        /error while fetching server api version: (?!.{0,200}(?:permission denied|http\+docker|tls|certificate))[^\s][^\n]{0,240}/i,
      ],
      [
        '/run/docker.sock',
        /failed to (?:dial|connect)[^\n]{0,80}\/(?:run|var\/run)\/docker\.sock[^\n]{0,80}/i,
      ],
      ['docker.sock', rx`connect(?: ECONNREFUSED| ENOENT)[^\n]{0,40}docker\.sock`],
      [
        'docker daemon is running',
        /(?:ensure|make sure|please check)[^\n]{0,40}(?:that )?(?:the )?docker daemon is running(?! (?:properly|correctly))/i,
      ],
      [
        'containerd.sock',
        rx`(?:dial unix|failed to dial)[^\n]{0,160}containerd\.sock[^\n]{0,120}(?:no such file|connection refused|context deadline exceeded)`,
      ],
      ['cannot access containerd socket', /cannot access containerd socket[^\n]{0,120}/i],
      ['docker: unrecognized service', /docker: unrecognized service/i],
      [
        ['docker.service not found', 'docker.service could not be found'],
        /unit docker\.service (?:not found|could not be found)/i,
      ],
      // systemd was not even asked to run it.
      ['docker.service is masked', /unit (?:file )?docker\.service is masked/i],
      [
        'failed to start docker.service: ',
        /failed to start docker\.service: (?:interactive authentication required|access denied)/i,
      ],
      ['docker.service could not be found', /unit docker\.service could not be found/i],
      [
        'docker.socket',
        /failed to (?:get|listen on) docker\.socket|docker\.socket: [^\n]{0,60}failed/i,
      ],
      [
        'system has not been booted with systemd',
        /system has not been booted with systemd as init system[^\n]{0,80}/i,
      ],
      [
        'could not be found in this wsl',
        /the command '?docker'? could not be found in this wsl \d distro/i,
      ],
      [
        'request returned ',
        /request returned (?:5\d\d )?[a-z ]{3,30} for (?:the )?api route and version [^\n]{1,200}/i,
      ],
      [
        'docker-maven-plugin',
        // Java's words; a registry's refusal reaches Maven in dockerd's.
        /docker-maven-plugin[^\n]{0,800}?(?:HttpHostConnectException|java\.net\.ConnectException)[^\n]{0,300}?connection refused/i,
      ],
      [
        'unix://localhost:80',
        /unix:\/\/localhost:80: (?:connection re(?:fused|set)|no such file)[^\n]{0,60}/i,
      ],
      ['rootless containerd not running', /rootless containerd not running\?[^\n]{0,160}/i],
    ],
    unless: /permission denied|dockershim\.sock|cri-dockerd/i,
  },
  {
    id: 'desktop-down',
    category: 'daemon-down',
    name: 'Docker Desktop 没有启动成功',
    why: 'Docker Desktop 的后台（虚拟机或 WSL）没有起来，里面的 dockerd 自然也连不上。',
    tool: 'docker',
    layer: 'daemon',
    // What its start waited for.
    implies: ['timeout-deadline'],
    patterns: [
      ['running wsl command', /running wsl command "?[^\n]{1,260}?wsl\.exe\b[^\n]{0,400}/i],
      ['starting wsl engine', /starting wsl engine: [^\n]{1,300}/i],
      [
        'waiting for docker daemon',
        /waiting for docker daemon: (?:context deadline exceeded|timeout)[^\n]{0,80}/i,
      ],
      [
        'docker desktop',
        /docker desktop (?:is unable to start|stopped|failed to (?:start|initialize)|- unexpected wsl error|- wsl (?:integration|distro)[^\n]{0,60})[^\n]{0,80}/i,
      ],
      [
        'an unexpected error was encountered while executing a wsl',
        /an unexpected error was encountered while executing a wsl command/i,
      ],
      [
        'docker-desktop',
        /(?:deploying|starting|running|provisioning)[^\n]{0,40}docker-desktop(?:-data)?[^\n]{0,60}(?:failed|exit(?:ed)? (?:code|status))[^\n]{0,60}/i,
      ],
      [
        'hardware assisted',
        /hardware assisted virtualization and data execution protection must be enabled/i,
      ],
      [
        ['virtual machine platform', 'wsl kernel version', 'wsl 2 installation is incomplete'],
        /(?:virtual machine platform|wsl kernel version|wsl 2 installation is incomplete)[^\n]{0,80}/i,
      ],
      ['docker desktop is manually paused', /docker desktop is manually paused[^\n]{0,80}/i],
    ],
  },
  {
    id: 'daemon-tcp-down',
    category: 'daemon-down',
    name: '连不上远程的 dockerd',
    why: '客户端按 DOCKER_HOST 去连 {socket}，那里没有 dockerd 在听。',
    tool: 'docker',
    layer: 'client',
    patterns: [
      [
        [':2375/v1.', ':2375/_ping'],
        rx`(?:Get|Post|Head|Delete) "?https?://(?<socket>[^/\s"]{1,253}:2375)/(?:v1\.|_ping)[^\n]{0,300}?(?:connection refused|i/o timeout|actively refused|no route to host)`,
      ],
      [
        [':2376/v1.', ':2376/_ping'],
        rx`(?:Get|Post|Head|Delete) "?https?://(?<socket>[^/\s"]{1,253}:2376)/(?:v1\.|_ping)[^\n]{0,300}?(?:connection refused|i/o timeout|actively refused|no route to host)`,
      ],
      ['dial tcp ', rx`dial tcp (?<socket>[^\s"]{1,60}:237[56]): [^\n"]{0,160}`],
      [
        'error during connect',
        rx`error during connect: (?:get|post|head|delete) "?https?://(?<socket>[\w.-]{1,253}:237[56])/[^\n]{0,300}?lookup [\w.-]{1,253}(?: on [^\s]{1,60})?: [^\n]{1,120}`,
      ],
      // The script that starts a Docker inside a container.
      ['internal docker host', /timed out trying to connect to internal docker host/i],
      [
        'cannot connect to the docker',
        rx`cannot connect to the docker daemon at (?<socket>tcp://[^\s"']{1,200}?)\. is the docker daemon running`,
      ],
    ],
  },
  {
    id: 'disk-full',
    category: 'disk',
    name: '磁盘空间不足',
    why: '磁盘（或 inode）用完了：{path} 写不进去。',
    tool: 'docker',
    implies: ['interrupted-eof'],
    patterns: [
      [
        'no space left on device',
        rx`(?:(?:write|mkdir|open|copy|symlink|link|rename|mount)[^\n:]{0,20} (?<path>/[^\s:]{1,200}): )?no space left on device`,
      ],
      [
        ['enospc: ', 'code enospc', 'error enospc', "code: 'enospc"],
        /\benospc: [^\n]{0,80}|(?:code|error) enospc\b|code: 'enospc'/i,
      ],
      ["don't have enough free space", /you don't have enough free space in [^\n]{1,80}/i],
      ['disk quota exceeded', /disk quota exceeded/i],
      ['not enough space', /there is not enough space on the disk/i],
      [
        '磁盘空间不足',
        /(?:^(?:#\d{1,4} [\d.]{3,12} )?|(?:错误|失败|异常|error)[^\n]{0,40}|[:：]\s{0,4}|因为|由于)磁盘空间不足(?!\s?[-—–*])|(?<=^[^\u4e00-\u9fff\n]{0,60})磁盘空间不足(?=[。.!]?[^\u4e00-\u9fff\n]{0,60}$)/im,
      ],
      ['设备上没有空间', /设备上没有空间/],
      ['no space left', /\bno space left\b/i],
      [
        'diskpressure',
        /(?:condition|evict|taint)[^\n]{0,60}\bDiskPressure\b|\bDiskPressure\s{1,40}True/i,
      ],
      ['low on resource: ephemeral', /low on resource: ephemeral-storage[^\n]{0,120}/i],
      [
        'garbage collect required',
        /failed to garbage collect required amount of images[^\n]{0,120}/i,
      ],
      ['disk usage on image filesystem', /disk usage on image filesystem[^\n]{0,120}/i],
      [['disk full', 'disk is full'], /\bdisk (?:is )?full\b/i],
      ['disk space is', /\bdisk space is (?:too |critically |running )?low\b[^\n]{0,80}/i],
      [
        ['more space needed', 'installing package'],
        /at least [\d.]{1,12} ?[KMGT]B more space needed|installing package \S{1,160} needs [\d.]{1,12} ?[KMGT]B (?:more space )?on the \S{1,120} filesystem/i,
      ],
      ['more space needed', /more space needed on the [^\n]{1,60} filesystem/i],
    ],
  },
];
