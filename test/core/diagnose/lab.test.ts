/**
 * What real clients printed in the fault lab (test/lab), and what the first finding must say about it.
 * The expectations come from the scenarios, not from what `diagnose` answers.
 */
import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../src/core/diagnose/index.ts';
import { type Recording, readRecordings } from '../../lab/recording.ts';

const recordings = readRecordings();
const clients = [...new Set(recordings.map(({ client }) => client))].sort();

/** A port tells one proxy from another; a registry's host is the same with and without. */
const withoutPort = (host: string): string => host.replace(/:\d+$/, '');

/** Whether the output names the host at all: some clients don't. */
const names = ({ output, host }: Recording): boolean =>
  host !== undefined && output.includes(withoutPort(host));

it('finds the recordings', () => {
  expect(recordings.length).toBeGreaterThan(150);
});

describe.each(clients)('%s', (client) => {
  const own = recordings.filter((recording) => recording.client === client);

  it.each(
    own.map((recording) => [`${recording.scenario} (${recording.version})`, recording] as const),
  )('%s', (_title, recording) => {
    const [first] = diagnose(recording.output).findings;
    expect([recording.category, ...recording.accept]).toContain(first?.category ?? 'none');
    // Nothing to say more about: right, as the assertion above holds.
    if (!first || first.category === 'none') return;
    if (recording.layer) expect(first.layer).toBe(recording.layer);
    if (names(recording) && first.category === recording.category)
      expect(first.host && withoutPort(first.host)).toBe(withoutPort(recording.host ?? ''));
  });
});
