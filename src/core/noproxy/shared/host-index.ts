import { type IPv6, prefixKey6 } from './ip.ts';

/**
 * Looks a host up among many list entries at once. Every entry is put in with its position in
 * the list, every look-up answers the lowest position that covers the host, or `Infinity`.
 */
export class HostIndex {
  readonly #exact = new Map<string, number>();
  readonly #below = new Map<string, number>();
  readonly #endings = new Map<string, number>();

  /** An entry that covers the host of just this text. */
  addExact(text: string, position: number): void {
    if (!this.#exact.has(text)) this.#exact.set(text, position);
  }

  /** An entry that covers what lies below a domain: `text` after a dot, something before it. */
  addBelow(text: string, position: number): void {
    if (!this.#below.has(text)) this.#below.set(text, position);
  }

  /** An entry that covers a domain and what lies below it. */
  addDomain(text: string, position: number): void {
    this.addExact(text, position);
    this.addBelow(text, position);
  }

  /** An entry that covers every host that ends in `text`, at whatever letter. */
  addEnding(text: string, position: number): void {
    if (!this.#endings.has(text)) this.#endings.set(text, position);
  }

  /** Position of the entry that is just this text. */
  findExact(text: string): number {
    return this.#exact.get(text) ?? Number.POSITIVE_INFINITY;
  }

  find(host: string): number {
    let best = this.#exact.get(host) ?? Number.POSITIVE_INFINITY;
    if (this.#below.size > 0) {
      for (let dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
        const position = this.#below.get(host.slice(dot + 1));
        if (position !== undefined && position < best) best = position;
      }
    }
    if (this.#endings.size > 0) {
      for (let from = host.length; from >= 0; from--) {
        const position = this.#endings.get(host.slice(from));
        if (position !== undefined && position < best) best = position;
      }
    }
    return best;
  }
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
  if (!subnets.has(key)) subnets.set(key, position);
}

/** `Infinity` to -1, the form that `BypassList.find` answers in. */
export function positionOrNone(position: number): number {
  return position === Number.POSITIVE_INFINITY ? -1 : position;
}
