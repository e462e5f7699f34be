import type { Artifact, Generated } from './artifact.ts';
import { buildkitCompanyCa, buildkitdToml, buildxCreate } from './artifacts/buildkit.ts';
import { caInstall, certsD, dockerfile } from './artifacts/ca.ts';
import { cliConfigJson } from './artifacts/cli-config-json.ts';
import { daemonJson } from './artifacts/daemon-json.ts';
import { desktop, desktopAdminSettings, desktopSettingsStore } from './artifacts/desktop.ts';
import { dockerBuild, dockerRun } from './artifacts/docker-commands.ts';
import { containerdConfig, hostsToml } from './artifacts/hosts-toml.ts';
import { installPs1 } from './artifacts/install-ps1.ts';
import { installSh } from './artifacts/install-sh.ts';
import { containersConf, registriesConf } from './artifacts/podman.ts';
import { registriesYaml } from './artifacts/registries-yaml.ts';
import { serviceEnv, systemdDropIn } from './artifacts/systemd-drop-in.ts';
import { wslconfig } from './artifacts/wslconfig.ts';
import { type CheckOptions, checkSettings } from './check.ts';
import type { Checked } from './checked.ts';
import type { Settings } from './settings.ts';
import { checkTraps } from './traps.ts';

/** One kind of artifact: what applies of it, in the order a reader sees it. */
type Writer = (checked: Checked) => Artifact[];

const writers: readonly Writer[] = [
  daemonJson,
  desktop,
  systemdDropIn,
  serviceEnv,
  hostsToml,
  containerdConfig,
  registriesYaml,
  registriesConf,
  containersConf,
  buildkitdToml,
  certsD,
  buildkitCompanyCa,
  buildxCreate,
  caInstall,
  cliConfigJson,
  dockerBuild,
  dockerRun,
  dockerfile,
  wslconfig,
  desktopSettingsStore,
  desktopAdminSettings,
];

/**
 * Every file, value and command that makes the settings real on their target, and what to mind.
 *
 * Pure and quick (under 2 ms); never throws. The same settings give the same text, and a generated
 * file given back as `existing` comes out unchanged.
 *
 * @param settings the choices; what is left out gets its default (`withDefaults`)
 * @param options.now milliseconds since the epoch, to tell an expired certificate
 */
export function generate(settings: Partial<Settings>, options: CheckOptions = {}): Generated {
  const checked = checkSettings(settings, options);
  checkTraps(checked);
  const artifacts = writers.flatMap((write) => write(checked));
  const scripts = [...installSh(checked, artifacts), ...installPs1(checked, artifacts)];
  return { artifacts: [...artifacts, ...scripts], problems: checked.problems };
}
