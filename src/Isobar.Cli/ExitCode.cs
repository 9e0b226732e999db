namespace Isobar.Cli;

/// <summary>How a command ended, for scripts.</summary>
internal enum ExitCode
{
    /// <summary>It did what was asked.</summary>
    Done = 0,

    /// <summary>The command line or a file of the user is wrong.</summary>
    BadInput = 1,

    /// <summary>It was done, and a limit was exceeded or a verdict failed.</summary>
    LimitFailed = 2,

    /// <summary>A press, a database, a disk or another program failed.</summary>
    OutsideFailed = 3,
}
