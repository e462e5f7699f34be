/** What a scenario and a client are. */
import type { CategoryId } from '../../src/core/diagnose/categories.ts';
import type { Layer } from '../../src/core/diagnose/types.ts';
import type { Lab } from './lab.ts';
import type { Suite } from './tree.ts';

/** What the first finding must say. Decided from the scenario, never from what `diagnose` answers. */
export interface Expectation {
  readonly category: CategoryId;
  /** Right, too: what the printed text can't tell apart. */
  readonly accept?: readonly CategoryId[];
  /** `target`: the host that the client wants; `proxy`: the proxy's host and port; other text: that host. */
  readonly host?: string;
}

/** Which registry an image is pulled from. */
export type Source = 'hub' | 'private' | 'ip';

/** The client's settings in a scenario. */
export interface Circumstances {
  /** Proxy URL, given to the client (or to dockerd) in its environment. */
  readonly proxy?: string;
  /** Default: the lab's DNS server. */
  readonly nameserver?: string;
  /** Fixes the scheme of web clients; without it each uses its usual one (apt and BusyBox: http). */
  readonly scheme?: 'http' | 'https';
  /** Default `hub`. */
  readonly source?: Source;
  /** Web clients use this address or name instead of their usual host. */
  readonly host?: string;
  /** daemon.json's `registry-mirrors`. */
  readonly mirrors?: readonly string[];
  /** Clients get short time limits of their own where they have an option for it. */
  readonly hurry?: boolean;
  /** Platform to ask for. */
  readonly platform?: string;
}

/** Groups of clients, by what they do. */
export type Group =
  /** Tools on the host that fetch something over HTTP. */
  | 'web'
  /** Whatever pulls an image. */
  | 'pull'
  /** Web tools in a RUN step or a container. */
  | 'inside';

export interface Scenario extends Circumstances {
  readonly id: string;
  /** One sentence: what is wrong. */
  readonly about: string;
  /** Groups or client ids. */
  readonly clients: readonly string[];
  /** Client ids to leave out of the groups. */
  readonly except?: readonly string[];
  readonly arrange: (lab: Lab) => void | Promise<void>;
  readonly expect: Expectation | ((client: Client) => Expectation);
  /** Time limit for one client, in seconds; default 60. */
  readonly seconds?: number;
}

/** Everything a client's command is made from. */
export interface Case extends Circumstances {
  readonly suite: Suite;
  readonly scenario: string;
  /** Host that a web client contacts. */
  readonly host: string;
  /** Scheme, host and path. */
  readonly url: string;
  /** Image reference, and the registry host that serves it. */
  readonly image: string;
  readonly registry: string;
}

export interface Client {
  readonly id: string;
  readonly group?: Group;
  /** Absolute path in the tree: without it, the client is reported as missing. */
  readonly program: string;
  /** Shell line whose first line of output is the version. */
  readonly version: string;
  /** Only in these suites; default: all. */
  readonly suites?: readonly Suite[];
  /** Host and path of a web client, and its usual scheme. */
  readonly url?: {
    readonly scheme: 'http' | 'https';
    readonly host: string;
    readonly path: string;
  };
  /** The layer, where what it prints gives it away. */
  readonly layer?: Layer;
  /** Needs dockerd with this image store (`small`: overlay2 on a full disk), or none running. */
  readonly daemon?: 'overlay2' | 'containerd' | 'small' | 'stopped';
  /** Needs the image with tools, `lab/tools`. */
  readonly tools?: boolean;
  /** It says what is wrong and exits with 0 all the same. */
  readonly tolerant?: boolean;
  /** The shell line that is run and recorded. */
  readonly command: (at: Case) => string;
  /** Proxy goes into this client's environment; default true unless it needs dockerd. */
  readonly proxyInEnvironment?: boolean;
  /** Files to write beforehand. */
  readonly files?: (at: Case) => Readonly<Record<string, string>>;
  /** Folders and files to remove beforehand. */
  readonly clean?: readonly string[];
}
