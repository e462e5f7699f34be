import { hasState } from './hash-state.ts';

const SIGNS = [
  'pointermove',
  'pointerdown',
  'touchstart',
  'wheel',
  'scroll',
  'keydown',
  'focusin',
  'input',
  'beforeprint',
] as const;

/** Before code that did not arrive is asked for again. */
const RETRY_MS = 5000;

/**
 * Loads what the first answer doesn't need: at the reader's first sign of life on the page, or when an
 * element comes within a window's height. At once where there was a sign already, or a link brought
 * values. Where it fails, the line is down: again a little later, as soon as it is wanted.
 */
export function whenWanted(load: () => void | Promise<void>, near?: Element): void {
  const run = async () => {
    try {
      await load();
    } catch {
      setTimeout(() => whenWanted(load), RETRY_MS);
    }
  };
  const { activeElement } = document;
  const active = navigator.userActivation?.hasBeenActive === true;
  if (active || (activeElement && activeElement !== document.body) || hasState()) {
    run();
    return;
  }
  const observer = near
    ? new IntersectionObserver((entries) => entries.some((one) => one.isIntersecting) && go(), {
        rootMargin: '100% 0px',
      })
    : undefined;
  const go = () => {
    observer?.disconnect();
    for (const sign of SIGNS) window.removeEventListener(sign, go);
    run();
  };
  for (const sign of SIGNS) window.addEventListener(sign, go, { passive: true });
  if (near) observer?.observe(near);
}
