/**
 * The addresses of the lab's network, which has no interface but loopback.
 *
 * `isolate.ts` makes `local` ranges answer on this machine, `dropped` swallow every packet and `unreachable`
 * fail at once; everything else has no route at all.
 */
export const address = {
  /** Every name resolves to this one unless a scenario says otherwise. */
  server: '203.0.113.10',
  proxy: '203.0.113.20',
  /** Blob host of the image registry. */
  blobs: '203.0.113.30',
  /** Local, and nothing listens: refuses. */
  refusing: '203.0.113.99',
  /** Packets vanish: a connection attempt times out. */
  dropped: '198.51.100.10',
  /** `EHOSTUNREACH`. */
  unreachable: '192.0.2.10',
  /** `ENETUNREACH`. */
  noRoute: '100.64.0.10',
  /** An address that is never Docker's, as poisoned answers give; packets vanish. */
  poisoned: '31.13.94.37',
  dns: '192.168.1.1',
  /** A DNS server that isn't there: the port refuses. */
  deadDns: '192.168.1.2',
} as const;

export const routes = {
  local: ['203.0.113.0/24', '192.168.1.0/24'],
  /** Routed to loopback without being local, so the kernel discards what arrives. */
  dropped: ['198.51.100.0/24', '31.13.94.0/24'],
  unreachable: ['192.0.2.0/24'],
} as const;
