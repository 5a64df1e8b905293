import type { Command } from "commander";

export const SHELLS = ["bash", "zsh", "fish", "powershell"] as const;

/** A shell that completes. */
export type Shell = (typeof SHELLS)[number];

/** What may follow one command: its own commands, its options, and the choices of its argument. */
interface Place {
    /** The command with those that it belongs to, such as `sandbox up`; empty for `gcp-invoke` itself. */
    path: string;
    words: { word: string; description: string }[];
}

/** The script that makes a shell complete a command line. It is complete in itself: no process is started for a completion. */
export function completionOf(program: Command, shell: Shell): string {
    const places = placesOf(program, "");
    switch (shell) {
        case "bash":
            return bash(places);
        case "zsh":
            return `autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n${bash(places)}`;
        case "fish":
            return fish(places);
        case "powershell":
            return powershell(places);
    }
}

function placesOf(command: Command, path: string): Place[] {
    const help = command.createHelp();
    const commands = help.visibleCommands(command);
    const words = [
        ...commands.map((each) => ({
            word: each.name(),
            description: firstLine(each.summary() || each.description()),
        })),
        ...help.visibleOptions(command).map((option) => ({
            word: option.long ?? option.short ?? "",
            description: firstLine(option.description),
        })),
        ...command.registeredArguments.flatMap(({ argChoices = [], description }) =>
            argChoices.map((word) => ({ word, description })),
        ),
    ];
    const below = commands.filter((each) => each.name() !== "help");
    return [{ path, words }, ...below.flatMap((each) => placesOf(each, `${path} ${each.name()}`.trim()))];
}

function firstLine(text: string): string {
    return text.split("\n")[0] ?? "";
}

function bash(places: Place[]): string {
    return `_gcp_invoke() {
    local place="" word words=""
    for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
        case "\${place:+$place }$word" in
            ${places
                .slice(1)
                .map(({ path }) => `"${path}"`)
                .join(" | ")}) place="\${place:+$place }$word" ;;
        esac
    done
    case "$place" in
${places.map(({ path, words }) => `        "${path}") words="${words.map(({ word }) => word).join(" ")}" ;;`).join("\n")}
    esac
    COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _gcp_invoke gcp-invoke
`;
}

function fish(places: Place[]): string {
    const quoted = (text: string): string => `'${text.replace(/[\\']/g, "\\$&")}'`;
    const lines = places.flatMap(({ path, words }) =>
        words.map(({ word, description }) => {
            const what = word.startsWith("--") ? `-l ${word.slice(2)}` : `-a ${quoted(word)}`;
            return `complete -c gcp-invoke -n ${quoted(`__gcp_invoke_at "${path}"`)} ${what} -d ${quoted(description)}`;
        }),
    );
    return `function __gcp_invoke_at
    set -l place ''
    for word in (commandline -opc)[2..-1]
        contains -- (string trim "$place $word") ${places
            .slice(1)
            .map(({ path }) => quoted(path))
            .join(" ")}
        and set place (string trim "$place $word")
    end
    test "$place" = "$argv[1]"
end
${lines.join("\n")}
`;
}

function powershell(places: Place[]): string {
    const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
    const table = places.map(
        ({ path, words }) => `    ${quoted(path)} = @(${words.map(({ word }) => quoted(word)).join(", ")})`,
    );
    return `$gcpInvokeWords = @{
${table.join("\n")}
}
Register-ArgumentCompleter -Native -CommandName gcp-invoke -ScriptBlock {
    param($word, $line, $at)
    $place = ''
    foreach ($element in $line.CommandElements | Select-Object -Skip 1) {
        $longer = "$place $element".Trim()
        if ($element.Extent.EndOffset -lt $at -and $gcpInvokeWords.ContainsKey($longer)) { $place = $longer }
    }
    $gcpInvokeWords[$place] | Where-Object { $_ -like "$word*" }
}
`;
}
