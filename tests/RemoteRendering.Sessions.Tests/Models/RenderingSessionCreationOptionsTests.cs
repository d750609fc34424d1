namespace RemoteRendering.Sessions.Tests.Models;

public sealed class RenderingSessionCreationOptionsTests
{
    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1.0);

    [Theory]
    [InlineData(1)]
    [InlineData(TimeSpan.TicksPerMinute)]
    [InlineData(TimeSpan.TicksPerDay)]
    public void Lease_InRange_IsKeptAsGiven(long ticks)
    {
        var options = new RenderingSessionCreationOptions(TimeSpan.FromTicks(ticks), "tiny");

        Assert.Equal(TimeSpan.FromTicks(ticks), options.MaxLeaseTime);
        Assert.Equal("tiny", options.Size.ToString());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(TimeSpan.TicksPerDay + 1)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void Lease_OutOfRange_IsRefusedWithItsValue(long ticks)
    {
        ArgumentOutOfRangeException exception = Assert.Throws<ArgumentOutOfRangeException>(
            () => new RenderingSessionCreationOptions(TimeSpan.FromTicks(ticks), RenderingSessionVmSize.Standard));

        Assert.Equal("maxLeaseTime", exception.ParamName);
        Assert.Equal(TimeSpan.FromTicks(ticks), exception.ActualValue);
        Assert.Contains("at most 24 hours", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Size_Default_IsRefusedWithAnExample()
    {
        ArgumentException exception = Assert.Throws<ArgumentException>(() => new RenderingSessionCreationOptions(s_minute, default));

        Assert.Equal("size", exception.ParamName);
        Assert.Contains("RenderingSessionVmSize.Standard", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Defaults_AreThoseOfTheDocumentation()
    {
        var options = new RenderingSessionCreationOptions(s_minute, RenderingSessionVmSize.Premium);

        Assert.Null(options.SessionId);
        Assert.False(options.StopOnDispose);
        Assert.False(options.IsSpare);
        Assert.Empty(options.Models);
    }

    [Fact]
    public void Settings_AreKept_AndModelsAreTheOptionsOwn()
    {
        var options = new RenderingSessionCreationOptions(s_minute, RenderingSessionVmSize.Premium)
        {
            SessionId = "my-id",
            StopOnDispose = true,
        };
        var model = new Uri("https://account.blob.example/models");
        options.Models.Add(model);

        Assert.Equal(("my-id", true, model), (options.SessionId, options.StopOnDispose, Assert.Single(options.Models)));
        Assert.Empty(new RenderingSessionCreationOptions(s_minute, RenderingSessionVmSize.Premium).Models);
    }
}
