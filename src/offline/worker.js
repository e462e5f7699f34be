// @ts-nocheck: the types of a service worker's globals clash with those of a page, which the rest of the site has.
/**
 * The service worker: keeps every file of the site for use without a network. The build puts `FILES` in: each file's
 * `url` below this worker's folder and its `revision`, null where the name says it.
 *
 * A new version is fetched whole before it is taken; until the reader takes it, the old one goes on with its own files.
 * Nothing but the site's own files passes through here.
 */
const scope = new URL('./', self.location.href);
const CACHE = `files-of-${scope.pathname}`;

/** Fetches at a time: one after the other would take a round trip each. */
const AT_ONCE = 12;

/** Where each file is kept: a file that changed has another place, beside the old one. */
const kept = new Map(
  FILES.map(({ url, revision }) => [
    new URL(url, scope).pathname,
    new URL(revision === null ? url : `${url}?revision=${revision}`, scope).href,
  ]),
);

async function fetchAll() {
  const cache = await caches.open(CACHE);
  const present = new Set((await cache.keys()).map(({ url }) => url));
  const missing = FILES.filter(({ url }) => !present.has(kept.get(new URL(url, scope).pathname)));
  const next = async () => {
    for (let file = missing.shift(); file; file = missing.shift()) {
      const url = new URL(file.url, scope);
      // From the server: the browser's own cache may hold an older file, and its locks would hold this up.
      const response = await fetch(url, { cache: 'reload', credentials: 'same-origin' });
      if (!response.ok) throw new Error(`${url.pathname}: ${response.status}`);
      await cache.put(kept.get(url.pathname), plain(response));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
}

/** A page may not be answered with what came by way of a redirect, as from servers that shorten index.html. */
function plain(response) {
  if (!response.redirected) return response;
  const { headers, status, statusText } = response;
  return new Response(response.body, { headers, status, statusText });
}

/** Takes the files of earlier versions away; no page uses them any more. */
async function dropOld() {
  const cache = await caches.open(CACHE);
  const wanted = new Set(kept.values());
  for (const request of await cache.keys())
    if (!wanted.has(request.url)) await cache.delete(request);
}

/** The kept file of a path, which for a folder is its index.html. */
async function keptFile(pathname) {
  const place = kept.get(pathname.replace(/\/$/, '/index.html'));
  return place && (await caches.open(CACHE)).match(place, { ignoreVary: true });
}

async function answer(request) {
  const { pathname } = new URL(request.url);
  const file = await keptFile(pathname);
  if (file) return file;
  try {
    return await fetch(request);
  } catch (error) {
    if (request.mode !== 'navigate') throw error;
    // What the server would do.
    if (kept.has(`${pathname}/index.html`)) return Response.redirect(`${pathname}/`);
    const missing = await keptFile(`${scope.pathname}404.html`);
    if (!missing) throw error;
    return missing;
  }
}

self.addEventListener('install', (event) => event.waitUntil(fetchAll()));
self.addEventListener('activate', (event) =>
  event.waitUntil(dropOld().then(() => self.clients.claim())),
);
self.addEventListener('message', ({ data }) => {
  if (data?.type === 'SKIP_WAITING') self.skipWaiting();
});
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== scope.origin || request.headers.has('range')) return;
  // A query never names another file: Pagefind's is the time, others come from where a link was shared.
  if (request.mode === 'navigate' || kept.has(pathname.replace(/\/$/, '/index.html')))
    event.respondWith(answer(request));
});
