/** The web tools once more, in a RUN step of a build and in a container. */
import type { Case, Client } from '../scenario.ts';
import { webClients } from './web.ts';

const tools = ['curl', 'wget', 'git', 'pip', 'npm', 'apt', 'requests'];
/** Said differently enough to be recorded in every scenario of the group. */
const always = [
  'build-step-apt',
  'build-step-pip',
  'build-step-npm',
  'container-curl',
  'legacy-build-step-git',
];

const proxyArguments = ({ proxy }: Case, option: string): string =>
  proxy
    ? ` ${option} HTTP_PROXY=${proxy} ${option} HTTPS_PROXY=${proxy} ${option} http_proxy=${proxy} ${option} https_proxy=${proxy}`
    : '';

/** Files of a tool, written by the step itself. */
function prepare(client: Client, at: Case): string {
  const files = Object.entries(client.files?.(at) ?? {});
  return files
    .map(
      ([path, text]) =>
        `mkdir -p ${path.replace(/\/[^/]*$/, '')} && printf '%s' '${text.trim()}' > ${path} && `,
    )
    .join('');
}

const quote = (line: string): string => line.replaceAll(/["$`\\]/g, '\\$&');

const base = {
  program: '/usr/sbin/dockerd',
  version: 'docker --version',
  daemon: 'overlay2',
  tools: true,
  proxyInEnvironment: false,
} as const;

const common = (client: Client) =>
  ({ ...base, url: client.url, tolerant: client.tolerant }) as const;

export const insideClients: readonly Client[] = webClients
  .filter(({ id }) => tools.includes(id))
  .flatMap((client): Client[] => [
    {
      ...common(client),
      id: `build-step-${client.id}`,
      layer: 'build',
      command: (at) =>
        `${at.suite === 'bookworm' ? 'DOCKER_BUILDKIT=1 ' : ''}docker build --network host --no-cache --progress=plain${proxyArguments(at, '--build-arg')} /tmp/step`,
      files: (at) => ({
        '/tmp/step/Dockerfile': `FROM lab/tools\nRUN ${prepare(client, at)}${client.command(at)}\n`,
      }),
      clean: ['/tmp/step'],
    },
    {
      ...common(client),
      id: `container-${client.id}`,
      command: (at) =>
        `docker run --rm --network host${proxyArguments(at, '-e')} lab/tools sh -c "${quote(prepare(client, at) + client.command(at))}"`,
    },
    {
      ...common(client),
      id: `legacy-build-step-${client.id}`,
      suites: ['bookworm'],
      layer: 'build',
      command: (at) =>
        `DOCKER_BUILDKIT=0 docker build --network host --no-cache${proxyArguments(at, '--build-arg')} /tmp/step`,
      files: (at) => ({
        '/tmp/step/Dockerfile': `FROM lab/tools\nRUN ${prepare(client, at)}${client.command(at)}\n`,
      }),
      clean: ['/tmp/step'],
    },
  ])
  .map((client) => (always.includes(client.id) ? { ...client, group: 'inside' } : client));
