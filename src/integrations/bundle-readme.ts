/**
 * What the person who unpacks the bundle reads first, with the line ends that every editor knows.
 * @param base the path the site was built for, e.g. "/" or "/docs/"
 */
export function bundleReadme(base: string): string {
  const folder = base === '/' ? '' : base.replace(/\/$/, '');
  return [
    '拉得动：Docker 网络排障（内网包）',
    '',
    '这个文件夹就是整个网站，只有静态文件，任何网站服务器都能提供它。',
    folder
      ? `它是为路径 ${base} 构建的：请放在网站根目录下的 ${folder} 里。`
      : '它是为网站的根路径构建的：请放在网站的根目录。要放在子目录里，请用 BASE_PATH=/子目录/ npm run bundle 重新打包。',
    '',
    '自己看，或临时给同事看（需要 Python 3）：',
    folder
      ? `  在上一级建好 www${folder}，把这里的文件移进去，然后在 www 里运行`
      : '  在这个文件夹里运行',
    '  python3 -m http.server 8000',
    `  然后打开 http://localhost:8000${base}`,
    '',
    '服务器要做到两件事，别的（重写规则、数据库、脚本语言）都不需要：',
    '- 网址以 / 结尾时返回那个目录里的 index.html。nginx、Apache、Caddy、IIS 和上面的 Python 默认就是这样；',
    '  对象存储要打开「静态网站托管」，并把默认首页设为 index.html。',
    '- .js 按 text/javascript 发送，否则浏览器不执行。常见的服务器默认就对。',
    '找不到的网址最好返回 404.html（状态仍是 404）；不设也能用。',
    '',
    '注意：',
    '- 不能直接双击 index.html：用 file:// 打开时，浏览器不执行脚本模块，搜索和工具都用不了。',
    '- 断网可用、安装到桌面，要求地址是 https:// 或 localhost；普通的 http:// 内网地址上，其余功能照常。',
    '- nginx、Caddy、容器的现成配置在源码仓库的 deploy 文件夹里。',
    '',
  ].join('\r\n');
}
