/**
 * One assignment of a systemd `EnvironmentFile=`: no `%` doubling there, and inside double quotes only
 * `"`, `\`, `$` and `` ` `` need a backslash. Source: systemd `env-file.c`.
 *
 * @param value any text without line breaks
 */
export function environmentFileLine(name: string, value: string): string {
  if (/^[\w@%+=:,./~*[\]-]*$/.test(value)) return `${name}=${value}`;
  return `${name}="${value.replace(/["\\$`]/g, '\\$&')}"`;
}
