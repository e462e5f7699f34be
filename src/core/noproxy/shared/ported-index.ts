import { HostIndex } from './host-index.ts';

/** A HostIndex for entries that may end in a port: `host` covers every port, `host:8443` one. */
export class PortedIndex {
  readonly #any = new HostIndex();
  readonly #one = new HostIndex();
  #ported = false;

  /** The index to put an entry in, and the text to put it under. */
  #place(text: string, port: number): [HostIndex, string] {
    if (port === 0) return [this.#any, text];
    this.#ported = true;
    return [this.#one, `${text} ${port}`];
  }

  addExact(text: string, port: number, position: number): void {
    const [index, key] = this.#place(text, port);
    index.addExact(key, position);
  }

  addBelow(text: string, port: number, position: number): void {
    const [index, key] = this.#place(text, port);
    index.addBelow(key, position);
  }

  addEnding(text: string, port: number, position: number): void {
    const [index, key] = this.#place(text, port);
    index.addEnding(key, position);
  }

  find(host: string, port: number): number {
    const best = this.#any.find(host);
    return this.#ported ? Math.min(best, this.#one.find(`${host} ${port}`)) : best;
  }
}
