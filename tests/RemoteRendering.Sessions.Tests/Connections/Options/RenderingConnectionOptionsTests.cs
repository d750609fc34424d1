using RemoteRendering.Sessions.Tests.Connections.Support;

namespace RemoteRendering.Sessions.Tests.Connections.Options;

public sealed class RenderingConnectionOptionsTests
{
    private readonly RenderingConnectionOptions _options = new();

    [Fact]
    public void Defaults_AreThoseThatAreDocumented()
    {
        Assert.Equal(RenderingBindPolicy.Resume, _options.BindPolicy);
        Assert.Equal(TimeSpan.Zero, _options.DrainTime);
        Assert.Same(RenderingReconnectPolicy.Default, _options.ReconnectPolicy);
        Assert.Same(RenderingReconnectPolicy.DefaultInitial, _options.InitialConnectPolicy);
        Assert.Equal(TimeSpan.FromSeconds(10), _options.AttemptTimeout);
        Assert.Equal(TimeSpan.FromSeconds(2), _options.DisconnectTimeout);
        Assert.False(_options.ReconnectAfterGrace);
        Assert.Null(_options.LeaseRenewal);
        Assert.False(_options.PumpCallbacks);
        Assert.Equal(4_194_304, _options.MaxMessageBytes);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(60_000)]
    public void DrainTime_WithinItsRange_IsTaken(int milliseconds)
    {
        _options.DrainTime = TimeSpan.FromMilliseconds(milliseconds);
        Assert.Equal(milliseconds, _options.DrainTime.TotalMilliseconds);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(600_000_001)]
    public void DrainTime_BeyondItsRange_IsRefusedWithTheRange(long ticks)
        => AssertRefused(
            () =>
                _options.DrainTime = TimeSpan.FromTicks(ticks), TimeSpan.FromTicks(ticks),
                "The drain time must be between 0 and 60 seconds.");

    [Theory]
    [InlineData(1)]
    [InlineData(24 * TimeSpan.TicksPerDay)]
    public void AttemptTimeout_MoreThanZero_IsTaken(long ticks)
    {
        _options.AttemptTimeout = TimeSpan.FromTicks(ticks);
        Assert.Equal(ticks, _options.AttemptTimeout.Ticks);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData((24 * TimeSpan.TicksPerDay) + 1)]
    [InlineData(long.MaxValue)]
    public void AttemptTimeout_BeyondItsRange_IsRefusedWithTheRange(long ticks)
        => AssertRefused(
            () =>
                _options.AttemptTimeout = TimeSpan.FromTicks(ticks), TimeSpan.FromTicks(ticks),
                "The time-out must be more than zero and at most 24 days.");

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(24 * TimeSpan.TicksPerDay)]
    public void DisconnectTimeout_ZeroOrMore_IsTaken(long ticks)
    {
        _options.DisconnectTimeout = TimeSpan.FromTicks(ticks);
        Assert.Equal(ticks, _options.DisconnectTimeout.Ticks);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData((24 * TimeSpan.TicksPerDay) + 1)]
    [InlineData(long.MaxValue)]
    public void DisconnectTimeout_BeyondItsRange_IsRefusedWithTheRange(long ticks)
        => AssertRefused(
            () =>
                _options.DisconnectTimeout = TimeSpan.FromTicks(ticks), TimeSpan.FromTicks(ticks),
                "The time-out must be between zero and 24 days.");

    [Fact]
    public async Task TimeOuts_AtTheirLimits_Work()
    {
        await using var harness = new ConnectionHarness();
        harness.Options.AttemptTimeout = TimeSpan.FromDays(24);
        harness.Options.DisconnectTimeout = TimeSpan.FromDays(24);
        harness.Options.BindPolicy = RenderingBindPolicy.TakeOver;
        harness.Options.DrainTime = TimeSpan.FromSeconds(60);

        await harness.ConnectAsync();
        await ConnectionHarness.Within(harness.Run.DisconnectAsync(default));
    }

    [Theory]
    [InlineData(1024)]
    [InlineData(1025)]
    [InlineData(int.MaxValue)]
    public void MaxMessageBytes_FromOneKibibyte_IsTaken(int bytes)
    {
        _options.MaxMessageBytes = bytes;
        Assert.Equal(bytes, _options.MaxMessageBytes);
    }

    [Theory]
    [InlineData(1023)]
    [InlineData(0)]
    [InlineData(-1)]
    public void MaxMessageBytes_BelowOneKibibyte_IsRefusedWithTheLimit(int bytes)
        => AssertRefused(() => _options.MaxMessageBytes = bytes, bytes, "The limit must be at least 1,024 bytes.");

    private static void AssertRefused(Action set, object actual, string message)
    {
        ArgumentOutOfRangeException exception = Assert.Throws<ArgumentOutOfRangeException>("value", set);
        Assert.StartsWith(message, exception.Message, StringComparison.Ordinal);
        Assert.Equal(actual, exception.ActualValue);
    }
}
