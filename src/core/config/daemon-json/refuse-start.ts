import type { Context } from './context.ts';
import type { Finding } from './report.ts';

/** Reports what keeps the daemon from starting. */
export function refuseStart(
  context: Context,
  path: string,
  words: string,
  finding: Omit<Finding, 'refused' | 'original' | 'path'>,
): void {
  const node = context.config.get(/^[^.[]*/.exec(path)?.[0] ?? '')?.node;
  context.report.add({
    ...(node && { node }),
    ...finding,
    path,
    refused: true,
    original: context.wording.start(words),
  });
}
