namespace RemoteRendering.Sessions.Benchmarks;

/// <summary>What one operation takes.</summary>
internal readonly record struct Cost(double Nanoseconds, double Bytes)
{
    public override string ToString() => FormattableString.Invariant($"{Nanoseconds,12:N0} ns {Bytes,10:N0} B");
}
