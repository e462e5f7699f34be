export interface DownloadButtonProps {
  /** The file name the download gets. */
  name: string;
  /** Read at the click. */
  content: () => string | Uint8Array<ArrayBuffer>;
  type?: string;
  label?: string;
  title?: string;
  class?: string;
  disabled?: boolean;
}

/** Saves text or bytes as a file, without a server. */
export function DownloadButton(props: DownloadButtonProps) {
  return (
    <button
      type="button"
      class={`ui-button ${props.class ?? ''}`}
      aria-label={props.title}
      disabled={props.disabled}
      onClick={() => download(props.name, props.content(), props.type)}
    >
      {props.label ?? '下载'}
    </button>
  );
}

/** Offers `content` to the reader as a file called `name`. */
export function download(
  name: string,
  content: string | Uint8Array<ArrayBuffer>,
  type = 'text/plain;charset=utf-8',
): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // Some browsers start reading the blob only after this task.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
