import { type IPv6, prefixKey6 } from './ip.ts';

/**
 * Looks a host up among many list entries at once. Every entry is put in with its position in
 * the list, every look-up answers the lowest position that covers the host, or `Infinity`.
 */
export class HostIndex {
  readonly #exact = new Map<string, number>();
  readonly #below = new Map<string, number>();
  /** Entries that are both, the most usual kind, held once. */
  readonly #domains = new Map<string, number>();
  readonly #endings = new Map<string, number>();
  #endingLengths: number[] | undefined;

  /** An entry that covers the host of just this text. */
  addExact(text: string, position: number): void {
    putFirst(this.#exact, text, position);
  }

  /** An entry that covers what lies below a domain: `text` after a dot, something before it. */
  addBelow(text: string, position: number): void {
    putFirst(this.#below, text, position);
  }

  /** An entry that covers a domain and what lies below it. */
  addDomain(text: string, position: number): void {
    putFirst(this.#domains, text, position);
  }

  /** An entry that covers every host that ends in `text`, at whatever letter. */
  addEnding(text: string, position: number): void {
    putFirst(this.#endings, text, position);
    this.#endingLengths = undefined;
  }

  /** Position of the entry that is just this text. */
  findExact(text: string): number {
    return this.#exact.get(text) ?? NONE;
  }

  find(host: string): number {
    let best = NONE;
    const domains = this.#domains;
    const below = this.#below;
    if (this.#exact.size > 0) best = this.#exact.get(host) ?? NONE;
    if (domains.size > 0) best = least(best, domains.get(host));
    if (domains.size > 0 || below.size > 0) {
      for (let dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
        const rest = host.slice(dot + 1);
        best = least(best, domains.get(rest));
        if (below.size > 0) best = least(best, below.get(rest));
      }
    }
    return this.#endings.size > 0 ? Math.min(best, this.#findEnding(host)) : best;
  }

  #findEnding(host: string): number {
    let best = NONE;
    if (this.#endings.size <= FEW) {
      for (const [ending, position] of this.#endings) {
        if (position < best && host.endsWith(ending)) best = position;
      }
      return best;
    }
    this.#endingLengths ??= [...new Set([...this.#endings.keys()].map((ending) => ending.length))];
    for (const length of this.#endingLengths) {
      if (length > host.length) continue;
      best = least(best, this.#endings.get(host.slice(host.length - length)));
    }
    return best;
  }
}

const NONE = Number.POSITIVE_INFINITY;
/** Up to so many endings, comparing each is quicker than cutting the host. */
const FEW = 40;

function putFirst<K>(index: Map<K, number>, key: K, position: number): void {
  if (!index.has(key)) index.set(key, position);
}

function least(best: number, position: number | undefined): number {
  return position !== undefined && position < best ? position : best;
}

/** The same for addresses and subnets. */
export class SubnetIndex {
  readonly #v4 = new Map<number, Map<number, number>>();
  readonly #v6 = new Map<number, Map<string, number>>();

  addIPv4(address: number, bits: number, position: number): void {
    put(this.#v4, bits, bits === 0 ? 0 : address >>> (32 - bits), position);
  }

  addIPv6(address: IPv6, bits: number, position: number): void {
    put(this.#v6, bits, prefixKey6(address, bits), position);
  }

  findIPv4(address: number): number {
    let best = Number.POSITIVE_INFINITY;
    for (const [bits, subnets] of this.#v4) {
      const position = subnets.get(bits === 0 ? 0 : address >>> (32 - bits));
      if (position !== undefined && position < best) best = position;
    }
    return best;
  }

  findIPv6(address: IPv6): number {
    let best = Number.POSITIVE_INFINITY;
    for (const [bits, subnets] of this.#v6) {
      const position = subnets.get(prefixKey6(address, bits));
      if (position !== undefined && position < best) best = position;
    }
    return best;
  }
}

function put<K>(index: Map<number, Map<K, number>>, bits: number, key: K, position: number) {
  let subnets = index.get(bits);
  if (!subnets) {
    subnets = new Map();
    index.set(bits, subnets);
  }
  putFirst(subnets, key, position);
}

/** `Infinity` to -1, the form that `BypassList.find` answers in. */
export function positionOrNone(position: number): number {
  return position === Number.POSITIVE_INFINITY ? -1 : position;
}
