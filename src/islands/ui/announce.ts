/** Speaks a short message to screen readers, through one live region for the whole page. */
export function announce(message: string): void {
  let region = document.getElementById('live-region');
  if (!region) {
    region = document.createElement('div');
    region.id = 'live-region';
    region.className = 'sr-only';
    region.setAttribute('role', 'status');
    region.setAttribute('aria-live', 'polite');
    document.body.append(region);
  }
  // The same text twice would not be spoken twice.
  region.textContent = region.textContent === message ? `${message}\u00a0` : message;
}
