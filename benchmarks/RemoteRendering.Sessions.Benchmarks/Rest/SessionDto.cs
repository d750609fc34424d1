namespace RemoteRendering.Sessions.Benchmarks;

/// <summary>A session as somebody would write it down who reads the service's JSON without a library.</summary>
internal sealed class SessionDto
{
    public string? Id { get; set; }

    public DateTimeOffset? CreationTime { get; set; }

    public int? ArrInspectorPort { get; set; }

    public int? HandshakePort { get; set; }

    public int? ElapsedTimeMinutes { get; set; }

    public string? Hostname { get; set; }

    public int? MaxLeaseTimeMinutes { get; set; }

    public string? Size { get; set; }

    public string? Status { get; set; }

    public float? Teraflops { get; set; }
}
