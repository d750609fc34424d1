using RemoteRendering.Sessions.Emulator.Host.Links;
using RemoteRendering.Sessions.Emulator.Host.Messages;

namespace RemoteRendering.Sessions.Emulator.Host.Requests;

/// <summary>What came of a request: a result as raw JSON or as bytes, or an error.</summary>
internal readonly struct HostAnswer
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

    /// <summary>Gets the error code; 0 for a result.</summary>
    public int Code { get; }

    public static HostAnswer Cancelled { get; } = Error(HostErrorCode.Cancelled, "The request was cancelled.", "Cancelled");

    public static HostAnswer Empty { get; } = Result("{}"u8.ToArray());

    public static HostAnswer Result(ReadOnlyMemory<byte> json) => new(json, 0, null, null);

    public static HostAnswer Error(int code, string message, string reason) => new(default, code, message, reason);

    /// <summary>A result that is answered with a binary frame.</summary>
    public static HostAnswer Binary(ReadOnlyMemory<byte> content) => new(content, 0, null, null, isBinary: true);

    public OutboundFrame ToFrame(long id) =>
        Code != 0 ? HostFrames.Error(id, Code, _message!, _reason) :
        _isBinary ? HostBinaryFrame.Write(HostBinaryFrame.Answer, argument: 0, (ulong)id, _result.Span) :
        HostFrames.Result(id, _result.Span);
}
