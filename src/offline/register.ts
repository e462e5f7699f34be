/** Registers the service worker once the page is idle, and tells the reader when a new version is ready. */

const base = import.meta.env.BASE_URL.replace(/\/?$/, '/');

function announceUpdate(registration: ServiceWorkerRegistration): void {
  if (document.getElementById('site-update')) return;
  const bar = document.createElement('div');
  bar.id = 'site-update';
  bar.setAttribute('role', 'status');
  const text = document.createElement('span');
  text.textContent = '新版本已就绪。';
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = '刷新使用';
  button.addEventListener('click', () => {
    // Taken in another tab already: this one only has to load it.
    if (!registration.waiting) return location.reload();
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), {
      once: true,
    });
    registration.waiting.postMessage({ type: 'SKIP_WAITING' });
  });
  bar.append(text, button);
  document.body.append(bar);
}

async function register(): Promise<void> {
  const registration = await navigator.serviceWorker.register(`${base}sw.js`, { scope: base });
  // Only a page that already has a worker can be out of date.
  const ready = () =>
    registration.waiting && navigator.serviceWorker.controller && announceUpdate(registration);
  const watch = () => registration.installing?.addEventListener('statechange', ready);
  ready();
  // The browser may have begun to fetch an update before this script ran.
  watch();
  registration.addEventListener('updatefound', watch);
}

if ('serviceWorker' in navigator) {
  addEventListener('load', () => {
    // Offline use is an extra: a browser that refuses it still shows the site.
    const start = () => register().catch(() => {});
    if ('requestIdleCallback' in globalThis) requestIdleCallback(start, { timeout: 4000 });
    else setTimeout(start, 2000);
  });
}
