/** A small container image whose bytes follow from a seed alone. */
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';

export interface Blob {
  readonly mediaType: string;
  readonly digest: string;
  readonly bytes: Buffer;
}

export interface Image {
  /** The manifest list that a tag stands for. */
  readonly index: Blob;
  readonly manifests: readonly Blob[];
  /** Configurations and layers. */
  readonly blobs: readonly Blob[];
}

const TYPE = 'application/vnd.oci.image';

const sha256 = (bytes: Buffer): string =>
  `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

function blob(mediaType: string, content: Buffer | object): Blob {
  const bytes = Buffer.isBuffer(content) ? content : Buffer.from(JSON.stringify(content));
  return { mediaType, digest: sha256(bytes), bytes };
}

const descriptor = ({ mediaType, digest, bytes }: Blob) => ({
  mediaType,
  digest,
  size: bytes.length,
});

/** A tar archive with one file. */
function tar(name: string, content: Buffer): Buffer {
  const header = Buffer.alloc(512);
  const octal = (value: number, length: number) =>
    `${value.toString(8).padStart(length - 1, '0')}\0`;
  header.write(name, 0);
  header.write(
    octal(0o644, 8) + octal(0, 8) + octal(0, 8) + octal(content.length, 12) + octal(0, 12),
    100,
  );
  header.write('        0', 148);
  header.write('ustar\x0000', 257);
  header.write(
    octal(
      header.reduce((sum, byte) => sum + byte, 0),
      7,
    ),
    148,
  );
  const padding = Buffer.alloc((512 - (content.length % 512)) % 512);
  return Buffer.concat([header, content, padding, Buffer.alloc(1024)]);
}

/** Bytes that don't compress. */
function noise(seed: string, length: number): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0, block = Buffer.from(seed); at < length; at += block.length) {
    block = createHash('sha512').update(block).digest();
    parts.push(block);
  }
  return Buffer.concat(parts).subarray(0, length);
}

/**
 * @param seed other seeds give other digests, so no client has seen any part of it
 * @param platforms e.g. `linux/amd64`
 */
export function createImage(seed: string, platforms: readonly string[] = ['linux/amd64']): Image {
  const archive = tar('lab/data', noise(seed, 400_000));
  const layer = blob(`${TYPE}.layer.v1.tar+gzip`, gzipSync(archive));
  const built = platforms.map((platform) => {
    const [os, architecture, variant] = platform.split('/');
    const config = blob(`${TYPE}.config.v1+json`, {
      os,
      architecture,
      variant,
      created: '2024-01-01T00:00:00Z',
      config: { Cmd: ['/lab/data'] },
      rootfs: { type: 'layers', diff_ids: [sha256(archive)] },
      history: [{ created: '2024-01-01T00:00:00Z', created_by: seed }],
    });
    const manifest = blob(`${TYPE}.manifest.v1+json`, {
      schemaVersion: 2,
      mediaType: `${TYPE}.manifest.v1+json`,
      config: descriptor(config),
      layers: [descriptor(layer)],
    });
    return { config, manifest, platform: { os, architecture, variant } };
  });
  const index = blob(`${TYPE}.index.v1+json`, {
    schemaVersion: 2,
    mediaType: `${TYPE}.index.v1+json`,
    manifests: built.map(({ manifest, platform }) => ({ ...descriptor(manifest), platform })),
  });
  return {
    index,
    manifests: built.map(({ manifest }) => manifest),
    blobs: [layer, ...built.map(({ config }) => config)],
  };
}
