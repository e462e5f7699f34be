import { HostIndex } from './host-index.ts';

/** A HostIndex for entries that may end in a port: `host` covers every port, `host:8443` one. */
export class PortedIndex {
  readonly #any = new HostIndex();
  readonly #one = new HostIndex();
  #ported = false;

  addExact(text: string, port: number, position: number): void {
    if (port === 0) this.#any.addExact(text, position);
    else this.#withPort().addExact(`${text} ${port}`, position);
  }

  addBelow(text: string, port: number, position: number): void {
    if (port === 0) this.#any.addBelow(text, position);
    else this.#withPort().addBelow(`${text} ${port}`, position);
  }

  addDomain(text: string, port: number, position: number): void {
    if (port === 0) this.#any.addDomain(text, position);
    else this.#withPort().addDomain(`${text} ${port}`, position);
  }

  addEnding(text: string, port: number, position: number): void {
    if (port === 0) this.#any.addEnding(text, position);
    else this.#withPort().addEnding(`${text} ${port}`, position);
  }

  #withPort(): HostIndex {
    this.#ported = true;
    return this.#one;
  }

  find(host: string, port: number): number {
    const best = this.#any.find(host);
    return this.#ported ? Math.min(best, this.#one.find(`${host} ${port}`)) : best;
  }
}
