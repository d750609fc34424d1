namespace RemoteRendering.Sessions.Benchmarks;

/// <summary>The body of a creation, and without a size that of an update.</summary>
internal sealed class LeaseDto
{
    public int MaxLeaseTimeMinutes { get; set; }

    public string? Size { get; set; }
}
