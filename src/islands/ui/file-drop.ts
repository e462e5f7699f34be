import { createSignal } from 'solid-js';

/**
 * Lets an element take a dropped file.
 *
 * @param onFile gets the first file dropped
 * @returns whether a file hovers over the element, and the handlers to spread onto it. An input of
 *   type `file` beside it is the way for the keyboard.
 */
export function createFileDrop(onFile: (file: File) => void) {
  const [over, setOver] = createSignal(false);
  return {
    over,
    handlers: {
      onDragOver: (event: DragEvent) => {
        if (!event.dataTransfer?.types.includes('Files')) return;
        event.preventDefault();
        setOver(true);
      },
      onDragLeave: () => setOver(false),
      onDrop: (event: DragEvent) => {
        setOver(false);
        const file = event.dataTransfer?.files[0];
        if (!file) return;
        event.preventDefault();
        onFile(file);
      },
    },
  };
}
