import { onCleanup, onMount } from 'solid-js';
import type { Codec, Decoded } from '#core/share/index.ts';

/** Whether the address carries a state: `name=value`, which no anchor of a heading is. */
export const hasState = (): boolean => location.hash.includes('=');

/**
 * The state in the address, without `#`. Undefined for an anchor of the page, of a heading or the skip
 * link: following one changes nothing in the tool, and the address goes on naming the tool's state.
 * @param own the state that the tool wrote last
 */
export function stateInAddress(own = ''): string | undefined {
  const hash = location.hash.slice(1);
  if (hash === '' || hasState()) return hash;
  if (own) history.replaceState(history.state, '', `#${own}`);
  return undefined;
}

/**
 * Ties a tool's state to the page's hash. Call inside a component.
 * @param codec how the state is written
 * @param onLoad gets the state of the link that was opened, and of every later change from outside (back, forward, an edited address)
 * @returns `save` writes a state into the address without a new history entry; `link` is the full URL of a state
 */
export function createHashState<State extends object>(
  codec: Codec<State>,
  onLoad: (decoded: Decoded<State>) => void,
): { save(state: Partial<State>): void; link(state: Partial<State>): string } {
  let own: string | undefined;
  const read = () => {
    const hash = stateInAddress(own);
    if (hash === undefined || hash === own) return;
    own = hash;
    onLoad(codec.decode(hash));
  };
  onMount(() => {
    if (hasState()) read();
    window.addEventListener('hashchange', read);
    onCleanup(() => window.removeEventListener('hashchange', read));
  });
  return {
    save(state) {
      own = codec.encode(state);
      const { pathname, search } = location;
      history.replaceState(history.state, '', own ? `#${own}` : pathname + search);
    },
    link(state) {
      const hash = codec.encode(state);
      const { origin, pathname } = location;
      return origin + pathname + (hash ? `#${hash}` : '');
    },
  };
}
