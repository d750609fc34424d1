namespace RemoteRendering.Sessions.Tests.Connections.Options;

public sealed class ExponentialReconnectPolicyTests
{
    private readonly ExponentialReconnectPolicy _policy = new(new HalfRandom());

    [Theory]
    [InlineData(0, 1000)]
    [InlineData(1, 50)]
    [InlineData(2, 100)]
    [InlineData(3, 200)]
    [InlineData(4, 250)]
    [InlineData(100, 250)]
    public void NextDelay_IsAShareOfTheLimitOfTheAttempt(int attempt, int milliseconds)
    {
        _policy.FirstDelay = TimeSpan.FromSeconds(2);
        _policy.InitialDelay = TimeSpan.FromMilliseconds(100);
        _policy.MaxDelay = TimeSpan.FromMilliseconds(500);

        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), _policy.NextDelay(Context(attempt)));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(8_999, true)]
    [InlineData(9_000, true)]
    [InlineData(9_001, false)]
    [InlineData(10_000, false)]
    public void NextDelay_AttemptLaterThanMaxElapsed_IsNotMade(int elapsedMilliseconds, bool isMade)
    {
        _policy.FirstDelay = TimeSpan.FromSeconds(2);
        _policy.MaxElapsed = TimeSpan.FromSeconds(10);

        Assert.Equal(
            isMade ? TimeSpan.FromSeconds(1) : null, _policy.NextDelay(Context(0, TimeSpan.FromMilliseconds(elapsedMilliseconds))));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void NextDelay_NumbersThatAddUpToMoreThanATime_DoNotThrow(bool hasMaximum)
    {
        _policy.FirstDelay = TimeSpan.MaxValue;
        _policy.MaxElapsed = hasMaximum ? TimeSpan.MaxValue : null;

        Assert.Equal(hasMaximum, _policy.NextDelay(Context(0, TimeSpan.FromTicks(long.MaxValue / 4 * 3))) is null);
    }

    [Fact]
    public void Numbers_AtTheirLimits_AreTaken()
    {
        _policy.FirstDelay = TimeSpan.Zero;
        _policy.InitialDelay = TimeSpan.FromTicks(1);
        _policy.MaxDelay = TimeSpan.FromTicks(1);
        _policy.MaxAttempts = 0;
        _policy.MaxElapsed = TimeSpan.Zero;

        Assert.Equal(TimeSpan.Zero, _policy.FirstDelay);
        Assert.Equal(TimeSpan.FromTicks(1), _policy.InitialDelay);
        Assert.Equal(TimeSpan.FromTicks(1), _policy.MaxDelay);
        Assert.Equal(0, _policy.MaxAttempts);
        Assert.Equal(TimeSpan.Zero, _policy.MaxElapsed);
        _policy.MaxAttempts = null;
        _policy.MaxElapsed = null;
        Assert.Equal(TimeSpan.Zero, _policy.NextDelay(Context(0, TimeSpan.FromDays(1))));
    }

    [Fact]
    public void Numbers_BeyondTheirLimits_AreRefusedWithTheReason()
    {
        AssertRefused(() => _policy.FirstDelay = TimeSpan.FromTicks(-1), "The first delay must not be negative.");
        AssertRefused(() => _policy.InitialDelay = TimeSpan.Zero, "The initial delay must be more than zero.");
        AssertRefused(() => _policy.MaxDelay = TimeSpan.Zero, "The longest delay must be more than zero.");
        AssertRefused(() => _policy.MaxAttempts = -1, "The number of attempts must not be negative.");
        AssertRefused(() => _policy.MaxElapsed = TimeSpan.FromTicks(-1), "The time must not be negative.");
    }

    private static void AssertRefused(Action set, string message)
        => Assert.StartsWith(message, Assert.Throws<ArgumentOutOfRangeException>("value", set).Message, StringComparison.Ordinal);

    private static RenderingReconnectContext Context(int attempt, TimeSpan elapsed = default)
        => new(attempt, elapsed, RenderingConnectionReason.ConnectionLost, null);

    private sealed class HalfRandom : Random
    {
        public override double NextDouble() => 0.5;
    }
}
