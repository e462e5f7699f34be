/** Artifacts that are for some readers only: folded until asked for. */
const ASIDE = /^(hosts\.toml|containerd-config|ca-file|desktop-|install\.|.*:cmd$)/;

/** Which of a result's artifacts stand open until the reader decides. */
export function openAtFirst(ids: readonly string[]): ReadonlySet<string> {
  return new Set(ids.filter((id) => !ASIDE.test(id)).slice(0, 3));
}
