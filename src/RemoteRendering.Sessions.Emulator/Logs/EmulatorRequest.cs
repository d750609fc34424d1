using RemoteRendering.Sessions.Service;
using RemoteRendering.Sessions.Service.Rest.Messages;

namespace RemoteRendering.Sessions.Emulator;

/// <summary>
/// An entry of the request log: what came, what was answered, and why it was refused. Never holds tokens, keys or bodies.
/// </summary>
public sealed class EmulatorRequest
{
    internal EmulatorRequest(
        long number, DateTimeOffset time, string method, string path, RouteMatch match, int status, string? reason, string? fault,
        string? correlation)
    {
        Number = number;
        Time = time;
        Method = method;
        Path = path;
        Operation = match.Route?.Operation ?? ServiceOperation.Unknown;
        SessionId = match.SessionId;
        Status = status;
        Reason = reason;
        Fault = fault;
        CorrelationVector = correlation;
    }

    /// <summary>Gets the number of the request, from 1, in the order of completion.</summary>
    public long Number { get; }

    /// <summary>Gets when it was answered, by the emulator's wall clock.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>Gets the HTTP method.</summary>
    public string Method { get; }

    /// <summary>Gets the path, without the query; cut after 512 characters.</summary>
    public string Path { get; }

    /// <summary>Gets what it asked for.</summary>
    public ServiceOperation Operation { get; }

    /// <summary>Gets the session in the path, <see langword="null"/> when there is none.</summary>
    public string? SessionId { get; }

    /// <summary>Gets the status of the answer; 0 when there was none because of a fault.</summary>
    public int Status { get; }

    /// <summary>Gets why the request was refused, <see langword="null"/> when it was not.</summary>
    public string? Reason { get; }

    /// <summary>Gets the fault that hit it, <see langword="null"/> when none did.</summary>
    public string? Fault { get; }

    /// <summary>Gets the correlation vector (<c>MS-CV</c>) of the answer, <see langword="null"/> when there was no answer.</summary>
    public string? CorrelationVector { get; }

    /// <summary>Shows the entry in one line.</summary>
    /// <returns>Method, path, status and reason.</returns>
    public override string ToString()
    {
        string line = $"{Method} {Path} {Status}";
        line = Reason is null ? line : line + ": " + Reason;
        return Fault is null ? line : line + " [" + Fault + "]";
    }
}
