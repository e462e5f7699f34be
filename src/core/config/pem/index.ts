export { type Certificate, type PemFile, parsePem } from './parse.ts';
