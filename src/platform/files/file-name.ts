import { basename } from 'node:path';
import { cleanText } from '../http/clean-words.ts';
import type { FileKind } from './file-kind.ts';

const LONGEST = 120;

/**
 * The name of a file as its sender has it, for people to read: without folders, control characters and marks that turn
 * the direction of text, and ending as its content says when the kind is known. Never a path. Empty when nothing is left
 * of it and no kind is known. Pure.
 */
export function tidyFileName(given: string | undefined, kind: FileKind | null): string {
  const name = cleanText(basename((given ?? '').replaceAll('\\', '/')))
    .replace(/[\p{Cc}\p{Cf}\p{Cs}<>"]/gu, '')
    .trim();
  if (kind === null || kind.endings.some((ending) => name.toLowerCase().endsWith(ending))) return name.slice(-LONGEST);
  const [ending = ''] = kind.endings;
  return `${name.replace(/\.[^.]*$/, '').slice(0, LONGEST - ending.length) || 'file'}${ending}`;
}
