namespace RemoteRendering.Sessions.Benchmarks;

/// <summary>A session as an app without a library would declare it to read the service's JSON.</summary>
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
