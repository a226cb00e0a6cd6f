/** Where notegen is. Programs with windows get a short PATH, so the places of pipx, uv, Homebrew and venvs are tried, too. */

import { accessSync, constants, statSync } from "fs";
import { homedir } from "os";
import { delimiter, isAbsolute, join } from "path";

export const HOW_TO_INSTALL = "pipx install notegen";
export const HOW_TO_UPDATE = "pipx upgrade notegen";

export interface Machine {
    home: string;
    isWindows: boolean;
    env: Record<string, string | undefined>;
    isProgram: (path: string) => boolean;
}

export function thisMachine(): Machine {
    const isWindows = process.platform === "win32";
    return { home: homedir(), isWindows, env: process.env, isProgram: (path) => isProgram(path, isWindows) };
}

/** The program that the setting names, else the first that is found; "" for none. */
export function findNotegen(setting: string, vaultFolder: string, machine: Machine): string {
    const named = setting.trim().replace(/^~(?=[/\\])/, machine.home);
    if (named) return isAbsolute(named) && machine.isProgram(named) ? named : "";
    const name = machine.isWindows ? "notegen.exe" : "notegen";
    return (
        folders(vaultFolder, machine)
            .map((folder) => join(folder, name))
            .find((path) => machine.isProgram(path)) ?? ""
    );
}

function folders(vaultFolder: string, { home, isWindows, env }: Machine): string[] {
    const onPath = (env.PATH ?? env.Path ?? "").split(delimiter).filter(isAbsolute);
    const bin = isWindows ? "Scripts" : "bin";
    const venvs = [join(vaultFolder, ".venv", bin), join(vaultFolder, "venv", bin), join(home, ".venv", bin)];
    if (isWindows) {
        const local = env.LOCALAPPDATA ?? join(home, "AppData", "Local");
        const roaming = env.APPDATA ?? join(home, "AppData", "Roaming");
        return [
            ...onPath,
            join(home, ".local", "bin"),
            join(home, "pipx", "venvs", "notegen", bin),
            join(local, "pipx", "pipx", "venvs", "notegen", bin),
            join(roaming, "uv", "tools", "notegen", bin),
            ...["Python311", "Python312", "Python313", "Python314"].flatMap((python) => [
                join(roaming, "Python", python, bin),
                join(local, "Programs", "Python", python, bin),
            ]),
            ...venvs,
        ];
    }
    return [
        ...onPath,
        join(home, ".local", "bin"),
        join(home, ".local", "share", "pipx", "venvs", "notegen", bin),
        join(home, ".local", "pipx", "venvs", "notegen", bin),
        join(home, ".local", "share", "uv", "tools", "notegen", bin),
        "/opt/homebrew/bin",
        "/usr/local/bin",
        "/home/linuxbrew/.linuxbrew/bin",
        "/opt/local/bin",
        ...["3.11", "3.12", "3.13", "3.14"].map((python) => join(home, "Library", "Python", python, bin)),
        ...venvs,
    ];
}

function isProgram(path: string, isWindows: boolean): boolean {
    try {
        if (!statSync(path).isFile()) return false;
        accessSync(path, isWindows ? constants.F_OK : constants.X_OK);
        return !isWindows || path.toLowerCase().endsWith(".exe");
    } catch {
        return false;
    }
}
