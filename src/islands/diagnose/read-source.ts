import { LogReader } from '#core/diagnose/read.ts';
import type { Diagnosis } from '#core/diagnose/types.ts';

/** How much is read between two looks at the cancel flag. */
const STEP = 1 << 20;

export interface Progress {
  /** Called now and then with what was read so far, in bytes or characters. */
  onProgress(done: number, total: number): void;
  cancelled(): boolean;
}

/** Lets messages in: a worker that never pauses never hears 取消. */
function breathe(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

/** Diagnoses a text step by step. */
export async function readText(text: string, progress: Progress): Promise<Diagnosis> {
  const reader = new LogReader();
  for (let at = 0; at < text.length; at += STEP) {
    reader.push(text.slice(at, at + STEP));
    progress.onProgress(Math.min(at + STEP, text.length), text.length);
    await breathe();
    if (progress.cancelled()) {
      reader.cancel();
      break;
    }
  }
  return reader.finish();
}

export interface FileResult {
  readonly diagnosis: Diagnosis;
  /** The text itself where it's short enough to show. */
  readonly text?: string;
  readonly encoding: string;
}

/** Longest text sent back to the page. */
const SHOWN = 64 * 1024;

/**
 * Diagnoses a file without holding it: unpacks .gz as it comes, finds out UTF-8, UTF-16 and GBK.
 *
 * @throws Error with a Chinese message when the file can't be read or unpacked
 */
export async function readFile(file: Blob, progress: Progress): Promise<FileResult> {
  const head = new Uint8Array(await file.slice(0, 4).arrayBuffer());
  const packed = head[0] === 0x1f && head[1] === 0x8b;
  if (packed && typeof DecompressionStream === 'undefined') {
    throw new Error('这个浏览器不能解压 .gz，请先解压（gunzip）再打开。');
  }
  if (head[0] === 0x50 && head[1] === 0x4b)
    throw new Error('这是 .zip 压缩包，请先解压，再打开里面的日志。');
  if (head[0] === 0x28 && head[1] === 0xb5)
    throw new Error('这是 .zst 压缩文件，请先解压（zstd -d）再打开。');

  let done = 0;
  const counted = file.stream().pipeThrough(
    new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform(chunk, controller) {
        done += chunk.byteLength;
        controller.enqueue(chunk);
      },
    }),
  );
  const bytes = packed ? counted.pipeThrough(new DecompressionStream('gzip')) : counted;
  const reader = new LogReader();
  const source = bytes.getReader();
  let decoder: TextDecoder | undefined;
  let kept = '';
  let whole = true;
  try {
    for (;;) {
      const { value, done: ended } = await source.read();
      if (ended) break;
      decoder ??= new TextDecoder(encodingOf(value));
      const text = decoder.decode(value, { stream: true });
      reader.push(text);
      if (whole && kept.length + text.length <= SHOWN) kept += text;
      else whole = false;
      progress.onProgress(done, file.size);
      await breathe();
      if (progress.cancelled()) {
        reader.cancel();
        whole = false;
        await source.cancel();
        break;
      }
    }
  } catch {
    throw new Error(
      packed
        ? '解压到一半出错：文件可能不完整，请先手动解压再打开。'
        : '读取文件时出错：请确认文件没有被移动或删除。',
    );
  }
  const rest = decoder?.decode() ?? '';
  if (rest !== '') {
    reader.push(rest);
    if (whole) kept += rest;
  }
  return {
    diagnosis: reader.finish(),
    encoding: decoder?.encoding ?? 'utf-8',
    ...(whole ? { text: kept } : {}),
  };
}

/** UTF-16 by its mark or its zero bytes; UTF-8 if it decodes; else GBK, as Chinese Windows writes. */
export function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const sample = bytes.subarray(0, 65536);
  let odd = 0;
  let even = 0;
  for (let i = 0; i < sample.length; i++) if (sample[i] === 0) i % 2 === 1 ? odd++ : even++;
  if (odd > sample.length / 4 && even < odd / 8) return 'utf-16le';
  if (even > sample.length / 4 && odd < even / 8) return 'utf-16be';
  try {
    // `stream` forgives a character that the sample cuts.
    new TextDecoder('utf-8', { fatal: true }).decode(sample, { stream: true });
    return 'utf-8';
  } catch {
    return 'gb18030';
  }
}
