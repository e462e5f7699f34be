/** A path of this site with the base it is served under. */
export function sitePath(path: string): string {
  return `${import.meta.env.BASE_URL.replace(/\/$/, '')}${path}`;
}

/** Where the home page leaves a text for the diagnosis page: read once, then removed. */
export const HANDOVER_KEY = 'diagnose:handover';
