namespace RemoteRendering.Sessions.Tool.Shell;

/// <summary>The exit codes of the tool.</summary>
internal static class ExitCodes
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int WrongArguments = 2;
    public const int Cancelled = 130;
}
