export { announce } from './announce.ts';
export { apart, createAwakening, whenAlive } from './apart.ts';
export { CodeView } from './CodeView.tsx';
export { CopyButton } from './CopyButton.tsx';
export { DownloadButton, download } from './DownloadButton.tsx';
export { Field } from './Field.tsx';
export { createFileDrop } from './file-drop.ts';
export { createHashState, stateInAddress } from './hash-state.ts';
export { Tabs } from './Tabs.tsx';
export { whenWanted } from './when-wanted.ts';

import './ui.css';
