namespace RemoteRendering.Sessions.Benchmarks;

/// <summary>What a policy cost over all traces.</summary>
internal sealed class LeaseCostResult(string name)
{
    public string Name { get; } = name;

    /// <summary>Gets or sets the number of leases that ended while the user worked.</summary>
    public int Lapses { get; set; }

    /// <summary>Gets or sets how many leases ended while the client still promised that some of it was left.</summary>
    public int Unnoticed { get; set; }

    /// <summary>Gets or sets how many ended while the device slept.</summary>
    public int SleptThrough { get; set; }

    /// <summary>Gets or sets the minutes that hosts ran after their last use.</summary>
    public double OverpaidMinutes { get; set; }

    public long Requests { get; set; }
}
