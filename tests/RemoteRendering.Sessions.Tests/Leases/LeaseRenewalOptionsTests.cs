namespace RemoteRendering.Sessions.Tests.Leases;

public class LeaseRenewalOptionsTests
{
    [Fact]
    public void Defaults_FitEachOther() => new LeaseRenewalOptions(TimeSpan.FromHours(1)).Checked("options");

    [Fact]
    [Trait("Museum", "R2")]
    public void NumbersThatCannotWork_AreRefusedAtConstruction_WithTheNumbers()
    {
        // A lease of a minute, attempts of ten, retries after twenty: nothing of this can keep it.
        var options = new LeaseRenewalOptions(TimeSpan.FromMinutes(1))
        {
            Step = TimeSpan.FromMinutes(1),
            Threshold = TimeSpan.FromMinutes(1),
            AttemptTimeout = TimeSpan.FromMinutes(10),
            RetryDelay = TimeSpan.FromMinutes(20),
        };
        ArgumentException exception = Assert.Throws<ArgumentException>("options", () => options.Checked("options"));
        Assert.All(
            ["00:01:00", "00:10:00", "00:20:00", "00:44:01"], number
                => Assert.Contains(number, exception.Message, StringComparison.Ordinal));
        options.AttemptTimeout = TimeSpan.MaxValue;
        Assert.Contains(
            TimeSpan.MaxValue.ToString(), Assert.Throws<ArgumentException>("options", () => options.Checked("options")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Museum", "R2")]
    public void Threshold_TooShortForTwoAttempts_IsRefusedWithTheNumbers()
    {
        var options = new LeaseRenewalOptions(TimeSpan.FromHours(1)) { Threshold = TimeSpan.FromSeconds(23.3) };
        ArgumentException exception = Assert.Throws<ArgumentException>("options", () => options.Checked("options"));
        Assert.Contains("00:00:23.3", exception.Message, StringComparison.Ordinal);
        Assert.Contains("00:00:23.4", exception.Message, StringComparison.Ordinal);
        options.Threshold = TimeSpan.FromSeconds(23.4);
        options.Checked("options");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(59)]
    [InlineData(90)]
    public void Step_ThatIsNotWholeMinutes_IsRefused(int seconds)
    {
        var options = new LeaseRenewalOptions(TimeSpan.FromHours(1)) { Step = TimeSpan.FromSeconds((double)seconds) };
        Assert.Contains(
            options.Step.ToString(), Assert.Throws<ArgumentException>(() => options.Checked("options")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Step_LargerThanTheCap_IsRefused()
    {
        var options = new LeaseRenewalOptions(TimeSpan.FromMinutes(2));
        Assert.Contains("00:02:00", Assert.Throws<ArgumentException>(() => options.Checked("options")).Message, StringComparison.Ordinal);
        options.Step = TimeSpan.FromMinutes(2);
        options.Checked("options");
    }

    [Fact]
    public void Times_ThatAreNotPositive_AreRefused()
    {
        Assert.Throws<ArgumentException>(
            () => new LeaseRenewalOptions(TimeSpan.FromHours(1)) { AttemptTimeout = TimeSpan.Zero }.Checked("o"));
        Assert.Throws<ArgumentException>(() => new LeaseRenewalOptions(TimeSpan.FromHours(1)) { RetryDelay = TimeSpan.Zero }.Checked("o"));
        Assert.Throws<ArgumentException>(
            () => new LeaseRenewalOptions(TimeSpan.FromHours(1)) { SafetyMargin = TimeSpan.FromTicks(-1) }.Checked("o"));
        new LeaseRenewalOptions(TimeSpan.FromHours(1)) { SafetyMargin = TimeSpan.Zero }.Checked("o");
        Assert.Throws<ArgumentOutOfRangeException>("maxTotalLease", () => new LeaseRenewalOptions(TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>("maxTotalLease", () => new LeaseRenewalOptions(TimeSpan.FromHours(24.1)));
    }
}
