import { createSignal, onCleanup } from 'solid-js';
import { diagnose } from '#core/diagnose/index.ts';
import type { FileResult } from './read-source.ts';
import type { Reply, Request } from './worker.ts';

/** Longer texts are read in the worker, so that typing never waits. */
const DIRECT = 64 * 1024;

export interface Run {
  readonly done: number;
  readonly total: number;
}

/**
 * Runs diagnoses: short texts at once, long texts and files in a worker. A new run ends the one before.
 *
 * @param onResult gets each result that is still wanted
 * @param onFail gets a Chinese message
 */
export function createRunner(
  onResult: (result: FileResult) => void,
  onFail: (message: string) => void,
) {
  const [run, setRun] = createSignal<Run>();
  let worker: Worker | undefined;
  let current = 0;
  let busy = false;

  onCleanup(() => worker?.terminate());

  const listen = (event: MessageEvent<Reply>) => {
    const reply = event.data;
    if (reply.id !== current) return;
    if (reply.type === 'progress') {
      setRun({ done: reply.done, total: reply.total });
      return;
    }
    busy = false;
    setRun(undefined);
    if (reply.type === 'done') onResult(reply.result);
    else onFail(reply.message);
  };

  const send = (request: Request) => {
    if (!worker) {
      worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
      worker.addEventListener('message', listen);
      worker.addEventListener('error', () => {
        busy = false;
        setRun(undefined);
        onFail('后台分析没有启动：请刷新页面再试，或者只贴最后几百行。');
      });
    }
    worker.postMessage(request);
  };

  /** Ends whatever runs; its result is dropped. */
  const drop = () => {
    if (busy) send({ type: 'cancel', id: current });
    busy = false;
    current++;
    setRun(undefined);
  };

  return {
    /** The run under way, if it's one in the worker. */
    run,
    text(text: string) {
      drop();
      if (text.length <= DIRECT) {
        onResult({ diagnosis: diagnose(text), encoding: 'utf-16', text });
        return;
      }
      busy = true;
      setRun({ done: 0, total: text.length });
      send({ type: 'text', id: current, text });
    },
    file(file: Blob) {
      drop();
      busy = true;
      setRun({ done: 0, total: file.size });
      send({ type: 'file', id: current, file });
    },
    /** Stops the run under way; what was found up to now is shown. */
    cancel() {
      if (busy) send({ type: 'cancel', id: current });
    },
    drop,
  };
}
