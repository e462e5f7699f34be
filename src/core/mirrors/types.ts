/** What the evidence says about a mirror service. Labels: {@link statusLabels}. */
export type MirrorStatus =
  | 'works'
  | 'restricted'
  | 'cloud-only'
  | 'account-only'
  | 'unknown'
  | 'stopped';

/** How far the dated evidence carries (number and independence of sources). */
export type Confidence = 'high' | 'medium' | 'low';

/**
 * How the service is used.
 * - `docker.io-mirror`: answers `/v2/` at its root for docker.io; may stand in `registry-mirrors`
 * - `prefix`: `host/docker.io/library/nginx`; must not stand in `registry-mirrors`
 * - `sync`: copies an image on demand under another name; must not stand in `registry-mirrors`
 */
export type MirrorForm = 'docker.io-mirror' | 'prefix' | 'sync';

/** `YYYY`, `YYYY-MM` or `YYYY-MM-DD`: only as precise as its source. */
export type PartialDate = string;

/** A mirror service as the browser knows it: the slim form of `content/mirrors/<id>.json`. */
export interface Mirror {
  readonly kind: 'mirror';
  readonly id: string;
  /** Name in Chinese. */
  readonly name: string;
  /** The address as a reader writes it; `<ID>` stands for an account's own part. */
  readonly url: string;
  /** Host globs (see {@link ./match.ts}), some with a path. */
  readonly match: readonly string[];
  readonly form: MirrorForm;
  readonly status: MirrorStatus;
  readonly confidence: Confidence;
  /** What it serves and to whom (Chinese). Absent for stopped services. */
  readonly scope?: string;
  /** A caution (Chinese). Absent for stopped services. */
  readonly notes?: string;
  /** Newest dated evidence about the service's state. */
  readonly lastEvidence: PartialDate;
  /** Newest real pull, or pull claimed by a list's owner. */
  readonly lastTest?: PartialDate;
  /** When and why a stopped service ended. */
  readonly end?: { readonly date: PartialDate; readonly why: string };
  /** Its host is also a registry of its own: normal in an image name, wrong only as a mirror. */
  readonly alsoRegistry?: boolean;
}

/** Hosts that people put into `registry-mirrors` though they mirror nothing of Docker Hub. */
export interface NotMirror {
  readonly kind: 'not-a-mirror';
  readonly id: string;
  readonly match: readonly string[];
  readonly except?: readonly string[];
  /** Why not (Chinese). */
  readonly why: string;
  readonly lastEvidence: PartialDate;
  /** Normal in an image name, wrong only as a mirror. */
  readonly alsoRegistry?: boolean;
}
