import { z } from 'astro/zod';
import { EVIDENCE_TYPES, lastEvidence } from '../core/mirrors/evidence.ts';

const partialDate = z
  .string()
  .regex(
    /^\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?$/,
    'write a date as YYYY, YYYY-MM or YYYY-MM-DD, as precise as its source',
  );

const pattern = z
  .string()
  .regex(
    /^[a-z0-9*](?:[a-z0-9*.-]*[a-z0-9*])?(?:\/[\w./-]+)?$/,
    'a match is a host glob in lower-case ASCII (punycode), without scheme or port, or host/path',
  );

const evidence = z.strictObject({
  /** `github:owner/repo#issue`, `github:owner/repo path@commit` or a URL. */
  source: z.string().min(8),
  /** When the source says it; leave out only when the source bears no date. */
  date: partialDate.optional(),
  type: z.enum(EVIDENCE_TYPES),
  /** Where it was seen from. */
  vantage: z.enum(['cn-home', 'cn(claimed)', 'overseas']).optional(),
  /** What it says, in a sentence (Chinese; error texts verbatim). */
  says: z.string().min(1),
});

/** One file of content/mirrors. */
export const mirrorSchema = z
  .strictObject({
    /** Name in Chinese. */
    name: z.string().min(1),
    operator: z.string().min(1),
    /** As a reader writes it; `<ID>` for an account's own part. */
    url: z.string().regex(/^https?:\/\/[a-z0-9<>.:-]+$/i),
    match: z.array(pattern).min(1),
    /** How it is used: see MirrorForm in src/core/mirrors/types.ts. */
    form: z.enum(['docker.io-mirror', 'prefix', 'sync']),
    status: z.enum(['works', 'restricted', 'cloud-only', 'account-only', 'unknown', 'stopped']),
    /** How far the evidence carries: high only with the operator's word or several sources. */
    confidence: z.enum(['high', 'medium', 'low']),
    /** What it serves and to whom. */
    scope: z.string().min(1),
    /** A caution, shown beside the entry. */
    notes: z.string().min(1).optional(),
    /** The host is also a registry: ordinary in image names, wrong only as a mirror. */
    alsoRegistry: z.literal(true).optional(),
    /** Needed for a stopped service, wrong for any other. */
    end: z.strictObject({ date: partialDate, why: z.string().min(1) }).optional(),
    evidence: z.array(evidence).min(1),
  })
  .superRefine((mirror, context) => {
    if ((mirror.status === 'stopped') !== (mirror.end !== undefined)) {
      context.addIssue({
        code: 'custom',
        path: ['end'],
        message: 'a stopped service says when and why it ended, any other has no `end`',
      });
    }
    if (lastEvidence(mirror.evidence) === '') {
      context.addIssue({
        code: 'custom',
        path: ['evidence'],
        message: 'at least one piece of evidence bears a date',
      });
    }
  });

export type MirrorContent = z.infer<typeof mirrorSchema>;

/** content/mirrors-meta/not-mirrors.json: hosts that mirror nothing of Docker Hub. */
export const notMirrorsSchema = z.array(
  z.strictObject({
    id: z.string().regex(/^[a-z0-9-]+$/),
    match: z.array(pattern).min(1),
    except: z.array(pattern).min(1).optional(),
    why: z.string().min(1),
    alsoRegistry: z.literal(true).optional(),
    evidence,
  }),
);

const labelled = z.strictObject({ label: z.string().min(1), legend: z.string().min(1) });

/** content/mirrors-meta/legend.json: the words of the catalogue's table. */
export const legendSchema = z.strictObject({
  /** When the catalogue as a whole was compiled. */
  compiled: partialDate,
  basis: z.string().min(1),
  evidenceTypes: z.record(z.enum(EVIDENCE_TYPES), z.string().min(1)),
  vantages: z.record(z.enum(['cn-home', 'cn(claimed)', 'overseas']), z.string().min(1)),
  statuses: z.record(
    z.enum(['works', 'restricted', 'cloud-only', 'account-only', 'unknown', 'stopped']),
    labelled,
  ),
  matchNote: z.string().min(1),
});
