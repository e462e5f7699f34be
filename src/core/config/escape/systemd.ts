/**
 * One `Environment=` line of a systemd unit whose variable gets exactly `value`.
 * Inside double quotes systemd reads `\` escapes and, everywhere, `%` specifiers.
 * Source: systemd.syntax(7), systemd.unit(5); systemd `config_parse_environ`.
 *
 * @param value any text without line breaks (a unit file can't hold one here)
 */
export function environmentLine(name: string, value: string): string {
  return `Environment="${escapeSystemd(`${name}=${value}`)}"`;
}

/** Escapes a text for the inside of double quotes in a unit file. */
export function escapeSystemd(text: string): string {
  return text.replace(/[\\"]/g, '\\$&').replace(/%/g, '%%');
}
