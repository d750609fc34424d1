namespace RemoteRendering.Sessions.Service.Rest.Messages;

/// <summary>A request as it arrived, free of whatever carried it.</summary>
internal sealed class ServiceRequest
{
    /// <summary>The longest body that is read; a create needs a hundredth of it.</summary>
    public const int MaxBodyBytes = 64 * 1024;

    public required string Method { get; init; }

    /// <summary>Path and query as on the request line, escaped.</summary>
    public required string Target { get; init; }

    public required string Scheme { get; init; }

    /// <summary>Host and port that the client addressed, for links back.</summary>
    public required string Authority { get; init; }

    /// <summary>Where the host of a session is for the sender.</summary>
    public required string SessionHostname { get; init; }

    /// <summary>The port that belongs to <see cref="SessionHostname"/>; 0 for none that can be dialled.</summary>
    public required int SessionPort { get; init; }

    public string? Authorization { get; init; }

    public string? ContentType { get; init; }

    /// <summary>The body, null when it was longer than <see cref="MaxBodyBytes"/>.</summary>
    public ReadOnlyMemory<byte>? Body { get; init; } = ReadOnlyMemory<byte>.Empty;

    /// <summary>Whether the body did not come in time.</summary>
    public bool IsTooSlow { get; init; }
}
