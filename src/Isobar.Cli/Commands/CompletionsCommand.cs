using System.CommandLine;

namespace Isobar.Cli.Commands;

/// <summary>Prints what a shell needs to complete isobar's commands and options.</summary>
internal sealed class CompletionsCommand : IsobarCommand
{
    private readonly Argument<string> _shell = new("shell") { Description = "bash, zsh or pwsh" };

    public CompletionsCommand()
        : base("completions", "Print the snippet that lets a shell complete isobar's commands and options.")
    {
        _shell.AcceptOnlyFromAmong("bash", "zsh", "pwsh");
        Arguments.Add(_shell);
    }

    public override IReadOnlyList<(string CommandLine, string Does)> Examples =>
    [
        ("completions bash >> ~/.bashrc", "complete in bash"),
        ("completions zsh >> ~/.zshrc", "complete in zsh"),
        ("completions pwsh >> $PROFILE", "complete in PowerShell"),
    ];

    protected override Task<ExitCode> RunAsync(ParseResult parse, Output output, Surroundings surroundings, CancellationToken cancellation)
    {
        // Each snippet asks the program itself through the [suggest:position] directive, so it never goes stale.
        surroundings.Out.WriteLine(parse.GetRequiredValue(_shell) switch
        {
            "bash" => """
                _isobar() {
                  local line
                  COMPREPLY=()
                  while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -W "$(isobar "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}")
                }
                complete -F _isobar isobar
                """,
            "zsh" => """
                _isobar() {
                  local -a found
                  found=("${(@f)$(isobar "[suggest:${#BUFFER}]" "$BUFFER" 2>/dev/null)}")
                  compadd -a found
                }
                compdef _isobar isobar
                """,
            _ => """
                Register-ArgumentCompleter -Native -CommandName isobar -ScriptBlock {
                  param($word, $line, $position)
                  isobar "[suggest:$position]" "$line" | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }
                }
                """,
        });
        return Task.FromResult(ExitCode.Done);
    }
}
