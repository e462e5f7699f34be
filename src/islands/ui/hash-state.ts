import { onCleanup, onMount } from 'solid-js';
import type { Codec, Decoded } from '#core/share/index.ts';

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
    if (location.hash.replace(/^#/, '') === own) return;
    onLoad(codec.decode(location.hash));
  };
  onMount(() => {
    if (location.hash.length > 1) read();
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
