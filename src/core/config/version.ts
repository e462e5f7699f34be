/**
 * Whether a version is a threshold or newer. Missing parts count as 0, except that a bare `24.0`
 * asked for `24.0.8` is older; what is not a number (`-rc.1`, `+ds1`, a leading `v`) is cut.
 *
 * @param version e.g. `28.5.2`, `v29`, `26.1.5+dfsg1`
 * @param threshold e.g. `24.0.8`
 */
export function atLeast(version: string, threshold: string): boolean {
  const have = parts(version);
  const want = parts(threshold);
  for (let i = 0; i < 3; i++) {
    const difference = (have[i] ?? 0) - (want[i] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}

/** Whether a text reads as a Docker Engine version: `29`, `28.5`, `v24.0.7`, `26.1.5+dfsg1`. */
export function isVersion(text: string): boolean {
  return /^v?\d{1,3}(\.\d{1,4}){0,2}([-+~][\w.~+-]*)?$/.test(text);
}

function parts(version: string): number[] {
  const match = /^v?(\d+(?:\.\d+)*)/.exec(version.trim());
  return match?.[1] === undefined ? [] : match[1].split('.').map(Number);
}
