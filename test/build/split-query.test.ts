import { describe, expect, it } from 'vitest';
import { splitQuery } from '../../src/components/search/split-query.ts';

const words = new Set([
  '镜像',
  '加速',
  '源',
  '国内',
  '守护',
  '守护进程',
  '超时',
  '慢',
  '拉取',
  '下载卡住',
  '下载',
  '卡住',
]);

describe('a query is split into the words of the index', () => {
  it.each([
    ['镜像加速', '镜像 加速'],
    ['国内镜像源', '国内 镜像 源'],
    ['守护进程超时', '守护进程 超时'],
    ['docker pull 慢', 'docker pull 慢'],
    ['TLS超时', 'TLS 超时'],
    ['下载卡住', '下载 卡住'],
    ['x509', 'x509'],
    ['daemon.json', 'daemon json'],
    ['insecure-registries', 'insecure registries'],
    ['NO_PROXY', 'NO PROXY'],
    ['i/o timeout，超时', 'i o timeout 超时'],
    ['"镜像加速"', '"镜像 加速"'],
    ['', ''],
  ])('%s', (query, expected) => {
    expect(splitQuery(query, words)).toBe(expected);
  });

  it.each([
    ['dokcer', 'docker'],
    ['Doker pull', 'docker pull'],
    ['deamon.json', 'daemon json'],
    ['regsitry-mirrors', 'registry mirrors'],
    ['registery', 'registry'],
    ['dockerr', 'docker'],
    ['conatinerd', 'containerd'],
    ['timout', 'timeout'],
    // Nothing to mend: a term, the beginning of one, another word, and an exact query.
    ['dockerd', 'dockerd'],
    ['contai', 'contai'],
    ['broken', 'broken'],
    ['EOF', 'EOF'],
    ['host.docker.internal', 'host docker internal'],
    ['"dokcer"', '"dokcer"'],
  ])('%s is mended to %s', (query, expected) => {
    expect(splitQuery(query, words)).toBe(expected);
  });

  it('keeps a word that is half typed', () => {
    expect(splitQuery('镜像加', words)).toBe('镜像 加');
    expect(splitQuery('守护进', words)).toBe('守护进');
  });

  it('leaves out what the index has not, unless nothing is left', () => {
    expect(splitQuery('镜像龘加速', words)).toBe('镜像 加速');
    expect(splitQuery('龘靐齉', words)).toBe('龘靐齉');
  });
});
