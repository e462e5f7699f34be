import { createMemo, createSignal, For, Show } from 'solid-js';
import type { Artifact, Problem } from '#core/config/index.ts';
import { settingsHash } from '#core/config/state.ts';
import type { Coloured } from '../ui/highlight.ts';
import { announce, CopyButton, download } from '../ui/index.ts';
import { ArtifactCard } from './ArtifactCard.tsx';
import { createChangeMarks } from './changes.ts';
import type { Form } from './form.ts';
import { guide } from './labels.ts';
import { openAtFirst } from './open-at-first.ts';
import { createStableList } from './stable-list.ts';
import { zipArtifacts } from './zip.ts';

/** What the form gives: what is wrong, the files, and ways to take them along. */
export function Result(props: {
  form: Form;
  colours: Readonly<Record<string, Coloured>>;
  onJump: (setting: string) => void;
}) {
  const artifacts = createMemo(() => props.form.generated().artifacts);
  const ids = createMemo<string[]>((before) => {
    const now = artifacts().map(({ id }) => id);
    return before && before.join() === now.join() ? before : now;
  });
  const marks = createChangeMarks(artifacts, props.form.ready, props.form.opened);
  const [toggled, setToggled] = createSignal<ReadonlyMap<string, boolean>>(new Map());
  const openByDefault = createMemo(() => openAtFirst(ids()));
  const isOpen = (id: string) =>
    toggled().get(id) ?? (openByDefault().has(id) || ids().length === 1);

  const existing = (id: string) => {
    const files = props.form.settings().existing ?? {};
    const text = {
      'daemon.json': files.daemonJson,
      'systemd-drop-in': files.dropIn,
      'cli-config.json': files.configJson,
    }[id];
    return text?.trim() ? text : undefined;
  };
  const link = () => {
    const hash = settingsHash(props.form.settings(), props.form.goal());
    return `${location.origin}${location.pathname}${hash ? `#${hash}` : ''}`;
  };

  return (
    <section class="cf-result" aria-labelledby="cf-result-title">
      <div class="cf-result-head">
        <h2 id="cf-result-title" tabindex="-1">
          结果
        </h2>
        <div class="cf-actions">
          <CopyButton
            text={link}
            label="复制链接"
            title="复制链接：打开就是这份配置，不含密码和证书"
          />
          <button
            type="button"
            class="ui-button"
            disabled={artifacts().length === 0}
            onClick={async () => {
              download('docker-network.zip', await zipArtifacts(artifacts()), 'application/zip');
              announce('已下载 docker-network.zip');
            }}
          >
            全部下载（.zip）
          </button>
        </div>
      </div>
      <Summary problems={props.form.generated().problems} onJump={props.onJump} />
      <Show when={artifacts().length > 0} fallback={<Nothing form={props.form} />}>
        <div class="cf-artifacts">
          <For each={ids()}>
            {(id) => {
              // Read through a memo: a card only repaints when its own artifact changes.
              const artifact = createMemo<Artifact | undefined>(
                () => artifacts().find((one) => one.id === id),
                undefined,
                { equals: sameArtifact },
              );
              // Read once for each line of the code view: must not compare the texts each time.
              const changed = createMemo(() => marks.lines(id));
              const touched = createMemo(() => marks.touched(id));
              return (
                <Show when={artifact()}>
                  {(current) => (
                    <ArtifactCard
                      artifact={current()}
                      open={isOpen(id)}
                      onToggle={(open) => setToggled(new Map(toggled()).set(id, open))}
                      touched={touched()}
                      changed={changed()}
                      before={existing(id)}
                      coloured={props.colours[id]}
                      onJump={props.onJump}
                    />
                  )}
                </Show>
              );
            }}
          </For>
        </div>
        <p class="cf-next">
          写好以后，<a href={guide('/mirror/verify/')}>确认它生效了</a>；还是报错，把报错贴到
          <a href={guide('/tools/diagnose/')}>报错诊断</a>。
        </p>
      </Show>
    </section>
  );
}

function sameArtifact(a: Artifact | undefined, b: Artifact | undefined): boolean {
  return (
    a?.content === b?.content &&
    a?.command === b?.command &&
    a?.path === b?.path &&
    a?.why === b?.why &&
    a?.apply?.command === b?.apply?.command &&
    a?.apply?.note === b?.apply?.note &&
    JSON.stringify(a?.lines) === JSON.stringify(b?.lines) &&
    JSON.stringify(a?.values) === JSON.stringify(b?.values)
  );
}

/** Everything that is wrong, in one place, each a way to its field. */
function Summary(props: { problems: readonly Problem[]; onJump: (setting: string) => void }) {
  const serious = () => {
    const seen = new Set<string>();
    return props.problems.filter(({ severity, message }) => {
      if (severity === 'note' || seen.has(message)) return false;
      seen.add(message);
      return true;
    });
  };
  const sorted = createStableList(() => [
    ...serious().filter(({ severity }) => severity === 'error'),
    ...serious().filter(({ severity }) => severity === 'warning'),
  ]);
  return (
    <Show when={sorted().length > 0}>
      <ul class="cf-summary" aria-label="要处理的问题">
        <For each={sorted()}>
          {(problem) => (
            <li class={`ui-problem ui-${problem.severity}`}>
              {problem.message}{' '}
              <button type="button" class="cf-fix" onClick={() => props.onJump(problem.field)}>
                去看
              </button>
            </li>
          )}
        </For>
      </ul>
    </Show>
  );
}

/** What is still missing before there is anything to show. */
function Nothing(props: { form: Form }) {
  const text = () =>
    ({
      slow: '选一个镜像源，这里就会出现要写的文件。',
      proxy: '填上代理地址，这里就会出现要写的文件。',
      ca: '粘贴证书，这里就会出现要写的文件。',
      stuck: '填上同时下载几层，这里就会出现要写的文件。',
      custom: '在左边打开需要的设置，这里就会出现要写的文件。',
    })[props.form.goal()];
  return <p class="cf-empty">{text()}</p>;
}
