import type { FileResult } from './read-source.ts';
import { readFile, readText } from './read-source.ts';

/** What the page sends. */
export type Request =
  | { type: 'text'; id: number; text: string }
  | { type: 'file'; id: number; file: Blob }
  | { type: 'cancel'; id: number };

/** What comes back. */
export type Reply =
  | { type: 'progress'; id: number; done: number; total: number }
  | { type: 'done'; id: number; result: FileResult }
  | { type: 'failed'; id: number; message: string };

const cancelled = new Set<number>();
const post = (reply: Reply): void => postMessage(reply);

addEventListener('message', (event: MessageEvent<Request>) => {
  const request = event.data;
  if (request.type === 'cancel') {
    cancelled.add(request.id);
    return;
  }
  const { id } = request;
  let told = 0;
  const progress = {
    onProgress(done: number, total: number) {
      const now = performance.now();
      if (now - told < 60) return;
      told = now;
      post({ type: 'progress', id, done, total });
    },
    cancelled: () => cancelled.has(id),
  };
  const run: Promise<FileResult> =
    request.type === 'text'
      ? readText(request.text, progress).then((diagnosis) => ({ diagnosis, encoding: 'utf-16' }))
      : readFile(request.file, progress);
  run
    .then((result) => post({ type: 'done', id, result }))
    .catch((error: unknown) => {
      post({
        type: 'failed',
        id,
        message: error instanceof Error ? error.message : '读取时出错。',
      });
    })
    .finally(() => cancelled.delete(id));
});
