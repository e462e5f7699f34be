import { createMemo, createSignal, Show } from 'solid-js';
import type { Client } from '#core/noproxy/clients.ts';
import type { Target } from '#core/noproxy/targets.ts';
import type { Decision } from '#core/noproxy/types.ts';
import { apart } from '../ui/index.ts';
import { Matrix as MatrixPart, type Selection } from './Matrix.tsx';
import { WhyPanel as WhyPart } from './WhyPanel.tsx';

const Matrix = apart(MatrixPart, 1);
const WhyPanel = apart(WhyPart, 1);

export interface AnswersProps {
  targets: readonly Target[];
  clients: readonly Client[];
  /** One for each client: what it does with a URL. */
  deciders: readonly ((url: string) => Decision)[];
  environment: Readonly<Record<string, string>>;
}

/** The table of targets and clients, and why one of its cells says what it says. */
export function Answers(props: AnswersProps) {
  const [selection, setSelection] = createSignal<Selection>();
  const [pinned, setPinned] = createSignal(false);
  const decisions = createMemo(() => {
    const decide = props.deciders;
    return props.targets.map(({ url }) => decide.map((one) => one(url)));
  });

  /** The chosen cell, or the first one where the clients disagree. */
  const current = createMemo<Selection | undefined>(() => {
    const rows = decisions();
    const chosen = selection();
    if (chosen && rows[chosen.row]?.[chosen.column]) return chosen;
    for (let row = 0; row < rows.length; row++) {
      const routes = rows[row] ?? [];
      const column = routes.findIndex(({ route }) => route !== routes[0]?.route);
      if (column > 0) return { row, column };
    }
    return rows[0]?.length ? { row: 0, column: 0 } : undefined;
  });

  const asked = createMemo(() => {
    const cell = current();
    const target = cell && props.targets[cell.row];
    const client = cell && props.clients[cell.column];
    const decision = cell && decisions()[cell.row]?.[cell.column];
    return target && client && decision ? { target, client, decision } : undefined;
  });

  return (
    <>
      <Matrix
        targets={props.targets}
        clients={props.clients}
        decisions={decisions()}
        selected={current()}
        onSelect={(cell) => {
          setSelection(cell);
          setPinned(true);
        }}
      />
      <Show when={asked()}>
        {(cell) => (
          <WhyPanel
            target={cell().target}
            client={cell().client}
            decision={cell().decision}
            environment={props.environment}
            pinned={pinned()}
            onUnpin={() => setPinned(false)}
          />
        )}
      </Show>
    </>
  );
}
