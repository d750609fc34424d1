namespace RemoteRendering.Sessions.Emulator.Logs;

/// <summary>
/// The members of an event: any, or those of a request. Requests come often, so theirs are not an array with boxes until they are read.
/// </summary>
internal readonly struct HistoryFields
{
    private readonly (string Name, object? Value)[]? _fields;
    private readonly string? _method;
    private readonly long _epoch;
    private readonly long _id;
    private readonly int _code;

    private HistoryFields(long epoch, long id, string? method, int code)
    {
        _epoch = epoch;
        _id = id;
        _method = method;
        _code = code;
    }

    public HistoryFields((string Name, object? Value)[] fields) => _fields = fields;

    public static HistoryFields Started(long epoch, long id, string method) => new(epoch, id, method, 0);

    public static HistoryFields Finished(long epoch, long id, int code) => new(epoch, id, null, code);

    public (string Name, object? Value)[] ToArray()
        => _fields ?? [("epoch", _epoch), ("id", _id), _method is null ? ("code", _code) : ("method", _method)];
}
