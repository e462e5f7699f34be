import type { CategoryId } from './categories.ts';

/** Which program's connection failed; each layer reads its proxy, mirrors and CAs from elsewhere. */
export type Layer = 'daemon' | 'build' | 'container' | 'client' | 'unknown';

/**
 * How a matched message counts when several compete:
 * - `cause`: says why it failed
 * - `vague`: says that it failed and roughly how, not why
 * - `consequence`: follows from an earlier failure
 * - `retry`: a warning before another try; counts as a cause only if nothing better and no success follows
 * - `success`: not an error, it settles earlier retries
 */
export type Role = 'cause' | 'vague' | 'consequence' | 'retry' | 'success';

/** The program family that prints a message. `registry` stands for everything that pulls images. */
export type Tool =
  | 'registry'
  | 'docker'
  | 'apt'
  | 'apk'
  | 'dnf'
  | 'pip'
  | 'node'
  | 'go'
  | 'curl'
  | 'wget'
  | 'git'
  | 'java'
  | 'cargo'
  | 'conda'
  | 'dotnet'
  | 'openssl'
  | 'dns'
  | 'any';

/** Literals of which the line must contain one (any letter case), and the expression tried on such lines. */
export type Pattern = readonly [literal: string | readonly string[], expression: RegExp];

/** One kind of error message. Rules are data; everything a page or the index shows comes from here. */
export interface Rule {
  /** Stable id; links hold it. */
  readonly id: string;
  readonly category: CategoryId;
  /** Short Chinese name. */
  readonly name: string;
  /** One Chinese sentence: why this happens. `{host}`, `{proxy}`, … are filled from the facts. */
  readonly why: string;
  readonly patterns: readonly Pattern[];
  /** Default `cause`. */
  readonly role?: Role;
  /** Default `any`. */
  readonly tool?: Tool;
  /** The layer, where the message alone decides it. */
  readonly layer?: Layer;
  /** The message is no evidence when this matches its line. */
  readonly unless?: RegExp;
  /** Rules that only repeat this one's outcome; they rank behind it. */
  readonly implies?: readonly string[];
  /** What {@link ./refine.ts} may turn this rule's findings into, when facts say so. */
  readonly becomes?: readonly string[];
  /** More specific guide page than the category's own (absolute path with a trailing slash). */
  readonly guide?: string;
}

/** A place in the pasted text. Offsets count UTF-16 code units of the original text. */
export interface Evidence {
  readonly start: number;
  readonly end: number;
  /** 1-based line of `start`. */
  readonly line: number;
  /** The original lines around it (long ones cut), for logs too large to show. */
  readonly excerpt: string;
  /** Offset of the excerpt in the original text. */
  readonly excerptStart: number;
}

/** What an IP address is. */
export type AddressKind =
  | 'loopback'
  | 'private'
  | 'shared'
  | 'link-local'
  | 'poisoned'
  | 'docker'
  | 'fake'
  | 'public';

/** What the catalogue knows of a mirror. */
export interface MirrorFact {
  readonly host: string;
  readonly id?: string;
  readonly name?: string;
  readonly status?: string;
  /** Chinese label of the status. */
  readonly label?: string;
  /** A host that people use as a mirror though it is none. */
  readonly notMirror?: boolean;
}

/** Facts read out of the messages; absent when the log doesn't say. */
export interface Facts {
  readonly url?: string;
  readonly image?: string;
  /** Registry host as images name it (`docker.io` for Docker Hub). */
  readonly registry?: string;
  readonly ip?: string;
  readonly ipKind?: AddressKind;
  /** Who usually owns a `poisoned` address. */
  readonly ipOwner?: string;
  readonly dnsServer?: string;
  /** Proxy as the log shows it: URL or `host:port`, without credentials. */
  readonly proxy?: string;
  readonly mirror?: MirrorFact;
  readonly status?: string;
  /** Names the certificate is valid for. */
  readonly certNames?: readonly string[];
  readonly certIssuer?: string;
  /** Seconds by which the clock and the certificate disagree; positive: clock is later than its end. */
  readonly skew?: number;
  readonly platform?: string;
  readonly path?: string;
  /** A key or value of daemon.json that the message names. */
  readonly key?: string;
  readonly tool?: Tool;
}

/** How sure a finding is. */
export type Certainty = 'sure' | 'likely' | 'guess';

export interface Finding {
  readonly category: CategoryId;
  readonly layer: Layer;
  /** Rule id. */
  readonly rule: string;
  /** The host that failed; with its port where the message writes one authority. */
  readonly host?: string;
  readonly role: Role;
  /** Chinese name of the rule. */
  readonly name: string;
  /** Chinese sentence, facts filled in. */
  readonly why: string;
  /** First places where it was seen, in log order; at most {@link MAX_EVIDENCE}. */
  readonly evidence: readonly Evidence[];
  /** How often the message was seen. */
  readonly count: number;
  readonly facts: Facts;
  readonly certainty: Certainty;
  /** Chinese: what would make it surer. */
  readonly surer?: string;
  /** Chinese: how the image store changes which error one sees, where it matters. */
  readonly storeNote?: string;
  /** Path of the guide page. */
  readonly guide: string;
}

/** Which reading of the text a match comes from. */
export type View = 'line' | 'spaced' | 'glued';

/** A rule's message found in the text. */
export interface Match {
  readonly rule: Rule;
  /** Original offsets. */
  readonly start: number;
  readonly end: number;
  /** The cleaned line (or joined stretch) it was found in, and where. */
  readonly text: string;
  readonly from: number;
  readonly to: number;
  readonly groups: Readonly<Record<string, string | undefined>>;
  readonly view: View;
}

/** The text around a match: cleaned lines before and after its own. May be computed on first use. */
export interface Surroundings {
  readonly before: string;
  readonly after: string;
}

/** Something the reader must know about how the text was read. */
export interface Note {
  readonly id: 'empty' | 'binary' | 'long-lines' | 'truncated-findings' | 'cancelled';
  /** Chinese. */
  readonly text: string;
}

export interface Diagnosis {
  /** Best first; empty = nothing this guide covers. */
  readonly findings: readonly Finding[];
  /** Programs whose output was recognised, Chinese names; helps when nothing matched. */
  readonly recognised: readonly string[];
  readonly notes: readonly Note[];
  /** UTF-16 code units read. */
  readonly length: number;
}

/** Most places kept per finding. */
export const MAX_EVIDENCE = 5;
