namespace RemoteRendering.Sessions.Tests.Models;

public sealed class RenderingSessionUpdateOptionsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(TimeSpan.TicksPerDay)]
    public void Lease_InRange_IsKeptAsGiven(long ticks)
    {
        var options = new RenderingSessionUpdateOptions(TimeSpan.FromTicks(ticks));

        Assert.Equal(TimeSpan.FromTicks(ticks), options.MaxLeaseTime);
        Assert.False(options.IsAddition);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(TimeSpan.TicksPerDay + 1)]
    [InlineData(long.MaxValue)]
    public void Lease_OutOfRange_IsRefusedWithItsValue(long ticks)
    {
        ArgumentOutOfRangeException exception = Assert.Throws<ArgumentOutOfRangeException>(
            () => new RenderingSessionUpdateOptions(TimeSpan.FromTicks(ticks)));

        Assert.Equal(("maxLeaseTime", TimeSpan.FromTicks(ticks)), (exception.ParamName, exception.ActualValue));
    }
}
