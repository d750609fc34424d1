namespace RemoteRendering.Sessions.Tests.Leases;

public class LeaseRenewalOptionsTests
{
    [Fact]
    public void Defaults_FitEachOther() => new LeaseRenewalOptions(TimeSpan.FromHours(1)).Checked("options");

    [Fact]
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
        Assert.Contains(options.Step.ToString(), Assert.Throws<ArgumentException>(() => options.Checked("options")).Message, StringComparison.Ordinal);
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
        Assert.Throws<ArgumentException>(() => new LeaseRenewalOptions(TimeSpan.FromHours(1)) { AttemptTimeout = TimeSpan.Zero }.Checked("o"));
        Assert.Throws<ArgumentException>(() => new LeaseRenewalOptions(TimeSpan.FromHours(1)) { RetryDelay = TimeSpan.Zero }.Checked("o"));
        Assert.Throws<ArgumentException>(() => new LeaseRenewalOptions(TimeSpan.FromHours(1)) { SafetyMargin = TimeSpan.FromTicks(-1) }.Checked("o"));
        new LeaseRenewalOptions(TimeSpan.FromHours(1)) { SafetyMargin = TimeSpan.Zero }.Checked("o");
        Assert.Throws<ArgumentOutOfRangeException>("maxTotalLease", () => new LeaseRenewalOptions(TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>("maxTotalLease", () => new LeaseRenewalOptions(TimeSpan.FromHours(24.1)));
    }
}
