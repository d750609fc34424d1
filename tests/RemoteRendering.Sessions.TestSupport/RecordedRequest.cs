namespace RemoteRendering.Sessions.TestSupport;

/// <summary>One request as it left the client.</summary>
public sealed record RecordedRequest(
    string Method, Uri Uri, string? Authorization, string Body, string? ContentType, IReadOnlyDictionary<string, string> Headers)
{
    public string Line => Method + " " + Uri.PathAndQuery;
}
