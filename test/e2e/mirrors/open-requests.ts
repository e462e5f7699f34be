import type { Page } from '@playwright/test';

/** The page's requests to these servers, as the browser itself counts them. */
export interface OpenRequests {
  /** Most servers with a request open at once. */
  readonly mostHosts: () => number;
  /** Most requests open to one server at once. */
  readonly mostPerHost: () => number;
}

/**
 * Watches the DevTools protocol. A server hears of an aborted request only when the connection's end
 * reaches it, after the next one's start perhaps, so it can't tell what is open at once.
 */
export async function watchOpenRequests(
  page: Page,
  origins: readonly string[],
): Promise<OpenRequests> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  const open = new Map<string, string>();
  let hosts = 0;
  let perHost = 0;
  session.on('Network.requestWillBeSent', ({ requestId, request }) => {
    const { origin } = new URL(request.url);
    // A redirect keeps its id and counts for the server that was asked.
    if (!origins.includes(origin) || open.has(requestId)) return;
    open.set(requestId, origin);
    const asked = [...open.values()];
    hosts = Math.max(hosts, new Set(asked).size);
    perHost = Math.max(perHost, asked.filter((other) => other === origin).length);
  });
  const close = ({ requestId }: { requestId: string }) => open.delete(requestId);
  session.on('Network.loadingFinished', close);
  session.on('Network.loadingFailed', close);
  return { mostHosts: () => hosts, mostPerHost: () => perHost };
}
