/** Pieces that most scenarios share. */
import type { RequestListener } from 'node:http';
import { address } from '../addresses.ts';
import { type CertificateOptions, type Identity, issue } from '../certificates.ts';
import type { Lab } from '../lab.ts';
import { type Behaviour, http, tls } from '../servers/behaviour.ts';
import { type RegistryOptions, registry } from '../servers/registry.ts';

/** A certificate for the name asked for, from the authority that clients trust. */
export function goodIdentity(lab: Lab): (name: string | undefined) => Identity {
  return (name) =>
    issue(
      { commonName: name ?? address.server, names: name ? [name] : [], ips: [address.server] },
      lab.trusted,
    );
}

/** A certificate with a fault, from the trusted authority. */
export function identityWith(
  lab: Lab,
  options: Partial<CertificateOptions>,
): (name: string | undefined) => Identity {
  return (name = 'localhost') =>
    issue({ commonName: name, names: [name], ...options }, lab.trusted);
}

/** Serves a behaviour where clients look: on the HTTPS and the HTTP port. */
export async function serveBoth(lab: Lab, behaviour: Behaviour): Promise<void> {
  await lab.serve(address.server, 443, behaviour);
  await lab.serve(address.server, 80, behaviour);
}

/** A healthy server: an application on both ports, with a good certificate. */
export async function serveApp(lab: Lab, app: RequestListener): Promise<void> {
  await lab.serve(address.server, 443, tls({ identity: goodIdentity(lab) }, http(app)));
  await lab.serve(address.server, 80, http(app));
}

/** A healthy registry, or one that fails at a step. Docker Hub's wants a token. */
export async function serveRegistry(lab: Lab, options: RegistryOptions): Promise<void> {
  await serveApp(lab, registry({ auth: 'bearer', ...options }));
}

/** HTTPS on the usual port with a given certificate; a healthy registry behind it. */
export async function serveWithCertificate(
  lab: Lab,
  identity: (name: string | undefined) => Identity,
): Promise<void> {
  await lab.serve(address.server, 443, tls({ identity }, http(registry({ seed: 'certificate' }))));
}
