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

/**
 * Runs something once: at the reader's first sign of life on the page, or when an element comes within
 * a window's height. At once where there was a sign already, or a link brought values. For code that the
 * first answer doesn't need.
 */
export function whenWanted(run: () => void, near?: Element): void {
  const { activeElement } = document;
  const active = navigator.userActivation?.hasBeenActive === true;
  if (active || (activeElement && activeElement !== document.body) || location.hash.length > 1) {
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
