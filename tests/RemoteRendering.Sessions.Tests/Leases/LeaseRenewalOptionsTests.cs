namespace RemoteRendering.Sessions.Tests.Leases;

public class LeaseRenewalOptionsTests
{
    [Fact]
    public void Defaults_FitEachOther() => new LeaseRenewalOptions(TimeSpan.FromHours(1)).Validate("options");

    [Fact]
    [Trait("Museum", "R2")]
    public void Threshold_TooShortForTwoAttempts_IsRefusedWithTheNumbers()
    {
        var options = new LeaseRenewalOptions(TimeSpan.FromHours(1)) { Threshold = TimeSpan.FromSeconds(23.3) };
        ArgumentException exception = Assert.Throws<ArgumentException>("options", () => options.Validate("options"));
        Assert.Contains("00:00:23.3", exception.Message, StringComparison.Ordinal);
        Assert.Contains("00:00:23.4", exception.Message, StringComparison.Ordinal);
        options.Threshold = TimeSpan.FromSeconds(23.4);
        options.Validate("options");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(59)]
    [InlineData(90)]
    public void Step_ThatIsNotWholeMinutes_IsRefused(int seconds)
    {
        var options = new LeaseRenewalOptions(TimeSpan.FromHours(1)) { Step = TimeSpan.FromSeconds((double)seconds) };
        Assert.Contains(options.Step.ToString(), Assert.Throws<ArgumentException>(() => options.Validate("options")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Step_LargerThanTheCap_IsRefused()
    {
        var options = new LeaseRenewalOptions(TimeSpan.FromMinutes(2));
        Assert.Contains("00:02:00", Assert.Throws<ArgumentException>(() => options.Validate("options")).Message, StringComparison.Ordinal);
        options.Step = TimeSpan.FromMinutes(2);
        options.Validate("options");
    }

    [Fact]
    public void Times_ThatAreNotPositive_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => new LeaseRenewalOptions(TimeSpan.FromHours(1)) { AttemptTimeout = TimeSpan.Zero }.Validate("o"));
        Assert.Throws<ArgumentException>(() => new LeaseRenewalOptions(TimeSpan.FromHours(1)) { RetryDelay = TimeSpan.Zero }.Validate("o"));
        Assert.Throws<ArgumentException>(() => new LeaseRenewalOptions(TimeSpan.FromHours(1)) { SafetyMargin = TimeSpan.FromTicks(-1) }.Validate("o"));
        new LeaseRenewalOptions(TimeSpan.FromHours(1)) { SafetyMargin = TimeSpan.Zero }.Validate("o");
        Assert.Throws<ArgumentOutOfRangeException>("maxTotalLease", () => new LeaseRenewalOptions(TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>("maxTotalLease", () => new LeaseRenewalOptions(TimeSpan.FromHours(24.1)));
    }
}
