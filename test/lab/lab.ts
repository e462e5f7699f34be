/** The network that a scenario arranges: names, listeners and authorities. */
import { address } from './addresses.ts';
import { type Authority, createAuthority } from './certificates.ts';
import type { Behaviour } from './servers/behaviour.ts';
import { type DnsMood, serveDns, type Zone } from './servers/dns.ts';
import { type Listener, listen } from './servers/listener.ts';

export class Lab {
  /** Its root is among the CA certificates of the clients' machine. */
  readonly trusted: Authority = createAuthority('Lab Trust Root CA');
  /** As a company's inspecting proxy has: nobody trusts it here. */
  readonly untrusted: Authority = createAuthority('Corp Inspection Root CA');

  #mood: DnsMood = 'zone';
  #zone: Zone = () => undefined;
  #listeners: Listener[] = [];

  static async open(): Promise<Lab> {
    const lab = new Lab();
    await lab.clear();
    // One stays for good; `address.deadDns` is the one that doesn't answer.
    await serveDns(
      address.dns,
      () => lab.#mood,
      (name) => lab.#zone(name),
    );
    return lab;
  }

  /** Listens until the scenario ends. */
  async serve(host: string, port: number, behaviour: Behaviour): Promise<void> {
    this.#listeners.push(await listen(host, port, behaviour));
  }

  /** Names resolve to these addresses. */
  resolveTo(...v4: string[]): void {
    this.#zone = (name) => (name === 'proxy.corp.example' ? { v4: [address.proxy] } : { v4 });
  }

  /** Another answer to some names; `undefined` means that the name doesn't exist. */
  resolveSome(zone: (name: string) => ReturnType<Zone> | 'usual'): void {
    const usual = this.#zone;
    this.#zone = (name) => {
      const found = zone(name);
      return found === 'usual' ? usual(name) : found;
    };
  }

  set dns(mood: DnsMood) {
    this.#mood = mood;
  }

  /** Back to a network without faults or listeners. */
  async clear(): Promise<void> {
    await Promise.all(this.#listeners.map((listener) => listener.close()));
    this.#listeners = [];
    this.#mood = 'zone';
    this.resolveTo(address.server);
  }
}
