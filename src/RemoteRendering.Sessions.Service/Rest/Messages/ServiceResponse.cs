namespace RemoteRendering.Sessions.Service.Rest.Messages;

/// <summary>An answer, free of whatever will carry it.</summary>
internal sealed class ServiceResponse(int status)
{
    public const string ContentType = "application/json; charset=utf-8";

    private readonly List<KeyValuePair<string, string>> _headers = new(8);

    public int Status { get; } = status;

    public IReadOnlyList<KeyValuePair<string, string>> Headers => _headers;

    /// <summary>JSON, or empty for no body.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Why this was refused, for the request log; null when it was not.</summary>
    public string? Reason { get; init; }

    /// <summary>Adds a header and gives the answer back.</summary>
    public ServiceResponse With(string name, string value)
    {
        _headers.Add(new KeyValuePair<string, string>(name, value));
        return this;
    }
}
