namespace RemoteRendering.Sessions.Tool.Shell;

/// <summary>The end of a command that has explained itself.</summary>
/// <param name="message">One or more whole sentences for standard error.</param>
/// <param name="exitCode">The exit code.</param>
/// <param name="cause">The exception that led to it.</param>
internal sealed class ToolException(string message, int exitCode, Exception? cause = null) : Exception(message, cause)
{
    public int ExitCode => exitCode;
}
