using System.Text.Json;
using RemoteRendering.Sessions.Host.Links;
using RemoteRendering.Sessions.Host.Messages;
using RemoteRendering.Sessions.Protocol.Host;

namespace RemoteRendering.Sessions.Host;

/// <summary>
/// Represents the answer to a request: a result as JSON or as bytes, or an error. The default value is <see cref="Empty"/>.
/// </summary>
public readonly struct HostAnswer
{
    private readonly ReadOnlyMemory<byte> _result;
    private readonly string? _message;
    private readonly string? _reason;
    private readonly bool _isBinary;

    private HostAnswer(ReadOnlyMemory<byte> result, int code, string? message, string? reason, bool isBinary = false)
    {
        _result = result;
        _isBinary = isBinary;
        Code = code;
        _message = message;
        _reason = reason;
    }

    /// <summary>Gets the result without members, <c>{}</c>.</summary>
    public static HostAnswer Empty => default;

    /// <summary>Gets the error of a request that was cancelled.</summary>
    public static HostAnswer Cancelled { get; } = Error(HostErrorCode.Cancelled, "The request was cancelled.", "Cancelled");

    /// <summary>Gets the error code; 0 for a result.</summary>
    public int Code { get; }

    /// <summary>Creates a result.</summary>
    /// <param name="json">
    /// One JSON value in UTF-8, which is sent as it is. It must not be changed afterwards. No bytes stand for <c>{}</c>.
    /// </param>
    /// <returns>The answer.</returns>
    public static HostAnswer Result(ReadOnlyMemory<byte> json) => new(json, 0, null, null);

    /// <summary>Creates a result.</summary>
    /// <param name="write">Writes one JSON value.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="write"/> is null.</exception>
    public static HostAnswer Result(Action<Utf8JsonWriter> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        return Result(HostFrames.Value(write));
    }

    /// <summary>Creates a result that is answered with a binary frame.</summary>
    /// <param name="content">The payload. It must not be changed afterwards.</param>
    /// <returns>The answer.</returns>
    public static HostAnswer Binary(ReadOnlyMemory<byte> content) => new(content, 0, null, null, isBinary: true);

    /// <summary>Creates an error.</summary>
    /// <param name="code">The code, for programs; not 0. Codes from -32768 to -32000 belong to JSON-RPC and the protocol.</param>
    /// <param name="message">The error, for people.</param>
    /// <param name="reason">The name of the code.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="code"/> is 0.</exception>
    public static HostAnswer Error(int code, string message, string reason)
    {
        ArgumentOutOfRangeException.ThrowIfZero(code);
        return new(default, code, message, reason);
    }

    /// <summary>Creates the error of a request whose parameters are missing or malformed.</summary>
    /// <param name="message">The error, for people.</param>
    /// <returns>The answer.</returns>
    public static HostAnswer InvalidParameters(string message) => Error(HostErrorCode.InvalidParameters, message, "InvalidParameters");

    /// <summary>
    /// Creates the error of a request that is not answered here, which is what a feature answers for a method that it does not know.
    /// </summary>
    /// <param name="method">The method.</param>
    /// <returns>The answer.</returns>
    public static HostAnswer MethodNotFound(string method)
        => Error(HostErrorCode.MethodNotFound, $"This host has no method '{method}'.", "MethodNotFound");

    internal OutboundFrame ToFrame(long id) =>
        Code != 0 ? HostFrames.Error(id, Code, _message!, _reason) :
        _isBinary ? HostBinaryFrame.Write(HostFrameKind.Answer, argument: 0, (ulong)id, _result.Span) :
        HostFrames.Result(id, _result.IsEmpty ? "{}"u8 : _result.Span);
}
