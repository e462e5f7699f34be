import { createUniqueId, type JSX } from 'solid-js';
import { createFileDrop } from '../ui/index.ts';

/** Wraps an input that also takes a file: dropped on it, or chosen. */
export function FileDrop(props: {
  /** The accessible name of the file input. */
  label: string;
  onFile: (bytes: Uint8Array<ArrayBuffer>) => void;
  children: JSX.Element;
}) {
  const id = createUniqueId();
  const read = async (file: File) => props.onFile(new Uint8Array(await file.arrayBuffer()));
  const drop = createFileDrop((file) => void read(file));
  return (
    <div class="cf-drop" classList={{ 'cf-drop-over': drop.over() }} {...drop.handlers}>
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
          const file = event.currentTarget.files?.[0];
          if (file) void read(file);
          event.currentTarget.value = '';
        }}
      />
    </div>
  );
}
