import { createSignal, createUniqueId, type JSX } from 'solid-js';

/** Wraps an input that also takes a file: dropped on it, or chosen. */
export function FileDrop(props: {
  /** The accessible name of the file input. */
  label: string;
  onFile: (bytes: Uint8Array<ArrayBuffer>) => void;
  children: JSX.Element;
}) {
  const id = createUniqueId();
  const [over, setOver] = createSignal(false);
  const read = async (file: File | undefined) => {
    if (file) props.onFile(new Uint8Array(await file.arrayBuffer()));
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping has a keyboard way, the file input
    <div
      class="cf-drop"
      classList={{ 'cf-drop-over': over() }}
      onDragOver={(event) => {
        if (!event.dataTransfer?.types.includes('Files')) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        setOver(false);
        const file = event.dataTransfer?.files[0];
        if (!file) return;
        event.preventDefault();
        void read(file);
      }}
    >
      {props.children}
      <label class="cf-file" for={id}>
        选择文件，或拖到上面
      </label>
      <input
        type="file"
        id={id}
        class="sr-only"
        aria-label={props.label}
        onChange={(event) => {
          void read(event.currentTarget.files?.[0]);
          event.currentTarget.value = '';
        }}
      />
    </div>
  );
}
