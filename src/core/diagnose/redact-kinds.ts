/** What kind of thing was masked. */
export type MaskKind = 'secret' | 'user' | 'email' | 'host' | 'address' | 'id';

/** Chinese names of the kinds. */
export const maskNames: Readonly<Record<MaskKind, string>> = {
  secret: '密码、令牌、密钥',
  user: '用户名',
  email: '邮箱',
  host: '内网主机名',
  address: '内网地址',
  id: '账号编号',
};

/** Gives a value its placeholder, always the same one. */
export type Mask = (kind: MaskKind, value: string) => string;
