import type { MdastPluginDefinition } from 'satteri';

/** GitHub's alert names, as Starlight's aside variants; a title where the variant's own would mislead. */
const variants: Readonly<Record<string, { name: string; title?: string }>> = {
  NOTE: { name: 'note' },
  TIP: { name: 'tip' },
  IMPORTANT: { name: 'note', title: '重要' },
  WARNING: { name: 'caution', title: '警告' },
  CAUTION: { name: 'danger', title: '危险' },
};

const marker = /^\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ \t]*([^\n]*)(?:\n|$)/;

/**
 * Markdown plugin: GitHub's `> [!NOTE]` blockquotes become the asides that `:::note` makes.
 * Text after the marker on its line is the title.
 */
export function githubAlerts(): MdastPluginDefinition {
  return {
    name: 'github-alerts',
    blockquote(node) {
      const [paragraph, ...rest] = node.children;
      if (paragraph?.type !== 'paragraph') return;
      const [text, ...inline] = paragraph.children;
      if (text?.type !== 'text') return;
      const match = marker.exec(text.value);
      const variant = match?.[1] === undefined ? undefined : variants[match[1]];
      if (!match || !variant) return;
      const title = match[2]?.trim() || variant.title;
      const first = [
        ...(text.value.length > match[0].length
          ? [{ type: 'text' as const, value: text.value.slice(match[0].length) }]
          : []),
        ...inline,
      ];
      return {
        type: 'containerDirective',
        name: variant.name,
        attributes: {},
        children: [
          ...(title
            ? [
                {
                  type: 'paragraph' as const,
                  data: { directiveLabel: true },
                  children: [{ type: 'text' as const, value: title }],
                },
              ]
            : []),
          ...(first.length > 0 ? [{ type: 'paragraph' as const, children: first }] : []),
          ...rest,
        ],
      };
    },
  };
}
