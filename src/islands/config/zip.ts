import type { Artifact } from '#core/config/index.ts';

/**
 * All artifacts as one .zip, each file under the folder it belongs to. Loads the compressor when
 * first asked.
 */
export async function zipArtifacts(
  artifacts: readonly Artifact[],
): Promise<Uint8Array<ArrayBuffer>> {
  const { strToU8, zipSync } = await import('fflate');
  const files: Record<string, Uint8Array> = {};
  for (const artifact of artifacts) {
    files[zipName(artifact)] = strToU8((artifact.bom ? '\ufeff' : '') + artifact.content);
  }
  // A fixed date: the same settings give the same file.
  return new Uint8Array(zipSync(files, { mtime: new Date(2026, 0, 1) }));
}

/** The path in the archive: the file's own, from the root, the home directory or the profile. */
export function zipName({ path, fileName, file }: Artifact): string {
  if (file === undefined) return fileName;
  return (
    path
      .replaceAll('\\', '/')
      .replace(/^~\//, 'home/')
      .replace(/^%(\w+)%\//, (_, name: string) => `${name.toLowerCase()}/`)
      .replace(/^([A-Z]):\//, (_, drive: string) => `${drive.toLowerCase()}/`)
      .replace(/^\//, '')
      // A colon can't be in a file name on Windows.
      .replaceAll(':', '_')
  );
}
