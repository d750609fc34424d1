namespace RemoteRendering.Sessions.Tests.Models;

public sealed class RenderingSessionWaitOptionsTests
{
    [Fact]
    public void Defaults_AreThoseOfTheDocumentation()
    {
        var options = new RenderingSessionWaitOptions();

        Assert.False(options.StopWhenAbandoned);
        Assert.Equal(TimeSpan.FromMinutes(30.0), options.Timeout);
    }

    [Theory]
    [InlineData(1L)]
    [InlineData(long.MaxValue)]
    [InlineData(null)]
    public void Timeout_MoreThanZeroOrNone_IsKept(long? ticks)
    {
        TimeSpan? timeout = ticks is { } value ? TimeSpan.FromTicks(value) : null;

        Assert.Equal(timeout, new RenderingSessionWaitOptions { Timeout = timeout, StopWhenAbandoned = true }.Timeout);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(-TimeSpan.TicksPerMillisecond)]
    [InlineData(long.MinValue)]
    public void Timeout_NotMoreThanZero_IsRefused_AndTheOldOneStays(long ticks)
    {
        var options = new RenderingSessionWaitOptions { Timeout = TimeSpan.FromSeconds(7.0) };

        ArgumentOutOfRangeException exception = Assert.Throws<ArgumentOutOfRangeException>(
            () => options.Timeout = TimeSpan.FromTicks(ticks));

        Assert.Equal(("value", TimeSpan.FromTicks(ticks)), (exception.ParamName, exception.ActualValue));
        Assert.Equal(TimeSpan.FromSeconds(7.0), options.Timeout);
    }
}
